"""Benefits: which are open, whose they are, and what they concede."""
