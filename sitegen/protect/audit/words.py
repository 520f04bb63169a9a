"""Cut readable text into words, the same way in Markdown, in HTML and in whatever else is found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

SHINGLE = 8
"""So many words in the same order are no coincidence."""
CHARACTERS = 12
"""As many characters of Chinese or Japanese say about as much: a Chinese word has one and a half on average (8 words
are 12 characters), and wishes that everybody writes, such as 祝您和家人中秋节快乐, stay below that."""
TITLE_WORDS, TITLE_CHARACTERS = 3, 5
"""From so many on, a title can be told from words that stand beside each other by chance."""

WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
CHARACTER = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def words(text: str) -> list[str]:
    """The words of a text, folded: no capitals, no punctuation, and each Chinese character is one."""
    if not text.isascii():
        text = UNSEEN.sub("", unicodedata.normalize("NFKC", text)).replace("’", "'")
        text = CHARACTER.sub(r" \g<0> ", text)
    return WORD.findall(text.casefold())


def is_character(word: str) -> bool:
    """Whether a word is a single Chinese or Japanese character."""
    return len(word) == 1 and CHARACTER.match(word) is not None


def is_telling(title: Sequence[str]) -> bool:
    """Whether the words of a title are enough to know it again."""
    least = TITLE_CHARACTERS if any(map(is_character, title)) else TITLE_WORDS
    return len(title) >= least


def window(some: Sequence[str], start: int) -> int:
    """How many words, from one on, make a run that is no coincidence; 0 where too few are left."""
    length = CHARACTERS if any(map(is_character, some[start : start + SHINGLE])) else SHINGLE
    return length if start + length <= len(some) else 0


def spoken(some: Sequence[str], most: int = 16) -> str:
    """Words as a phrase for people, the end of a long one left out."""
    shown = ""
    for before, word in zip(("", *some), some[:most], strict=False):
        together = is_character(word) and (not before or is_character(before))
        shown += word if together or not shown else f" {word}"
    return shown + (" ..." if len(some) > most else "")
