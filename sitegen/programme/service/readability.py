"""Measure how hard a text is to read: by reading ease in English, by the length of sentences in any language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

PLAIN = 50
"""Reading ease (R. Flesch, "A new readability yardstick", 1948): 60 to 70 is plain English, below 50 difficult."""
MOST_WORDS, MOST_CHARACTERS = 30, 60
"""The longest sentence that a rule may have: in words, and in Chinese characters."""
SHORTEST = 4
"""Words of the shortest sentence that counts for the reading ease."""
LEAST_WORDS = 30
"""Words below which the reading ease of a text says nothing."""
SENTENCE = re.compile(r"(?<=[.!?…])[\"'”’)\]]*\s+|(?<=[。！？；…])|\n")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,:]\d+)*")
CHINESE = re.compile("[\u3400-\u9fff]")
VOWELS = re.compile("[aeiouy]+")


@dataclass(frozen=True, slots=True)
class Reading:
    """How hard a text is. `ease` is None where it can't be told; `long` are the sentences that are too long."""

    sentences: int
    ease: float | None
    long: tuple[str, ...]


def reading(text: str, language: str) -> Reading:
    """Measure a text without markup; a line end parts sentences."""
    found = tuple(sentences(text))
    long = tuple(sentence for sentence in found if _length(sentence) > _most(sentence))
    return Reading(len(found), _ease(found) if language.partition("-")[0] == "en" else None, long)


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, without those that have neither word nor number."""
    for part in SENTENCE.split(text):
        if WORD.search(part) or CHINESE.search(part):
            yield part.strip()


def syllables(word: str) -> int:
    """How many syllables an English word has, near enough: its groups of vowels, without a silent e at its end."""
    word = word.casefold()
    if not word[:1].isalpha():
        return 1
    number = len(VOWELS.findall(word))
    silent = word.endswith(("e", "es", "ed")) and not word.endswith(("le", "les", "ted", "ded", "ses", "ces", "ges"))
    return max(1, number - (1 if silent and number > 1 else 0))


def _ease(found: tuple[str, ...]) -> float | None:
    # Titles and cells of tables are no sentences; they would make every text easy.
    whole = [words for words in map(WORD.findall, found) if len(words) >= SHORTEST]
    words = [word for sentence in whole for word in sentence]
    if len(words) < LEAST_WORDS:
        return None
    by_word = sum(map(syllables, words)) / len(words)
    return 206.835 - 1.015 * len(words) / len(whole) - 84.6 * by_word


def _length(sentence: str) -> int:
    chinese = len(CHINESE.findall(sentence))
    return chinese or len(WORD.findall(sentence))


def _most(sentence: str) -> int:
    return MOST_CHARACTERS if CHINESE.search(sentence) else MOST_WORDS
