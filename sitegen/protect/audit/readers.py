"""Say whether everybody who reads one thing may read another, from the rules alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sitegen.audience.language.references import with_references
from sitegen.audience.reading.contradictions import check_reachable
from sitegen.audience.selection.access import access_segments
from sitegen.model.rule import All, Any, None_, Rule, SegmentIs
from sitegen.model.segment import EVERYONE, PUBLIC, Segment

ANYBODY = (PUBLIC,)
PROBE = "audit:probe"


class Readers:
    """The segments of a shop, and what follows from being in one of them."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self._segments = {segment.id: segment for segment in segments}
        self._known: dict[tuple[str, str], bool] = {}

    def of(self, audience: str) -> tuple[str, ...]:
        """The segments whose members open what is for an audience."""
        segment = self._segments.get(audience)
        return access_segments(segment) if segment else (audience,)

    def may(self, readers: tuple[str, ...], allowed: tuple[str, ...]) -> bool:
        """Whether each of `readers` (members of one of these segments) is among the `allowed`.

        Where the rules do not prove it, the answer is no.
        """
        if self.plainly(readers, allowed):
            return True
        return PUBLIC not in readers and all(any(self._within(one, other) for other in allowed) for one in readers)

    def plainly(self, readers: tuple[str, ...], allowed: tuple[str, ...]) -> bool:
        """As `may`, from the names alone: quick enough to be asked of everything."""
        if PUBLIC in allowed:
            return True
        return PUBLIC not in readers and (EVERYONE in allowed or set(readers) <= set(allowed))

    def _within(self, one: str, other: str) -> bool:
        if (one, other) not in self._known:
            self._known[one, other] = False  # a rule may come back to itself only by a mistake, which was told before
            self._known[one, other] = one == other or self._implied(one, other)
        return self._known[one, other]

    def _implied(self, one: str, other: str) -> bool:
        inner, outer = self._segments.get(one), self._segments.get(other)
        return inner is not None and outer is not None and self._follows(inner, outer.rule)

    def _follows(self, inner: Segment, rule: Rule) -> bool:
        """Whether the rule holds for each member of a segment."""
        match rule:
            case All(parts=parts):
                return all(self._follows(inner, part) for part in parts)
            case Any(parts=parts) if any(self._follows(inner, part) for part in parts):
                return True
            case SegmentIs(segment=other, negated=False) if other in {EVERYONE, inner.id}:
                return True
            case SegmentIs(segment=other, negated=False) if any(self._within(one, other) for one in _named(inner.rule)):
                return True
        return self._impossible(inner, rule)

    def _impossible(self, inner: Segment, rule: Rule) -> bool:
        """Whether nobody can be in the segment while the rule does not hold."""
        if inner.unknown == "include":
            return False
        probe = replace(inner, id=PROBE, rule=All((inner.rule, None_((rule,)))))
        known = with_references((probe,), (*self._segments.values(), probe))
        return any(problem.code == "unreachable-segment" for problem in check_reachable(known))


def _named(rule: Rule) -> tuple[str, ...]:
    """The segments that a rule asks for in any case."""
    match rule:
        case SegmentIs(segment=name, negated=False):
            return (name,)
        case All(parts=parts):
            return tuple(name for part in parts for name in _named(part))
    return ()
