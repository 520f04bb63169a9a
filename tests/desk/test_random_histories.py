"""Whatever a shop has lived through, the engine finds the duties that the plain oracle finds, and loses none."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model.duty import Every, Standing
from tests.audience.engines import DuckDB
from tests.desk import oracle
from tests.desk.agreement import assert_agreement, told
from tests.desk.drawn import History, histories
from tests.examples import examples

OPEN = (Standing.OPEN, Standing.TODAY, Standing.LATE)


@examples(80)
@given(histories())
def test_the_engine_finds_the_duties_of_the_oracle(engine: DuckDB, history: History) -> None:
    assert_agreement(engine, history.shop, history.duties)


@pytest.mark.slow
@settings(max_examples=1500)
@given(histories())
def test_the_engine_finds_the_duties_of_the_oracle_looked_at_longer(engine: DuckDB, history: History) -> None:
    assert_agreement(engine, history.shop, history.duties)


@examples(7)
@given(histories())
def test_a_day_that_is_built_again_has_the_same_duties(engine: DuckDB, history: History) -> None:
    assert told(engine, history.shop, history.duties) == told(engine, history.shop, history.duties)


@examples(14)
@given(histories(), st.integers(1, 40))
def test_no_open_duty_is_lost_until_it_is_done_or_excused(engine: DuckDB, history: History, days: int) -> None:
    _none_is_lost(engine, history, days)


@pytest.mark.slow
@settings(max_examples=400)
@given(histories(), st.integers(1, 40))
def test_no_open_duty_is_lost_looked_at_longer(engine: DuckDB, history: History, days: int) -> None:
    _none_is_lost(engine, history, days)


def _none_is_lost(engine: DuckDB, history: History, days: int) -> None:
    """Rows of the days between become known; nobody changes one that was there."""
    then = replace(history.shop, today=history.shop.today + timedelta(days=days))
    kept = {(row["duty"], row["subject"]): row for row in told(engine, then, history.duties)}
    lasting = {duty.name for duty in history.duties if not isinstance(duty.trigger, Every) and _says_no_day(duty)}
    for row in told(engine, history.shop, history.duties):
        if row["duty"] not in lasting or oracle.standing(row, history.shop.today) not in OPEN:
            continue
        now = kept[row["duty"], row["subject"]]
        assert _what_stays(now) == _what_stays(row)
        assert now["done_on"] is None or now["done_on"] > history.shop.today
        assert oracle.standing(now, then.today) is not Standing.VOID


def _says_no_day(duty: Any) -> bool:
    """Whether its conditions mean the same on every day."""
    asked = [*getattr(duty.trigger, "where", ()), *getattr(getattr(duty.trigger, "sum", None), "where", ())]
    return not any("ago" in type(one.phrase).__name__.lower() or "within" in type(one.phrase).__name__.lower()
                   for one in asked)  # fmt: skip


def _what_stays(row: dict[str, Any]) -> dict[str, Any]:
    names = ("customer_id", "adviser_id", "began", "due", "amount", "void")
    return {name: row[name] for name in names}
