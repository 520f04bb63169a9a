"""The plain text of a message."""
