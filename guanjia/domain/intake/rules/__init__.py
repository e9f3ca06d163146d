"""Workbooks as pure values: read, find the table, judge every cell, make templates, annotate. No database."""
