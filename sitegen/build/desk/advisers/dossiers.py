"""Make the dossiers: a page for each customer who stands on a page of the day, or for all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

import ibis

from sitegen.audience.language.catalogue import UNDONE
from sitegen.build.desk.advisers.day import adviser_view
from sitegen.build.desk.advisers.tasks import person
from sitegen.build.desk.ground import Ground
from sitegen.data.engine import Row
from sitegen.model.artifact import PrivateArtifact
from sitegen.model.column import Kind
from sitegen.model.duty import Dossiers
from sitegen.model.people_tables import CUSTOMERS
from sitegen.programme.desk.dossier import MOST, ORDERS, SECTIONS, Section, section_rows, steps_of
from sitegen.programme.desk.history import first_of, goods_of
from sitegen.programme.duties.standing import standing
from sitegen.render.desk.dossier_views import (
    Cell,
    DossierView,
    DutyView,
    FactView,
    SectionView,
    SegmentView,
    StepTakenView,
)
from sitegen.render.desk.kit import Office
from sitegen.render.desk.names import country_name, language_name
from sitegen.render.desk.paths import dossier_path
from sitegen.render.desk.talking import Heard, talk
from sitegen.render.desk.views import GoodView

BATCH = 500
"""Customers that are in memory at a time."""
LIGHT_FROM = 200
"""So many dossiers come without fonts of their own, which weigh more than all that they say."""
RECORD = (
    "salutation", "gender", "street", "postcode", "city", "region", "country", "phone", "fax", "email", "income",
    "family_status", "characteristics", "behaviour", "birthday", "lunar_birthday", "language", "member_since", "type",
    "class", "store_id", "interests", "tags", "company_address", "time_zone", "lost_on", "lost_reason",
)  # fmt: skip
"""The general record. Source: "name, gender, address, telephone, fax, e-mail, income and family status, personal
characteristics and general behavior"."""
ALWAYS = ("gender", "phone", "fax", "email", "income", "family_status", "characteristics", "behaviour")
"""Fields that the record shows even where nobody knows them: somebody may ask."""
NEEDS = ("stated_need", "real_need", "unstated_need", "delight", "secret_need")
STANDING = (
    ("tier", "text"),
    ("points", "number"),
    ("next_tier", "text"),
    ("to_next_tier", "money"),
    ("total_spent", "money"),
    ("orders", "number"),
    ("first_order", "day"),
    ("last_order", "day"),
)
"""What the programme and the orders say, of the facts that a build has."""
VALUES = frozenset({"gender", "family_status", "type", "class"})
KINDS = {Kind.MONEY: "money", Kind.DATE: "day", Kind.YEARLY: "day", Kind.YES_NO: "yes_no", Kind.INTEGER: "number"}


def dossiers(ground: Ground, office: Office, shown: Collection[str]) -> Iterator[PrivateArtifact]:
    """The dossiers that the desk wants, by customer; `shown` are those who stand on a page."""
    light = ground.desk.dossiers is Dossiers.ALL or len(shown) >= LIGHT_FROM
    for batch in _batches(ground, shown):
        for view in _views(ground, batch):
            path = dossier_path(view.person.id)
            yield PrivateArtifact(
                f"work/{path}", office.page("work/dossier.html", path, dossier=view, light=light).encode()
            )


def _batches(ground: Ground, shown: Collection[str]) -> Iterator[tuple[str, ...]]:
    match ground.desk.dossiers:
        case Dossiers.NONE:
            return
        case Dossiers.DUE:
            ids = sorted(shown)
            yield from (tuple(ids[first : first + BATCH]) for first in range(0, len(ids), BATCH))
        case Dossiers.ALL:
            everybody = ground.people.select("customer_id").order_by("customer_id")
            for batch in ground.engine.rows(everybody, BATCH):
                yield tuple(row["customer_id"] for row in batch)


def _views(ground: Ground, ids: tuple[str, ...]) -> Iterator[DossierView]:
    people = _one_each(ground, ground.people, ids)
    records = _one_each(ground, ground.tables["customers"], ids)
    facts = _one_each(ground, ground.facts, ids)
    members = _one_each(ground, ground.members, ids)
    rows = {section.name: _grouped(ground, section, ids) for section in SECTIONS}
    goods = _goods(ground, [row["order_id"] for group in rows[ORDERS.name].values() for row in group])
    steps = _steps(ground, [row["complaint_id"] for group in rows["complaints"].values() for row in group])
    duties = _duties(ground, ids)
    for id_ in ids:
        if id_ not in people:
            continue
        record, theirs = records[id_], {name: found.get(id_, ()) for name, found in rows.items()}
        heard = Heard(record, theirs, *_last_good(theirs["orders"], goods))
        adviser = ground.advisers.get(record["adviser_id"] or "")
        waiting = duties.get(id_, ())
        yield DossierView(
            person=person(ground, people[id_]),
            adviser=adviser_view(adviser) if adviser else None,
            record=tuple(_record(ground, record, RECORD)) + tuple(_own(ground, record)),
            needs=tuple(_record(ground, record, NEEDS)),
            standing=tuple(_standing(facts.get(id_, {}))),
            segments=tuple(_segments(ground, members.get(id_, {}))),
            talk=tuple(talk(heard, ground.today)),
            duties=tuple(_duty(ground, row) for row in waiting),
            duties_more=waiting[0]["total"] - len(waiting) if waiting else 0,
            sections=tuple(
                _section(section, theirs[section.name], goods, steps) for section in SECTIONS if theirs[section.name]
            ),
            never=ground.desk.never,
        )


