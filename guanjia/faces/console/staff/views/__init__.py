"""Pages of members and posts."""
