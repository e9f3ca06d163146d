"""Reasoning about people, their numbers and what they are to places. Pure."""
