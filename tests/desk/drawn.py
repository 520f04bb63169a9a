"""Draw shops and duties: a few customers, many rows on few days, and rules of every kind over them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from hypothesis import strategies as st

from sitegen.audience.reading.row_conditions import row_facts
from sitegen.model.column import Column, Kind, Table
from sitegen.model.duty import Act, By, Crossed, Desk, Duty, Each, Escalation, Every, ForEach, Span, Top, Trigger
from sitegen.model.rule import Condition, SumOf, Unit
from sitegen.model.table import STANDARD
from sitegen.model.tree import Place
from tests.audience.drawn_rules import condition
from tests.desk.oracle import instances
from tests.desk.oracle_shop import Shop

PLACE = Place("content/programme/duties.yaml", 1, 1)
SEGMENTS, CAMPAIGN = ("friends", "neighbours"), "2026/thanks"
HARD_DAYS = (
    date(2026, 9, 8),
    date(2024, 2, 29),
    date(2024, 3, 1),
    date(2026, 1, 1),
    date(2026, 1, 31),
    date(2025, 12, 31),
)
_AMOUNTS = ("0.00", "0.01", "500.00", "999.99", "1000.00", "1000.01", "1999.99", "2000.00", "2000.01", "3000.00")
_CONDITIONS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "orders": (
        ("amount", "more than 2000"), ("amount", "at most 1000"), ("rush", "yes"), ("channel", "is shop"),
        ("status", "is returned"), ("status", "is not cancelled"), ("customer.class", "is not staff"),
        ("store.region", "is North"), ("courier", "is empty"), ("delivered_on", "within last 3 days"),
    ),
    "order_lines": (("quantity", "at least 2"), ("product.group", "is beads"), ("order.status", "is returned")),
    "contacts": (("outcome", "is open-question"), ("direction", "is in"), ("liked", "no"), ("subject", "is thanks")),
    "loans": (("returned_on", "is empty"), ("deposit", "more than 500"), ("lent_on", "more than 1 week ago")),
    "complaints": (("satisfied", "no"), ("factor", "one of [quality, attitude]")),
    "referrals": (("order.amount", "at least 1000"),),
}  # fmt: skip
_WORDS = {"region": ("North", "East", "South"), "group": ("beads", "linen"), "status": ("sent", "delivered")}
_ACTED = (*(act for act in Act if act is not Act.TASK), Act.CALL, Act.MESSAGE, Act.LETTER, Act.TASK)


@dataclass(frozen=True, slots=True)
class History:
    """A shop with its duties, today; the first three make it again."""

    seed: int
    today: date
    count: int
    shop: Shop = field(repr=False)
    duties: tuple[Duty, ...] = field(repr=False)


def histories() -> st.SearchStrategy[History]:
    """One seed instead of a choice for each cell: there are thousands."""
    days = st.builds(lambda day, later: day + timedelta(days=later), st.sampled_from(HARD_DAYS), st.integers(0, 40))
    return st.builds(history, st.integers(0, 2**32), days, st.integers(1, 4))


def history(seed: int, today: date, count: int) -> History:
    """The shop of that seed, with so many duties."""
    random = Random(seed)
    duties = tuple(_duty(random, f"duty-{number}") for number in range(count))
    tables = _tables(random, today)
    people = [row["customer_id"] for row in tables["customers"]]
    shop = Shop(
        tables,
        _desk(random, today),
        today,
        {segment: {one for one in people if random.random() < 0.6} for segment in SEGMENTS},
        [_delivery(random, people, today) for _ in range(random.randint(0, 6))],
    )
    subjects = [(row["duty"], row["subject"], row["customer_id"]) for row in instances(shop, duties)]
    if subjects:
        tables["duty_results"] = _results(random, subjects, today)
    return History(seed, today, count, shop, duties)


def _duty(random: Random, name: str) -> Duty:
    trigger = random.choice((_for_each, _for_each, _for_each, _crossed, _top, _every))(random)
    done_on = ""
    if isinstance(trigger, ForEach) and random.random() < 0.3:
        days = [column.name for column in STANDARD.table(trigger.table).columns if column.kind is Kind.DATE]
        done_on = random.choice(days)
    return Duty(
        name,
        name,
        random.choice(_ACTED),
        trigger,
        _span(random),
        PLACE,
        after=_span(random) if random.random() < 0.3 else Span(0),
        by=random.choice(tuple(By)),
        who=random.choice(("", "", *SEGMENTS)),
        done_on=done_on,
        evidence=_conditions(random, "contacts", 0.25),
        campaign=random.choice(("", "", CAMPAIGN)),
    )


def _span(random: Random) -> Span:
    months = (Span(1, Unit.MONTHS), Span(3, Unit.MONTHS), Span(1, Unit.YEARS))
    return random.choice((Span(0), Span(1), Span(7), Span(2, Unit.WEEKS), *months))


def _for_each(random: Random) -> Trigger:
    table = random.choice([*STANDARD.events(), *(STANDARD.table(name) for name in _CONDITIONS)])
    days = [column.name for column in table.columns if column.kind in (Kind.DATE, Kind.TIME)]
    people = [column.name for column in table.columns if column.refers_to == "customers"]
    return ForEach(
        table.name,
        _conditions(random, table.name, 0.6),
        random.choice([table.day, table.day, *days]),
        random.choice([table.customer, *people]),
        random.choice(("", "", "rain")),
    )


def _conditions(random: Random, table: str, chance: float) -> tuple[Condition, ...]:
    facts = row_facts(STANDARD, table)
    chosen = [random.choice(known)] if (known := _CONDITIONS.get(table, ())) and random.random() < chance else []
    return tuple(condition(facts[path], phrase) for path, phrase in chosen)


def _sum(random: Random) -> SumOf:
    table, column = random.choice((("orders", "amount"), ("orders", "profit"), ("order_lines", "price")))
    return SumOf(table, column, None, _conditions(random, table, 0.3))


def _crossed(random: Random) -> Trigger:
    at = random.choice((("1000", "3000"), ("1000.00",), ("2.5", "500", "1000.01"), ("4000", "100")))
    return Crossed(_sum(random), tuple(map(Decimal, at)), random.choice(tuple(Each)))


def _top(random: Random) -> Trigger:
    month, day = random.choice(((1, 10), (1, 1), (12, 31), (2, 28), (9, 1)))
    return Top(_sum(random), random.randint(1, 3), month, day, random.choice(("", "store", "region")))


def _every(random: Random) -> Trigger:
    return Every(random.choice((Span(6, Unit.MONTHS), Span(5), Span(1, Unit.MONTHS), Span(1, Unit.YEARS))))


def _desk(random: Random, today: date) -> Desk:
    return Desk(
        today - timedelta(days=random.choice((0, 9, 40, 400, 400))),
        PLACE,
        escalation=Escalation(random.choice((0, 2)), random.choice((3, 7))),
        regions={"North": "advisers-0", "East": random.choice(("advisers-1", "advisers-99"))},
        head_office=random.choice(("", "advisers-1", "advisers-99")),
    )


def _tables(random: Random, today: date) -> dict[str, list[dict[str, Any]]]:
    counts = {"customers": 12, "advisers": 2, "stores": 2, "orders": 90, "contacts": 60, "products": 2, "events": 2}
    ids = {
        table.name: [f"{table.name}-{number}" for number in range(random.randint(1, counts.get(table.name, 25)))]
        for table in STANDARD.tables
    }
    return {table.name: _rows(random, table, ids, today) for table in STANDARD.tables}


def _rows(random: Random, table: Table, ids: Mapping[str, Sequence[str]], today: date) -> list[dict[str, Any]]:
    """No key twice; where the key refers to others, as many rows as there happen to be."""
    rows: dict[tuple[Any, ...], dict[str, Any]] = {}
    for own in ids[table.name]:
        row = {column.name: _cell(random, column, ids, today) for column in table.columns}
        if len(table.key) == 1:
            row[table.key[0]] = own
        rows[tuple(row[name] for name in table.key)] = row
    return list(rows.values())


def _cell(random: Random, column: Column, ids: Mapping[str, Sequence[str]], today: date) -> Any:
    known = _known(random, column, ids, today)
    return known if column.required or random.random() < 0.85 else None


def _known(random: Random, column: Column, ids: Mapping[str, Sequence[str]], today: date) -> Any:
    if column.refers_to:
        return random.choice(ids[column.refers_to])
    if column.allowed:
        return random.choice(column.allowed)
    day = today + timedelta(days=random.choice((-500, -365, -31, *range(-12, 4))))
    return {
        Kind.TEXT: random.choice(_WORDS.get(column.name, ("a", "b", "a'b"))),
        Kind.INTEGER: random.randint(1, 12),
        Kind.MONEY: Decimal(random.choice(_AMOUNTS)),
        Kind.DATE: day,
        Kind.YEARLY: day,
        Kind.TIME: datetime.combine(day, random.choice((time(0, 0), time(12, 30), time(23, 59)))),
        Kind.YES_NO: random.random() < 0.5,
        Kind.LIST: [],
        Kind.LUNAR: "08-15",
    }[column.kind]


def _delivery(random: Random, people: Sequence[str], today: date) -> dict[str, Any]:
    return {
        "campaign": random.choice((CAMPAIGN, "2026/other")),
        "edition": "1",
        "channel": random.choice(("mail", "card")),
        "customer_id": random.choice(people),
        "day": today + timedelta(days=random.randint(-12, 2)),
        "message_class": "care",
        "design": "",
    }


def _results(random: Random, subjects: Sequence[tuple[str, str, str]], today: date) -> list[dict[str, Any]]:
    rows = {}
    for _ in range(random.randint(0, 2 * len(subjects))):
        duty, subject, customer = random.choice(subjects)
        day = today + timedelta(days=random.randint(-8, 2))
        result = random.choice(("done", "excused"))
        reason = "on a journey" if result == "excused" else None
        rows[duty, subject, day] = {
            "duty": duty, "subject": subject, "customer_id": customer, "adviser_id": None, "day": day,
            "result": result, "reason": reason,
        }  # fmt: skip
    return list(rows.values())
