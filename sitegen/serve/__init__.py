"""The preview server: the built site, and proofs of what will be sent, on this machine only."""
