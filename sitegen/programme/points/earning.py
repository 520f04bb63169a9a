"""Reckon what orders and happenings earn by the rules, as far as the ledger does not hold it yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import ibis

from sitegen.audience.facts.facts import purchases
from sitegen.audience.facts.rows import rows_with, table_of
from sitegen.model.points import Earning, Factor, Happening, Points
from sitegen.model.programme import Tier
from sitegen.programme.points.birthdays import birthdays
from sitegen.programme.points.states import EARNED, whole

if TYPE_CHECKING:
    import ibis.expr.types as ir

ORDER = "order"
"""The reason of what an order earns."""
_ONE = 100
# Money and factors are counted in whole hundredths: engines divide decimals by way of floats.


def newly_earned(
    tables: Mapping[str, ibis.Table], points: Points, tiers: tuple[Tier, ...], today: date
) -> Iterator[ibis.Table]:
    """Tables of customer_id, points, reason and order_id: what was earned until `today` and is in no row yet."""
    yield _orders(tables, points, tiers, today)
    for happening, worth in points.earning.happenings.items():
        match happening:
            case Happening.BIRTHDAY:
                new = birthdays(tables, points.since, today)
            case Happening.REVIEW:
                new = _reviews(tables, points.since, today)
            case Happening.REFERRAL:
                new = _referrals(tables, points.since, today)
        empty = ibis.null("string")
        yield new.select("customer_id", points=ibis.literal(worth, "int64"), reason=_text(happening), order_id=empty)


def order_points(
    tables: Mapping[str, ibis.Table], earning: Earning, tiers: tuple[Tier, ...], today: date
) -> ibis.Table:
    """The orders that stand: order_id, customer_id, day, and the points that each earns.

    The amount, each line of a group counted as often as its factor says, down to the cent; times the factor of the tier
    that the customer had before the order; as many times `points` as there are whole `for_each` in it; `most` at most.
    """
    bought = purchases(tables, today)
    bought = bought.select(
        "order_id", "customer_id", day=bought["ordered_at"].cast("date"), cents=_cents(bought["amount"])
    )
    bought = bought.mutate(factor=_tier_factor(bought, earning.tiers, tiers))
    counted = bought["cents"] * _ONE
    if earning.groups:
        more = _more_by_group(tables, earning.groups)
        bought = bought.left_join(more, bought["order_id"] == more["of"])
        counted = bought["cents"] * _ONE + bought["more"].fill_null(0)
    cents = ibis.greatest(counted, 0) // _ONE
    whole = cents * bought["factor"] // (_hundredths(earning.for_each) * _ONE)
    worth = (whole * earning.points).cast("int64")
    if earning.most is not None:
        worth = ibis.least(worth, earning.most)
    return bought.select("order_id", "customer_id", "day", points=worth)


def _orders(tables: Mapping[str, ibis.Table], points: Points, tiers: tuple[Tier, ...], today: date) -> ibis.Table:
    worth = order_points(tables, points.earning, tiers, today)
    ledger = table_of(tables, "points")
    booked = ledger.filter(ledger["kind"].isin(EARNED), ledger["order_id"].notnull()).select("order_id").distinct()
    new = worth.filter(worth["day"] >= ibis.date(points.since), worth["points"] > 0).anti_join(booked, "order_id")
    return new.select("customer_id", "points", reason=_text(ORDER), order_id=new["order_id"])


def _tier_factor(bought: ibis.Table, factors: tuple[Factor, ...], tiers: tuple[Tier, ...]) -> ir.IntegerValue:
    """The factor of the tier that was reached by what was bought before, in hundredths."""
    usual = ibis.literal(_ONE, "int64")
    if not factors or not tiers:
        return usual
    running = ibis.window(group_by="customer_id", order_by=["day", "order_id"], preceding=None, following=0)
    before = whole(bought["cents"].sum().over(running)) - bought["cents"]
    of_tier = {factor.name: _hundredths(factor.factor) for factor in factors}
    reached = ((before >= _hundredths(tier.threshold), of_tier.get(tier.name, _ONE)) for tier in reversed(tiers))
    return ibis.cases(*reached, else_=_ONE).cast("int64")


def _more_by_group(tables: Mapping[str, ibis.Table], factors: tuple[Factor, ...]) -> ibis.Table:
    """of (an order) and more: what its lines count beyond their price, in hundredths of cents."""
    lines = rows_with(tables, "order_lines", ("product.group",))
    beyond = [(lines["product.group"] == factor.name, _hundredths(factor.factor) - _ONE) for factor in factors]
    more = _cents(lines["price"]) * lines["quantity"] * ibis.cases(*beyond, else_=0).cast("int64")
    return lines.group_by(of=lines["order_id"]).aggregate(more=whole(more.sum()))


def _reviews(tables: Mapping[str, ibis.Table], since: date, today: date) -> ibis.Table:
    orders = table_of(tables, "orders")
    orders = orders.filter(orders["rating"].notnull(), orders["ordered_at"].cast("date") <= ibis.date(today))
    orders = orders.filter(orders["ordered_at"].cast("date") >= ibis.date(since))
    return _beyond_booked(tables, orders, "customer_id", ("ordered_at", "order_id"), Happening.REVIEW)


def _referrals(tables: Mapping[str, ibis.Table], since: date, today: date) -> ibis.Table:
    rows = table_of(tables, "referrals")
    rows = rows.filter(rows["day"] >= ibis.date(since), rows["day"] <= ibis.date(today))
    return _beyond_booked(tables, rows, "referrer_id", ("day", "referred_id"), Happening.REFERRAL)


def _beyond_booked(
    tables: Mapping[str, ibis.Table], rows: ibis.Table, whose: str, order: tuple[str, ...], reason: Happening
) -> ibis.Table:
    """customer_id, once for each row that has no row of that reason in the ledger: they are counted off in order."""
    ledger = table_of(tables, "points")
    ledger = ledger.filter(ledger["reason"] == reason.value, ledger["points"] > 0, ledger["kind"].isin(EARNED))
    booked = ledger.group_by(booked_for="customer_id").aggregate(booked=ledger.count())
    number = ibis.row_number().over(ibis.window(group_by=whose, order_by=order))
    numbered = rows.select(customer_id=rows[whose], number=number)
    joined = numbered.left_join(booked, numbered["customer_id"] == booked["booked_for"])
    return joined.filter(joined["number"] >= joined["booked"].fill_null(0)).select("customer_id")


def _cents(amount: ir.Value) -> ir.IntegerValue:
    return (amount * 100).cast("int64")


def _hundredths(number: Decimal) -> int:
    return int(number * 100)


def _text(word: str) -> ir.StringScalar:
    return ibis.literal(str(word), "string")
