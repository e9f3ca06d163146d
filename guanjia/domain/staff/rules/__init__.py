"""Reasoning about posts, reporting lines, scopes and certificates. Pure."""
