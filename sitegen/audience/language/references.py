"""Check the segments that rules refer to: each exists, once, and no circle leads back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.errors import Problem
from sitegen.model.rule import SegmentIs, leaves
from sitegen.model.segment import EVERYONE, OWNER, STAFF, Segment

GIVEN = (EVERYONE, STAFF, OWNER)
"""Segments that need no rule; `public` is nobody's membership, so no rule may ask for it."""


def check_references(segments: tuple[Segment, ...]) -> tuple[Problem, ...]:
    """Unknown segments with the name that was meant, names that stand twice, and each circle once."""
    problems: list[Problem] = []
    by_id: dict[str, Segment] = {}
    for segment in segments:
        first = by_id.setdefault(segment.id, segment)
        if segment.named and first is not segment:
            hint = f"the first stands in {first.place.file}:{first.place.line}"
            problems.append(segment.place.problem("duplicate-name", f"segment '{segment.id}' stands twice", hint))
    known = (*(name for name, segment in by_id.items() if segment.named), *GIVEN)
    for segment in segments:
        # A block in a page for a rule on the spot is for both: sitegen itself refers to such segments, nobody else.
        made = () if segment.named else by_id
        problems += _unknown(segment, known, made)
    problems += _circles(by_id)
    return tuple(problems)


def references(segment: Segment) -> tuple[str, ...]:
    """The segments that a segment's rule names, each once, in order."""
    return tuple(dict.fromkeys(leaf.segment for leaf in leaves(segment.rule) if isinstance(leaf, SegmentIs)))


def with_references(wanted: tuple[Segment, ...], segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """These segments and all those that they refer to, directly or not, in the order of `segments`."""
    by_id = {segment.id: segment for segment in segments}
    found = {segment.id for segment in wanted}
    left = list(wanted)
    while left:
        new = [by_id[name] for name in references(left.pop()) if name in by_id and name not in found]
        found.update(segment.id for segment in new)
        left += new
    return tuple(segment for segment in by_id.values() if segment.id in found)


def in_order(segments: tuple[Segment, ...]) -> tuple[tuple[Segment, ...], ...]:
    """The segments in layers: those of a layer refer only to layers before it. They must have no circles."""
    layers: list[tuple[Segment, ...]] = []
    done = set(GIVEN)
    left = tuple({segment.id: segment for segment in segments}.values())
    while left:
        layer = tuple(segment for segment in left if done.issuperset(references(segment)))
        assert layer, "check_references finds circles and unknown segments before"
        layers.append(layer)
        done.update(segment.id for segment in layer)
        left = tuple(segment for segment in left if segment.id not in done)
    return tuple(layers)


def _unknown(segment: Segment, known: tuple[str, ...], made: Collection[str]) -> Iterator[Problem]:
    for leaf in leaves(segment.rule):
        if isinstance(leaf, SegmentIs) and leaf.segment not in known and leaf.segment not in made:
            hint = did_you_mean(leaf.segment, known)
            yield leaf.place.problem("unknown-segment", f"unknown segment '{leaf.segment}'", hint)


def _circles(by_id: Mapping[str, Segment]) -> Iterator[Problem]:
    """One problem for each circle, at the first of its segments."""
    settled: set[str] = set()
    for start in by_id:
        trail: dict[str, None] = {}
        yield from _walk(start, by_id, trail, settled)


def _walk(name: str, by_id: Mapping[str, Segment], trail: dict[str, None], settled: set[str]) -> Iterator[Problem]:
    if name in settled or name not in by_id:
        return
    if name in trail:
        names = list(trail)
        circle = names[names.index(name) :]
        message = f"segments refer to each other in a circle: {' -> '.join((*circle, name))}"
        yield by_id[name].place.problem("circle", message, "let one of them name its conditions itself")
        return
    trail[name] = None
    for reference in references(by_id[name]):
        yield from _walk(reference, by_id, trail, settled)
    del trail[name]
    settled.add(name)
