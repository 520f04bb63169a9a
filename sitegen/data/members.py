"""Stream every customer with the audiences that they are in and the values that their record may hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import ibis

from sitegen.data.engine import Engine, Row
from sitegen.model.field import FIELDS
from sitegen.model.plan import Value


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A customer as the keyrings need them. A value that is not known is not in `values`."""

    customer_id: str
    segments: frozenset[str]
    values: Mapping[str, Value]


def members_of(
    engine: Engine, members: ibis.Table, values: ibis.Table, audiences: tuple[str, ...]
) -> Iterator[MemberRow]:
    """Every customer, ordered by customer_id; `segments` are those of the `audiences` that the customer is in.

    `members` has customer_id and a boolean column for each audience, `values` customer_id and merge values.
    """
    joined = members.select("customer_id", **membership(members, audiences)).left_join(
        values.select("customer_id", **merge_values(values)), "customer_id"
    )
    for batch in engine.rows(joined.drop("customer_id_right").order_by("customer_id")):
        for row in batch:
            yield MemberRow(row["customer_id"], segments_in(row), values_in(row))


_SEGMENT = "in "
_VALUE = "value "
# Prefixes with a space: the columns of three tables meet in one row, and no declared column has a space.


def membership(members: ibis.Table, audiences: tuple[str, ...]) -> Mapping[str, ibis.Column]:
    """The boolean columns of those audiences that customers are in, named for `segments_in`."""
    # Nobody but somebody of the staff is in an audience of one of the staff.
    return {_SEGMENT + name: members[name] for name in audiences if name in members.columns}


def merge_values(values: ibis.Table) -> Mapping[str, ibis.Column]:
    """The columns that are merge fields, named for `values_in`."""
    return {_VALUE + field.name: values[field.name] for field in FIELDS if field.name in values.columns}


def segments_in(row: Row) -> frozenset[str]:
    """The audiences of a row."""
    return frozenset(name.removeprefix(_SEGMENT) for name, held in row.items() if held is True)


def values_in(row: Row) -> Mapping[str, Value]:
    """The known merge values of a row."""
    return {
        name.removeprefix(_VALUE): value for name, value in row.items() if name.startswith(_VALUE) and value is not None
    }
