"""List the candidates: each member of a campaign's audience, for each edition and channel that is due."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce

import ibis
import pyarrow as pa

from sitegen.audience.calendar.due import Slot
from sitegen.audience.language.words import CUSTOMER, reason
from sitegen.audience.selection.phrase_values import keys_on, yearly_value
from sitegen.model.body import fields_in
from sitegen.model.campaign import Campaign, EveryYear
from sitegen.model.channel import Channel
from sitegen.model.rule import FactSpec
from sitegen.model.segment import EVERYONE, PUBLIC, Segment

SLOT = {
    "edition": "string",
    "channel": "string",
    "position": "int64",
    "occasion_day": "date",
    "day": "date",
    "due": "boolean",
    "key": "string",
}
CANDIDATE = {
    "campaign": "string",
    "message_class": "string",
    "first_of": "boolean",
    "priority": "int64",
    "design": "string",
    "reason": "string",
    "customer_id": "string",
    "lacking": "string",
    **{name: type_ for name, type_ in SLOT.items() if name != "key"},
}
"""Columns of a candidate. `priority` is that of the audience's segment; `design` that of a card which has only one;
`lacking` is the first merge field that has neither value nor fallback."""

UNRANKED = 100
"""The priority of an audience that is no segment: everyone, staff, owner."""


@dataclass(frozen=True, slots=True)
class People:
    """The tables of customers, one row each: facts, memberships, merge values. `catalogue` names the facts."""

    facts: ibis.Table
    members: ibis.Table
    values: ibis.Table
    catalogue: Mapping[str, FactSpec]


def candidates(
    due: Iterable[tuple[Campaign, tuple[Slot, ...]]], people: People, segments: tuple[Segment, ...]
) -> ibis.Table:
    """A row for each member of the audience of each campaign and each of its slots, with the columns of CANDIDATE."""
    because = {segment.id: (reason(segment, segments), segment.priority) for segment in segments}
    parts = [
        _of_campaign(campaign, slots, people, because.get(campaign.audience, (CUSTOMER, UNRANKED)))
        for campaign, slots in due
        if slots
    ]
    empty = ibis.schema(CANDIDATE)
    if not parts:
        return ibis.memtable(empty.to_pyarrow().empty_table(), schema=empty)
    return reduce(lambda above, below: above.union(below), parts)


def _of_campaign(campaign: Campaign, slots: tuple[Slot, ...], people: People, told: tuple[str, int]) -> ibis.Table:
    """`told`: why the audience hears, and its priority."""
    members, values = people.members, people.values
    audience = members.filter(member_value(members, campaign.audience))
    audience = audience.left_join(
        values.select({f"value {name}": values[name] for name in values.columns}),
        [("customer_id", "value customer_id")],
    )
    audience = audience.select("customer_id", lacking=_lacking(campaign, audience))
    rows = _slot_rows(campaign, slots, people.catalogue)
    if isinstance(campaign.timing, EveryYear):
        fact, facts = people.catalogue[campaign.timing.fact], people.facts
        yearly = facts.select(celebrant=facts["customer_id"], key=yearly_value(facts[fact.column], fact.kind))
        audience = audience.inner_join(yearly, audience["customer_id"] == yearly["celebrant"])
        joined = audience.inner_join(rows, "key")
    else:
        joined = audience.cross_join(rows)
    why, priority = told
    single = campaign.cards[0] if len(campaign.cards) == 1 else None
    whole = joined.mutate(
        campaign=ibis.literal(campaign.id),
        message_class=ibis.literal(campaign.message_class.value),
        first_of=ibis.literal(campaign.first_of),
        priority=ibis.literal(priority),
        design=ibis.ifelse(joined["channel"] == Channel.CARD.value, ibis.literal(single, "string"), None),
        reason=ibis.literal(why),
    )
    return whole.select({name: whole[name].cast(type_) for name, type_ in CANDIDATE.items()})


def member_value(members: ibis.Table, audience: str) -> ibis.Value:
    """Whether a customer reads what is for that audience: access.visible, for a whole table."""
    return ibis.literal(True) if audience in ("", PUBLIC, EVERYONE) else members[audience]


def _lacking(campaign: Campaign, audience: ibis.Table) -> ibis.Value:
    """The first field that the customer's own version of the text needs and that has no value."""
    branches = [
        (member_value(audience, reader) & audience[f"value {name}"].isnull(), name)
        for reader, name in dict.fromkeys(_needed(campaign))
    ]
    return ibis.cases(*branches) if branches else ibis.null("string")


def _needed(campaign: Campaign) -> Iterator[tuple[str, str]]:
    """Audience and field name for each use of a field without a fallback."""
    fields = campaign.body.fields
    texts = [("", campaign.subject), ("", campaign.preheader)]
    texts += [(block.audience, block.markdown) for block in campaign.body.blocks]
    for reader, text in texts:
        for use in fields_in(text, fields):
            if use.fallback is None:
                yield reader, use.name


def _slot_rows(campaign: Campaign, slots: tuple[Slot, ...], catalogue: Mapping[str, FactSpec]) -> ibis.Table:
    """The slots as a table; for a yearly fact, a row for each day of the year that is celebrated."""
    kind = catalogue[campaign.timing.fact].kind if isinstance(campaign.timing, EveryYear) else None
    rows = [
        {
            "edition": slot.edition,
            "channel": slot.channel.value,
            "position": slot.position,
            "occasion_day": slot.occasion_day,
            "day": slot.day,
            "due": slot.due,
            "key": key,
        }
        for slot in slots
        for key in ((None,) if kind is None else keys_on(kind, slot.celebrated))
    ]
    schema = ibis.schema(SLOT)
    return ibis.memtable(pa.Table.from_pylist(rows, schema=schema.to_pyarrow()), schema=schema)
