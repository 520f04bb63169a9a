"""Look at the year's gatherings: enough of them, chairs for all, pages that agree, ideas that somebody looks at."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import chain

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.data.engine import Engine
from sitegen.errors import Problem
from sitegen.model.campaign import Campaign
from sitegen.model.gathering import Gathering, Gatherings, Idea
from sitegen.model.page import Page
from sitegen.model.project import Project
from sitegen.model.survey import Survey
from sitegen.programme.gatherings.chairs import gathering, gathering_rows
from sitegen.programme.gatherings.ideas import idea, idea_rows, overdue
from sitegen.programme.gatherings.poll import alike
from sitegen.programme.gatherings.year import year_of
from sitegen.programme.products import product, product_rows
from sitegen.programme.related.suggestions import unknown_products

QUARTERS = {
    1: "from January to March",
    2: "from April to June",
    3: "from July to September",
    4: "from October to December",
}
WORD = re.compile(r"\w{4,}|[\u3400-\u9fff]")
"""What a title or a place has in common with another: longer words, and each Chinese character."""


def gathering_problems(project: Project, engine: Engine, file: str, today: date) -> Iterator[Problem]:
    """What is wrong with gatherings and related goods; `file` is where people look for customers."""
    found = [gathering(row) for row in engine.ask(gathering_rows(engine.tables, today))]
    setting = project.programme.gatherings
    yield from _pages(project, {one.id: one for one in found})
    yield from _overbooked(found, file, today)
    if setting is not None:
        yield from missing_gatherings(found, setting, today.year)
        ideas = [idea(row) for row in engine.ask(idea_rows(engine.tables, setting.ideas, today))]
        yield from _waiting_ideas(setting, ideas, file, today)
        yield from poll_findings(setting, project.surveys, ideas)
    yield from _unknown_products(project, engine, today)


def missing_gatherings(found: list[Gathering], setting: Gatherings, year: int) -> Iterator[Problem]:
    """A warning where the year has too few VIP gatherings, which names the quarters without one."""
    seen = year_of(found, setting, year)
    if not seen.enough:
        first, last = [QUARTERS[quarter] for quarter in seen.missing[:-1]], seen.missing[-1:]
        gaps = " or ".join([", ".join(first)] * bool(first) + [QUARTERS[quarter] for quarter in last])
        message = f"{year} has {seen.held} of {seen.least} VIP gatherings" + (f": none {gaps}" if gaps else "")
        hint = "add a row to the customer file's events, with 'vip' yes, and a page that invites to it"
        yield setting.place.problem("missing-gathering", message, hint)


def _overbooked(found: list[Gathering], file: str, today: date) -> Iterator[Problem]:
    for one in found:
        if one.waiting and one.day >= today:
            who = "1 person waits" if one.waiting == 1 else f"{one.waiting} people wait"
            message = (
                f"'{one.title}' ({one.id}) on {one.day} has {one.seats} seats and {one.coming} guests; {who} for one"
            )
            hint = "find more chairs and raise 'seats', or tell those who wait; the first to answer come first"
            yield Problem(file, 0, 0, "overbooked-event", message, hint)


def _waiting_ideas(setting: Gatherings, ideas: list[Idea], file: str, today: date) -> Iterator[Problem]:
    late = overdue(ideas, setting.ideas, today)
    if late:
        first = late[0]
        several = "1 idea waits" if len(late) == 1 else f"{len(late)} ideas wait"
        message = (
            f"{several} for an answer for more than {setting.ideas.within} days: '{first.id}' since {first.given_on}"
        )
        hint = "ask the three gates: does it suit the house, can it be done, is there no conflict of interest?"
        yield Problem(file, 0, 0, "idea-waits", message, hint)


def poll_findings(setting: Gatherings, surveys: tuple[Survey, ...], ideas: list[Idea]) -> Iterator[Problem]:
    """Where the poll asks about other ideas than those that passed the gates; of the same words one is enough."""
    asked = next((survey for survey in surveys if survey.name == setting.ideas.poll), None)
    passed = alike(ideas)
    if asked is None:
        if setting.ideas.poll and passed:
            message = f"nobody can vote for the {len(passed)} ideas that passed: there is no '{setting.ideas.poll}'"
            hint = f"write content/surveys/{setting.ideas.poll}.yaml with 'ideas: {{{passed[0].id}: ...}}'"
            yield setting.place.problem("poll-differs", message, hint)
        return
    for one in passed:
        # What is taken up needs no more votes.
        if not one.taken and not asked.ideas.keys() & one.numbers:
            message = f"the idea '{one.id}' passed, and '{asked.name}' does not ask about it: {one.text}"
            yield asked.place.problem("poll-differs", message, f"add '{one.id}: ...' below 'ideas'")
    known = {number for one in passed for number in one.numbers}
    for number in asked.ideas:
        if number not in known:
            message = f"'{asked.name}' asks about '{number}', which is no idea that passed"
            yield asked.place.problem("poll-differs", message, "take the line out, or look at its three gates again")


def _pages(project: Project, found: Mapping[str, Gathering]) -> Iterator[Problem]:
    things: Iterator[Page | Campaign] = chain(project.pages, project.campaigns)
    for thing in things:
        event = thing.event
        if event is None or not event.id:
            continue
        known = found.get(event.id)
        if known is None:
            message = f"the customer file has no event '{event.id}'"
            yield thing.place.problem("unlisted-event", message, did_you_mean(event.id, found))
            continue
        local = (thing.language or project.shop.language) == project.shop.language
        for what, here, there in _differences(thing, known, local):
            message = f"the {what} of event '{event.id}' is '{here}' here, and '{there}' in the customer file"
            yield thing.place.problem("event-differs", message, "let both say the same: guests read both")


def _differences(thing: Page | Campaign, known: Gathering, local: bool) -> Iterator[tuple[str, str, str]]:
    """What a page says of an event and what the file says; words are compared in the shop's own language alone."""
    event = thing.event
    assert event
    if isinstance(event.start, datetime):
        if event.start != known.starts_at:
            yield "time", f"{event.start:%Y-%m-%d %H:%M}", f"{known.starts_at:%Y-%m-%d %H:%M}"
    elif event.start != known.day:
        yield "day", event.start.isoformat(), known.day.isoformat()
    if local and not _alike(thing.title, known.title):
        yield "title", thing.title, known.title
    if local and event.place and known.place and not _alike(event.place, known.place):
        yield "place", event.place, known.place


def _alike(one: str, other: str) -> bool:
    """Whether two names may mean the same: a page says more than a table, but they share a word."""
    words, others = (set(WORD.findall(text.casefold())) for text in (one, other))
    return bool(words & others) or not words or not others


def _unknown_products(project: Project, engine: Engine, today: date) -> Iterator[Problem]:
    related = project.programme.related
    if related is None:
        return
    known = {product(row).id for row in engine.ask(product_rows(engine.tables, today))}
    places = {one.product: one.place for one in related.products}
    for at, name in unknown_products(related, known):
        hint = did_you_mean(name, known)
        yield places[at].problem("unknown-product", f"there is no product '{name}'", hint)
