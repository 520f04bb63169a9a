"""Look through what the shop has in its calendar of the year: campaigns, gatherings, days of its own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sitegen.audience.calendar.due import Period, slots
from sitegen.audience.calendar.occasions import Occasions
from sitegen.audience.calendar.spans import shift_days
from sitegen.audience.facts.rows import table_of
from sitegen.build.people import People
from sitegen.build.plan import occasions_of
from sitegen.model.campaign import EveryYear
from sitegen.model.channel import Channel
from sitegen.model.occasion import WeatherDay
from sitegen.model.project import Project
from sitegen.programme.reports.ground import Planned

CAMPAIGN, GATHERING, DAY = "campaign", "gathering", "day"
"""The kinds of what is planned."""


def planned(project: Project, people: People, today: date) -> tuple[Planned, ...]:
    """What stands in the calendar of the year of `today`, from its first day to its last, in its order.

    A campaign stands on the days that it is about, once however many ways it goes; what each customer has a day of
    their own for is on no day. Days that hang on the weather are not known ahead.
    """
    first, last = date(today.year, 1, 1), date(today.year, 12, 31)
    occasions = occasions_of(project, people.engine)
    found = {*_campaigns(project, occasions, first, last), *_gatherings(people, first, last)}
    found |= {*_own_days(project, occasions, first, last)}
    return tuple(sorted(found, key=lambda one: (one.on, one.kind, one.title)))


def _campaigns(project: Project, occasions: Occasions, first: date, last: date) -> Iterator[Planned]:
    # What is about a day of these months may have left before them: cards need time.
    since = shift_days(first, -max(project.shop.lead(channel) for channel in Channel))
    for campaign in project.campaigns:
        if not isinstance(campaign.timing, EveryYear):
            for slot in slots(campaign, project.shop, occasions, Period(since, since, last)):
                if slot.due and first <= slot.occasion_day <= last:
                    yield Planned(slot.occasion_day, campaign.title, CAMPAIGN)


def _gatherings(people: People, first: date, last: date) -> Iterator[Planned]:
    events = table_of(people.engine.tables, "events").select("title", "starts_at")
    rows = events.mutate(day=events["starts_at"].cast("date"))
    wanted = rows.filter(rows["day"].between(first, last)).select("day", "title").distinct().order_by("day", "title")
    for row in people.engine.ask(wanted):
        yield Planned(row["day"], row["title"], GATHERING)


def _own_days(project: Project, occasions: Occasions, first: date, last: date) -> Iterator[Planned]:
    for occasion in project.programme.occasions:
        if not isinstance(occasion.rule, WeatherDay):
            for day in occasions.days(occasion.name, first, last):
                yield Planned(day, occasion.name.replace("-", " ").capitalize(), DAY)
