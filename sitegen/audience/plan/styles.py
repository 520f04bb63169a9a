"""Choose each card's design: of a list, the first that the customer has never had."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import ibis

from sitegen.audience.calendar.due import Due
from sitegen.model.campaign import EveryYear
from sitegen.model.channel import Channel

USED_UP = ("no-new-design", "has had every design of this card")
TWICE = 2
"""A yearly day is celebrated twice at most in the longest plan (a year and some days, a lunar year in it)."""


@dataclass(frozen=True, slots=True)
class Step:
    """The `turn`-th card, from 0, that a plan gives of a campaign with several designs; `day` orders the steps."""

    day: date
    campaign: str
    turn: int
    designs: tuple[str, ...]

    @property
    def name(self) -> str:
        """A name for columns."""
        return f"{self.campaign} {self.turn}"


def with_designs(table: ibis.Table, due: Due, deliveries: ibis.Table) -> ibis.Table:
    """The candidates with a `design` for each card that leaves, or the code "no-new-design" where all are used up.

    A card with one design has it already, and keeps it even if the customer had it before. Of a list, a customer
    gets the first design that no card gave them which left before (`deliveries`), no card with a single design in
    this plan, and no earlier step of it: the campaigns take turns by the day of their card, then by id. A card that
    a cap holds back in the end has still kept its design from the others.
    """
    steps = tuple(sorted(_steps(due), key=lambda step: (step.day, step.campaign, step.turn)))
    if not steps:
        return table
    designs = tuple(sorted({design for step in steps for design in step.designs}))
    lists = sorted({step.campaign for step in steps})
    leaving = table.filter(table["channel"] == Channel.CARD.value, table["code"].isnull())
    wanting = _with_turns(leaving.filter(leaving["campaign"].isin(lists)), steps)
    single = leaving.filter(leaving["design"].isin(designs)).select("customer_id", "design")
    had = deliveries.filter(deliveries["channel"] == Channel.CARD.value, deliveries["design"].isin(designs))
    people = _with_picks(_wishes(wanting, steps), had.select("customer_id", "design").union(single), steps)
    return _dealt(table, wanting, people, steps)


def _steps(due: Due) -> Iterator[Step]:
    for campaign, slots in due:
        days = sorted(slot.day for slot in slots if slot.channel is Channel.CARD and slot.due)
        if len(campaign.cards) > 1 and days:
            most = TWICE if isinstance(campaign.timing, EveryYear) else len(days)
            for turn in range(min(most, len(days), len(campaign.cards))):
                yield Step(days[turn], campaign.id, turn, campaign.cards)


def _with_turns(wanting: ibis.Table, steps: Sequence[Step]) -> ibis.Table:
    """`turn`: how many cards of the same campaign the customer gets before this one in the plan."""
    if all(step.turn == 0 for step in steps):
        return wanting.mutate(turn=ibis.literal(0, "int64"))
    turns = ibis.row_number().over(group_by=["campaign", "customer_id"], order_by=["day", "edition"])
    return wanting.mutate(turn=turns)


def _is(wanting: ibis.Table, step: Step) -> ibis.Value:
    return (wanting["campaign"] == step.campaign) & (wanting["turn"] == step.turn)


def _wishes(wanting: ibis.Table, steps: Sequence[Step]) -> ibis.Table:
    """A row for each customer, with a column for each step: whether they get that card."""
    return wanting.group_by("customer_id").aggregate(
        **{f"wants {step.name}": _is(wanting, step).any() for step in steps}
    )


def _with_picks(people: ibis.Table, taken: ibis.Table, steps: Sequence[Step]) -> ibis.Table:
    """The designs of all steps, one after the other: null where every one of the list has been taken."""
    designs = tuple(dict.fromkeys(design for step in steps for design in step.designs))
    taken = taken.group_by(owner="customer_id").aggregate(
        **{f"had {design}": (taken["design"] == design).any() for design in designs}
    )
    people = people.left_join(taken, people["customer_id"] == taken["owner"]).drop("owner")
    people = people.mutate(**{f"had {design}": people[f"had {design}"].fill_null(False) for design in designs})
    for step in steps:
        had = {design: people[f"had {design}"] for design in step.designs}
        free = ((people[f"wants {step.name}"] & ~had[design], design) for design in step.designs)
        people = people.mutate(**{f"pick {step.name}": ibis.cases(*free)})
        pick = people[f"pick {step.name}"]
        people = people.mutate(
            **{f"had {design}": people[f"had {design}"] | (pick == design).fill_null(False) for design in step.designs}
        )
    picks = {f"pick {step.name}": people[f"pick {step.name}"] for step in steps}
    return people.select(taker=people["customer_id"], **picks)


def _dealt(table: ibis.Table, wanting: ibis.Table, people: ibis.Table, steps: Sequence[Step]) -> ibis.Table:
    """The candidates with what was picked for them."""
    joined = wanting.inner_join(people, wanting["customer_id"] == people["taker"])
    picked = ibis.cases(*((_is(joined, step), joined[f"pick {step.name}"]) for step in steps))
    dealt = joined.select(dealt_edition="edition", dealt_customer="customer_id", dealt_channel="channel", picked=picked)
    keys = [("edition", "dealt_edition"), ("customer_id", "dealt_customer"), ("channel", "dealt_channel")]
    table_with = table.left_join(dealt, keys)
    columns = {name: table_with[name] for name in table.columns}
    without = table_with["dealt_edition"].notnull() & table_with["picked"].isnull()
    code, words = USED_UP
    return table_with.select(
        {
            **columns,
            "design": table_with["design"].coalesce(table_with["picked"]),
            "code": ibis.ifelse(without, code, table_with["code"]),
            "why_not": ibis.ifelse(without, words, table_with["why_not"]),
        }
    )
