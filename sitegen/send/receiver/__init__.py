"""The receiver: what a reader of a message may answer, change and take back, without account or script."""
