"""A benefit: what members get on a day of theirs, on a holiday, or for what they choose."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeAlias

from sitegen.model.campaign import EveryYear, OnOccasion
from sitegen.model.care import NamedPage
from sitegen.model.concession import ALWAYS, ANYBODY, ANYTHING, NOWHERE, Days, Goods, Who
from sitegen.model.tree import Place

BIRTHDAYS = ("birthday", "lunar birthday")
"""The facts that hold a customer's birthday."""


@dataclass(frozen=True, slots=True)
class Always:
    """No occasion: for whoever buys what it names, within its days."""


When: TypeAlias = OnOccasion | EveryYear | Always


@dataclass(frozen=True, slots=True)
class Gives:
    """What a benefit gives, one or several of: a discount in per cent, a gift or a service in words, a page to read."""

    discount: Decimal = Decimal(0)
    gift: str = ""
    service: str = ""
    page: NamedPage | None = None


@dataclass(frozen=True, slots=True)
class Benefit:
    """A benefit. It is open from `before` days before its occasion until `after` days after it, within `days`.

    With `goods` or `pieces` it is for buying so many of these products: "gifts or discounts for consumption of
    designated models and numbers".
    """

    name: str
    title: str
    when: When
    gives: Gives
    who: Who = ANYBODY
    before: int = 0
    after: int = 0
    goods: Goods = ANYTHING
    pieces: int = 0
    days: tuple[Days, ...] = ALWAYS
    place: Place = field(default=NOWHERE, compare=False)
    when_place: Place = field(default=NOWHERE, compare=False)

    @property
    def of_a_birthday(self) -> bool:
        """Whether it is the customer's own birthday that it honours."""
        return isinstance(self.when, EveryYear) and self.when.fact in BIRTHDAYS
