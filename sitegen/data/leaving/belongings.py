"""Find everything that the customer file holds about one customer, by the declared references."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import ibis

from sitegen.data.engine import Engine, Row
from sitegen.model.table import Schema, Table

CUSTOMERS = "customers"


@dataclass(frozen=True, slots=True)
class Ties:
    """How the rows of one table are tied to a customer.

    A row goes with the customer where one of its `belongs` columns names them or something of theirs; the cells of
    `mentions` only name them, and the row stays without the name.
    """

    table: Table
    belongs: tuple[str, ...]
    mentions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Belongings:
    """What is one customer's: the keys of their rows, by table, for tables with a single key."""

    customer_id: str
    keys: Mapping[str, frozenset[str]]

    def among(self, tie: Ties, column: str) -> frozenset[str]:
        """The texts of that column that lead to the customer."""
        declared = tie.table.column(column)
        return self.keys.get(declared.refers_to or tie.table.name, frozenset())


def ties(schema: Schema) -> tuple[Ties, ...]:
    """The tables that can hold something of a customer, each after the tables that it refers to.

    Erase in the other direction: then a row is never left behind that refers to one that is gone, whatever
    happens on the way, and the customer's own row goes last.
    """
    owned: list[str] = []
    found: dict[str, Ties] = {}
    while True:
        grown = {table.name: tie for table in schema.tables if (tie := _ties(table, owned)).belongs}
        if grown.keys() == found.keys():
            break
        found, owned = grown, [CUSTOMERS, *(name for name in grown if name != CUSTOMERS)]
    mentioned = (tie for table in schema.tables if table.name not in found and (tie := _ties(table, owned)).mentions)
    return (*_in_order(found), *mentioned)


def _ties(table: Table, owned: list[str]) -> Ties:
    if table.name == CUSTOMERS:
        return Ties(table, (table.key[0],), ())
    towards = [column for column in table.columns if column.refers_to in {CUSTOMERS, *owned}]
    belongs = tuple(column.name for column in towards if column.required or column.name == table.customer)
    mentions = tuple(column.name for column in towards if column.name not in belongs)
    return Ties(table, belongs, mentions)


def _in_order(found: Mapping[str, Ties]) -> Iterator[Ties]:
    done: set[str] = set()
    while left := [tie for name, tie in found.items() if name not in done]:
        ready = [tie for tie in left if not (_targets(tie) & (found.keys() - done - {tie.table.name}))]
        # Two tables of a shop's own may refer to each other; then any order is as good as another.
        for tie in ready or left:
            done.add(tie.table.name)
            yield tie


def _targets(tie: Ties) -> set[str]:
    return {tie.table.column(column).refers_to for column in tie.belongs}


def belongings(engine: Engine, schema: Schema, customer_id: str) -> Belongings:
    """The keys of all rows that belong to the customer."""
    found = Belongings(customer_id, {CUSTOMERS: frozenset({customer_id})})
    for tie in ties(schema):
        if tie.table.name == CUSTOMERS or not tie.belongs or len(tie.table.key) != 1:
            continue
        rows = theirs(engine, tie, found).select(key=tie.table.key[0])
        keys = frozenset(str(row["key"]) for batch in engine.rows(rows.order_by("key")) for row in batch)
        found = Belongings(customer_id, {**found.keys, tie.table.name: keys})
    return found


def theirs(engine: Engine, tie: Ties, found: Belongings) -> ibis.Table:
    """The rows of one table that belong to the customer."""
    rows = engine.tables[tie.table.name]
    known = {column: sorted(found.among(tie, column)) for column in tie.belongs}
    held = [rows[column].isin(keys) for column, keys in known.items() if keys]
    return rows.filter(ibis.or_(*held) if held else ibis.literal(False))


def held_rows(engine: Engine, schema: Schema, found: Belongings) -> Iterator[tuple[Table, tuple[Row, ...]]]:
    """Each table that holds rows of the customer, with these rows in the order of their key."""
    for tie in ties(schema):
        if not tie.belongs:
            continue
        rows = theirs(engine, tie, found).select([column.name for column in tie.table.columns])
        held = tuple(row for batch in engine.rows(rows.order_by(list(tie.table.key))) for row in batch)
        if held:
            yield tie.table, held
