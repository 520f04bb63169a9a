"""The stacking guard: which concessions may meet, what is then paid, and whether the margin is left."""
