"""Who learns of whom by a guest's directory, beside a plain reckoning; and how it is cut."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sitegen.programme.gatherings.directory import LONGEST, MOST, directory_rows
from tests.programme.test_gatherings import ATTENDANCES, EVENTS

TODAY = date(2026, 9, 8)
PEOPLE = {"customer_id": "string", "first_name": "string", "last_name": "string", "phone": "string"}
DAYS = {"E-1": "2025-11-29", "E-2": "2026-05-30", "E-3": "2026-09-26", "E-4": "2026-11-14"}
WHO = [f"C-{number}" for number in range(6)]


@pytest.fixture(scope="module")
def engine() -> Any:
    return ibis.duckdb.connect()


def told(
    engine: Any, said: Sequence[tuple[str, str, str, bool | None]], people: dict[str, tuple[str | None, ...]]
) -> dict[str, str]:
    """What each guest learns; `said` holds event, customer, status and consent."""
    answers = [(event, who, status, date(2025, 1, 1), 1, share) for event, who, status, share in said]
    events = [
        (id_, id_, datetime.fromisoformat(day), None, None, None, True, None, None, None) for id_, day in DAYS.items()
    ]
    tables = {
        "attendances": ibis.memtable(answers, schema=ATTENDANCES),
        "events": ibis.memtable(events, schema=EVENTS),
        "customers": ibis.memtable([(who, *named) for who, named in people.items()], schema=PEOPLE),
    }
    rows = engine.to_pyarrow(directory_rows(tables, TODAY)).to_pylist()
    return {row["customer_id"]: row["circle"] for row in rows}


PLAIN: dict[str, tuple[str | None, ...]] = {who: (who, None, None) for who in WHO}
SAID = some.lists(
    some.tuples(
        some.sampled_from(sorted(DAYS)),
        some.sampled_from(WHO),
        some.sampled_from(("accepted", "attended", "declined", "missed", "invited")),
        some.none() | some.booleans(),
    ),
    max_size=16,
    unique_by=lambda one: one[:2],
)


@settings(deadline=None, max_examples=15)
@given(SAID)
def test_a_guest_learns_of_those_of_their_next_or_last_gathering_who_allow_it_and_only_if_they_do(
    engine: Any, said: list[tuple[str, str, str, bool | None]]
) -> None:
    circles: dict[str, set[str]] = {}
    for event, who, status, share in said:
        if share and status in {"accepted", "attended"}:
            circles.setdefault(event, set()).add(who)
    expected = {}
    for who in WHO:
        mine = sorted(
            (day, event) for event, day in DAYS.items() if circles.get(event, set()) - {who} and who in circles[event]
        )
        ahead = [event for day, event in mine if day >= TODAY.isoformat()]
        behind = [event for day, event in mine if day < TODAY.isoformat()]
        for event in ahead[:1] or behind[-1:]:
            expected[who] = ";\n".join(sorted(circles[event] - {who}))
    assert told(engine, said, PLAIN) == expected


def test_a_guest_is_named_as_on_an_envelope_with_the_telephone_if_there_is_one(engine: Any) -> None:
    people: dict[str, tuple[str | None, ...]] = {
        "C-1": ("Guilan", "Xu", None),
        "C-2": ("桂兰", "徐", "+86 512 1"),
        "C-3": ("Ada", "Holm", " "),
        "C-4": (None, None, "+49 40 1"),
    }
    said = [("E-3", who, "accepted", True) for who in people]
    assert told(engine, said, people)["C-1"] == "Ada Holm;\n徐桂兰, +86\u00a0512\u00a01;\n+1"


def test_what_no_longer_fits_is_counted(engine: Any) -> None:
    people: dict[str, tuple[str | None, ...]] = {f"C-{n:03}": ("桂" * 30, f"{n:03}", "+86 512 1000") for n in range(40)}
    said = [("E-2", who, "attended", True) for who in people]
    found = told(engine, said, people)
    assert found.keys() == people.keys()
    for text in found.values():
        names, more = text.split(";\n")[:-1], int(text.rpartition("+")[2])
        assert len(names) + more == len(people) - 1
        assert len(";\n".join(names).encode()) <= LONGEST
        assert 0 < len(names) < MOST
