"""Houses, equipment, checkpoints and grids, at a desk."""
