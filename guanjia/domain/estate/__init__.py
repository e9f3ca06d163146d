"""Places, equipment, meters, checkpoints and grids."""
