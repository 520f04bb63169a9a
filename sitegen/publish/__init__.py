"""Artifacts become output/: planned, compared, swapped in at once."""
