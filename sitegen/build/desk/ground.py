"""What the advisers' pages are made from: duties that wait, and what one knows of customers, kept in the engine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import ibis

from sitegen.build.people import People
from sitegen.data.engine import Engine
from sitegen.model.duty import Desk, Duty
from sitegen.model.project import Project
from sitegen.model.shop import Shop
from sitegen.programme.contacts import adviser_rows
from sitegen.programme.desk.about import TOLD, goods_about, made_by, rows_about
from sitegen.programme.desk.history import last_contacts, last_goods
from sitegen.programme.desk.lines import WHO, appointments, people, promised, waiting
from sitegen.programme.desk.steps import StepDue
from sitegen.protect.tokens import Sealer


@dataclass(frozen=True, slots=True)
class Adviser:
    """An adviser of the customer file. Their clock is that of their store, else the shop's."""

    id: str
    name: str
    title: str
    phone: str
    store: str
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class Ground:
    """A day of the desk. `tables` are the customer file's, each customer with the closest adviser.

    Kept in the engine: `duties` with INSTANCE_COLUMNS; `people` with customer_id, adviser_id and WHO; `lines` are the
    duties that wait, with WHO; `near` are the customers of those that are late or due within the days that pages look
    ahead, `contacts` and `goods` the last ones of these; `about` the rows that made these duties, by their table, and
    `order_goods` what was in their orders; `promises` and `appointments` those that pages show. `sealer` seals the
    links by which results are written down.
    """

    project: Project
    engine: Engine
    tables: Mapping[str, ibis.Table]
    today: date
    duties: ibis.Table
    people: ibis.Table
    lines: ibis.Table
    near: ibis.Table
    contacts: ibis.Table
    goods: ibis.Table
    about: Mapping[str, ibis.Table]
    order_goods: ibis.Table
    promises: ibis.Table
    appointments: ibis.Table
    advisers: Mapping[str, Adviser]
    facts: ibis.Table
    members: ibis.Table
    steps: tuple[StepDue, ...] = ()
    sealer: Sealer | None = field(default=None, repr=False)

    @property
    def desk(self) -> Desk:
        """The shop's setting of the desk."""
        desk = self.project.programme.desk
        assert desk
        return desk

    @property
    def shop(self) -> Shop:
        """The shop."""
        return self.project.shop

    @property
    def horizon(self) -> date:
        """The last day that the pages look ahead to."""
        return self.today + timedelta(days=self.desk.ahead)

    def duty(self, name: str) -> Duty:
        """The rule of that name."""
        return next(duty for duty in self.project.programme.duties if duty.name == name)


def ground(
    project: Project, people_: People, duties: ibis.Table, steps: tuple[StepDue, ...], sealer: Sealer | None = None
) -> Ground:
    """The ground of the day of `people_`; `duties` as `build.desk.duties.duty_table` keeps them."""
    engine, today, schema = people_.engine, people_.today, project.shop.schema
    # Ibis spells out a join anew for each question that goes through it, which takes longer than the answer.
    tables = {**people_.tables, "customers": engine.keep("desk customers", people_.tables["customers"])}
    closest = tables["customers"].select(whose="customer_id", adviser_id="adviser_id")
    known = people(tables, schema)
    everybody = known.left_join(closest, known["customer_id"] == closest["whose"]).drop("whose")
    who = engine.keep("desk people", everybody)
    open_ones = waiting(duties)
    there = who.select(whose="customer_id", **{name: who[name] for name in WHO})
    lines = engine.keep(
        "desk lines",
        open_ones.left_join(there, open_ones["customer_id"] == there["whose"]).drop("whose"),
    )
    desk = project.programme.desk
    assert desk
    near_lines = lines.filter(lines["due"] <= ibis.date(today + timedelta(days=desk.ahead)))
    near = engine.keep("desk near", near_lines.select("customer_id").distinct())
    about = {}
    for name in TOLD:
        names = made_by(project.programme.duties, name)
        if names:
            subjects = near_lines.filter(near_lines["duty"].isin(names)).select("subject").distinct()
            about[name] = engine.keep(f"desk about {name}", rows_about(tables, name, subjects, schema))
    orders = made_by(project.programme.duties, "orders")
    of_orders = near_lines.filter(near_lines["duty"].isin(orders)).select("subject").distinct()
    return Ground(
        project,
        engine,
        tables,
        today,
        duties,
        who,
        lines,
        near,
        engine.keep("desk contacts", last_contacts(tables, near, today)),
        engine.keep("desk goods", last_goods(tables, near, today)),
        about,
        engine.keep("desk order goods", goods_about(tables, of_orders, today)),
        engine.keep("desk promises", promised(tables, today, desk.ahead)),
        engine.keep("desk appointments", appointments(tables, today, desk.ahead, schema)),
        advisers(project, engine, tables),
        people_.facts,
        people_.members,
        steps,
        sealer,
    )


def advisers(project: Project, engine: Engine, tables: Mapping[str, ibis.Table]) -> dict[str, Adviser]:
    """The advisers by their ids, in order."""
    stores = tables["stores"]
    zones = {row["store_id"]: row["time_zone"] for row in engine.ask(stores.select("store_id", "time_zone"))}
    found = {}
    for batch in engine.rows(adviser_rows(tables)):
        for row in batch:
            zone = ZoneInfo(zones.get(row["store_id"]) or project.shop.timezone)
            name, id_ = row["full name"] or row["adviser_id"], row["adviser_id"]
            found[id_] = Adviser(id_, name, row["title"] or "", row["phone"] or "", row["store.name"] or "", zone)
    return found
