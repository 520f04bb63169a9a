"""Show newcomers' prices, and nothing of members'."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from sitegen.model.goods import Shelf
from sitegen.model.part import Arguments, BadArgument, Cell, Maker, On, Part, Terms, shows
from sitegen.model.prices import Newcomer
from sitegen.programme.parts.goods_words import product_name
from sitegen.programme.prices.newcomers import RULE, NewcomerLine, newcomer_list


@dataclass(frozen=True, slots=True)
class NewcomerLineView:
    """A product at a newcomer's price."""

    name: str
    list_price: Decimal
    price: Decimal


@dataclass(frozen=True, slots=True)
class NewcomerGroupView:
    """The lines of a group of goods; `name` is "" for goods without one."""

    name: str
    lines: tuple[NewcomerLineView, ...]


@dataclass(frozen=True, slots=True)
class NewcomerOfferView:
    """What takes `percent` per cent off a first order, until its last day; None: without an end."""

    percent: Decimal
    until: date | None
    groups: tuple[NewcomerGroupView, ...]


@dataclass(frozen=True, slots=True)
class NewcomersView:
    """The offers that are open to newcomers."""

    offers: tuple[NewcomerOfferView, ...]


def rules(_terms: Terms, arguments: Arguments) -> tuple[str, ...]:
    """Whoever never ordered, or with `open="yes"` whoever reads the page: a newcomer has no code yet."""
    return (_rule(arguments),)


def part(on: On, arguments: Arguments) -> Part:
    """The prices of a day, by the offers that grant them."""
    rule = _rule(arguments)
    lines = newcomer_list(on.goods.products, on.programme.newcomers, on.programme.prices, on.today)
    offers = tuple(
        _offer(on, one, theirs)
        for one in on.programme.newcomers
        if (theirs := [line for line in lines if line.campaign == one.name])
    )
    return Part(cells=(Cell("newcomers", rule, NewcomersView(offers)),) if offers else ())


def _rule(arguments: Arguments) -> str:
    match arguments.get("open", "no"):
        case "yes":
            return ""
        case "no":
            return RULE
        case other:
            hint = 'write open="yes" on a page that anybody may read'
            raise BadArgument("open", f"'{other}' is neither yes nor no", hint)


def _offer(on: On, newcomer: Newcomer, lines: list[NewcomerLine]) -> NewcomerOfferView:
    lasts = [days.last for days in newcomer.days if days.contains(on.today)]
    return NewcomerOfferView(
        percent=newcomer.discount,
        until=None if None in lasts else max(day for day in lasts if day),
        groups=tuple(
            NewcomerGroupView(on.said(name) if name else "", tuple(_line(on, line) for line in some))
            for name, some in groupby(lines, key=lambda line: line.product.group or "")
        ),
    )


def _line(on: On, line: NewcomerLine) -> NewcomerLineView:
    return NewcomerLineView(product_name(line.product, on.language), line.product.price, line.price)


MAKER = Maker("newcomers", ("title", "open"), shows(Shelf.PRODUCTS), rules, part)
