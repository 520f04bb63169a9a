"""Read content/programme/*.yaml: a module for each section, and `read` for all of them."""
