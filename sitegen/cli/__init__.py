"""The command line: the only room that prints, parses arguments, and reads the clock and the environment."""
