"""Each duty of the table fires as its sentence says, once, for the right adviser, and nothing else does."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from sitegen.model.duty import Standing
from sitegen.programme.duties.standing import escalated, standing
from tests.audience.engines import DuckDB
from tests.desk import oracle
from tests.desk.agreement import told
from tests.desk.table import DUTIES, NOBODYS, TABLE, TODAY, Line, shop

Rows = Mapping[tuple[str, str], Mapping[str, Any]]


@pytest.fixture(scope="module")
def found(engine: DuckDB) -> Rows:
    return {(row["duty"], row["subject"]): row for row in told(engine, shop(), DUTIES)}


@pytest.mark.parametrize("line", TABLE, ids=lambda line: f"{line.duty} {line.subject}")
def test_a_duty_stands_as_its_sentence_says(found: Rows, line: Line) -> None:
    row = found[line.duty, line.subject]
    assert (row["customer_id"], row["adviser_id"]) == (line.customer, line.adviser), line.why
    assert (row["began"], row["due"]) == (date.fromisoformat(line.began), date.fromisoformat(line.due)), line.why
    assert standing(row, TODAY) is line.standing, line.why
    assert escalated(row, TODAY, shop().desk) == line.shown_to, line.why


def test_nothing_else_is_anybodys_duty(found: Rows) -> None:
    assert set(found) == {(line.duty, line.subject) for line in TABLE}
    assert not {row["customer_id"] for row in found.values()} & set(NOBODYS)


def test_the_oracle_reads_the_sentences_in_the_same_way(found: Rows) -> None:
    assert {(row["duty"], row["subject"]): row for row in oracle.instances(shop(), DUTIES)} == found


def test_what_was_done_and_excused_says_how_one_knows(found: Rows) -> None:
    late = found["big-order", "O-04"]
    excused = found["big-order", "O-05"]
    thanked = found["thanks-old", "C-06+C-07"]
    assert (late["done_on"], late["proof"]) == (date(2026, 8, 29), "contact T-04b")
    assert (excused["excused_on"], excused["excuse"]) == (date(2026, 8, 26), "on a journey until October")
    assert (thanked["done_on"], thanked["proof"]) == (date(2026, 9, 1), "thanked_on")
    assert (found["big-order", "O-03"]["void"], found["big-order", "O-22"]["void"]) == (
        "the order came back",
        "no longer meant",
    )


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 8, 31), None),
        (date(2026, 9, 1), Standing.OPEN),
        (date(2026, 9, 7), Standing.OPEN),
        (date(2026, 9, 8), Standing.TODAY),
        (date(2026, 9, 9), Standing.LATE),
        (date(2027, 9, 9), Standing.LATE),
    ],
)
def test_a_call_about_a_big_order_is_kept_from_the_order_until_it_is_made(
    engine: DuckDB, today: date, expected: Standing | None
) -> None:
    rows = {(row["duty"], row["subject"]): row for row in told(engine, shop(today), DUTIES)}
    row = rows.get(("big-order", "O-01"))
    assert (standing(row, today) if row else None) is expected
