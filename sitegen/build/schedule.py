"""Foretell when the output changes by itself: the days on which a build makes something else from the same files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from sitegen.audience.calendar.due import Period, slots
from sitegen.audience.calendar.occasions import Occasions
from sitegen.audience.calendar.quiet import leaves_at
from sitegen.audience.calendar.spans import each_day, shift_days
from sitegen.audience.selection.embargo import standing
from sitegen.build.site import period
from sitegen.content.folder import SHOP_FILE
from sitegen.content.parts import parts_of
from sitegen.model.body import ShortcodeUse
from sitegen.model.campaign import Campaign, EveryYear
from sitegen.model.channel import Channel
from sitegen.model.page import Page
from sitegen.model.part import BadArgument, On
from sitegen.model.project import Project
from sitegen.model.quiet_hours import BY_WIRE
from sitegen.model.tree import Place
from sitegen.programme.parts.days import programme_days
from sitegen.render.parts import Offers
from sitegen.render.site.letters import letters


@dataclass(frozen=True, slots=True)
class Change:
    """From `at` on (in the shop's zone) a build makes something else.

    `what` is one word for scripts: appears, leaves, shows, sends, period or year.
    """

    at: datetime
    what: str
    reason: str
    place: Place


def schedule(project: Project, first: date, last: date) -> tuple[Change, ...]:
    """The changes after the beginning of the day `first`, until the end of `last`, in order.

    It knows the files, the calendar and the project's goods: days of each customer's own, gifts and the weather are
    not in it.
    """
    zone = ZoneInfo(project.shop.timezone)
    found = [*_windows(project, zone), *_archive(project, zone, first, last), *_sent(project, zone, first, last)]
    found += [*_offers(project, zone, first, last), *_periods(project, zone, first, last), *_years(zone, first, last)]
    begins = day_begins(first, zone)
    ends = day_begins(shift_days(last, 1), zone)
    wanted = (change for change in found if begins <= change.at < ends)
    return tuple(sorted(wanted, key=lambda change: (change.at.astimezone(UTC), change.place, change.what)))


def day_begins(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of a day; where the clocks jump over midnight, the hour to which they jump."""
    return datetime.combine(day, time(), zone).astimezone(UTC).astimezone(zone)


def _on_site(project: Project) -> Iterator[tuple[str, Page | Campaign]]:
    yield from (("page", page) for page in project.pages)
    yield from (("campaign's page", one) for one in project.campaigns if Channel.PAGE in one.channels)


def _windows(project: Project, zone: ZoneInfo) -> Iterator[Change]:
    for kind, thing in _on_site(project):
        window = thing.window
        for early in () if thing.draft else thing.first:
            reason = f"the {kind} '{thing.title}' appears for '{_who(project, early.audience)}'"
            yield Change(day_begins(early.day, zone), "appears", reason, thing.place)
        if not thing.draft and window.publish_on:
            reason = f"the {kind} '{thing.title}' appears"
            yield Change(day_begins(window.publish_on, zone), "appears", reason, thing.place)
        if not thing.draft and window.expire_on:
            reason = f"the {kind} '{thing.title}' leaves the site"
            yield Change(day_begins(window.expire_on, zone), "leaves", reason, thing.place)


def _who(project: Project, audience: str) -> str:
    """An audience as people know it: several that are told together have no name of their own."""
    segment = project.segment(audience)
    return audience if segment is None or segment.named else segment.title


def _offers(project: Project, zone: ZoneInfo, first: date, last: date) -> Iterator[Change]:
    """What parts of the programme show on one day and not on the next, on pages that stand on both."""
    told: set[tuple[date, str]] = set()
    for kind, thing in _on_site(project):
        language = thing.language or project.shop.language
        for use in () if thing.draft else parts_of(thing.body):
            reason = f"the part '{use.directive.name}' of the {kind} '{thing.title}' shows something else"
            for day in _other_days(project, use, language, (first, last)):
                there = standing(thing, day) and standing(thing, shift_days(day, -1))
                if there and (day, reason) not in told:
                    told.add((day, reason))
                    yield Change(day_begins(day, zone), "shows", reason, use.place)


def _other_days(project: Project, use: ShortcodeUse, language: str, days: tuple[date, date]) -> Iterator[date]:
    """The days on which a part is another one than on their eve."""
    first, last = days
    on = On(project.programme, project.shop, first, language, project.goods)
    arguments = {one.name: one.value for one in use.directive.arguments}
    for day in programme_days(on, use.directive.name, arguments, last):
        eve, now = (Offers(project, at, _no_titles) for at in (shift_days(day, -1), day))
        try:
            differs = eve.part(language, use.directive) != now.part(language, use.directive)
        except BadArgument:
            return  # the build says so
        if differs:
            yield day


def _no_titles(*_: object) -> Mapping[str, str]:
    """Titles change with pages that appear and leave, which are told of themselves."""
    return {}


def _archive(project: Project, zone: ZoneInfo, first: date, last: date) -> Iterator[Change]:
    """What the archive of letters has on one day and not on the next, or the other way."""
    before = {(one.campaign.id, one.day): one.campaign for one in letters(project, shift_days(first, -1))}
    for day in each_day(first, last):
        now = {(one.campaign.id, one.day): one.campaign for one in letters(project, day)}
        for key, campaign in sorted(now.items()):
            if key not in before:
                reason = f"the letter '{campaign.title}' comes into the archive"
                yield Change(day_begins(day, zone), "appears", reason, campaign.place)
        for key, campaign in sorted(before.items()):
            if key not in now:
                reason = f"the letter '{campaign.title}' of {key[1]} leaves the archive"
                yield Change(day_begins(day, zone), "leaves", reason, campaign.place)
        before = now


def _sent(project: Project, zone: ZoneInfo, first: date, last: date) -> Iterator[Change]:
    occasions = Occasions(project.programme.occasions, project.shop.holiday_countries)
    for campaign in project.campaigns:
        # What each customer has a day of their own for may leave on any day.
        if not isinstance(campaign.timing, EveryYear):
            yield from _leaving(project, campaign, occasions, zone, Period(first, first, last))


def _leaving(
    project: Project, campaign: Campaign, occasions: Occasions, zone: ZoneInfo, days: Period
) -> Iterator[Change]:
    due = (slot for slot in slots(campaign, project.shop, occasions, days) if slot.due)
    for channel, day, occasion_day in sorted({(slot.channel, slot.day, slot.occasion_day) for slot in due}):
        said = f"'{campaign.title}' leaves by {channel}"
        if channel in BY_WIRE:
            instant = leaves_at(day, (zone,), project.shop.quiet(channel), zone)
            said += f" at {instant.astimezone(zone):%H:%M}" if instant else ""
        if day != occasion_day:
            said += f", {(occasion_day - day).days} days before {occasion_day}"
        yield Change(day_begins(day, zone), "sends", said, campaign.place)


def _periods(project: Project, zone: ZoneInfo, first: date, last: date) -> Iterator[Change]:
    rekey = project.shop.rekey
    for day in each_day(first, last):
        name = period(day, rekey)
        if name != period(shift_days(day, -1), rekey):
            reason = f"the period {name} begins: everything is locked with new keys"
            yield Change(day_begins(day, zone), "period", reason, Place(SHOP_FILE))


def _years(zone: ZoneInfo, first: date, last: date) -> Iterator[Change]:
    for year in range(first.year, last.year + 1):
        reason = f"the year {year} begins: it stands at the foot of every page"
        yield Change(day_begins(date(year, 1, 1), zone), "year", reason, Place(SHOP_FILE))
