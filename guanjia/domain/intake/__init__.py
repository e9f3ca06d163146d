"""Workbooks judged, imported, undone."""
