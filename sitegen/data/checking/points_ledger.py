"""Find the rows of the points ledger that can't be true: wrong signs, days out of order, more points than there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import ibis

from sitegen.data.answer import answer
from sitegen.data.checking.kinds import typed
from sitegen.data.sources.sheet import ROW, Sheet
from sitegen.programme.points.states import ACTIVE

if TYPE_CHECKING:
    import ibis.expr.types as ir
    from ibis.backends.duckdb import Backend

SIGN, ORDER, OVERDRAWN, OVER_PENDING = (
    "points-wrong-sign",
    "points-out-of-order",
    "points-overdrawn",
    "points-over-pending",
)
LEDGER = "points"
_BELOW_ZERO = ("spent", "expired")
_NOT_BELOW = ("earned", "active")
_COLUMNS = ("customer_id", "entry", "day", "points", "kind")


def untrue_rows(connection: Backend, sheet: Sheet, most: int) -> tuple[list[dict[str, Any]], int]:
    """The first `most` rows that can't be true, and how many there are: ROW, code, the cells, and what was there.

    Each row is held against those of its customer with a smaller number. Only for a sheet whose cells are all in order.
    """
    columns = {column.name: column for column in sheet.table.columns if column.name in _COLUMNS}
    cells = {name: typed(sheet.texts[name], column.kind) for name, column in columns.items()}
    rows = sheet.texts.select(sheet.texts[ROW], **cells)
    rows = rows.mutate(active=_if(rows, *ACTIVE), pending=_if(rows, "pending") - _if(rows, "active"))
    before = ibis.window(group_by="customer_id", order_by="entry")
    so_far = ibis.window(group_by="customer_id", order_by="entry", preceding=None, following=0)
    # All in one step: the engine then sorts the rows once.
    rows = rows.mutate(
        former=rows["day"].lag().over(before),
        active=rows["active"].sum().over(so_far),
        pending=rows["pending"].sum().over(so_far),
    )
    coded = rows.mutate(code=_code(rows))
    wrong = coded.filter(coded["code"].notnull())
    shown = wrong.mutate(left=wrong["active"] - wrong["points"], waiting=wrong["pending"] + _moved(wrong))
    first = answer(connection, shown.order_by(ROW).limit(most))
    if len(first) < most:
        return first, len(first)
    return first, int(answer(connection, wrong.aggregate(count=wrong.count()))[0]["count"])


def said(row: Mapping[str, Any]) -> tuple[str, str, str]:
    """Of such a row: the column that is meant, the message, the hint."""
    points, kind, whose = row["points"], row["kind"], row["customer_id"]
    match row["code"]:
        case "points-wrong-sign":
            side = "below zero" if kind in _BELOW_ZERO else "not below zero"
            message = f"'points' is '{points}', and what is {kind} is {side}"
            return "points", message, "write the other sign, or take the kind corrected"
        case "points-out-of-order":
            message = f"'day' is '{row['day']}', before '{row['former']}' of the row before it of '{whose}'"
            return "day", message, "number rows by their days, and add what was forgotten as a row of today"
        case "points-overdrawn":
            message = f"'points' is '{points}', and '{whose}' could spend {int(row['left'])}"
            return "points", message, "pending points can't be spent before a row of the kind active"
        case _:
            message = f"'points' is '{points}', and '{whose}' had {int(row['waiting'])} pending"
            return "points", message, "a row of the kind active repeats the points of a pending one"


def _code(rows: ibis.Table) -> ir.StringValue:
    below, above = rows["kind"].isin(_BELOW_ZERO), rows["kind"].isin(_NOT_BELOW)
    return ibis.cases(
        ((below & (rows["points"] > 0)) | (above & (rows["points"] < 0)), SIGN),
        (rows["day"] < rows["former"], ORDER),
        (rows["kind"].isin(ACTIVE) & (rows["points"] < 0) & (rows["active"] < 0), OVERDRAWN),
        (_takes_pending(rows) & (rows["pending"] < 0), OVER_PENDING),
        else_=ibis.null("string"),
    )


def _takes_pending(rows: ibis.Table) -> ir.BooleanValue:
    return (rows["kind"] == "active") | ((rows["kind"] == "pending") & (rows["points"] < 0))


def _moved(rows: ibis.Table) -> ir.IntegerValue:
    """How much less is pending by a row."""
    return ibis.ifelse(rows["kind"] == "active", rows["points"], -rows["points"])


def _if(rows: ibis.Table, *kinds: str) -> ir.IntegerValue:
    return ibis.ifelse(rows["kind"].isin(kinds), rows["points"], 0)
