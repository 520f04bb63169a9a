"""Look after themes: list them, begin and copy, compare with the parent, find what is wrong."""
