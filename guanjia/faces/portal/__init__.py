"""Residents on their phones."""
