"""Find the customers to whom a rule owes a coupon, or the small gift in its place, in the engine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TypeAlias

import ibis

from sitegen.audience.calendar.spans import shift_days
from sitegen.audience.facts.facts import purchases
from sitegen.audience.facts.rows import table_of
from sitegen.model.coupons import FIRST_ORDER, CouponRule

GIFT = " (gift)"
"""What follows the rule's name in the row of a gift."""
ENDLESS = 1_000_000_000

Row: TypeAlias = Mapping[str, Any]
"""A row of `due`, by its columns."""


def due(
    tables: Mapping[str, ibis.Table],
    rule: CouponRule,
    days: Iterable[date],
    room: tuple[int, int],
    chosen: ibis.Table | None = None,
) -> ibis.Table:
    """A row for each customer and occasion: customer_id, day (of the occasion), gift (yes or no), by day and customer.

    `days` are those of the occasion that are not over yet (`occasion_days`), the last of them today. `room` says how
    many gifts (`gifts_left`) and coupons (`coupons_left`) there are: whose day came first gets the gifts, those who
    follow the coupons, and the rest nothing yet. `chosen` holds the customer_id of those who are meant; None: all.
    Whoever has one for that day already, or as many as anybody may have, gets none.
    """
    asked = tuple(days)
    people = tables["customers"].select("customer_id")
    people = people if chosen is None else people.semi_join(chosen, "customer_id")
    if not asked:
        return people.select("customer_id", day=ibis.null("date"), gift=ibis.literal(False)).limit(0)
    had = _had(tables, rule)
    rows = _first_orders(people, tables, asked) if _own(rule) else _everybody(people, asked)
    rows = rows.anti_join(had, ["customer_id", "day"])
    counts = had.group_by("customer_id").aggregate(number=had.count())
    rows = rows.left_join(counts, "customer_id").drop("customer_id_right")
    place = ibis.row_number().over(group_by="customer_id", order_by="day")
    rows = rows.mutate(place=place, number=rows["number"].fill_null(0))
    rows = rows.filter(rows["number"] + rows["place"] < rule.per_customer)
    rows = rows.mutate(turn=ibis.row_number().over(order_by=[rows["day"], rows["customer_id"]]))
    gifts, coupons = room
    rows = rows.filter(rows["turn"] < gifts + coupons)
    return rows.select("customer_id", "day", gift=rows["turn"] < gifts).order_by(["day", "customer_id"])


def first_day(rule: CouponRule, on: date) -> date:
    """The earliest occasion for which a coupon may still be given on a day."""
    return shift_days(on, -rule.within)


def occasion_days(rule: CouponRule, on: date, named: Iterable[date]) -> tuple[date, ...]:
    """The days of the rule's occasion from `first_day` to `on`: all of them where it is each customer's own.

    `named` are the days of an occasion that is everybody's.
    """
    first = first_day(rule, on)
    if _own(rule):
        return tuple(date.fromordinal(number) for number in range(first.toordinal(), on.toordinal() + 1))
    return tuple(sorted(day for day in named if first <= day <= on))


def gifts_left(tables: Mapping[str, ibis.Table], rule: CouponRule) -> ibis.Table:
    """One row with `name` and `stock`: how many of the gift the store has; none where it never heard of it."""
    products = table_of(tables, "products")
    rows = products.filter(products["product_id"] == rule.gift)
    return rows.select("name", stock=ibis.greatest(rows["stock"].fill_null(0), 0))


def given(tables: Mapping[str, ibis.Table], rule: CouponRule, on: date) -> ibis.Table:
    """One row with `number`: how many coupons of the rule were used, or may still be on the day."""
    rows = table_of(tables, "coupons")
    alive = rows["used_on"].notnull() | (rows["valid_until"] >= ibis.date(on)).fill_null(True)
    own = rows.filter(rows["rule"] == rule.name, alive)
    return own.aggregate(number=own.count())


def coupons_left(rule: CouponRule, number: int) -> int:
    """How many coupons the limits of a rule leave, of which `number` are given."""
    limits = [rule.in_all] if rule.in_all else []
    if rule.budget and rule.gives.worth:
        limits.append(int(rule.budget // rule.gives.worth))
    return max(0, min(limits, default=ENDLESS) - number)


def _own(rule: CouponRule) -> bool:
    return rule.occasion == FIRST_ORDER


def _first_orders(people: ibis.Table, tables: Mapping[str, ibis.Table], days: tuple[date, ...]) -> ibis.Table:
    """The people whose first order was on one of the days, with it."""
    orders = purchases(tables, days[-1])
    firsts = orders.group_by("customer_id").aggregate(day=orders["ordered_at"].cast("date").min())
    firsts = firsts.filter(firsts["day"].between(ibis.date(days[0]), ibis.date(days[-1])))
    return people.inner_join(firsts, "customer_id")


def _everybody(people: ibis.Table, days: tuple[date, ...]) -> ibis.Table:
    each = [people.mutate(day=ibis.date(day)) for day in days]
    return ibis.union(*each) if len(each) > 1 else each[0]


def _had(tables: Mapping[str, ibis.Table], rule: CouponRule) -> ibis.Table:
    """What the rule gave already, gifts too: a coupon counts from the day of its occasion."""
    rows = table_of(tables, "coupons")
    own = rows.filter(rows["rule"].isin([rule.name, rule.name + GIFT]))
    return own.select("customer_id", day="valid_from")
