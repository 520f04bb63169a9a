"""Reckon what care asks about each customer: reviews, life stages, contacts, referrals, goodbyes, the weather."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from typing import TypeAlias

import ibis

from sitegen.audience.calendar.spans import month_of, shift_days
from sitegen.audience.facts.rows import rows_with, table_of, with_columns
from sitegen.audience.facts.sharers import shares
from sitegen.audience.language.catalogue import UNDONE
from sitegen.model.care import LATE, PREGNANCY

BEST, WORST = 5, 1
GOOD, BAD = 4, 2
"""Stars: at least GOOD is a good evaluation, at most BAD a bad one."""


CARE = (
    "sharer",
    "lost",
    "review",
    "pregnancy_month",
    "next_due",
    "youngest_child_month",
    "last_contact",
    "last_called",
    "times_referred",
    "promises_open",
    "store_region",
    "weather",
)
"""The columns of the facts of care."""


def care_facts(tables: Mapping[str, ibis.Table], today: date, wanted: Collection[str] = CARE) -> ibis.Table:
    """One row for each customer: customer_id and the `wanted` ones of CARE, as of the day.

    What happens after `today` is not known yet. `review` is positive, neutral, negative or silent, null for who never
    ordered; `sharer` and `lost` are always known; `times_referred` and `promises_open` count from 0; `pregnancy_month`
    goes from 1 to 10, `youngest_child_month` counts whole months from 0; `next_due`, `last_contact` and `last_called`
    are days; `store_region` and `weather` are those of the home store. Null where there is nothing.
    """
    customers = table_of(tables, "customers")
    # What nobody asks for is not reckoned: ten million customers take their time.
    parts = [part(tables, today) for columns, part in _PARTS.items() if set(columns) & set(wanted)]
    table = with_columns(customers, parts)
    columns = {name: table[name] for name in wanted if name not in _OWN}
    columns |= {name: reckon(table, today) for name, reckon in _OWN.items() if name in wanted}
    return table.select("customer_id", **{name: columns[name] for name in wanted})


def _lost(customers: ibis.Table, today: date) -> ibis.Value:
    """Source: "don't know which customers they lost, when they lost them, or why they lost them"."""
    return (customers["lost_on"] <= ibis.date(today)).fill_null(False)


def _reviews(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table:
    """`review`: the latest evaluation, silence, or the complaint that still waits."""
    evaluations, complaints = _evaluations(tables, today), _open_complaints(tables, today)
    both = evaluations.outer_join(complaints, evaluations["customer_id"] == complaints["complainer"])
    return both.select(
        customer_id=ibis.coalesce(both["customer_id"], both["complainer"]),
        review=ibis.ifelse(both["complainer"].notnull(), "negative", both["evaluation"]),
    )


def _evaluations(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table:
    """The customer's latest word in stars, or silence. Of several orders of one day the worst counts.

    An order that came back speaks too, but who never kept one is not silent. Source: "good, positive evaluations or
    do not give comments ... need to focus on care".
    """
    orders = table_of(tables, "orders")
    day = orders["ordered_at"].cast("date")
    orders = orders.filter(day <= ibis.date(today))
    number = orders["ordered_at"].cast("date").delta(ibis.date(date(1970, 1, 1)), unit="day")
    # The greatest of these belongs to the latest day and there to the fewest stars: one pass, and no sorting.
    mark = number * 10 + (BEST - orders["rating"].clip(WORST, BEST))
    stands = ~orders["status"].isin(UNDONE).fill_null(False)
    spoken = orders.group_by("customer_id").aggregate(mark=mark.max(), kept=stands.any())
    stars = BEST - spoken["mark"] % 10
    evaluation = ibis.cases(
        (stars >= GOOD, "positive"),
        (stars <= BAD, "negative"),
        (stars.notnull(), "neutral"),
        (spoken["kept"], "silent"),
    )
    return spoken.select("customer_id", evaluation=evaluation)


def _open_complaints(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table:
    """`complainer`: who has a complaint that waits for a result. Source: "not to negative evaluation"."""
    rows = table_of(tables, "complaints")
    day = ibis.date(today)
    waiting = rows.filter(rows["opened_on"] <= day, (rows["solved_on"] > day).fill_null(True))
    return waiting.select(complainer="customer_id").distinct()


def _awaited(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table:
    """The child on the way that is due first. Source: "start to buy products in pregnancy, each month needs products
    are different"."""
    rows = table_of(tables, "children")
    first, last = shift_days(today, -LATE), shift_days(today, PREGNANCY)
    unborn = (rows["born_on"] > ibis.date(today)).fill_null(True)
    rows = rows.filter(unborn, rows["due_on"].between(ibis.date(first), ibis.date(last)))
    awaited = rows.group_by("customer_id").aggregate(next_due=rows["due_on"].min())
    gone = PREGNANCY - awaited["next_due"].delta(ibis.date(today), unit="day")
    return awaited.mutate(pregnancy_month=(gone // 28 + 1).clip(1, 10).cast("int64"))


def _born(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table:
    """The age of the youngest child. Source: "customers for a year to two years"."""
    rows = table_of(tables, "children")
    rows = rows.filter(rows["born_on"] <= ibis.date(today))
    born = rows.group_by("customer_id").aggregate(born=rows["born_on"].max())
    # A month is full on the same day of a later month, or on its last day where it is too short for that.
    full = 31 if today == month_of(today)[1] else today.day
    months = (today.year - born["born"].year()) * 12 + (today.month - born["born"].month())
    months = months - (born["born"].day() > full).ifelse(1, 0)
    return born.select("customer_id", youngest_child_month=months.cast("int64"))


def _contacts(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table:
    """The last touch by anybody, and the last call by the shop that was answered."""
    rows = table_of(tables, "contacts")
    rows = rows.filter(rows["at"] <= ibis.date(today))
    ours = (rows["direction"] != "in").fill_null(True)
    reached = (rows["outcome"] != "not-reached").fill_null(True)
    called = (rows["channel"] == "call").fill_null(False) & ours & reached
    return rows.group_by("customer_id").aggregate(
        last_contact=rows["at"].max(), last_called=rows["at"].max(where=called)
    )


def _referrals(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table:
    """How many new customers each one brought. Source: "New customers brought by old customers"."""
    rows = table_of(tables, "referrals")
    rows = rows.filter(rows["day"] <= ibis.date(today))
    return rows.group_by(customer_id="referrer_id").aggregate(times_referred=rows.count())


def _promises(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table:
    """How many promises wait to be kept. Source: "conscientiously fulfill the 'promise service'"."""
    rows = table_of(tables, "promises")
    day = ibis.date(today)
    waiting = rows.filter(rows["made_on"] <= day, (rows["kept_on"] > day).fill_null(True))
    waiting = waiting.filter(waiting["customer_id"].notnull())
    return waiting.group_by("customer_id").aggregate(promises_open=waiting.count())


def _home_store(tables: Mapping[str, ibis.Table], today: date) -> ibis.Table:
    """The region of the home store, and its weather today. Source: "thanking them for coming ... on a rainy day"."""
    stores = rows_with(tables, "customers", ("store.region",))
    stores = stores.select("customer_id", "store_id", store_region=stores["store.region"])
    weather = table_of(tables, "weather")
    weather = weather.filter(weather["day"] == ibis.date(today))
    told = weather.group_by(store="store_id").aggregate(weather=weather["condition"].min())
    joined = stores.left_join(told, stores["store_id"] == told["store"])
    return joined.select("customer_id", "store_region", "weather")


_Part: TypeAlias = Callable[[Mapping[str, ibis.Table], date], ibis.Table]
_PARTS: Mapping[tuple[str, ...], _Part] = {
    ("review",): _reviews,
    ("pregnancy_month", "next_due"): _awaited,
    ("youngest_child_month",): _born,
    ("last_contact", "last_called"): _contacts,
    ("times_referred",): _referrals,
    ("promises_open",): _promises,
    ("store_region", "weather"): _home_store,
}
"""What is reckoned from other tables, by the columns that need it; each has at most one row for a customer."""

_OWN: Mapping[str, Callable[[ibis.Table, date], ibis.Value]] = {
    "sharer": lambda table, _: shares(table),
    "lost": _lost,
    "times_referred": lambda table, _: table["times_referred"].fill_null(0),
    "promises_open": lambda table, _: table["promises_open"].fill_null(0),
}
"""What is reckoned from the customer's own row, once the parts are joined to it."""
