"""Mails and texts of a build, and their way to the reader and back."""
