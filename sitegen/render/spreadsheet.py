"""Keep spreadsheets from taking a customer's text for a formula."""

from __future__ import annotations

_BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a formula, or what a spreadsheet cuts off before one, begins with (OWASP, "CSV Injection")."""


def guarded(text: str) -> str:
    """The text of a cell for people, with an apostrophe before what would be a formula. Programs want it as it is."""
    return f"'{text}" if text.startswith(_BEGINNINGS) else text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`, for those who read back what people filled in."""
    return text[1:] if text.startswith("'") and text[1:].startswith(_BEGINNINGS) else text
