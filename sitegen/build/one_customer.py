"""Show everything that is held of one customer, or let all of it go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sitegen.build.cards.cards import REPORT
from sitegen.build.cards.kept import forget_prints
from sitegen.build.cards.print_line import PRINTED
from sitegen.build.pages.goods_file import forget_shelves
from sitegen.build.people import People
from sitegen.data.engine import Engine, open_customers
from sitegen.data.leaving import erasing
from sitegen.data.leaving.belongings import Belongings, belongings, held_rows
from sitegen.data.ledger import belongings_of, deliveries_of
from sitegen.data.stored_plan import STORED_PLAN, forget
from sitegen.errors import Unusable
from sitegen.model.project import Project
from sitegen.model.shop import Shop
from sitegen.publish.hold import hold
from sitegen.publish.store import Store
from sitegen.send import ledger


@dataclass(frozen=True, slots=True)
class Farewell:
    """What goes with a customer: rows by table, lines of the ledger that lose the name, how much they `said` that the
    ledger forgets, and the hashes that stay.
    """

    belongings: Belongings
    rows: Mapping[str, int]
    deliveries: int
    said: int
    bars: tuple[erasing.Barred, ...]


def farewell(root: Path, shop: Shop, customer_id: str, database: str = "") -> Farewell:
    """What erasing the customer would take away; nothing is changed.

    Raises Unusable where there is no such customer, Mistakes where the customer file is wrong.
    """
    with open_customers(root, shop, database) as engine:
        _require(engine, customer_id)
        found = belongings(engine, shop.schema, customer_id)
        return Farewell(
            found,
            erasing.counts(engine, shop.schema, found),
            len(deliveries_of(root / shop.ledger, customer_id)),
            sum(map(len, belongings_of(root / shop.ledger, customer_id).values())),
            erasing.barred(engine, customer_id),
        )


def let_go(root: Path, shop: Shop, leaving: Farewell, today: date, database: str = "") -> None:
    """Take the customer out of the customer file, the ledger and the stored plan, so that it can be repeated.

    The hashes of their addresses stay among the suppressions and in the ledger, so that nobody writes to them by
    mistake, and nobody can read them back. What was built before goes with the next build.
    """
    with hold(root):
        erasing.erase(root, shop, leaving.belongings, leaving.bars, (today, database))
        path = root / shop.ledger
        if path.exists():
            with ledger.open_ledger(path) as book:
                ledger.forget(book, leaving.belongings.customer_id)
        forget(root / STORED_PLAN, leaving.belongings.customer_id)
        # A build that was killed, or refused cards, left print files and words of customers and of whom they give to.
        hidden = (root / STORED_PLAN).parent
        Store(hidden / PRINTED).clear()
        (hidden / REPORT).unlink(missing_ok=True)
        forget_prints(root / "output" / "cards", leaving.belongings.customer_id)
        forget_shelves(root)


def everything_of(root: Path, project: Project, people: People, customer_id: str) -> dict[str, Any]:
    """All that is held of a customer, by the table that it stands in, with what sitegen concludes from it."""
    engine = people.engine
    _require(engine, customer_id)
    found = belongings(engine, project.shop.schema, customer_id)
    inside = next(engine.rows(people.members.filter(people.members["customer_id"] == customer_id)))[0]
    named = [segment for segment in project.segments if segment.named and inside[segment.id]]
    return {
        "customer": customer_id,
        "shop": project.shop.name,
        "on": people.today,
        "tables": {table.name: list(rows) for table, rows in held_rows(engine, project.shop.schema, found)},
        "segments": [{"id": segment.id, "title": segment.title, "why": segment.why} for segment in named],
        "deliveries": deliveries_of(root / project.shop.ledger, customer_id),
        "said": belongings_of(root / project.shop.ledger, customer_id),
    }


def _require(engine: Engine, customer_id: str) -> None:
    customers = engine.tables["customers"]
    if not engine.count(customers.filter(customers["customer_id"] == customer_id)):
        raise Unusable(f"there is no customer '{customer_id}'\nhint: ask with the id that the customer file has")
