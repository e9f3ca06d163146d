"""Rosters, who is on duty now and at a given time, attendance, handover."""
