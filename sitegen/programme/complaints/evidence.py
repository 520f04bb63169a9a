"""Say whether a few words can be evidence at all: "done" proves nothing."""

from __future__ import annotations

from sitegen.programme.law.likeness import TOKEN
from sitegen.programme.law.prose import CHINESE

LEAST_WORDS = 4
CHARACTERS_OF_A_WORD = 2
LEAST = f"at least {LEAST_WORDS} words ({LEAST_WORDS * CHARACTERS_OF_A_WORD} Chinese characters)"
"""How much a step's evidence must say, in words for people."""


def says_enough(text: str, least: int = LEAST_WORDS) -> bool:
    """Whether the text has so many words, or twice as many Chinese characters, or as much of both together."""
    tokens = TOKEN.findall(text)
    characters = sum(1 for token in tokens if CHINESE.fullmatch(token) and token.isalnum())
    words = sum(1 for token in tokens if not CHINESE.fullmatch(token))
    return words * CHARACTERS_OF_A_WORD + characters >= least * CHARACTERS_OF_A_WORD
