"""Who is who, and who hears what: customers become facts, segments, values and the plan."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import ibis

from sitegen.audience.facts.advisers import with_closest_adviser
from sitegen.audience.facts.facts import ADVISER, PROGRAMME, Scope
from sitegen.audience.facts.facts import facts as facts_of
from sitegen.audience.facts.rows import table_of
from sitegen.audience.facts.values import SAID
from sitegen.audience.facts.values import values as values_of
from sitegen.audience.language.catalogue import catalogue_of
from sitegen.audience.language.events import event_facts
from sitegen.audience.selection.membership import columns_asked, missing
from sitegen.audience.selection.membership import members as members_of
from sitegen.audience.selection.ranks import Cuts, find_cuts, rank_keys
from sitegen.data.engine import Engine, open_customers, replace_tables
from sitegen.data.remembered import with_ledger
from sitegen.data.zones import with_zones
from sitegen.errors import Mistakes, Problem
from sitegen.model.campaign import EveryYear
from sitegen.model.lock import Lock
from sitegen.model.project import Project
from sitegen.model.segment import Segment
from sitegen.model.shop import Shop
from sitegen.model.staff_page import staff_id
from sitegen.programme.member_facts import member_facts
from sitegen.protect.serials import valid_serials
from sitegen.render.mail.portraits import FOLDER, portrait_addresses


@dataclass(frozen=True, slots=True)
class People:
    """The customers of one build: tables of the engine, materialised once.

    `revoked` are the ids of those whose card was revoked, as far as whoever opened them can know: see `with_revoked`;
    `portraits` the addresses of the advisers' pictures by their paths below content/assets/; `zones` the different
    texts in the customers' TIME_ZONES, where they were opened for messages.
    """

    engine: Engine
    facts: ibis.Table
    members: ibis.Table
    segments: tuple[Segment, ...]
    cuts: Cuts
    today: date
    revoked: frozenset[str] = frozenset()
    portraits: Mapping[str, str] = field(default_factory=dict)
    zones: tuple[str, ...] = ()

    @property
    def values(self) -> ibis.Table:
        """What messages may say of each customer; only of people who were opened for messages."""
        return values_of(self.facts, self.portraits)

    @property
    def tables(self) -> Mapping[str, ibis.Table]:
        """The customer file, with the closest adviser of each customer; only of people opened for messages."""
        found = self.facts.select(whose="customer_id", closest="adviser_id")
        customers = self.engine.tables["customers"]
        joined = customers.left_join(found, customers["customer_id"] == found["whose"])
        columns = {name: joined[name] for name in customers.columns}
        return {**self.engine.tables, "customers": joined.select({**columns, "adviser_id": joined["closest"]})}

    def count(self) -> int:
        """How many customers there are."""
        return self.engine.count(self.members)


@contextmanager
def open_people(
    root: Path, project: Project, today: date, database: str = "", messages: bool = True
) -> Iterator[People]:
    """Read the customer file and the ledger, and work out who is in which segment on that day. Raises Mistakes.

    Without `messages` the facts hold only what the segments' rules ask for.
    """
    with open_customers(root, project.shop, database) as opened:
        engine = with_ledger(opened, project.shop, root / project.shop.ledger)
        people = people_on(engine, project, today, messages=messages)
        yield _with_zones(people) if messages else people


def _with_zones(people: People) -> People:
    """The same people, of whom one knows where it may be quiet: for whoever plans or sends."""
    customers, zones = with_zones(people.engine, people.engine.tables["customers"])
    return replace(people, engine=replace_tables(people.engine, {"customers": customers}), zones=zones)


def people_on(engine: Engine, project: Project, today: date, mark: str = "", messages: bool = False) -> People:
    """Who is in which segment on a day. Raises Mistakes.

    `mark` ends the names of the tables that the engine keeps, "facts" and "members": another day of the same
    engine needs another mark.
    """
    wanted = columns_asked(project.segments) | (_for_messages(project) if messages else frozenset())
    tables = with_closest_adviser(engine.tables, today) if wanted & ADVISER else engine.tables
    asked = wanted & PROGRAMME.keys()
    extra = member_facts(engine.tables, project.programme, today, asked) if asked else None
    own = (*project.facts, *event_facts(project.segments))
    facts = engine.keep("facts" + mark, facts_of(tables, own, extra, today, Scope(wanted, project.shop.schema)))
    _refuse_missing(engine, project, facts)
    cuts = find_cuts(engine.ask, rank_keys(project.segments), facts)
    members = engine.keep("members" + mark, members_of(project.segments, facts, today, cuts))
    portraits = portrait_addresses(project.assets, project.shop)
    return People(engine, facts, members, project.segments, cuts, today, portraits=portraits)


def _for_messages(project: Project) -> frozenset[str]:
    """The facts that messages say, or by which they find their day and their adviser."""
    catalogue = catalogue_of(project.shop.schema)
    timings = (campaign.timing for campaign in project.campaigns)
    yearly = {catalogue[timing.fact].column for timing in timings if isinstance(timing, EveryYear)}
    return SAID | yearly | {"adviser_id"}


def _refuse_missing(engine: Engine, project: Project, facts: ibis.Table) -> None:
    counts = missing(project.segments, facts)
    if not counts:
        return
    (row,) = engine.ask(facts.aggregate(**counts))
    problems: list[Problem] = []
    for segment in project.segments:
        if row.get(segment.id):
            message = f"{row[segment.id]} customers miss a value that '{segment.id}' asks for"
            hint = "fill the values in, or write 'unknown: leave out'"
            problems.append(segment.place.problem("unknown-value", message, hint))
    if problems:
        raise Mistakes(problems)


def with_revoked(people: People, lock: Lock, card_key: bytes | None) -> People:
    """The same people, with those whose card was revoked; only the card key can tell who they are."""
    if card_key is None or not lock.revoked:
        return people
    serial_of = valid_serials(lock, card_key)
    gone = frozenset(one for one in ids_of(people.engine) if serial_of(one) is None)
    return replace(people, revoked=gone)


def lost_photos(people: People) -> tuple[str, ...]:
    """Words on each adviser whose letters lack the picture that the customer file names."""
    advisers = table_of(people.engine.tables, "advisers")
    named = advisers.select("adviser_id", photo=advisers["photo"].strip()).filter(lambda table: table["photo"] != "")
    return tuple(
        f"letters of adviser '{row['adviser_id']}' show no picture: there is no content/assets/{_below(row['photo'])}"
        for row in people.engine.ask(named.order_by("adviser_id"))
        if row["photo"] not in people.portraits
    )


def _below(photo: str) -> str:
    # A picture that lies elsewhere is not for anybody, so it is not taken.
    return FOLDER + photo.removeprefix(FOLDER)


def strangers(root: Path, shop: Shop, customer_ids: Collection[str], database: str = "") -> tuple[str, ...]:
    """Which of these ids no customer has, in order, nor anybody of the staff where they have slots (staff:A-01).

    Raises Mistakes where the customer file is wrong.
    """
    with open_customers(root, shop, database) as engine:
        customers = engine.tables["customers"]
        found = customers.filter(customers["customer_id"].isin(sorted(customer_ids))).select("customer_id")
        known = {row["customer_id"] for row in engine.ask(found)}
        if shop.output.staff_pages:
            advisers = table_of(engine.tables, "advisers").select("adviser_id")
            known |= {staff_id(row["adviser_id"]) for row in engine.ask(advisers)}
        return tuple(sorted({*customer_ids} - known))


def ids_of(engine: Engine) -> Iterator[str]:
    """The id of every customer, in no order."""
    for batch in engine.rows(engine.tables["customers"].select("customer_id")):
        yield from (row["customer_id"] for row in batch)
