"""Staff on their phones."""
