"""What every HTML face shares: views, forms, listings, macros and assets."""
