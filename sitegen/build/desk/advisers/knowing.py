"""Ask the engine for what one should know of some customers and of what made their duties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import ibis

from sitegen.build.desk.ground import Ground
from sitegen.data.engine import Row
from sitegen.model.duty import ForEach

Group: TypeAlias = tuple[tuple[Row, ...], int]
"""The first rows, and how many there are in all."""
NOTHING: Group = ((), 0)


@dataclass(frozen=True, slots=True)
class Known:
    """By customer: `people` (WHO), `contacts` and `goods`; `about` by the table and the duty's subject, `order_goods`
    by the order."""

    people: Mapping[str, Row]
    contacts: Mapping[str, Group]
    goods: Mapping[str, Group]
    about: Mapping[tuple[str, str], Row]
    order_goods: Mapping[str, Group]


def known(ground: Ground, customer_ids: Iterable[str], lines: Iterable[Row]) -> Known:
    """What is known of these customers, and of what made these lines."""
    ids = sorted(set(customer_ids))
    subjects: dict[str, set[str]] = {}
    for line in lines:
        trigger = ground.duty(line["duty"]).trigger
        if isinstance(trigger, ForEach) and trigger.table in ground.about:
            subjects.setdefault(trigger.table, set()).add(line["subject"])
    about = {
        (name, row["key"]): row
        for name, wanted in sorted(subjects.items())
        for row in _those(ground, ground.about[name], "key", wanted)
    }
    people = {row["customer_id"]: row for row in _those(ground, ground.people, "customer_id", ids)}
    return Known(
        people,
        _grouped(ground, ground.contacts, "customer_id", ids),
        _grouped(ground, ground.goods, "customer_id", ids),
        about,
        _grouped(ground, ground.order_goods, "order_id", subjects.get("orders", ())),
    )


def _those(ground: Ground, rows: ibis.Table, column: str, wanted: Iterable[str]) -> Iterable[Row]:
    names = sorted(wanted)
    return ground.engine.ask(rows.filter(rows[column].isin(names)).order_by(column)) if names else ()


def _grouped(ground: Ground, rows: ibis.Table, column: str, wanted: Iterable[str]) -> dict[str, Group]:
    names = sorted(wanted)
    found: dict[str, list[Any]] = {}
    if names:
        for row in ground.engine.ask(rows.filter(rows[column].isin(names)).order_by(column, "place")):
            found.setdefault(row[column], []).append(row)
    return {name: (tuple(group), group[0]["total"]) for name, group in found.items()}
