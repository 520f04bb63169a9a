"""Hold messages back where a customer would hear too often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import ibis

from sitegen.audience.calendar.due import Due, Period
from sitegen.audience.plan.nouns import NOUNS
from sitegen.audience.plan.wishes import FREQUENCY
from sitegen.audience.selection.matches import flagged
from sitegen.model.channel import Channel, Kind, MessageClass
from sitegen.model.shop import Cap

PERIODS = ("day", "week", "month")
"""From the shortest: each cap looks at what the one before has left."""

LONGEST = timedelta(31)
KEY = ("customer_id", "message_class")
LINE = ("edition", "channel", "customer_id")
NEEDED = (*LINE, "message_class", "campaign", "priority", "day")
OWN = tuple(Cap(MessageClass.PROMOTION, period, 1) for period in ("week", "month"))
"""What a customer can wish for: FREQUENCY names the period."""


@dataclass(frozen=True, slots=True)
class Limits:
    """The shop's caps, the kinds of campaign that go in spite of them, and what left before."""

    caps: tuple[Cap, ...]
    bypass: tuple[Kind, ...]
    deliveries: ibis.Table


@dataclass(frozen=True, slots=True)
class _Round:
    """Caps of one period and of different classes that are counted alike: on one channel, or `own` for customers who
    wish for them.
    """

    caps: tuple[Cap, ...]
    channel: Channel | None = None
    own: bool = False


def cap_words(cap: Cap) -> str:
    """The cap as its reason begins: "at most 1 promotion a week", "at most 2 greetings by text a month"."""
    one, several = NOUNS[cap.message_class]
    by = f" by {cap.channel}" if cap.channel else ""
    return f"at most {cap.most} {one if cap.most == 1 else several}{by} a {cap.period}"


def with_caps(table: ibis.Table, limits: Limits, days: Period, due: Due) -> ibis.Table:
    """The candidates with the code "capped" where a cap holds one back that nothing else is in the way of, or
    "own-cap" where the customer's own wish does.

    A cap counts the editions of its class that reach a customer in one calendar day, week (from Monday) or month of
    the shop's zone; an edition counts once in each, by however many channels it comes. What left before in that
    period (`deliveries`) counts first. Of what is planned, the lowest `priority` of the audience goes first, then
    what begins to leave on the earlier day, then the id of the campaign: this is also how one message among several
    is chosen. The caps of days go before those of weeks, and those before months; in each period those over all
    channels before those of one. A plan of several days chooses among all of them. A campaign of a kind in `bypass`
    is counted, goes before all others, and is never held back.

    Only customers who may hear too often are put in order: those who have several lines where more editions are due
    than a cap allows, and those who heard before.
    """
    rounds = tuple(_rounds(limits.caps, FREQUENCY in table.columns))
    if not rounds:
        return table
    caps = tuple(cap for one in rounds for cap in one.caps)
    recent = _recent(limits.deliveries, caps, days)
    lines = _with_beginning(_contested(table, caps, recent, due), due)
    free = sorted(campaign.id for campaign, _ in due if campaign.kind in limits.bypass)
    lines = lines.mutate(bound=~lines["campaign"].isin(free), held=ibis.null("string"), own=ibis.literal(False))
    for one in rounds:
        lines = _capped(lines, one, recent)
    held = lines.filter(lines["held"].notnull())
    held = held.select(**{f"held {name}": held[name] for name in LINE}, held="held", own="own")
    joined = table.left_join(held, [(name, f"held {name}") for name in LINE])
    columns = {name: joined[name] for name in table.columns}
    code = ibis.cases((joined["own"], "own-cap"), (joined["held"].notnull(), "capped"), else_=joined["code"])
    return joined.select({**columns, "code": code, "why_not": joined["held"].coalesce(joined["why_not"])})


def _rounds(caps: tuple[Cap, ...], wishes: bool) -> Iterator[_Round]:
    """All caps in the order in which they hold back, as many at a time as can be counted together."""
    for period in PERIODS:
        for channel in (None, *Channel):
            ones = tuple(cap for cap in caps if (cap.period, cap.channel) == (period, channel))
            if ones:
                yield _Round(ones, channel)
        own = tuple(cap for cap in OWN if cap.period == period)
        if own and wishes:
            yield _Round(own, own=True)


def _recent(deliveries: ibis.Table, caps: tuple[Cap, ...], days: Period) -> ibis.Table:
    """What left in a period that the days of the plan are part of."""
    near = deliveries["day"].between(ibis.date(days.first - LONGEST), ibis.date(days.last + LONGEST))
    return deliveries.filter(near, deliveries["message_class"].isin(sorted({cap.message_class.value for cap in caps})))


