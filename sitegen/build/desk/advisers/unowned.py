"""Make the page and the list of customers without an adviser, with what is owed to them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta

import ibis

from sitegen.audience.facts.facts import purchases
from sitegen.build.desk.advisers.tasks import person
from sitegen.build.desk.ground import Ground
from sitegen.data.engine import Row
from sitegen.model.artifact import PrivateArtifact
from sitegen.programme.desk.history import first_of
from sitegen.programme.desk.lines import unowned as without_adviser
from sitegen.render.desk.kit import Office
from sitegen.render.desk.paths import UNOWNED, UNOWNED_LIST
from sitegen.render.desk.views import OwedView, UnownedView
from sitegen.render.spreadsheet import guarded

MOST, MOST_OWED = 200, 3
"""Customers, and duties of each, that stand on the page; the list holds all of them."""
COLUMNS = (
    "customer_id", "customer", "phone", "email", "language", "city", "country", "orders", "last_order", "owed",
    "first_due", "duties", "adviser_id",
)  # fmt: skip
"""Columns of unowned.csv; the last one is there to be filled in."""


def unowned_files(ground: Ground, office: Office) -> tuple[tuple[PrivateArtifact, ...], frozenset[str]]:
    """The page and the list, and the customers who stand on the page."""
    people = _people(ground)
    first = ground.engine.ask(people.limit(MOST))
    owed = _owed(ground, [row["customer_id"] for row in first])
    views = tuple(_view(ground, row, owed.get(row["customer_id"], ())) for row in first)
    total = ground.engine.count(without_adviser(ground.tables))
    page = office.page("work/unowned.html", UNOWNED, people=views, more=total - len(views))
    files = (PrivateArtifact(f"work/{UNOWNED}", page.encode()), PrivateArtifact(f"work/{UNOWNED_LIST}", _list(ground)))
    return files, frozenset(row["customer_id"] for row in first)


def _people(ground: Ground) -> ibis.Table:
    """Everybody without an adviser: first those to whom something is owed, then those who bought last."""
    alone = without_adviser(ground.tables)
    orders = purchases(ground.tables, ground.today)
    bought = orders.group_by(buyer=orders["customer_id"]).aggregate(
        orders=orders.count(), last_order=orders["ordered_at"].cast("date").max()
    )
    lines = ground.lines
    waiting = lines.group_by(owed_to=lines["customer_id"]).aggregate(
        owed=lines.count(), first_due=lines["due"].min(), duties=lines["duty"].collect(distinct=True)
    )
    rows = ground.people.semi_join(alone, "customer_id")
    rows = rows.left_join(bought, [("customer_id", "buyer")]).left_join(waiting, [("customer_id", "owed_to")])
    rows = rows.mutate(orders=rows["orders"].fill_null(0), owed=rows["owed"].fill_null(0))
    order = [rows["first_due"].asc(nulls_first=False), rows["last_order"].desc(nulls_first=False), rows["customer_id"]]
    return rows.order_by(order)


def _owed(ground: Ground, ids: list[str]) -> dict[str, tuple[Row, ...]]:
    lines = ground.lines.filter(ground.lines["customer_id"].isin(ids)) if ids else ground.lines.limit(0)
    first = first_of(lines, "customer_id", [lines["due"], lines["duty"], lines["subject"]], MOST_OWED)
    found: dict[str, list[Row]] = {}
    for row in ground.engine.ask(first.order_by("customer_id", "place")):
        found.setdefault(row["customer_id"], []).append(row)
    return {id_: tuple(rows) for id_, rows in found.items()}


def _view(ground: Ground, row: Row, owed: tuple[Row, ...]) -> UnownedView:
    lines = tuple(
        OwedView(ground.duty(line["duty"]).title, line["due"], (ground.today - line["due"]) // timedelta(days=1))
        for line in owed
    )
    return UnownedView(person(ground, row), row["orders"], row["last_order"], lines, row["owed"] - len(lines))


def _list(ground: Ground) -> bytes:
    text = io.StringIO()
    sheet = csv.writer(text, lineterminator="\n")
    sheet.writerow(COLUMNS)
    for batch in ground.engine.rows(_people(ground)):
        sheet.writerows(_cells(ground, row) for row in batch)
    return text.getvalue().encode()


def _cells(ground: Ground, row: Row) -> Iterator[object]:
    titles = sorted(ground.duty(name).title for name in row["duties"] or ())
    said = {**row, "customer": row["name"], "duties": "; ".join(titles), "adviser_id": ""}
    for column in COLUMNS:
        value = said[column]
        yield guarded(value) if isinstance(value, str) else value
