"""Reckon the reports of the owner, each a value with its definitions."""
