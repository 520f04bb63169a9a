"""Seasons on both halves of the earth."""

from __future__ import annotations

from datetime import date

import pytest

from sitegen.audience.calendar.seasons import season


@pytest.mark.parametrize(
    ("month", "day", "north", "south"),
    [
        (1, 31, "winter", "summer"),
        (3, 1, "spring", "autumn"),
        (8, 31, "summer", "winter"),
        (9, 1, "autumn", "spring"),
        (12, 1, "winter", "summer"),
    ],
)
def test_a_season_has_three_months(month: int, day: int, north: str, south: str) -> None:
    when = date(2026, month, day)
    assert (season(when, "DE"), season(when, ""), season(when, "au")) == (north, north, south)
