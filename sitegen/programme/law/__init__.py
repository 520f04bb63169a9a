"""Judge messages by the message law."""
