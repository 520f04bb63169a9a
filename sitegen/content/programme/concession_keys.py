"""Read the keys that concessions share: for whom, of which goods, how much; and hold names against the shop's."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Protocol, TypeVar

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.keys import Keys
from sitegen.errors import Problem
from sitegen.model.concession import Goods, Who
from sitegen.model.occasion import FixedDay
from sitegen.model.segment import EVERYONE
from sitegen.model.tree import Place

DAY = re.compile(r"([0-9]{2})-([0-9]{2})")
HUNDRED = Decimal(100)


def who_of(keys: Keys) -> Who:
    """For whom something is: `tiers` and `audience`, everyone where neither stands there."""
    tiers, audience = keys.texts("tiers"), keys.text("audience", EVERYONE)
    return Who(tiers, audience, keys.place("tiers" if tiers else "audience"))


def goods_of(keys: Keys) -> Goods:
    """Of which goods something is: `groups` and `products`, all where neither stands there."""
    groups, products = keys.texts("groups"), keys.texts("products")
    return Goods(groups, products, keys.place("groups" if groups else "products"))


def check_who(who: Who, tiers: Collection[str], segments: Collection[str], problems: list[Problem]) -> None:
    """Report the tiers and the segment that the shop does not have."""
    problems.extend(
        who.place.problem("unknown-tier", f"there is no tier '{tier}'", did_you_mean(tier, tiers))
        for tier in who.tiers
        if tier not in tiers
    )
    check_segment(who.audience, who, segments, problems)


def check_segment(name: str, who: Who, segments: Collection[str], problems: list[Problem]) -> None:
    """Report a segment that the shop does not have."""
    if name != EVERYONE and name not in segments:
        hint = did_you_mean(name, (*segments, EVERYONE))
        problems.append(who.place.problem("unknown-segment", f"unknown segment '{name}'", hint))


def per_cent(keys: Keys, key: str, required: bool = False) -> Decimal:
    """A number from 0 to 100."""
    return bounded(keys, key, HUNDRED, "write a number from 0 to 100", required)


def amount(keys: Keys, key: str, required: bool = False) -> Decimal:
    """Money: a number from 0."""
    return bounded(keys, key, None, "write an amount from 0, like 48 or 12.50", required)


def bounded(keys: Keys, key: str, most: Decimal | None, hint: str, required: bool = False) -> Decimal:
    """A decimal number from 0 to `most`; 0 where it is not."""
    number = keys.decimal(key, required=required)
    if number < 0 or (most is not None and number > most):
        keys.problems.append(keys.place(key).problem("wrong-value", f"'{key}' can't be '{number}'", hint))
        return Decimal(0)
    return number


def day_of_year(keys: Keys, key: str) -> FixedDay:
    """A month and a day, `11-15`."""
    text = keys.text(key, required=True)
    found = DAY.fullmatch(text)
    month, day = (int(found[1]), int(found[2])) if found else (0, 0)
    if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(2024, month)[1]:
        return FixedDay(month, day)
    if text:
        hint = "write month and day, like 11-15"
        keys.problems.append(keys.place(key).problem("wrong-value", f"'{key}' can't be '{text}'", hint))
    return FixedDay(1, 1)


class Named(Protocol):
    """Something with a name, and where it stands."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def place(self) -> Place:
        """Where it stands."""


N = TypeVar("N", bound=Named)


def once(things: Iterable[N], problems: list[Problem]) -> tuple[N, ...]:
    """All of them; a name that stands twice is reported."""
    found: dict[str, N] = {}
    for thing in things:
        if thing.name and thing.name in found:
            message = f"another one is called '{thing.name}' already"
            problems.append(thing.place.problem("same-name", message, "give one of them a name of its own"))
        found.setdefault(thing.name, thing)
    return tuple(found.values())
