"""Say what one may talk about with a customer: what they hope for, what is under way, what they last took home."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from sitegen.audience.calendar.spans import in_year
from sitegen.render.desk.dossier_views import TalkView

Row: TypeAlias = Mapping[str, Any]
SOON = 21
"""Days before a birthday from which on one knows of it."""
SMALL = 730
"""Days after its birth in which one asks for a child."""


UNDER_WAY = (
    ("complaints", "text", "opened_on", "solved_on"),
    ("promises", "promise", "due_on", "kept_on"),
    ("loans", "item", "lent_on", "returned_on"),
)
"""Tables of what goes on until a day: its words, the day that one says, the day on which it ended."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a talk may be about: the customer's row, and rows of theirs by table, the latest first."""

    customer: Row
    rows: Mapping[str, Sequence[Row]]
    good: str = ""
    good_day: date | None = None


def talk(heard: Heard, today: date) -> Iterator[TalkView]:
    """What to talk about, the most pressing first."""
    customer, rows = heard.customer, heard.rows
    for name, said, since, until in UNDER_WAY:
        for one in rows.get(name, ()):
            if one[until] is None or one[until] > today:
                yield TalkView(name, one[said] or "", one[since])
    for one in rows.get("contacts", ())[:1]:
        if one["outcome"] == "open-question":
            yield TalkView("question", one["washing_question"] or one["note"] or "", one["at"])
    yield from _birthday(customer, today)
    yield from _children(rows.get("children", ()), today)
    yield from _gatherings(rows.get("attendances", ()), today)
    if heard.good:
        yield TalkView("good", heard.good, heard.good_day)
    for name in ("delight", "characteristics", "behaviour"):
        if customer[name]:
            yield TalkView(name, customer[name])
    if customer["interests"]:
        yield TalkView("interests", ", ".join(customer["interests"]))


def _gatherings(rows: Sequence[Row], today: date) -> Iterator[TalkView]:
    for one in rows:
        begins = one["event starts_at"]
        if begins and begins.date() >= today and one["status"] in ("invited", "accepted"):
            yield TalkView(one["status"], one["event title"] or "", begins.date())


def _birthday(customer: Row, today: date) -> Iterator[TalkView]:
    born = customer["birthday"]
    if born:
        following = next(
            day for year in (today.year, today.year + 1) if (day := in_year(year, born.month, born.day)) >= today
        )
        if (following - today).days <= SOON:
            yield TalkView("birthday", day=following)


def _children(children: Sequence[Row], today: date) -> Iterator[TalkView]:
    for child in children:
        born, due = child["born_on"], child["due_on"]
        if born and 0 <= (today - born).days <= SMALL:
            yield TalkView("child", child["first_name"] or "", born, number=(today - born).days // 30)
        elif not born and due and due >= today:
            yield TalkView("coming", day=due)
