"""Show the ladders of prices: the more pieces or orders, the less each piece costs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sitegen.model.goods import Shelf
from sitegen.model.part import Arguments, Cell, Maker, On, Part, Terms, shows
from sitegen.model.product import Product
from sitegen.model.relationship import Ladder
from sitegen.programme.parts.goods_words import goods_words, known, listed, product_name
from sitegen.programme.parts.readers import by_readers, rules_of
from sitegen.programme.prices.members import exclusive_to
from sitegen.programme.relationship.ladder import ladder_prices

OF_EACH_GROUP = 2
"""Goods of a group that stand as examples, where the line names none."""


@dataclass(frozen=True, slots=True)
class StepView:
    """From the piece or order `count` on, `discount` per cent off."""

    count: int
    discount: Decimal


@dataclass(frozen=True, slots=True)
class ExampleView:
    """What one piece costs: alone, and on each step."""

    name: str
    price: Decimal
    on_steps: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class LadderView:
    """A ladder whose steps count "pieces" of one order, or "orders" in `within` days. `goods`: none: all."""

    name: str
    by: str
    within: int
    goods: tuple[str, ...]
    steps: tuple[StepView, ...]
    examples: tuple[ExampleView, ...]


@dataclass(frozen=True, slots=True)
class LaddersView:
    """The ladders of one cell. `alone`: only one thing takes something off an order, the one that is best."""

    ladders: tuple[LadderView, ...]
    alone: bool


def rules(terms: Terms, _arguments: Arguments) -> tuple[str, ...]:
    """The rules of those for whom a ladder is."""
    return rules_of(terms.programme.ladder)


def part(on: On, arguments: Arguments) -> Part:
    """The ladders, with goods as examples that nobody is kept from on the day."""
    chosen = listed(arguments, "products")
    known("products", chosen, (product.id for product in on.goods.products), "product")
    stacking = on.programme.stacking
    alone = stacking.most == 1 and not stacking.together
    cells = []
    for rule, some in by_readers(on.programme.ladder):
        view = LaddersView(tuple(_view(on, one, chosen) for one in some), alone)
        cells.append(Cell(some[0].name, rule, view))
    return Part(cells=tuple(cells))


def _view(on: On, ladder: Ladder, chosen: tuple[str, ...]) -> LadderView:
    return LadderView(
        name=on.said(ladder.name),
        by=ladder.by.value,
        within=ladder.within,
        goods=goods_words(ladder.goods, on),
        steps=tuple(StepView(step.count, step.discount) for step in ladder.steps),
        examples=tuple(_example(on, ladder, product) for product in _examples(on, ladder, chosen)),
    )


def _examples(on: On, ladder: Ladder, chosen: tuple[str, ...]) -> Iterable[Product]:
    """The chosen products, else the first ones of each group, without those that are kept for few."""
    found: dict[str, list[Product]] = {}
    for product in on.goods.products:
        free = not exclusive_to(product, on.programme.prices.exclusive, on.today)
        if free and ladder.goods.hold(product.id, product.group) and (not chosen or product.id in chosen):
            found.setdefault(product.group or "", []).append(product)
    return [one for some in found.values() for one in (some if chosen else some[:OF_EACH_GROUP])]


def _example(on: On, ladder: Ladder, product: Product) -> ExampleView:
    steps = ladder_prices(ladder, product.price, on.programme.prices.rounding)
    return ExampleView(product_name(product, on.language), product.price, tuple(step.price for step in steps))


MAKER = Maker("ladder", ("title", "products"), shows(Shelf.PRODUCTS), rules, part)
