"""The faces: they translate, nothing else."""