def _last_good(orders: tuple[Row, ...], goods: Mapping[str, tuple[GoodView, ...]]) -> tuple[str, date | None]:
    """The first thing of the last order that stands, and its day."""
    kept = (row for row in orders if row["status"] not in UNDONE and goods.get(row["order_id"]))
    return next(((goods[row["order_id"]][0].name, row["ordered_at"]) for row in kept), ("", None))


def _one_each(ground: Ground, table: ibis.Table, ids: tuple[str, ...]) -> dict[str, Row]:
    rows = table.filter(table["customer_id"].isin(ids))
    return {row["customer_id"]: row for row in ground.engine.ask(rows)}


def _grouped(ground: Ground, section: Section, ids: tuple[str, ...]) -> dict[str, tuple[Row, ...]]:
    found: dict[str, list[Row]] = {}
    for row in ground.engine.ask(section_rows(section, ground.tables, ids, ground.today, ground.shop.schema)):
        found.setdefault(row["customer_id"], []).append(row)
    return {id_: tuple(rows) for id_, rows in found.items()}


def _goods(ground: Ground, order_ids: list[str]) -> dict[str, tuple[GoodView, ...]]:
    orders = ground.tables["orders"].select("order_id")
    goods = goods_of(ground.tables, orders.filter(orders["order_id"].isin(order_ids)))
    chinese = ground.shop.language.startswith("zh")
    found: dict[str, list[GoodView]] = {}
    for row in ground.engine.ask(goods.order_by("order_id", "line")) if order_ids else ():
        name = row["name_zh"] if chinese and row["name_zh"] else row["name"]
        found.setdefault(row["order_id"], []).append(GoodView(name, row["quantity"], None, row["price"]))
    return {id_: tuple(views) for id_, views in found.items()}


def _steps(ground: Ground, complaint_ids: list[str]) -> dict[str, tuple[StepTakenView, ...]]:
    found: dict[str, list[StepTakenView]] = {}
    for row in ground.engine.ask(steps_of(ground.tables, complaint_ids, ground.today)) if complaint_ids else ():
        view = StepTakenView(row["step"], row["done_on"], row["evidence"] or "")
        found.setdefault(row["complaint_id"], []).append(view)
    return {id_: tuple(views) for id_, views in found.items()}


def _duties(ground: Ground, ids: tuple[str, ...]) -> dict[str, tuple[Row, ...]]:
    rows = ground.duties.filter(ground.duties["customer_id"].isin(ids))
    order = [rows["due"].desc(), rows["duty"], rows["subject"]]
    found: dict[str, list[Row]] = {}
    for row in ground.engine.ask(first_of(rows, "customer_id", order, MOST).order_by("customer_id", "place")):
        found.setdefault(row["customer_id"], []).append(row)
    return {id_: tuple(group) for id_, group in found.items()}


def _duty(ground: Ground, row: Row) -> DutyView:
    late = max((ground.today - row["due"]).days, 0)
    how = row["proof"] or row["void"] or row["excuse"] or ""
    title, stands = ground.duty(row["duty"]).title, standing(row, ground.today)
    return DutyView(title, row["began"], row["due"], stands.value, late, row["done_on"] or row["excused_on"], how)


def _record(ground: Ground, row: Row, names: tuple[str, ...]) -> Iterator[FactView]:
    house = ground.shop.language
    for name in names:
        column, value = CUSTOMERS.column(name), row.get(name)
        if isinstance(value, list):
            value = ", ".join(value)
        if name == "country":
            value = country_name(value or "", house)
        elif name == "language":
            value = language_name(value or "", house)
        kind = "value" if name in VALUES else KINDS.get(column.kind, "text")
        if value not in (None, "") or name in ALWAYS:
            yield FactView(name, None if value == "" else value, kind)


def _own(ground: Ground, row: Row) -> Iterator[FactView]:
    """What the shop itself added to the customer file."""
    standard = {column.name for column in CUSTOMERS.columns}
    for column in ground.shop.schema.table("customers").columns:
        value: Any = row.get(column.name)
        if column.name not in standard and value not in (None, "", []):
            text = ", ".join(map(str, value)) if isinstance(value, list) else value
            yield FactView(column.name, text, KINDS.get(column.kind, "text"), column.meaning)


def _standing(facts: Mapping[str, Any]) -> Iterator[FactView]:
    for name, kind in STANDING:
        if facts.get(name) is not None:
            yield FactView(name, facts[name], kind)


def _segments(ground: Ground, members: Mapping[str, Any]) -> Iterator[SegmentView]:
    for segment in ground.project.segments:
        if segment.named and members.get(segment.id):
            yield SegmentView(segment.title, segment.why)


def _section(
    section: Section,
    rows: tuple[Row, ...],
    goods: Mapping[str, tuple[GoodView, ...]],
    steps: Mapping[str, tuple[StepTakenView, ...]],
) -> SectionView:
    def cell(row: Row, name: str, kind: str) -> Cell:
        if kind == "goods":
            return goods.get(row["order_id"], ())
        if kind == "steps":
            return steps.get(row["complaint_id"], ())
        value: Cell = row[name]
        return value

    filled = tuple(column for column in section.columns if any(_there(cell(row, *column)) for row in rows))
    cells = tuple(tuple(cell(row, *column) for column in filled) for row in rows)
    return SectionView(section.name, filled, cells, rows[0]["total"] - len(rows))


def _there(value: Cell) -> bool:
    return value not in (None, "", ())
