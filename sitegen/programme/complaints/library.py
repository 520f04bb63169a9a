"""Make a complaint a case to study: what happened, without anybody's name or number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sitegen.programme.law.prose import CHINESE

GONE = "…"
_ADDRESS = re.compile(r"\S+@\S+|\+?\d(?:[\s/().-]{0,2}\d){5,}")
"""Mail addresses, and numbers as long as telephone numbers are."""
_TITLES = "(?:女士|先生|小姐|太太|老师|阿姨|叔叔)"


def anonymous(text: str, names: Iterable[tuple[str, str]], numbers: Iterable[str] = ()) -> str:
    """The text without the persons of these (given name, family name), these numbers, mail addresses and telephone
    numbers. Source: "giving examples to study and discuss"; who it was is not what one learns."""
    found = text
    for pattern in (*_patterns(names), *(re.escape(number) for number in numbers if number)):
        found = re.sub(pattern, GONE, found)
    return re.sub(f"{GONE}(?:[ ,]*{GONE})+", GONE, _ADDRESS.sub(GONE, found))


def _patterns(names: Iterable[tuple[str, str]]) -> Iterator[str]:
    for given, family in names:
        if CHINESE.search(given + family):
            yield from _chinese(given.strip(), family.strip())
        else:
            words = sorted({*given.split(), *family.split()}, key=lambda word: (-len(word), word))
            yield from (rf"\b{re.escape(word)}\b" for word in words if len(word) > 1)


def _chinese(given: str, family: str) -> Iterator[str]:
    """A family name of one character is a word, too, so alone it is a name only before a title."""
    yield re.escape(family + given)
    if len(given) > 1:
        yield re.escape(given)
    if family:
        yield re.escape(family) + _TITLES
