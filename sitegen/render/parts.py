"""Show parts of the programme in a text: their templates filled, and each cell where its readers find it."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from hashlib import blake2b
from typing import Protocol

from markupsafe import Markup

from sitegen.audience.selection.embargo import standing
from sitegen.errors import Mistakes, Problem
from sitegen.model.body import Body, ShortcodeUse
from sitegen.model.directive import Argument, Directive
from sitegen.model.field import FieldUse
from sitegen.model.goods import Shelf
from sitegen.model.part import BadArgument, EventPage, On, Part
from sitegen.model.project import Project
from sitegen.model.segment import EVERYONE, PUBLIC
from sitegen.model.tree import Place
from sitegen.programme.parts.registry import NAMES, maker
from sitegen.render.fields import day_text, locale_of, spell, whole_number
from sitegen.render.markup import Links
from sitegen.render.theme import Templates, words

TITLE = "title"
"""The argument that every part takes."""
NOWHERE = Place("")


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell as the outer template places it; `html` is "" for readers who are not meant by it."""

    key: str
    html: Markup


class Seat(Protocol):
    """Puts a cell's HTML where its readers find it."""

    def __call__(self, key: str, audience: str, html: str) -> str:
        """The HTML for the outer template. `key` is unique in the text; `audience` is "" for all who read it."""


@dataclass(frozen=True, slots=True)
class Offers:
    """The parts of a shop on a day.

    `titles` gives the titles of pages in a language, by their ids: of those that anybody may read, and for texts of
    members of those that every member may.
    """

    project: Project
    today: date
    titles: Callable[[str, bool], Mapping[str, str]] | None = None

    def part(self, language: str, directive: Directive, members: bool = True) -> Part:
        """What the part on a line shows, in a text for `members` or for anybody. Raises BadArgument."""
        arguments = {one.name: one.value for one in directive.arguments}
        project = self.project
        titles = (
            self.titles(language, members)
            if self.titles
            else readable_titles(project, self.today, language, {PUBLIC, EVERYONE} if members else {PUBLIC})
        )
        full = project.shop.output.member_data == "full"
        events = event_pages(project, self.today, language)
        surveys = frozenset(survey.name for survey in project.surveys)
        on = On(
            project.programme,
            project.shop,
            self.today,
            language,
            project.goods,
            full=full,
            pages=titles,
            events=events,
            surveys=surveys,
        )
        return maker(directive.name).part(on, arguments)

    def audience(self, rule: str) -> str:
        """The audience that a cell's rule means; "" for all who read the text."""
        return self.project.rules[rule] if rule else ""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the parts of a stretch of text are shown: in a language, and by whom their cells are seated.

    `part` gives what a line shows in a language; `body` is the whole text; `shop` is the view that
    templates see; `block` parts the stretches of one text. `among` are functions of the channel, which templates may
    call, for readers of an audience ("": of all who read the text), and `links` is where links and pictures lead for
    them.
    """

    offers: Offers
    language: str
    shop: object
    seat: Seat
    part: Callable[[str, Directive], Part]
    body: Body
    block: int = 0
    among: Callable[[str], Mapping[str, object]] = lambda _audience: {}
    links: Callable[[Links, str], Links] = lambda links, _audience: links


def readable_titles(project: Project, today: date, language: str, audiences: Collection[str]) -> dict[str, str]:
    """The titles of the pages for these audiences on a day, by their ids, in the language where there is one."""
    there = [page for page in project.pages if page.audience in audiences and not page.draft and standing(page, today)]
    titles = {page.id: page.title for page in there}
    return titles | {page.original: page.title for page in there if page.original and page.language == language}


def event_pages(project: Project, today: date, language: str) -> dict[str, tuple[EventPage, ...]]:
    """The pages of a day that name an event of the customer file, by its id.

    Their titles are those of the language, "" where they have none in it.
    """
    there = [page for page in project.pages if not page.draft and standing(page, today)]
    titles = {page.original: page.title for page in there if page.original and page.language == language}
    found: dict[str, tuple[EventPage, ...]] = {}
    for page in there:
        if page.event and page.event.id and not page.original:
            spoken = (page.language or project.shop.language) == language
            made = EventPage(page.id, titles.get(page.id, page.title if spoken else ""), page.audience)
            found[page.event.id] = (*found.get(page.event.id, ()), made)
    return found


def shelves_of(project: Project) -> frozenset[Shelf]:
    """What the texts of a shop show of its customer file."""
    bodies = [*(page.body for page in project.pages), *(campaign.body for campaign in project.campaigns)]
    names = {use.directive.name for body in bodies for use in body.shortcodes if is_part(use.directive.name)}
    return frozenset[Shelf]().union(*(maker(name).shelves(project.programme) for name in names))


def is_part(name: str) -> bool:
    """Whether a directive is a part of the programme."""
    return name in NAMES


def template(channel: str, name: str) -> str:
    """Where the template of a part lies for "site" or "mail"."""
    return f"{channel}/programme/{name}.html"


def cell_template(channel: str, name: str) -> str:
    """Where the template of a part's cells lies."""
    return f"{channel}/programme/{name}-cell.html"


