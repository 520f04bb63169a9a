"""Say of each row of a table whether another table has one like it."""

from __future__ import annotations

from collections.abc import Mapping

import ibis


def flagged(table: ibis.Table, other: ibis.Table, keys: Mapping[str, str], flag: str) -> ibis.Table:
    """The table with a boolean column `flag`: whether the other one, whose keys are unique, has such a row.

    `keys` maps columns of the table to those of the other one, which have names of their own.
    """
    joined = table.left_join(other, list(keys.items()))
    kept = {column: joined[column] for column in table.columns}
    return joined.select({**kept, flag: joined[next(iter(keys.values()))].notnull()})
