"""Pick the cards of a campaign that somebody should look at before thirty thousand are printed."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from heapq import nsmallest
from html import escape, unescape

from sitegen.model.card import Card

RANDOM = 3
"""Cards picked by chance: by their hash, so that each run of a campaign picks the same."""
_KEPT = RANDOM + 8
"""Enough that some are left when others were picked for a reason too."""
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Pick:
    """A card to look at, and why: one reason or more, in words."""

    card: Card
    reasons: tuple[str, ...]


@dataclass(slots=True)
class ProofPicker:
    """Looks at one card after the other and keeps at most a score of them. Of equals it keeps the first."""

    campaign: str
    _best: dict[str, tuple[int, Card]] = field(default_factory=dict)
    _chance: list[tuple[str, Card]] = field(default_factory=list)

    def look(self, card: Card, step: int = 0) -> None:
        """Consider a card. `step` is the deepest step of the sizes' ladders that its texts needed, 0 where unknown."""
        name, greeting = _width(escape(card.name)), _width(card.greeting)
        self._keep("the longest name", name, card)
        self._keep("the shortest name", -name, card)
        self._keep("the longest greeting", greeting, card)
        self._keep("the shortest greeting", -greeting, card)
        if card.lines:
            self._keep("the longest address", sum(_width(escape(line)) for line in card.lines), card)
        if strange := _strange(card):
            self._keep("a name in another script than the card's language", strange, card)
        if step:
            self._keep("the smallest letters", step, card)
        chance = sha256(f"{self.campaign}\x1f{card.edition}\x1f{card.customer_id}".encode()).hexdigest()
        if len(self._chance) < _KEPT or chance < self._chance[-1][0]:
            known = [*self._chance, (chance, card)]
            self._chance = nsmallest(_KEPT, known, key=lambda one: (one[0], one[1].record))

    def picked(self) -> tuple[Pick, ...]:
        """The cards to look at, by record, each once with all its reasons."""
        found: dict[int, tuple[Card, list[str]]] = {}
        for reason, (_, card) in self._best.items():
            found.setdefault(card.record, (card, []))[1].append(reason)
        others = [card for _, card in self._chance if card.record not in found]
        for card in others[:RANDOM]:
            found[card.record] = card, ["picked by chance"]
        return tuple(Pick(card, tuple(reasons)) for _, (card, reasons) in sorted(found.items()))

    def _keep(self, reason: str, size: int, card: Card) -> None:
        if reason not in self._best or size > self._best[reason][0]:
            self._best[reason] = size, card


@lru_cache(maxsize=2048)
def _width(html: str) -> int:
    """Roughly the room that a text takes, in half-width characters: a Han character counts twice."""
    text = unescape(_TAG.sub("", html))
    return sum(2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1 for character in text)


def _strange(card: Card) -> int:
    """Letters of the name that the card's language is not written in. Latin names on Chinese cards count too."""
    expected = "CJK" if card.language.startswith("zh") else "LATIN"
    letters = [character for character in card.name if character.isalpha()]
    return sum(not unicodedata.name(character, "").startswith(expected) for character in letters)
