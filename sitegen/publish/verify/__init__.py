"""Read a deployed site back, and compare every byte with what was built."""
