"""What the weather was at the four stores of the sample shop, and what it will be until its month ends."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from tests.shop.people import TODAY
from tests.shop.places import Row, stores

FIRST, LAST = date(2026, 6, 1), date(2026, 10, 7)
_SUMMER = {"clear": 40, "cloudy": 26, "rain": 22, "storm": 5, "heat": 7}
_AUTUMN = {"clear": 30, "cloudy": 33, "rain": 29, "storm": 4, "fog": 4}


def weather(seed: str) -> list[Row]:
    """A row for each day and store; on the sample's own day it rains in Hamburg."""
    random = Random(f"{seed}:weather")
    rows = [
        {"day": str(day), "store_id": store["store_id"], "condition": _condition(day, random)}
        for day in (FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1))
        for store in stores()
    ]
    for row in rows:
        if (row["day"], row["store_id"]) == (str(TODAY), "hamburg"):
            row["condition"] = "rain"
    return rows


def _condition(day: date, random: Random) -> str:
    chances = _SUMMER if day.month < 9 else _AUTUMN
    return random.choices(tuple(chances), tuple(chances.values()))[0]
