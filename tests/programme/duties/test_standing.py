"""How a duty stands on a day, and who sees it when it is late."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sitegen.model.duty import By, Standing
from sitegen.programme.duties.standing import escalated, standing
from tests.programme.duties.little_desk import DESK, TODAY

SOON, BEFORE = TODAY + timedelta(1), TODAY - timedelta(1)


def row(due: date = TODAY, **more: Any) -> dict[str, Any]:
    return {"due": due, "done_on": None, "excused_on": None, "void": None, **more}


@pytest.mark.parametrize(
    ("duty", "expected"),
    [
        (row(SOON), Standing.OPEN),
        (row(TODAY), Standing.TODAY),
        (row(BEFORE), Standing.LATE),
        (row(BEFORE, done_on=TODAY), Standing.DONE),
        (row(BEFORE, excused_on=TODAY), Standing.EXCUSED),
        (row(BEFORE, void="the order came back"), Standing.VOID),
        (row(BEFORE, done_on=TODAY, void="the order came back"), Standing.DONE),
        (row(BEFORE, excused_on=TODAY, void="the order came back"), Standing.VOID),
        (row(BEFORE, done_on=TODAY, excused_on=TODAY), Standing.DONE),
        (row(BEFORE, done_on=TODAY, excused_on=BEFORE), Standing.EXCUSED),
        (row(BEFORE, done_on=TODAY, excused_on=BEFORE, void="no longer meant"), Standing.VOID),
    ],
)
def test_done_goes_before_void_and_void_before_excused(duty: dict[str, Any], expected: Standing) -> None:
    assert standing(duty, TODAY) is expected


@pytest.mark.parametrize(
    ("late", "expected"),
    [(0, ()), (2, ()), (3, (By.REGION,)), (7, (By.REGION,)), (8, (By.REGION, By.HEAD_OFFICE))],
)
def test_a_late_duty_is_shown_to_the_region_and_then_to_the_head_office(late: int, expected: tuple[By, ...]) -> None:
    assert escalated(row(TODAY - timedelta(late)), TODAY, DESK) == expected


@given(some.integers(-30, 30), some.sampled_from(["done_on", "excused_on", "void"]))
def test_what_is_done_excused_or_void_is_shown_to_nobody_else(late: int, what: str) -> None:
    assert escalated(row(TODAY - timedelta(late), **{what: BEFORE}), TODAY, DESK) == ()
