"""Service clauses as data, and what they make due."""
