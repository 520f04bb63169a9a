"""Reports of what customers bring: gold, worth, word of mouth, answers to offers, goods that nobody buys."""
