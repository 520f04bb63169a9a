"""A desk so little that a test can see all of it: rules as a shop writes them, tables of a few rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from textwrap import dedent
from typing import Any

import ibis

from sitegen.audience.language.catalogue import CATALOGUE
from sitegen.content.audiences import Audiences
from sitegen.content.programme.duties import read_duties
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Problem
from sitegen.model.duty import Desk, Duty
from sitegen.model.ledger import DELIVERY_TYPES
from sitegen.model.tree import Place
from sitegen.programme.duties.asked import Asked
from sitegen.programme.duties.instances import instances
from tests.audience.little_shop import ask, tables, typed

Row = Mapping[str, Any]
TODAY = date(2026, 9, 8)
DESK = Desk(since=date(2026, 8, 1), place=Place("duties.yaml", 1, 1), regions={"North": "A-2"}, head_office="A-3")
ADVISERS: list[Row] = [{"adviser_id": name, "first_name": name} for name in ("A-1", "A-2", "A-3")]
STORES: list[Row] = [
    {"store_id": "mill", "name": "Mill", "region": "North"},
    {"store_id": "quay", "name": "Quay", "region": "South"},
]
CUSTOMERS: list[Row] = [
    {"customer_id": "C-1", "adviser_id": "A-1", "store_id": "mill"},
    {"customer_id": "C-2", "adviser_id": "A-1", "store_id": "quay"},
    {"customer_id": "C-3"},
]


def day(text: str) -> date:
    """`08-31` of 2026, or a whole date."""
    return date.fromisoformat(text if len(text) > len("08-31") else f"2026-{text}")


def rules(text: str) -> tuple[Duty, ...]:
    """The duties of a list in YAML without mistakes; the one segment that there is is called friends."""
    problems: list[Problem] = []
    tree = read_yaml("duties:\n" + dedent(text).strip("\n"), "duties.yaml")
    node = tree.get("duties")
    assert node is not None
    found = read_duties(node, problems, Audiences(CATALOGUE, frozenset({"friends"}), problems))
    assert problems == []
    return found


def found(text: str, today: date = TODAY, friends: Collection[str] = (), desk: Desk = DESK, **rows: Any) -> list[Row]:
    """Every duty of the day, by name and subject. `deliveries` are rows of the ledger."""
    left = rows.pop("deliveries", None)
    given = {"customers": CUSTOMERS, "stores": STORES, "advisers": ADVISERS, **rows}
    ids = [{"customer_id": row["customer_id"], "friends": row["customer_id"] in friends} for row in given["customers"]]
    asked = Asked(
        rules(text),
        desk,
        today,
        typed(ibis.schema({"customer_id": "string", "friends": "boolean"}), ids),
        deliveries=None if left is None else typed(ibis.schema(dict(DELIVERY_TYPES)), left),
    )
    return sorted(ask(instances(tables(**given), asked)), key=lambda row: (row["duty"], row["subject"]))


def subjects(rows: list[Row]) -> list[str]:
    """What made them."""
    return [row["subject"] for row in rows]


def order(name: str, on: str, amount: int = 100, **more: Any) -> Row:
    """An order of C-1."""
    return {"order_id": name, "customer_id": "C-1", "ordered_at": day(on), "amount": amount, **more}


def contact(name: str, on: str, channel: str = "call", **more: Any) -> Row:
    """A contact of the shop with C-1."""
    return {
        "contact_id": name,
        "customer_id": "C-1",
        "at": day(on),
        "channel": channel,
        "direction": "out",
        "outcome": "reached",
        **more,
    }


def result(duty: str, subject: str, on: str, what: str, reason: str | None = None) -> Row:
    """What the desk says."""
    return {
        "duty": duty,
        "subject": subject,
        "customer_id": "C-1",
        "adviser_id": "A-1",
        "day": day(on),
        "result": what,
        "reason": reason,
    }
