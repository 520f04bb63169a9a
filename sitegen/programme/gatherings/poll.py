"""Put the ideas that passed the three gates in the order of their votes, each once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sitegen.model.gathering import Idea

TAKEN = "taken"
"""The decision by which the house takes an idea up."""


@dataclass(frozen=True, slots=True)
class Polled:
    """An idea of the poll. `numbers` are all under which it was told, `id` the oldest; `wished` counts them."""

    id: str
    text: str
    numbers: frozenset[str]
    votes: int = 0
    wished: int = 1
    taken: bool = False


def poll(ideas: Iterable[Idea]) -> tuple[Idea, ...]:
    """The ideas that passed the gates: most votes first, of the same number the older one, then by their numbers."""
    passed = (one for one in ideas if one.passed)
    return tuple(sorted(passed, key=lambda one: (-one.votes, one.given_on, one.id)))


def alike(ideas: Iterable[Idea]) -> tuple[Polled, ...]:
    """The ideas of the poll in its order, each once: several people often wish for the same, in the same words."""
    found: dict[str, list[Idea]] = {}
    for one in poll(ideas):
        said = (one.text or "").strip()
        found.setdefault(said.casefold() or one.id, []).append(one)
    return tuple(sorted(map(_merged, found.values()), key=lambda one: (-one.votes, -one.wished, one.id)))


def _merged(same: list[Idea]) -> Polled:
    oldest = min(same, key=lambda one: (one.given_on, one.id))
    return Polled(
        id=oldest.id,
        text=(oldest.text or "").strip(),
        numbers=frozenset(one.id for one in same),
        votes=sum(one.votes for one in same),
        wished=len(same),
        taken=any(one.decision == TAKEN for one in same),
    )
