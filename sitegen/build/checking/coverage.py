"""Find what a shop has and does not use: segments without content, drafts left behind, days that nobody speaks of."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

from sitegen.audience.calendar.occasions import Occasions
from sitegen.audience.language.references import references
from sitegen.errors import Problem
from sitegen.model.campaign import Campaign, OnDate, OnOccasion
from sitegen.model.page import Page
from sitegen.model.programme import Programme
from sitegen.model.project import Project
from sitegen.model.segment import Segment

AHEAD = timedelta(days=60)
STALE = timedelta(days=90)


def unused_segments(project: Project, today: date) -> Iterator[Problem]:
    """Segments that nothing names, and those that only drafts and things of the past are for: a problem a file."""
    everything: list[Page | Campaign] = [*project.pages, *project.campaigns]
    named = _named(project, everything)
    living = _named(project, [thing for thing in everything if _lives(thing, today)])
    nameable = [segment for segment in project.segments if segment.named]
    unused = [segment for segment in nameable if segment.id not in named]
    idle = [segment for segment in nameable if segment.id in named - living]
    yield from _by_file(unused, "unused-segment", "no page, block or campaign is for", "write something for them")
    yield from _by_file(idle, "segment-without-content", "only drafts and things of the past are for", "publish one")


def _by_file(segments: list[Segment], code: str, said: str, hint: str) -> Iterator[Problem]:
    for _, group in groupby(segments, key=lambda segment: segment.place.file):
        several = tuple(group)
        names = ", ".join(f"'{segment.id}'" for segment in several)
        which = "the segment" if len(several) == 1 else f"{len(several)} segments:"
        hinted = f"{hint}, or let them be where only people ask for them"
        yield several[0].place.problem(code, f"{said} {which} {names}", hinted)


def _named(project: Project, things: Iterable[Page | Campaign]) -> set[str]:
    """The segments that are for something, or that such a segment's rule asks for."""
    left = [name for thing in things for name in (thing.audience, *thing.body.audiences)]
    left += [early.audience for thing in things for early in thing.first]
    left += _offered(project.programme)
    found: set[str] = set()
    while left:
        name = left.pop()
        segment = project.segment(name)
        if name not in found and segment is not None:
            left.extend(references(segment))
        found.add(name)
    return found


def _offered(programme: Programme) -> Iterator[str]:
    """The segments for which the programme has something."""
    for some in (programme.contracts, programme.ladder, programme.payment, programme.off_season, programme.coupons):
        yield from (one.who.audience for one in some)
    yield from (one.who.audience for one in programme.benefits)
    yield from (duty.who for duty in programme.duties if duty.who)
    yield from (one.who.audience for one in programme.prices.exclusive)
    yield from (one.holders for one in programme.contracts if one.holders)
    if programme.price_protection:
        yield programme.price_protection.who.audience
    if programme.prices.unsold:
        yield programme.prices.unsold.who.audience


def _lives(thing: Page | Campaign, today: date) -> bool:
    if thing.draft or (thing.window.expire_on is not None and thing.window.expire_on <= today):
        return False
    return not (isinstance(thing, Campaign) and isinstance(thing.timing, OnDate) and thing.timing.day < today - STALE)


def stale_drafts(project: Project, today: date) -> Iterator[Problem]:
    """Drafts of something whose day is long past."""
    things: list[Page | Campaign] = [*project.pages, *project.campaigns]
    for thing in things:
        day = _day(thing) if thing.draft else None
        if day is not None and day < today - STALE:
            message = f"this draft was meant for {day}, {(today - day).days} days ago"
            hint = "publish it for another day, or remove it"
            yield thing.place.problem("stale-draft", message, hint)


def _day(thing: Page | Campaign) -> date | None:
    own = thing.day if isinstance(thing, Page) else None
    if isinstance(thing, Campaign) and isinstance(thing.timing, OnDate):
        own = thing.timing.day
    days = [day for day in (own, thing.window.publish_on, thing.window.expire_on) if day is not None]
    return max(days, default=None)


def bare_occasions(project: Project, today: date) -> Iterator[Problem]:
    """The shop's own days and the holidays of its countries within two months for which no campaign is written."""
    occasions = Occasions(project.programme.occasions, project.shop.holiday_countries)
    own = {occasion.name for occasion in project.programme.occasions}
    codes = tuple(f"{code.lower()}-" for code in project.shop.holiday_countries)
    names = [name for name in occasions.names if name in own or name.startswith(codes)]
    taken = set(_taken(project, occasions, today))
    bare = sorted(
        (day, name) for name in names for day in occasions.days(name, today, today + AHEAD) if day not in taken
    )
    if bare:
        listed = ", ".join(f"{name} ({day})" for day, name in bare)
        message = f"no campaign is written for these days until {today + AHEAD}: {listed}"
        hint = "`sitegen new campaign NAME --kind holiday` begins one"
        yield Problem("content/campaigns", 0, 0, "bare-occasion", message, hint)


def _taken(project: Project, occasions: Occasions, today: date) -> Iterator[date]:
    """Days for which a campaign is written. It may speak of the day under another of its names."""
    known: Collection[str] = frozenset(occasions.names)
    for campaign in project.campaigns:
        match campaign.timing:
            case OnDate(day):
                yield day
            case OnOccasion(name) if name in known:
                yield from occasions.days(name, today, today + AHEAD)
