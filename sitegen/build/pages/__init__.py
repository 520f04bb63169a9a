"""Render the pages of a build: only those that must be, in several processes."""
