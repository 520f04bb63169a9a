"""Work out which duties there are, whose they are, and how they stand."""
