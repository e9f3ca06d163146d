"""REST, for machines."""
