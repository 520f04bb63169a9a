"""Find out whether anything that is for few can be read by more."""
