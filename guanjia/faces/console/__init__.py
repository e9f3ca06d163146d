"""Office staff, at a desk."""
