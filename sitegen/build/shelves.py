"""Fill the shelves out of the customer file: what pages show of it, and of no customer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sitegen.model.gathering import Gathering, Idea, Ideas
from sitegen.model.goods import Adviser, Goods, Shelf, Store

if TYPE_CHECKING:
    from sitegen.data.engine import Engine

TABLES: Mapping[Shelf, tuple[str, ...]] = {
    Shelf.PRODUCTS: ("products", "price_changes"),
    Shelf.GATHERINGS: ("events", "attendances", "stores"),
    Shelf.IDEAS: ("suggestions", "survey_answers"),
    Shelf.ADVISERS: ("advisers", "stores"),
    Shelf.STORES: ("stores",),
}
SALES = ("orders", "order_lines")
REMEMBERED = frozenset({"attendances", "suggestions", "survey_answers"})
"""Tables to which the ledger adds what customers said by the receiver."""
ADVISER = {"id": "adviser_id", "full_name": "full name"} | {
    name: name for name in ("first_name", "last_name", "title", "phone", "email", "photo", "store_id")
}
STORE = {"id": "store_id"} | {name: name for name in ("name", "street", "city", "postcode", "country", "phone")}


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of the customer file: of which day, by which survey ideas get votes, and whether the products'
    sales are counted, for which all orders must be read.
    """

    today: date
    ideas: Ideas
    sales: bool

    def tables(self, shelf: Shelf) -> tuple[str, ...]:
        """The tables out of which a shelf is filled."""
        return (*TABLES[shelf], *SALES) if self.sales and shelf is Shelf.PRODUCTS else TABLES[shelf]


def goods_on(engine: Engine, shelves: frozenset[Shelf], question: Question) -> Goods:
    """What stands on these shelves, nothing on the others. The tables of the shelves are open in the engine."""
    # Ibis costs half a second, and who finds all shelves filled needs none of it.
    from sitegen.build.products import products_on  # noqa: PLC0415 - as said above

    today = question.today
    return Goods(
        products=products_on(engine, today, question.sales) if Shelf.PRODUCTS in shelves else (),
        gatherings=_gatherings(engine, today) if Shelf.GATHERINGS in shelves else (),
        ideas=_ideas(engine, question) if Shelf.IDEAS in shelves else (),
        advisers=_advisers(engine) if Shelf.ADVISERS in shelves else (),
        stores=_stores(engine) if Shelf.STORES in shelves else (),
    )


def _gatherings(engine: Engine, today: date) -> tuple[Gathering, ...]:
    from sitegen.programme.gatherings.chairs import gathering, gathering_rows  # noqa: PLC0415 - as in goods_on

    # Who speaks is a customer.
    return tuple(gathering({**row, "speaker_id": None}) for row in engine.ask(gathering_rows(engine.tables, today)))


def _ideas(engine: Engine, question: Question) -> tuple[Idea, ...]:
    from sitegen.programme.gatherings.ideas import idea, idea_rows  # noqa: PLC0415 - as in goods_on

    rows = engine.ask(idea_rows(engine.tables, question.ideas, question.today).order_by("suggestion_id"))
    return tuple(idea({**row, "customer_id": ""}) for row in rows)


def _advisers(engine: Engine) -> tuple[Adviser, ...]:
    from sitegen.programme.contacts import adviser_rows  # noqa: PLC0415 - as in goods_on

    rows = engine.ask(adviser_rows(engine.tables))
    return tuple(Adviser(**_texts(row, ADVISER), languages=tuple(row["languages"] or ())) for row in rows)


def _stores(engine: Engine) -> tuple[Store, ...]:
    return tuple(Store(**_texts(row, STORE)) for row in engine.ask(engine.tables["stores"].order_by("store_id")))


def _texts(row: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str]:
    return {name: (row[column] or "").strip() for name, column in names.items()}
