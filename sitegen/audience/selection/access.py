"""Decide who may read what: the one access function of pages, blocks, mails and cards."""

from __future__ import annotations

from hashlib import sha256

from sitegen.audience.language.words import in_words
from sitegen.model.rule import Any, Rule, SegmentIs
from sitegen.model.segment import EVERYONE, PUBLIC, Segment
from sitegen.model.tree import Place


def visible(audience: str, reader: frozenset[str]) -> bool:
    """Whether a reader who is in these audiences may read what is for `audience`.

    `public` is for anybody, `everyone` for each customer (somebody without any audience is not one), and
    every other audience for its members only.
    """
    if audience == PUBLIC:
        return True
    if audience == EVERYONE:
        return bool(reader)
    return audience in reader


def access_segments(segment: Segment) -> tuple[str, ...]:
    """The audiences whose members open what is for this segment.

    A rule that only says `any:` of `segment: is X` is opened by these segments; any other by itself.
    """
    match segment.rule:
        case Any(parts=parts) if parts:
            opened = tuple(part.segment for part in parts if isinstance(part, SegmentIs) and not part.negated)
            return tuple(dict.fromkeys(opened)) if len(opened) == len(parts) else (segment.id,)
        case SegmentIs(segment=other, negated=False):
            return (other,)
    return (segment.id,)


def anonymous_segment(rule: Rule, place: Place) -> Segment:
    """The segment of a rule that was written in front matter; the same words make the same segment."""
    words = in_words(rule)
    digest = sha256(words.encode()).hexdigest()[:10]
    return Segment(f"rule-{digest}", words, "", rule, place, named=False)
