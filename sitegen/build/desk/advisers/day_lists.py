"""Write an adviser's lists line by line: all duties, the same to fill in and give back, and the calendar."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from sitegen.build.desk.advisers.tasks import SILENT, ring
from sitegen.build.desk.ground import Adviser, Ground
from sitegen.data.engine import Row
from sitegen.programme.duties.standing import escalated, standing
from sitegen.programme.duties.words import why
from sitegen.render.desk.calendars import CalendarLine, desk_calendar
from sitegen.render.desk.views import AppointmentView
from sitegen.render.spreadsheet import guarded

DUTY_COLUMNS = (
    "standing", "due", "days_late", "title", "why", "customer", "phone", "email", "language", "city", "country",
    "duty", "subject", "customer_id", "adviser_id", "began", "amount", "shown_to",
)  # fmt: skip
"""Columns of duties.csv."""
READ = ("due", "title", "customer", "phone")
"""The columns of results.csv that are there to be read only."""
KEYS = ("duty", "subject", "customer_id", "adviser_id")
"""The columns of results.csv by which a duty is known again."""
GIVEN_BACK = (
    "day", "channel", "outcome", "liked", "comfortable", "washing_question", "appointment_at", "note", "routed_to",
    "excuse",
)  # fmt: skip
"""The columns of results.csv that the adviser fills in."""


HALF_AN_HOUR = timedelta(minutes=30)
"""What an appointment takes of a calendar: nobody writes down how long it will be."""


@dataclass(slots=True)
class Lists:
    """The lists of an adviser, on their way. The calendar holds what pages show, the others everything that waits."""

    ground: Ground
    adviser: Adviser
    duties: io.StringIO = field(default_factory=io.StringIO)
    results: io.StringIO = field(default_factory=io.StringIO)
    calendar: list[CalendarLine] = field(default_factory=list)

    def __post_init__(self) -> None:
        _written(self.duties, DUTY_COLUMNS)
        _written(self.results, (*READ, *KEYS, *GIVEN_BACK))

    def add(self, row: Row) -> None:
        """A line of `ground.lines`."""
        _written(self.duties, _duty_cells(self.ground, row))
        _written(self.results, _result_cells(self.ground, row))
        if row["due"] <= self.ground.horizon:
            self.calendar += _calendar_lines(self.ground, self.adviser, row)

    def files(self, arranged: Iterable[AppointmentView]) -> Iterator[tuple[str, bytes]]:
        """The files by their names; the calendar also has the appointments."""
        yield "duties.csv", self.duties.getvalue().encode()
        yield "results.csv", self.results.getvalue().encode()
        lines = (*(_appointment_line(self.adviser, one) for one in arranged), *self.calendar)
        title = f"{self.adviser.name} · {self.ground.shop.name}"
        yield "calendar.ics", desk_calendar(self.ground.shop, title, self.ground.today, lines)


def _written(sheet: io.StringIO, cells: Iterable[object]) -> None:
    csv.writer(sheet, lineterminator="\n").writerow(cells)


def _duty_cells(ground: Ground, row: Row) -> Iterator[object]:
    duty, stands = ground.duty(row["duty"]), standing(row, ground.today)
    shown = ", ".join(whom.value for whom in escalated(row, ground.today, ground.desk))
    late = (ground.today - row["due"]).days
    said = {**row, "standing": stands, "days_late": late, "title": duty.title, "why": why(duty), "shown_to": shown}
    said["customer"] = row["name"]
    return (_cell(said[column]) for column in DUTY_COLUMNS)


def _result_cells(ground: Ground, row: Row) -> Iterator[object]:
    said = {**row, "title": ground.duty(row["duty"]).title, "customer": row["name"]}
    yield from (_cell(said[column]) for column in (*READ, *KEYS))
    yield from ("" for _ in GIVEN_BACK)


def _cell(value: object) -> object:
    return guarded(value) if isinstance(value, str) else value


def _calendar_lines(ground: Ground, adviser: Adviser, row: Row) -> Iterator[CalendarLine]:
    duty, name = ground.duty(row["duty"]), f"{row['duty']}/{row['subject']}"
    who = row["name"] or row["customer_id"]
    text = "\n".join(filter(None, (why(duty), row["phone"], row["email"], row["customer_id"])))
    title = f"{duty.title}: {who}"
    yield CalendarLine(f"duty {name}", title, text, row["due"], row["due"])
    if row["phone"] and duty.act not in SILENT:
        # What is late is rung up today.
        on = max(row["due"], ground.today)
        for number, (window, _) in enumerate(ring(ground, adviser, row, on).windows):
            called = f"ring {name} {number}" if number else f"ring {name}"
            yield CalendarLine(called, f"{title} ({row['phone']})", text, window.begin, window.end)


def _appointment_line(adviser: Adviser, one: AppointmentView) -> CalendarLine:
    begin = one.at.replace(tzinfo=adviser.zone)
    text = "\n".join(filter(None, (one.about, one.note, one.person.phone)))
    return CalendarLine(f"appointment {one.id}", one.person.name, text, begin, begin + HALF_AN_HOUR, busy=True)
