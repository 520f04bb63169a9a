"""The ledger of what was sent and printed, and later the sending itself."""
