"""Find what else stands on an adviser's day: appointments, steps of complaints, promises, and late lines of others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

import ibis

from sitegen.build.desk.advisers.knowing import Known
from sitegen.build.desk.advisers.tasks import person, town
from sitegen.build.desk.ground import Adviser, Ground
from sitegen.data.engine import Row
from sitegen.programme.desk.lines import WHO, escalated_rows
from sitegen.programme.desk.steps import StepDue
from sitegen.render.desk.views import AppointmentView, ClockView, DayView, LateView, PersonView, PromiseView, StepView


@dataclass(frozen=True, slots=True)
class Others:
    """The rows beside the duties, the first of each, and how many there are in all."""

    appointments: tuple[Row, ...]
    steps: tuple[StepDue, ...]
    steps_total: int
    promises: tuple[Row, ...]
    promises_total: int
    late: tuple[Row, ...]
    late_total: int
    zone: ZoneInfo

    @property
    def customers(self) -> frozenset[str]:
        """Whom they are about."""
        rows = (*self.appointments, *self.promises, *self.late)
        ids = {*(row["customer_id"] or "" for row in rows), *(step.customer_id for step in self.steps)}
        return frozenset(ids - {""})

    def placed(self, ground: Ground, view: DayView, seen: Known) -> DayView:
        """The day's view with all of them."""
        return replace(
            view,
            appointments=tuple(_appointment(ground, row, seen, self.zone) for row in self.appointments),
            steps=tuple(_step(ground, step, seen) for step in self.steps),
            steps_more=self.steps_total - len(self.steps),
            promises=tuple(_promise(ground, row, seen) for row in self.promises),
            promises_more=self.promises_total - len(self.promises),
            shown=tuple(late_view(ground, row) for row in self.late),
            shown_more=self.late_total - len(self.late),
        )


def others(ground: Ground, adviser: Adviser, most: int) -> Others:
    """What stands beside an adviser's duties, at most so many rows of a kind; of appointments all."""
    engine, arranged, given = ground.engine, ground.appointments, ground.promises
    arranged = arranged.filter(arranged["adviser_id"] == adviser.id).order_by("appointment_at", "contact_id")
    given = given.filter(given["adviser_id"] == adviser.id)
    late = _shown_to(ground, adviser)
    steps = tuple(step for step in ground.steps if step.adviser_id == adviser.id and step.due <= ground.horizon)
    return Others(
        tuple(engine.ask(arranged)),
        steps[:most],
        len(steps),
        tuple(engine.ask(given.order_by("due_on", "promise_id").limit(most))),
        engine.count(given),
        () if late is None else tuple(engine.ask(in_order(late).limit(most))),
        0 if late is None else engine.count(late),
        adviser.zone,
    )


def _shown_to(ground: Ground, adviser: Adviser) -> ibis.Table | None:
    """The late lines of others that an adviser sees for a region or for the head office; None for who sees none."""
    desk = ground.desk
    regions = sorted(region for region, head in desk.regions.items() if head == adviser.id)
    head = desk.head_office == adviser.id
    if not regions and not head:
        return None
    rows = escalated_rows(ground.lines, ground.today, desk)
    theirs = (rows["adviser_id"] != adviser.id).fill_null(True)
    mine = rows["region"].isin(regions).fill_null(False) if regions else ibis.literal(value=False)
    return rows.filter(theirs, mine | rows["house"] if head else mine)


def in_order(late: ibis.Table) -> ibis.Table:
    """Late lines, the latest first."""
    return late.order_by("due", "adviser_id", "duty", "subject")


def late_view(ground: Ground, row: Row) -> LateView:
    """A line that others see too."""
    adviser = ground.advisers.get(row["adviser_id"] or "")
    name, id_ = (adviser.name, adviser.id) if adviser else ("", "")
    title = ground.duty(row["duty"]).title
    shown = person(ground, row)
    return LateView(id_, name, title, shown, row["due"], row["days_late"], bool(row["house"]), row["region"] or "")


def _appointment(ground: Ground, row: Row, seen: Known, zone: ZoneInfo) -> AppointmentView:
    who = _row_of(row["customer_id"], seen)
    at: datetime = row["appointment_at"]
    zones = (who["zones"] or "").split()
    there = None
    if len(zones) == 1:
        moment = at.replace(tzinfo=zone).astimezone(ZoneInfo(zones[0]))
        if moment.replace(tzinfo=None) != at:
            there = ClockView(town(ZoneInfo(zones[0])), moment, moment)
    about = row["washing_question"] or ""
    return AppointmentView(row["contact_id"], person(ground, who), at, there, about, row["note"] or "")


def _step(ground: Ground, step: StepDue, seen: Known) -> StepView:
    shown = person(ground, _row_of(step.customer_id, seen))
    return StepView(shown, step.complaint_id, step.step.value, step.due, step.late, step.path, step.about, step.again)


def _promise(ground: Ground, row: Row, seen: Known) -> PromiseView:
    shown: PersonView | None = person(ground, _row_of(row["customer_id"], seen)) if row["customer_id"] else None
    order = row["order_id"] or ""
    return PromiseView(shown, row["promise"], order, row["made_on"], row["due_on"], row["days_late"])


def _row_of(customer_id: str, seen: Known) -> Row:
    return seen.people.get(customer_id) or {"customer_id": customer_id, **dict.fromkeys(WHO)}
