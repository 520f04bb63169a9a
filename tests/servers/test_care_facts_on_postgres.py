"""The facts of care on PostgreSQL, where words, months and days are written another way."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from sitegen.audience.facts.care_facts import care_facts
from tests.audience.little_shop import TODAY, Row, ask, tables
from tests.audience.test_care_facts import AT_HOME, AT_WORK
from tests.servers.postgres import Server, load, rows_of


def test_the_facts_of_care_are_those_of_the_embedded_engine(postgres: Server) -> None:
    postgres.create("care")
    rows = _shop(Random("care"))
    right = {row["customer_id"]: row for row in ask(care_facts(tables(**rows), TODAY))}
    with postgres.open("care") as connection:
        found = {row["customer_id"]: row for row in rows_of(connection, care_facts(load(connection, rows), TODAY))}
    assert [(row, right[name]) for name, row in found.items() if row != right[name]] == []
    assert len(found) == len(rows["customers"])
    # Every kind of answer is among them.
    assert {row["review"] for row in right.values()} == {"positive", "neutral", "negative", "silent", None}
    assert {row["pregnancy_month"] for row in right.values()} == {None, *range(1, 11)}
    assert {row["sharer"] for row in right.values()} == {row["lost"] for row in right.values()} == {True, False}


def _shop(random: Random) -> dict[str, list[Row]]:
    people: list[Row] = [
        {"customer_id": f"C-{number:03}", "store_id": random.choice(["hamburg", "suzhou", None]), **row}
        for number, row in enumerate([*AT_WORK, *AT_HOME, *({"lost_on": _day(random)} for _ in range(120))])
    ]
    somebody = [row["customer_id"] for row in people]

    def rows(count: int, **cells: object) -> list[Row]:
        return [
            {
                "customer_id": random.choice(somebody),
                **{
                    name: random.choice(cell) if isinstance(cell, list) else _day(random)
                    for name, cell in cells.items()
                },
            }
            for _ in range(count)
        ]

    return {
        "customers": people,
        "stores": [{"store_id": "hamburg", "name": "Hamburg", "region": "North"}, {"store_id": "suzhou", "name": "S"}],
        "weather": [{"day": TODAY, "store_id": "hamburg", "condition": "rain"}],
        "orders": rows(
            150, order_id=[None], ordered_at=date, rating=[None, None, 1, 2, 3, 4, 5], status=[None, "returned", "sent"]
        ),
        "complaints": rows(20, complaint_id=[None], opened_on=date, solved_on=date),
        "children": [*rows(200, due_on=date), *rows(60, born_on=date), *rows(60, due_on=date, born_on=date)],
        "contacts": rows(
            100, at=date, channel=["call", "mail", None], direction=["in", "out", None], outcome=["not-reached", None]
        ),
        "referrals": [{**row, "referrer_id": row["customer_id"]} for row in rows(60, referred_id=["x"], day=date)],
    }


def _day(random: Random) -> date:
    return TODAY + timedelta(random.randint(-400, 300))
