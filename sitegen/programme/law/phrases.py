"""Read the small language in which forbidden and needed phrases are written.

Words stand for themselves, whole: `price` is not found in priceless. `price*` is any ending, `(sale|sales)` one of
several, `(our |)` something that may be missing, `#` a number, `~` a few other words of the same sentence, `^` the
beginning, and `<currency>` any word of that list. A blank may be a hyphen, and beside a sign or a digit it may be
missing.
"""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from sitegen.model.law import Spelling

TOKEN = re.compile(r"[()|#~*^]|<[\w-]+>|[<>]|\s+|[^()|#~*^<>\s]+")


class Sign(StrEnum):
    """What stands for more than itself."""

    ENDING = "*"
    NUMBER = "#"
    GAP = "~"
    BEGINNING = "^"
    BLANK = " "


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several sequences."""

    sequences: tuple[Sequence, ...]


Sequence: TypeAlias = "tuple[str | Sign | Choice, ...]"
"""Words as str, and what stands between them."""


class BadPhrase(ValueError):
    """A phrase that can't be read; it says why."""


def parse(phrase: str, spelling: Spelling) -> Choice:
    """The phrase, read. Raises BadPhrase."""
    tokens = deque(TOKEN.findall(re.sub(r"\s*~\s*", "~", phrase.strip())))
    read = _choice(tokens, spelling)
    if tokens:
        raise BadPhrase("a ')' closes nothing")
    if not asked(read):
        raise BadPhrase("it names no word that must be there")
    return read


def asked(choice: Choice) -> frozenset[str]:
    """Words of which a text must hold one to hold the phrase; none where nobody can tell."""
    found = [_asked_by(sequence) for sequence in choice.sequences]
    return frozenset().union(*found) if all(found) else frozenset()


def _asked_by(sequence: Sequence) -> frozenset[str]:
    options = [asked(item) if isinstance(item, Choice) else _word(item) for item in sequence]
    return max(options, key=lambda words: min(map(len, words), default=0), default=frozenset())


def _word(item: str | Sign) -> frozenset[str]:
    return frozenset() if isinstance(item, Sign) else frozenset({item})


def _choice(tokens: deque[str], spelling: Spelling) -> Choice:
    """One or more sequences with `|` between them; the tokens that were read are gone."""
    sequences = [_sequence(tokens, spelling)]
    while tokens and tokens[0] == "|":
        tokens.popleft()
        sequences.append(_sequence(tokens, spelling))
    return Choice(tuple(sequences))


def _sequence(tokens: deque[str], spelling: Spelling) -> Sequence:
    items: list[str | Sign | Choice] = []
    while tokens and tokens[0] not in {"|", ")"}:
        if tokens[0] != "(":
            items.append(_item(tokens.popleft(), spelling))
            continue
        tokens.popleft()
        items.append(_choice(tokens, spelling))
        if not tokens:
            raise BadPhrase("a '(' is never closed")
        tokens.popleft()
    return tuple(items)


def _item(token: str, spelling: Spelling) -> str | Sign | Choice:
    if token in {"<", ">"}:
        raise BadPhrase(f"'{token}' belongs around the name of a list")
    if token.startswith("<"):
        words = dict(spelling.lists).get(token[1:-1])
        if words is None:
            raise BadPhrase(f"there is no list '{token[1:-1]}'")
        # Of two that begin alike, the longer one is tried first.
        return Choice(tuple((word,) for word in sorted(words, key=lambda word: (-len(word), word))))
    if token.isspace():
        return Sign.BLANK
    return Sign(token) if token in set(Sign) else token
