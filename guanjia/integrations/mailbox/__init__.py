"""Writes messages into a folder instead of sending them: the embedded set-up, demos and tests."""
