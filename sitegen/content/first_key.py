"""Read `first:` of a page or campaign: who may read it before `publish_on`, and from which day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sitegen.audience.selection.access import anonymous_segment
from sitegen.content.audiences import Audiences
from sitegen.content.keys import Keys
from sitegen.model.body import Body
from sitegen.model.campaign import Window
from sitegen.model.embargo import EarlyAccess
from sitegen.model.rule import All, Any, Rule, SegmentIs
from sitegen.model.segment import EVERYONE, PUBLIC, RESERVED
from sitegen.model.tree import Place


@dataclass(frozen=True, slots=True)
class Embargoed:
    """What has the key: for whom it is at last, its body before it was narrowed to them, and its window."""

    audience: str
    body: Body
    window: Window


def read_first(keys: Keys, audiences: Audiences, thing: Embargoed) -> tuple[EarlyAccess, ...]:
    """Those who are told before `publish_on`, by their days; each of these knows all who were told until then.

    Only who is in the thing's own audience is told first: of a page for `members`, `first: {gold: ...}` means the
    members who are Gold.
    """
    inner = keys.keys("first")
    if inner is None:
        return ()
    until = thing.window.publish_on
    if until is None:
        hint = "add 'publish_on: DATE', the day from which everybody for whom it is may read it"
        message = "'first' says who is told before the others, and nothing when the others are"
        keys.problems.append(keys.place("first").problem("first-without-day", message, hint))
    said = list(_days(inner, audiences, until))
    days = sorted({day for _, day, _ in said})
    return tuple(_early(day, [(name, at) for name, on, at in said if on <= day], audiences, thing) for day in days)


def _days(inner: Keys, audiences: Audiences, until: date | None) -> Iterator[tuple[str, date, Place]]:
    """Each audience with its day, as far as it makes sense."""
    for entry in inner.rest():
        name, place = entry.key.text, entry.key.place
        day = inner.day(name)
        if inner.node(name) is None:
            message = f"'first' does not say when '{name}' is told"
            inner.problems.append(place.problem("missing-key", message, f"write '{name}: 2026-10-01'"))
        if name == PUBLIC:
            hint = "remove it: from 'publish_on' on it is for those whom 'audience' names"
            inner.problems.append(place.problem("public-first", "'public' can't be told first", hint))
            continue
        if audiences.known(name, place) not in {*audiences.named, *RESERVED} or day is None:
            continue
        if until is not None and day >= until:
            message = f"'{name}' is told on {day}, and everybody from {until} on"
            hint = "write an earlier day here, or a later 'publish_on'"
            inner.problems.append(inner.place(name).problem("late-first", message, hint))
            continue
        yield name, day, place


def _early(day: date, told: list[tuple[str, Place]], audiences: Audiences, thing: Embargoed) -> EarlyAccess:
    # What is wrong with the blocks was said when they were narrowed to the thing's own audience.
    quiet = replace(audiences, problems=[])
    audience = _both(quiet, thing.audience, told)
    body = quiet.narrow(replace(thing.body, public_blocks=0), audience)
    return EarlyAccess(day, audience, body)


def _both(audiences: Audiences, audience: str, told: list[tuple[str, Place]]) -> str:
    """Who is told and in the thing's own audience too."""
    names = [name for name, _ in told]
    place = told[0][1]
    if EVERYONE in names:
        return EVERYONE if audience == PUBLIC else audience
    if len(names) == 1 and audience in {PUBLIC, EVERYONE, names[0]}:
        return names[0]
    parts = tuple(SegmentIs(name, at) for name, at in told)
    rule: Rule = parts[0] if len(parts) == 1 else Any(parts)
    if audience not in {PUBLIC, EVERYONE}:
        rule = All((SegmentIs(audience, place), rule))
    segment = replace(anonymous_segment(rule, place), title=" and ".join(names))
    return audiences.made.setdefault(segment.id, segment).id
