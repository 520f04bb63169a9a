"""Complaints meet their own steps and no others, whatever is missing on either side."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.build.desk.complaints.cases import led
from sitegen.model.complaint_desk import ComplaintDesk
from sitegen.programme.complaints.machine import STEPS, Rules

TODAY = date(2026, 9, 8)
OPENED = TODAY - timedelta(30)
NUMBERS = ("B-1", "B-10", "B-2", "B-é", "b-1", "单-1")


def complaint(number: str) -> dict[str, Any]:
    empty = dict.fromkeys(("factor", "step", "solved_on", "routed_to", "spoken_on"))
    return {**empty, "complaint_id": number, "opened_on": OPENED}


def steps(number: str, count: int) -> list[dict[str, Any]]:
    empty = dict.fromkeys(("adviser_id", "opinion_by", "opinion"))
    said = {"complaint_id": number, "evidence": "she told us everything", "satisfied": True, **empty}
    return [{**said, "step": step.value, "done_on": OPENED + timedelta(at)} for at, step in enumerate(STEPS[:count])]


@given(st.sets(st.sampled_from(NUMBERS)), st.dictionaries(st.sampled_from(NUMBERS), st.integers(1, 9)))
@settings(max_examples=200, deadline=None)
def test_each_complaint_is_led_through_its_own_steps(complaints: set[str], taken: dict[str, int]) -> None:
    told = [row for number in sorted(taken) for row in steps(number, taken[number])]

    found = led(map(complaint, sorted(complaints)), iter(told), Rules(ComplaintDesk(), TODAY))

    assert [(case.complaint.id, len(case.taken)) for case, _ in found] == [
        (number, taken.get(number, 0)) for number in sorted(complaints)
    ]
