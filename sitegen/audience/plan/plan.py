"""Make the plan: who hears what, when and by which channel; and who does not, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce

import ibis

from sitegen.audience.calendar.due import Due, Period, period, slots
from sitegen.audience.calendar.occasions import Occasions
from sitegen.audience.facts.rows import table_of
from sitegen.audience.language.catalogue import catalogue_of
from sitegen.audience.plan.candidates import People, candidates
from sitegen.audience.plan.caps import Limits, with_caps
from sitegen.audience.plan.gifts import Giving, gift_cards
from sitegen.audience.plan.leaving import instants
from sitegen.audience.plan.obstacles import Permissions, with_obstacles
from sitegen.audience.plan.styles import with_designs
from sitegen.audience.plan.twins import with_twins
from sitegen.audience.selection.matches import flagged
from sitegen.model.campaign import Campaign, EachGift
from sitegen.model.channel import Channel
from sitegen.model.plan import EXCLUSION_COLUMNS, PLAN_COLUMNS
from sitegen.model.segment import Segment
from sitegen.model.shop import Shop

PERMISSION_TABLES = ("customers", "consents", "suppressions")


@dataclass(frozen=True, slots=True)
class PlanInputs:
    """All that a plan depends on. Facts, members and values are those of the day `first`.

    `tables` holds at least customers, consents and suppressions; one that the shop lacks is empty. `deliveries` has
    the columns of model.ledger.DELIVERY_TYPES for what left before; `last_day` is the last day of which the ledger
    knows, None where there is no ledger yet. `revoked` are the ids of customers who get no card. The customers may
    have the columns `leaving.TIME_ZONES`, whose different texts are `zones`, and `wishes.WISHES`.
    """

    shop: Shop
    campaigns: tuple[Campaign, ...]
    segments: tuple[Segment, ...]
    occasions: Occasions
    facts: ibis.Table
    members: ibis.Table
    values: ibis.Table
    tables: Mapping[str, ibis.Table]
    deliveries: ibis.Table
    first: date
    last: date
    last_day: date | None = None
    revoked: frozenset[str] = frozenset()
    zones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """The plan and the exclusions: tables of PLAN_COLUMNS and EXCLUSION_COLUMNS, without an order.

    Each candidate is a row of one of the two. A campaign that uses only the first channel allowed has one candidate
    for each member and edition, at the channel chosen, or at its first channel where none is allowed.
    """

    planned: ibis.Table
    excluded: ibis.Table


def plan(inputs: PlanInputs) -> Planned:
    """The plan of the days from `first` to `last`, with what fell due since the ledger's last day.

    Drafts and what lies outside its window are no candidates at all.
    """
    return split(decide(inputs))


def decide(inputs: PlanInputs) -> ibis.Table:
    """Each candidate with the columns of the plan and a `code` and `why_not`, null where the message may leave.

    What is in the way is looked for in this order, and the first that is found is told: the edition left before; an
    obstacle of this customer and channel; another customer at the same address; a card without a design that is
    new to them; a cap of the shop's or of their own. Keep this table once and `split` it: both halves rest on the
    same work.

    The cards of gifts go to others than their givers: they share no address, and no cap and no design is used up by
    them.
    """
    shop = inputs.shop
    days = period(inputs.first, inputs.last, inputs.last_day, shop.catch_up)
    found = ((campaign, slots(campaign, shop, inputs.occasions, days)) for campaign in inputs.campaigns)
    due: Due = tuple((campaign, there) for campaign, there in found if there)
    table = _with_sent(_reachable(inputs, due), _of(inputs.deliveries, due))
    table = with_twins(table)
    giving = tuple(campaign for campaign in inputs.campaigns if isinstance(campaign.timing, EachGift))
    heard = _without(inputs.deliveries, giving)
    table = with_designs(table, due, heard)
    table = with_caps(table, Limits(shop.caps, shop.bypass, heard), days, due)
    table = table.select(*PLAN_COLUMNS, "code", "why_not")
    open_ones = tuple(campaign for campaign in giving if not campaign.draft)
    return table.union(_gifts(inputs, open_ones, days)) if open_ones else table


def split(decided: ibis.Table) -> Planned:
    """The plan and the exclusions of a decided table."""
    excluded = decided["code"].notnull()
    return Planned(
        planned=decided.filter(~excluded).select(PLAN_COLUMNS),
        excluded=decided.filter(excluded).mutate(reason=decided["why_not"]).select(EXCLUSION_COLUMNS),
    )


def _reachable(inputs: PlanInputs, due: Due) -> ibis.Table:
    """The candidates that are due, with their obstacles.

    Only campaigns that use the first channel allowed have their channels compared.
    """
    people = People(inputs.facts, inputs.members, inputs.values, catalogue_of(inputs.shop.schema))
    permissions = _permissions(inputs, due)
    parts: list[ibis.Table] = []
    for first_of in (False, True):
        ones = tuple(one for one in due if one[0].first_of is first_of)
        if ones or not due:
            channels = {slot.channel for _, there in ones for slot in there}
            table = with_obstacles(candidates(ones, people, inputs.segments), permissions, channels or set(Channel))
            parts.append(_chosen(table) if first_of else table.filter(table["due"]))
    return reduce(lambda above, below: above.union(below), parts)


def _without(deliveries: ibis.Table, giving: tuple[Campaign, ...]) -> ibis.Table:
    """What came to the customers themselves."""
    gone = [campaign.id for campaign in giving]
    return deliveries.filter(~deliveries["campaign"].isin(gone)) if gone else deliveries


def _gifts(inputs: PlanInputs, giving: tuple[Campaign, ...], days: Period) -> ibis.Table:
    return gift_cards(
        giving,
        Giving(
            gifts=table_of(inputs.tables, "gifts"),
            orders=table_of(inputs.tables, "orders"),
            members=inputs.members,
            customers=table_of(inputs.tables, "customers"),
            suppressions=table_of(inputs.tables, "suppressions"),
            deliveries=inputs.deliveries,
            lead=inputs.shop.lead(Channel.CARD),
        ),
        days,
    )


def _permissions(inputs: PlanInputs, due: Due) -> Permissions:
    customers, consents, suppressions = (table_of(inputs.tables, name) for name in PERMISSION_TABLES)
    times = instants(due, inputs.zones, inputs.shop)
    campaigns = tuple(campaign for campaign, _ in due)
    return Permissions(customers, consents, suppressions, times, inputs.shop.timezone, campaigns, inputs.revoked)


def _chosen(table: ibis.Table) -> ibis.Table:
    """Of each `first of` only the first channel that is allowed, where that one is due.

    The choice does not depend on the day: a person whose card has left does not get the mail as well.
    """
    table = table.mutate(rank=table["position"] + ibis.ifelse(table["obstacle"].isnull(), 0, len(Channel)))
    best = table.group_by("edition", "customer_id").aggregate(rank=table["rank"].min())
    chosen = table.semi_join(best, ["edition", "customer_id", "rank"])
    return chosen.filter(chosen["due"]).drop("rank")


def _of(deliveries: ibis.Table, due: Due) -> ibis.Table:
    """What left of these campaigns: a ledger grows for years, and most of it has nothing to say to this plan."""
    return deliveries.filter(deliveries["campaign"].isin(sorted({campaign.id for campaign, _ in due})))


def _with_sent(table: ibis.Table, deliveries: ibis.Table) -> ibis.Table:
    """`sent`: this edition left before by that channel, or by any where only the first allowed one is used."""
    by_channel = deliveries.select(
        heard_edition=deliveries["edition"], heard=deliveries["customer_id"], heard_channel=deliveries["channel"]
    )
    heard = by_channel.select("heard_edition", "heard")
    table = flagged(table, heard.distinct(), {"edition": "heard_edition", "customer_id": "heard"}, "heard_at_all")
    keys = {"edition": "heard_edition", "customer_id": "heard", "channel": "heard_channel"}
    table = flagged(table, by_channel.distinct(), keys, "heard_by_channel")
    return table.mutate(sent=table["heard_by_channel"] | (table["first_of"] & table["heard_at_all"]))
