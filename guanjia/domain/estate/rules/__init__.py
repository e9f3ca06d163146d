"""Pure reasoning about places: how addresses are written, shown and sorted, floors, statutory dates, meters."""
