"""Hold the engine's duties against the oracle's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ibis

from sitegen.model.duty import INSTANCE_COLUMNS, Duty
from sitegen.model.ledger import DELIVERY_TYPES
from sitegen.programme.duties.asked import Asked
from sitegen.programme.duties.instances import instances
from sitegen.programme.duties.standing import escalated, standing
from tests.audience.engines import DuckDB
from tests.desk import oracle
from tests.desk.oracle_shop import Shop
from tests.servers.postgres import types_of

Row = dict[str, Any]


def told(engine: DuckDB, shop: Shop, duties: Sequence[Duty]) -> list[Row]:
    """Every duty of the day as the engine finds it, by name and subject."""
    tables = {
        declared.name: engine.put(declared.name, types_of(declared), shop.rows(declared.name))
        for declared in shop.schema.tables
    }
    asked = Asked(
        tuple(duties), shop.desk, shop.today, _members(engine, shop), shop.schema,
        engine.put("deliveries", ibis.schema(dict(DELIVERY_TYPES)), shop.deliveries) if shop.deliveries else None,
    )  # fmt: skip
    # A shop without any duty has a table that lies in memory, so the engine must be shown it.
    rows = engine.connection.to_pyarrow(instances(tables, asked)).to_pylist()
    return sorted(({name: row[name] for name in INSTANCE_COLUMNS} for row in rows), key=_key)


def assert_agreement(engine: DuckDB, shop: Shop, duties: Sequence[Duty]) -> list[Row]:
    """The same duties in every cell, the same standing, shown to the same people. Hands out the oracle's."""
    expected, found = oracle.instances(shop, duties), told(engine, shop, duties)
    assert {_key(row): row for row in found} == {_key(row): row for row in expected}
    assert len(found) == len(expected)
    for row in found:
        assert standing(row, shop.today) is oracle.standing(row, shop.today), row
        assert escalated(row, shop.today, shop.desk) == oracle.escalated(row, shop.today, shop.desk), row
    return expected


def _key(row: Row) -> tuple[str, str]:
    return str(row["duty"]), str(row["subject"])


def _members(engine: DuckDB, shop: Shop) -> ibis.Table:
    rows = [
        {"customer_id": row["customer_id"], **{name: row["customer_id"] in ids for name, ids in shop.members.items()}}
        for row in shop.rows("customers")
    ]
    return engine.put("members", ibis.schema({"customer_id": "string", **dict.fromkeys(shop.members, "boolean")}), rows)
