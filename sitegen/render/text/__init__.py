"""Texts (SMS): composing and counting."""
