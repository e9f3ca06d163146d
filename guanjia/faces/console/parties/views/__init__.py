"""Pages of people and households."""
