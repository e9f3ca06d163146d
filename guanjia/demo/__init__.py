"""A month in the life of one estate, played through actions."""
