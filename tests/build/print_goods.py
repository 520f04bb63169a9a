"""What the small shop prints with, and jobs to be printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

from sitegen.build.cards.print_job import Job, Stock, stock
from sitegen.build.order import PrintOrder
from sitegen.content.project import read_project
from tests.build.conftest import SMALL_SHOP
from tests.render.cards.conftest import LATIN

DESIGN = "moon-rabbit"
INSTANT = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
NAME, CODE = "Wilhelmina Ørsted", "ZZZZ YYYY"


@cache
def print_goods() -> Stock:
    """One design of the theme, the print house of the small shop, no sheets."""
    whole = stock(read_project(SMALL_SHOP), PrintOrder())
    return replace(whole, designs={DESIGN: whole.designs[DESIGN]})


def job(number: int, cards: int) -> Job:
    """The print file of that number, counted from 0, with so many cards."""
    first = number * cards + 1
    written = tuple(
        replace(LATIN, record=record, customer_id=f"c{record:04}", name=f"{NAME} {record}", code=CODE)
        for record in range(first, first + cards)
    )
    return Job(
        campaign="autumn",
        folder="autumn",
        file=f"cards-{number + 1:03}.pdf",
        title="Autumn",
        design=DESIGN,
        cards=written,
        lacking=((),) * cards,
        bundles=("",) * cards,
        days=(date(2026, 9, 8),) * cards,
        instant=INSTANT,
    )
