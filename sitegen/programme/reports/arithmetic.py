"""Reckon as the texts do: the value of a customer, the cost of losing some, and what word of mouth makes of one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import TypeAlias

Number: TypeAlias = Decimal | int


@dataclass(frozen=True, slots=True)
class ChurnCost:
    """What is lost in a year: customers, revenue and profit."""

    lost: Decimal
    revenue: Decimal
    profit: Decimal


@dataclass(frozen=True, slots=True)
class WordOfMouth:
    """Whom some customers reach: all who hear of it, who comes to want it, and who buys; or does not, for bad word."""

    customers: Decimal
    influenced: Decimal
    tempted: Decimal
    won: Decimal


def lifetime_value(per_visit: Number, visits_a_year: Number, years: Number) -> Decimal:
    """What a customer spends over the years.

    Source: "once a week ... 100 yuan ... 50 weeks ... 5,000 ... 10 years ... 50,000".
    """
    with localcontext(prec=50):
        return Decimal(per_visit) * Decimal(visits_a_year) * Decimal(years)


def profit_of(value: Number, margin: Number) -> Decimal:
    """The part of a revenue that is profit; `margin` in per cent. Source: "profit of 10 ... 5,000"."""
    with localcontext(prec=50):
        return Decimal(value) * Decimal(margin) / 100


def churn_cost(customers: Number, rate: Number, value: Number, margin: Number) -> ChurnCost:
    """What the loss of `rate` per cent of the customers costs, each of whom spends `value`; `margin` in per cent.

    Source: "5,000 customers ... 5 % ... 250 ... 8,000 ... 2 million ... 10 % ... 200,000".
    """
    with localcontext(prec=50):
        lost = Decimal(customers) * Decimal(rate) / 100
        revenue = lost * Decimal(value)
        return ChurnCost(lost, revenue, profit_of(revenue, margin))


def with_word(value: Number, won: Number = 1) -> Decimal:
    """What is lost with one customer whose bad word keeps `won` others away, who would have been worth as much.

    Source: "The loss is also underestimated if we consider ... bad communication".
    """
    return Decimal(value) * (1 + Decimal(won))


def word_of_mouth(customers: Number, influenced: Number = 25, tempted: Number = 8, won: Number = 1) -> WordOfMouth:
    """Whom so many customers reach. Source: 1:25:8:1."""
    several = Decimal(customers)
    return WordOfMouth(several, several * influenced, several * tempted, several * won)


def new_by_satisfied(satisfied: Number, per_hundred: Number = 25) -> Decimal:
    """New customers whom satisfied ones bring. Source: "Out of 100 satisfied customers, 25 new customers"."""
    return Decimal(satisfied) * Decimal(per_hundred) / 100


def silent_behind(complaints: Number, each: Number = 20) -> Decimal:
    """Customers who feel the same and say nothing. Source: "one customer complaint ... 200 other customers", "20"."""
    return Decimal(complaints) * Decimal(each)


def circle_of(customers: Number, each: Number = 250) -> Decimal:
    """Friends and relatives behind the customers. Source: "about 250 friends and relatives"."""
    return Decimal(customers) * Decimal(each)


def kept_for_the_price(won: Number, times: Number = 5) -> Decimal:
    """How many customers could be kept for what winning so many costs. Source: "5 to 10 times"."""
    return Decimal(won) * Decimal(times)
