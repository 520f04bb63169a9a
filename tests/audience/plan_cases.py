"""Little plans: customers whom every channel reaches, consents, deliveries, and the inputs made of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import ibis

from sitegen.audience.calendar.occasions import Occasions
from sitegen.audience.facts.facts import facts
from sitegen.audience.facts.values import values
from sitegen.audience.plan.plan import PlanInputs, decide
from sitegen.audience.selection.membership import members
from sitegen.model.campaign import Campaign
from sitegen.model.channel import Channel
from sitegen.model.ledger import DELIVERY_TYPES
from tests.audience.little_shop import TODAY, Row, ask, kept, segments, tables, typed
from tests.plain_shop import SHOP

MAIL, TEXT, CARD = Channel.MAIL, Channel.TEXT, Channel.CARD
SEGMENTS = segments("""
    segments:
      gold: {why: you have chosen much, priority: 10, all: [{country: is DE}]}
      silver: {all: [{country: is NO}]}
""")


@dataclass(frozen=True, slots=True)
class Case:
    """Rows of a little customer file, and what left before."""

    customers: list[Row]
    consents: list[Row] = field(default_factory=list)
    suppressions: list[Row] = field(default_factory=list)
    deliveries: list[Row] = field(default_factory=list)


def customer(name: str, **more: Any) -> Row:
    """A customer whom every channel reaches, unless `more` says otherwise."""
    reachable = {
        "customer_id": name,
        "first_name": name,
        "email": f"{name.lower()}@mail.example.org",
        "phone": f"+49 40 66969 {ord(name[0])}",
        "street": f"Gärtnerstraße {name}",
        "postcode": "20253",
        "city": "Hamburg",
        "country": "DE",
        "adviser_id": "A-1",
    }
    return {**reachable, **more}


def consent(name: str, purpose: str = "promotion", status: str = "given", channel: Channel = MAIL) -> Row:
    """What a customer said of one purpose and channel."""
    return {"customer_id": name, "channel": channel.value, "purpose": purpose, "status": status}


def only(*customers: Row, **more: list[Row]) -> Case:
    """A case of these customers; `more` are the other tables."""
    return Case(list(customers), **more)


def inputs(
    case: Case, campaigns: tuple[Campaign, ...], first: date = TODAY, last: date | None = None, **more: Any
) -> PlanInputs:
    """What a plan of the case depends on, facts and segments reckoned."""
    given_tables = tables(customers=case.customers, consents=case.consents, suppressions=case.suppressions)
    table = kept(facts(given_tables, (), None, first))
    given: dict[str, Any] = {"shop": SHOP, **more}
    return PlanInputs(
        campaigns=campaigns,
        segments=SEGMENTS,
        occasions=Occasions(),
        facts=table,
        members=kept(members(SEGMENTS, table, first)),
        values=kept(values(table)),
        tables=given_tables,
        deliveries=typed(ibis.schema(DELIVERY_TYPES), case.deliveries),
        first=first,
        last=last or first,
        **given,
    )


def by_heart(plain: PlanInputs, case: Case) -> PlanInputs:
    """The inputs of a case, without reckoning facts and segments: quick enough for many cases."""
    said = [{**row, "full_name": row["first_name"]} for row in case.customers]
    belongs = [{**row, "everyone": True, "gold": row["country"] == "DE"} for row in case.customers]
    belongs = [{**row, "silver": row["country"] == "NO"} for row in belongs]
    return replace(
        plain,
        members=typed(plain.members.schema(), belongs),
        values=typed(plain.values.schema(), said),
        tables=tables(customers=case.customers, consents=case.consents, suppressions=case.suppressions),
        deliveries=typed(plain.deliveries.schema(), case.deliveries),
    )


def planned(case: Case, *campaigns: Campaign, **more: Any) -> dict[tuple[str, str], str]:
    """Customer and channel to the code of the exclusion, "" where planned."""
    decided = ask(decide(inputs(case, campaigns, **more)))
    return {(row["customer_id"], row["channel"]): row["code"] or "" for row in decided}
