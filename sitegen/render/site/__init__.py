"""The site as readable values."""
