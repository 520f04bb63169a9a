"""Make the plan: who hears what, when and by which channel; and who does not, with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import ibis

from sitegen.audience.candidates import People, candidates
from sitegen.audience.due import period, slots
from sitegen.audience.obstacles import Permissions, with_obstacles
from sitegen.audience.occasions import Occasions
from sitegen.audience.rows import table_of
from sitegen.model.campaign import Campaign
from sitegen.model.plan import EXCLUSION_COLUMNS, PLAN_COLUMNS
from sitegen.model.segment import Segment
from sitegen.model.shop import Shop

PERMISSION_TABLES = ("customers", "consents", "suppressions")


@dataclass(frozen=True, slots=True)
class PlanInputs:
    """All that a plan depends on. Facts, members and values are those of the day `first`.

    `tables` holds at least customers, consents and suppressions; one that the shop lacks is empty. `deliveries` has
    campaign, edition, channel and customer_id of what left before; `last_day` is the last day of which the ledger
    knows, None where there is no ledger yet.
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

    Keep this table once and `split` it: both halves rest on the same work.
    """
    days = period(inputs.first, inputs.last, inputs.last_day, inputs.shop.catch_up)
    due = [(campaign, slots(campaign, inputs.shop, inputs.occasions, days)) for campaign in inputs.campaigns]
    table = candidates(due, People(inputs.facts, inputs.members, inputs.values), inputs.segments)
    table = with_obstacles(table, Permissions(*(table_of(inputs.tables, name) for name in PERMISSION_TABLES)))
    table = _chosen(table)
    table = _with_sent(table, inputs.deliveries)
    return _with_twins(table).mutate(design=ibis.null("string")).select(*PLAN_COLUMNS, "code", "why_not")


def split(decided: ibis.Table) -> Planned:
    """The plan and the exclusions of a decided table."""
    excluded = decided["code"].notnull()
    return Planned(
        planned=decided.filter(~excluded).select(PLAN_COLUMNS),
        excluded=decided.filter(excluded).mutate(reason=decided["why_not"]).select(EXCLUSION_COLUMNS),
    )


def _chosen(table: ibis.Table) -> ibis.Table:
    """The candidates that are due, and of each `first of` only the first channel that is allowed.

    The choice does not depend on the day: a person whose card has left does not get the mail as well.
    """
    rank = ibis.row_number().over(
        group_by=["edition", "customer_id"], order_by=[table["obstacle"].notnull(), table["position"]]
    )
    table = table.mutate(rank=rank)
    return table.filter(table["due"] & (~table["first_of"] | (table["rank"] == 0))).drop("rank")


def _with_sent(table: ibis.Table, deliveries: ibis.Table) -> ibis.Table:
    """`sent`: this edition left before by that channel, or by any where only the first allowed one is used."""
    by_channel = deliveries.select(
        heard_edition=deliveries["edition"], heard=deliveries["customer_id"], heard_channel=deliveries["channel"]
    )
    heard = by_channel.select("heard_edition", "heard")
    table = _flagged(table, heard.distinct(), {"edition": "heard_edition", "customer_id": "heard"}, "heard_at_all")
    keys = {"edition": "heard_edition", "customer_id": "heard", "channel": "heard_channel"}
    table = _flagged(table, by_channel.distinct(), keys, "heard_by_channel")
    return table.mutate(sent=table["heard_by_channel"] | (table["first_of"] & table["heard_at_all"]))


def _flagged(table: ibis.Table, other: ibis.Table, keys: Mapping[str, str], flag: str) -> ibis.Table:
    """The table with a column that says whether the other one, whose keys are unique, has such a row."""
    joined = table.left_join(other, list(keys.items()))
    kept = {column: joined[column] for column in table.columns}
    return joined.select({**kept, flag: joined[next(iter(keys.values()))].notnull()})


def _with_twins(table: ibis.Table) -> ibis.Table:
    """`code` and `why_not` in the end: sent before, an obstacle, or another customer at the same address."""
    served = table["sent"] | table["obstacle"].isnull()
    same_address = ibis.window(
        group_by=["edition", "channel", "address", "reader", served],
        order_by=[table["sent"].desc(), table["customer_id"]],
    )
    table = table.mutate(
        served=served, rank=ibis.row_number().over(same_address), first=table["customer_id"].first().over(same_address)
    )
    twin = table["served"] & (table["rank"] > 0)
    return table.mutate(
        code=ibis.cases((table["sent"], "already-sent"), (twin, "duplicate-address"), else_=table["obstacle"]),
        why_not=ibis.cases(
            (table["sent"], "this edition has left for them before"),
            (twin, ibis.literal("the same address as ") + table["first"]),
            else_=table["why_not"],
        ),
    )
