"""Reports of what customers say: satisfaction, recovery after a complaint, experience."""
