"""Find the word that somebody meant."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint with the nearest known word, or with the known words where none is near, or ""."""
    choices = sorted(set(known))
    near = get_close_matches(word.lower(), choices, 1, 0.6)
    if near:
        return f"did you mean '{near[0]}'?"
    if not choices:
        return ""
    return "known are: " + ", ".join(choices[:20]) + (" ..." if len(choices) > 20 else "")
