"""Read `prices:` and `newcomers:` of content/programme/*.yaml."""

from __future__ import annotations

from decimal import Decimal

from sitegen.content.keys import Keys
from sitegen.content.programme.concession_keys import goods_of, once, per_cent, who_of
from sitegen.content.programme.forms import mappings, section_keys
from sitegen.errors import Problem
from sitegen.model.concession import Days, Goods
from sitegen.model.prices import (
    STEPS,
    USUAL_PRICES,
    USUAL_ROUNDING,
    Exclusive,
    Newcomer,
    Prices,
    Rounding,
    RoundingMode,
    StockWords,
    Unsold,
)
from sitegen.model.tree import Node

LONGEST = 3650
"""Days that goods may wait."""
MOST_PIECES = 1_000_000


def read_prices(node: Node, problems: list[Problem]) -> Prices:
    """What `prices:` says."""
    keys = section_keys(node, problems, "prices")
    if keys is None:
        return USUAL_PRICES
    prices = Prices(
        rounding=_rounding(keys.keys("rounding")),
        without=without_of(keys),
        exclusive=tuple(_exclusive(one) for one in mappings(keys.node("exclusive"), problems, "exclusive", "offer")),
        stock=_stock(keys.keys("stock")),
        unsold=_unsold(keys.keys("unsold")),
    )
    keys.finish()
    return prices


def read_newcomers(node: Node, problems: list[Problem]) -> tuple[Newcomer, ...]:
    """What `newcomers:` says."""
    return once((_newcomer(keys) for keys in mappings(node, problems, "newcomers", "price")), problems)


def without_of(keys: Keys) -> tuple[Goods, ...]:
    """The goods of `without`, none where it does not stand there."""
    inner = keys.keys("without")
    if inner is None:
        return ()
    goods = goods_of(inner)
    inner.finish()
    return (goods,) if _named(inner, goods, "'without'") else ()


def days_of(keys: Keys) -> Days:
    """The days from `from` to `until`, both included and both at leisure."""
    first, last = keys.day("from"), keys.day("until")
    if first and last and last < first:
        message = f"'until' ({last}) lies before 'from' ({first})"
        keys.problems.append(keys.place("until").problem("empty-window", message, "swap or move the dates"))
    return Days(first, last)


def _rounding(keys: Keys | None) -> Rounding:
    if keys is None:
        return USUAL_ROUNDING
    mode = keys.choice("mode", RoundingMode, USUAL_ROUNDING.mode)
    step = keys.decimal("step", USUAL_ROUNDING.step)
    if step not in STEPS:
        hint = f"write one of {', '.join(map(str, STEPS))}"
        keys.problems.append(keys.place("step").problem("wrong-value", f"prices can't go by steps of {step}", hint))
        step = USUAL_ROUNDING.step
    keys.finish()
    return Rounding(mode, step)


def _stock(keys: Keys | None) -> StockWords:
    if keys is None:
        return StockWords()
    words = StockWords(keys.integer("few", 10, 0, MOST_PIECES), keys.integer("last", 1, 0, MOST_PIECES))
    if words.last > words.few:
        message = f"the last {words.last} pieces are more than the few {words.few}"
        hint = "let 'last' be no more than 'few'"
        keys.problems.append(keys.place("last").problem("wrong-value", message, hint))
    keys.finish()
    return words


def _exclusive(keys: Keys) -> Exclusive:
    one = Exclusive(goods_of(keys), who_of(keys), days_of(keys), keys.mapping.place)
    _named(keys, one.goods, "this offer")
    if keys.node("tiers") is None and keys.node("audience") is None:
        message = "this offer does not say for whom it is kept"
        keys.problems.append(keys.mapping.place.problem("missing-key", message, "add 'tiers' or 'audience'"))
    keys.finish()
    return one


def _unsold(keys: Keys | None) -> Unsold | None:
    if keys is None:
        return None
    keys.node("days", required=True)
    rule = Unsold(
        days=keys.integer("days", 90, 1, LONGEST),
        on_shelf=keys.integer("on_shelf", 0, 0, LONGEST),
        discount=per_cent(keys, "discount"),
        who=who_of(keys),
        place=keys.mapping.place,
    )
    keys.finish()
    return rule


def _newcomer(keys: Keys) -> Newcomer:
    one = Newcomer(
        name=keys.text("name", required=True),
        discount=per_cent(keys, "discount", required=True),
        goods=goods_of(keys),
        days=(days_of(keys),),
        place=keys.mapping.place,
    )
    if one.discount == Decimal(0) and keys.node("discount") is not None:
        message = f"'{one.name}' takes nothing off"
        hint = "write more than 0 per cent, or remove it"
        keys.problems.append(keys.place("discount").problem("wrong-value", message, hint))
    keys.finish()
    return one


def _named(keys: Keys, goods: Goods, what: str) -> bool:
    """Whether goods are named at all: all of them would be meant where none are."""
    if goods.groups or goods.products:
        return True
    place = keys.mapping.place
    keys.problems.append(place.problem("missing-key", f"{what} names no goods", "add 'groups' or 'products'"))
    return False
