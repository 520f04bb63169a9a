"""Find letters that say what an earlier one said already: an apology that would fit anybody helps nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sitegen.model.law import Law, Look, Part, Rule, Writing
from sitegen.programme.law.judge import Finding
from sitegen.programme.law.prose import CHINESE, prose

TOKEN = re.compile(rf"{CHINESE.pattern}|[^\W\d_]+(?:'[^\W\d_]+)?|\d+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of two texts is the same, from 0 to 1, and the earlier of the two."""

    share: float
    earlier: Writing


def alike(writings: Iterable[Writing], law: Law) -> Iterator[Finding]:
    """The campaigns that are too much like an earlier one under the same rule; the library is earlier than all."""
    everything = tuple(writings)
    for rule in law.rules:
        if rule.look is Look.LIKENESS:
            held = [one for one in everything if rule.holds(one.kind, one.message_class)]
            yield from _of(rule, sorted(held, key=lambda one: (one.day, one.id)), dict(law.characters))


def _of(rule: Rule, writings: list[Writing], characters: Mapping[str, str]) -> Iterator[Finding]:
    known = [(writing, shingles(_body(writing, characters), rule.shingle)) for writing in writings]
    for index, (writing, own) in enumerate(known):
        if not writing.day:
            continue  # the library may hold variations of one letter
        found = max(
            (Likeness(resemblance(own, other), earlier) for earlier, other in known[:index]),
            key=lambda likeness: likeness.share,
            default=None,
        )
        if found and found.share > rule.most:
            yield Finding(rule, writing, writing.place, f"content/{found.earlier.id}")


def shingles(text: str, width: int) -> frozenset[tuple[str, ...]]:
    """All runs of `width` words in a text; a Chinese character counts as a word, a shorter text is one run."""
    words = TOKEN.findall(text)
    return (
        frozenset(tuple(words[at : at + width]) for at in range(max(1, len(words) - width + 1)))
        if words
        else frozenset()
    )


def resemblance(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> float:
    """The share of shingles that both have: Jaccard's index, as Broder takes it for documents (1997)."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0


def _body(writing: Writing, characters: Mapping[str, str]) -> str:
    return "\n".join(prose(piece.text, characters).text for piece in writing.pieces if piece.part is Part.BODY)