def spelled(language: str, directive: Directive, members: bool) -> str:
    """A part on a line as the name of an input; `asked` reads it."""
    return json.dumps([language, members, directive.name, [(one.name, one.value) for one in directive.arguments]])


def part_html(sheets: Templates, channel: str, stage: Stage, directive: Directive, inner: str) -> str:
    """The part on a line as HTML for "site" or "mail".

    Raises Mistakes for an argument that means nothing, or with a template's place.
    """
    name = directive.name
    try:
        part = stage.part(stage.language, directive)
    except BadArgument as wrong:
        raise Mistakes([refused(_use(stage.body, directive), wrong)]) from None
    own = _own(directive, stage.block)
    shared = {**_functions(stage, sheets), "id": own}
    about = f"the part '{name}'"
    cells = []
    for cell in part.cells:
        audience = stage.offers.audience(cell.rule)
        views = {**shared, **stage.among(audience), "cell": cell.view}
        made = sheets.render(cell_template(channel, name), about, views)
        seated = stage.seat(f"{own}.{cell.key}", audience, made.strip())
        cells.append(CellView(cell.key, Markup(seated)))  # noqa: S704 - made by our templates
    shown = tuple(cell for cell in cells if cell.html)
    seen = {"part": part.view, "cells": shown, "inner": Markup(inner), "title": directive.value(TITLE)}  # noqa: S704
    return sheets.render(template(channel, name), about, {**shared, **seen}).strip()


def refused(use: ShortcodeUse, wrong: BadArgument) -> Problem:
    """The mistake of an argument that means nothing, at its place."""
    column = next((one.column for one in use.directive.arguments if one.name == wrong.argument), use.place.column)
    return Place(use.place.file, use.place.line, column).problem("bad-argument", wrong.message, wrong.hint)


def _use(body: Body, directive: Directive) -> ShortcodeUse:
    found = (use for use in body.shortcodes if use.directive == directive)
    return next(found, ShortcodeUse(directive, Place(body.file)))


def _own(directive: Directive, block: int) -> str:
    """A name for a part by which no other one on the page goes, unless it shows the same to the same readers."""
    said = "\0".join(f"{one.name}={one.value}" for one in directive.arguments)
    digest = blake2b(said.encode(), digest_size=3).hexdigest() if said else ""
    return "-".join(filter(None, ("part", directive.name, digest, str(block or ""))))


def is_cell(block: str) -> bool:
    """Whether the id of a gated block is that of a cell."""
    return block.partition("#")[2].startswith("part-")


def _functions(stage: Stage, sheets: Templates) -> dict[str, object]:
    """What the templates of parts share."""
    language, shop = stage.language, stage.offers.project.shop

    def money(amount: Decimal) -> str:
        return spell(FieldUse("", NOWHERE, "money"), amount, language, shop.currency)

    def percent(amount: Decimal) -> str:
        # Babel takes half a second to import, and pages without numbers never ask.
        from babel.numbers import format_percent  # noqa: PLC0415

        return str(format_percent(amount / 100, "#,##0.##%", locale=locale_of(language)))

    def moment(at: datetime) -> str:
        from babel.dates import format_time  # noqa: PLC0415 - as above

        return f"{day_text(at.date(), language)}, {format_time(at, 'short', locale=locale_of(language))}"

    def clock(at: datetime) -> str:
        from babel.dates import format_time  # noqa: PLC0415 - as above

        return str(format_time(at, "short", locale=locale_of(language)))

    def named(day: date, pattern: str) -> str:
        from babel.dates import format_date  # noqa: PLC0415 - as above

        return str(format_date(day, pattern, locale=locale_of(language)))

    return {
        "month": lambda day: named(day, "LLL"),
        "weekday": lambda day: named(day, "EEEE"),
        "money": money,
        "percent": percent,
        "moment": moment,
        "clock": clock,
        "day": lambda day: day_text(day, language),
        "number": lambda number: whole_number(number, language),
        "t": words(sheets.theme, language),
        "shop": stage.shop,
        "language": language,
        "full": shop.output.member_data == "full",
        **stage.among(""),
    }


def asked(spelling: str, offers: Offers) -> Part:
    """The part that `spelled` named, as it is on the day of `offers`."""
    language, members, name, arguments = json.loads(spelling)
    directive = Directive(name, arguments=tuple(Argument(key, value, 0) for key, value in arguments))
    return offers.part(language, directive, members)
