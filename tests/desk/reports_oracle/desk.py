"""Reckon again: which duties and complaints wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sitegen.model.complaint_desk import USUAL_TIMES
from sitegen.model.desk_tables import STEPS
from sitegen.model.duty import By, Desk, Standing
from tests.desk.oracle import escalated, instances, standing
from tests.desk.reports_oracle.book import Book, Row, Sheet, per_cent, rounded
from tests.desk.reports_oracle.staff import share_in_time
from tests.desk.sample import project, shop, tables

AHEAD = (Standing.OPEN, Standing.TODAY)


def sheet(book: Book) -> Sheet:
    """Duties and complaints on a day."""
    setting = project().programme.desk
    assert setting
    rows = instances(shop(book.today), project().programme.duties)
    late = [row for row in rows if standing(row, book.today) is Standing.LATE]
    month = [row for row in rows if book.today.replace(day=1) <= row["due"] <= book.today]
    waiting = _waiting(book, setting)
    behind = [one for one in waiting if one[2] < book.today]
    came = [row for row in _complaints(book) if book.lately(row["opened_on"])]
    solved = [row for row in _complaints(book) if book.lately(row["solved_on"])]
    days = sum((row["solved_on"] - row["opened_on"]).days for row in solved)
    figures = {
        "open": sum(standing(row, book.today) in AHEAD for row in rows),
        "late": len(late),
        "region": sum(By.REGION in escalated(row, book.today, setting) for row in late),
        "head-office": sum(By.HEAD_OFFICE in escalated(row, book.today, setting) for row in late),
        "in-time": share_in_time(month, book.today),
        "complaints-open": len(waiting),
        "complaints-late": len(behind),
        "complaints-came": len(came),
        "days-to-solve": rounded(Decimal(days) / len(solved), "0.1") if solved else None,
        "solved-content": per_cent(sum(row["satisfied"] is True for row in solved), len(solved)),
        "second-chances": len(_second_chances(book)),
    }
    duties = [_duty(duty.title, [row for row in rows if row["duty"] == duty.name], book.today, setting)
              for duty in project().programme.duties]  # fmt: skip
    shown = [row for row in duties if row[1] or row[3]]
    steps = [_step(step, [one for one in waiting if one[1] == step], book.today) for step in STEPS]
    charts = {
        "duties": (
            [row[0] for row in shown],
            {"In time": [row[1] for row in shown], "Late": [row[3] for row in shown]},
        ),
        "steps": (STEPS, {"In time": [row[1] - row[2] for row in steps], "Behind": [row[2] for row in steps]}),
    }
    return Sheet(figures, charts, {"duties": duties, "steps": steps})


def _complaints(book: Book) -> list[Row]:
    return [row for row in tables()["complaints"] if row["opened_on"] <= book.today]


def _taken(complaint: Row, today: date) -> list[Row]:
    """The steps that one knows of, in their order."""
    mine = [
        row
        for row in tables()["complaint_steps"]
        if row["complaint_id"] == complaint["complaint_id"] and row["done_on"] <= today
    ]
    return sorted(mine, key=lambda row: STEPS.index(row["step"]))


def _waiting(book: Book, setting: Desk) -> list[tuple[Row, str, date]]:
    """Each open complaint with its next step and the day until which that is due."""
    found = []
    for row in _complaints(book):
        taken = _taken(row, book.today)
        settled = row["opened_on"] < setting.since and row["solved_on"] and row["solved_on"] <= book.today
        if len(taken) == len(STEPS) or (settled and not taken):
            continue
        step = STEPS[len(taken)]
        since = taken[-1]["done_on"] if taken else row["opened_on"]
        found.append((row, step, since + timedelta(days=dict(USUAL_TIMES)[step])))
    return found


def _second_chances(book: Book) -> list[Row]:
    """Through all nine steps, and nobody has asked again since."""
    found = []
    for row in _complaints(book):
        taken = _taken(row, book.today)
        if len(taken) == len(STEPS) and not any(
            contact["customer_id"] == row["customer_id"]
            and taken[-1]["done_on"] < contact["at"] <= book.today
            and contact["direction"] == "out"
            and contact["outcome"] != "not-reached"
            and contact["subject"] == "complaint"
            for contact in tables()["contacts"]
        ):
            found.append(row)
    return found


def _duty(title: str, rows: Sequence[Row], today: date, setting: Desk) -> tuple[Any, ...]:
    late = [row for row in rows if standing(row, today) is Standing.LATE]
    month = [row for row in rows if today.replace(day=1) <= row["due"] <= today]
    done = [row for row in month if standing(row, today) is Standing.DONE]
    shown = [escalated(row, today, setting) for row in late]
    return (
        title,
        sum(standing(row, today) in AHEAD for row in rows),
        sum(standing(row, today) is Standing.TODAY for row in rows),
        len(late),
        max(((today - row["due"]).days for row in late), default=None),
        sum(By.REGION in who for who in shown),
        sum(By.HEAD_OFFICE in who for who in shown),
        sum(row["done_on"] <= row["due"] for row in done),
        sum(row["done_on"] > row["due"] for row in done),
        sum(standing(row, today) is Standing.EXCUSED for row in month),
    )


def _step(step: str, waiting: Sequence[tuple[Row, str, date]], today: date) -> tuple[Any, ...]:
    late = [(today - due).days for _, _, due in waiting if due < today]
    oldest = min((row["opened_on"] for row, _, _ in waiting), default=None)
    return step, len(waiting), len(late), max(late, default=None), oldest
