"""The sample shop for oracles: its CSV files as plain rows, typed, and who is in the segments that duties ask for."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from sitegen.content.project import read_project
from sitegen.model.column import Kind, Table
from sitegen.model.project import Project
from tests.audience.oracle.rules import members_of
from tests.desk.oracle_shop import Shop
from tests.golden.sample_shop import REPOSITORY

Row = dict[str, Any]

TODAY = date(2026, 9, 8)
DAYS = (date(2026, 8, 1), date(2026, 8, 20), TODAY, date(2026, 9, 30), date(2027, 1, 15))
"""The desk's first day, one of its first weeks, the sample's own day, and two after it."""


@cache
def project() -> Project:
    """The sample shop, read once."""
    return read_project(REPOSITORY)


@cache
def tables() -> Mapping[str, Sequence[Row]]:
    """All tables of the customer file."""
    return {table.name: _rows(table) for table in project().shop.schema.tables}


@cache
def shop(today: date) -> Shop:
    """The sample on a day, as an oracle sees it."""
    desk = project().programme.desk
    assert desk
    return Shop(tables(), desk, today, _members(today), (), project().shop.schema)


def _rows(table: Table) -> list[Row]:
    path = REPOSITORY / "content" / "customers" / f"{table.name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [
            {column.name: _typed(column.kind, row[column.name]) for column in table.columns}
            for row in csv.DictReader(file, strict=True)
        ]


def _typed(kind: Kind, cell: str) -> Any:
    if not cell:
        return None
    return {
        Kind.TEXT: str,
        Kind.INTEGER: int,
        Kind.MONEY: Decimal,
        Kind.DATE: date.fromisoformat,
        Kind.TIME: datetime.fromisoformat,
        Kind.YES_NO: lambda text: text == "yes",
        Kind.LIST: lambda text: text.split(";"),
        Kind.YEARLY: date.fromisoformat,
        Kind.LUNAR: str,
    }[kind](cell)


def _members(today: date) -> dict[str, set[str]]:
    """Who is in the segments that the duties name, from what their rules ask for."""
    named = {duty.who for duty in project().programme.duties if duty.who}
    asked = [segment for segment in project().segments if segment.id in named]
    found = members_of(asked, _facts(today), today)
    return {name: found[name] for name in named}


def _facts(today: date) -> list[Row]:
    profit: defaultdict[str, Decimal] = defaultdict(Decimal)
    for order in tables()["orders"]:
        lately = today - timedelta(days=365) <= order["ordered_at"] <= today
        if lately and order["status"] not in ("returned", "cancelled"):
            profit[order["customer_id"]] += order["profit"]
    return [
        {
            "customer_id": row["customer_id"],
            "class": row["class"],
            "lost": row["lost_on"] is not None and row["lost_on"] <= today,
            "profit_last_year": profit[row["customer_id"]],
        }
        for row in tables()["customers"]
    ]