def _contested(table: ibis.Table, caps: tuple[Cap, ...], recent: ibis.Table, due: Due) -> ibis.Table:
    """The lines of customers for whom there may be too many."""
    least = {cap.message_class: min(one.most for one in caps if one.message_class is cap.message_class) for cap in caps}
    standing = table.filter(table["code"].isnull(), table["message_class"].isin(sorted(name.value for name in least)))
    keys = recent.select(KEY)
    editions = Counter(one.message_class for one, slots in due for _ in {slot.edition for slot in slots if slot.due})
    many = {name.value: most for name, most in least.items() if editions[name] > most}
    if many:
        counted = standing.group_by(KEY).aggregate(number=standing.count())
        most = ibis.cases(*((counted["message_class"] == name, most) for name, most in many.items()))
        keys = keys.union(counted.filter(counted["number"] > most).select(KEY))
    wish = [name for name in (FREQUENCY,) if name in standing.columns]
    return standing.semi_join(keys.distinct(), KEY).select(*NEEDED, *wish)


def _with_beginning(lines: ibis.Table, due: Due) -> ibis.Table:
    """The lines with `begins`, the first day on which the edition would reach the customer."""
    days = {(slot.edition, slot.day) for _, slots in due for slot in slots if slot.due}
    begins = lines["day"]
    if len(days) > len({edition for edition, _ in days}):
        begins = begins.min().over(ibis.window(group_by=["customer_id", "edition"]))
    return lines.mutate(begins=begins)


def _capped(lines: ibis.Table, one: _Round, recent: ibis.Table) -> ibis.Table:
    """The lines with a reason in `held`, and whether it is their `own`, where a cap of the round holds them back."""
    columns = lines.columns
    unit = {"day": "D", "week": "W", "month": "M"}[one.caps[0].period]
    lines = lines.mutate(start=lines["day"].truncate(unit).cast("date"))
    left = recent.mutate(start=recent["day"].truncate(unit).cast("date"))
    lines = _with_left(lines, left if one.channel is None else left.filter(left["channel"] == one.channel.value))
    by_class = [(lines["message_class"] == cap.message_class.value, cap) for cap in one.caps]
    said = "wants " if one.own else ""
    lines = lines.mutate(
        most=ibis.cases(*((holds, cap.most) for holds, cap in by_class)),
        words=ibis.cases(*((holds, said + cap_words(cap)) for holds, cap in by_class)),
    )
    lines = lines.mutate(rival=_stands(lines, one) & lines["held"].isnull() & lines["most"].notnull() & ~lines["gone"])
    ranks = ["bound", "priority", "begins", "campaign", "edition"]
    order = ibis.window(group_by=["rival", *KEY, "start"], order_by=ranks)
    lines = lines.mutate(place=ibis.dense_rank().over(order), winner=lines["campaign"].first().over(order))
    before = lines["left"] >= lines["most"]
    other = ibis.ifelse(before, lines["last_left"], lines["winner"])
    verb = ibis.ifelse(before, "' has left already", "' goes first")
    over = lines["rival"] & lines["bound"] & (lines["place"] + lines["left"] >= lines["most"])
    reason = lines["words"] + ", and '" + other + verb
    told = lines.mutate(
        held=ibis.ifelse(over, reason, lines["held"]), own=lines["own"] | (over & ibis.literal(one.own))
    )
    return told.select(columns)


def _stands(lines: ibis.Table, one: _Round) -> ibis.Value:
    """Whether the caps of the round are about a line at all."""
    if one.own:
        return (lines[FREQUENCY] == one.caps[0].period).fill_null(False)
    return ibis.literal(True) if one.channel is None else lines["channel"] == one.channel.value


def _with_left(lines: ibis.Table, left: ibis.Table) -> ibis.Table:
    """`left`: how many editions left in the line's period; `last_left`: the campaign of the last; `gone`: its own."""
    latest = (left["day"].cast("string") + left["campaign"]).max()
    counted = left.group_by([*KEY, "start"]).aggregate(number=left["edition"].nunique(), latest=latest)
    counted = counted.select(
        **{f"left {name}": counted[name] for name in (*KEY, "start")},
        left="number",
        last_left=counted["latest"].substr(len("2026-09-08")),
    )
    lines = lines.left_join(counted, [(name, f"left {name}") for name in (*KEY, "start")])
    lines = lines.mutate(left=lines["left"].fill_null(0)).drop(*(f"left {name}" for name in (*KEY, "start")))
    own = (*KEY, "start", "edition")
    gone = left.select(**{f"gone {name}": left[name] for name in own}).distinct()
    return flagged(lines, gone, {name: f"gone {name}" for name in own}, "gone")
