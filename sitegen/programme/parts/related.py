"""Suggest goods to customers who are content: a cell for each product, and one for what is new in a group.

What is kept for few is suggested to these alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from sitegen.model.concession import Goods
from sitegen.model.goods import Shelf
from sitegen.model.part import Arguments, Cell, Maker, On, Part, Terms, shows
from sitegen.model.product import Product
from sitegen.model.programme import Programme
from sitegen.model.related import Related, Why
from sitegen.programme.parts.goods_words import goods_words, known, listed
from sitegen.programme.prices.keepers import Keepers, keepers, possible_keepers
from sitegen.programme.related.rules import leading_to, suggested, told_of_new

GROUPS = "groups"


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """Goods that are suggested, by name, and why. `because` are names of what led to them: the reader has one of these.

    Of new goods it is the name of their group.
    """

    goods: tuple[str, ...]
    why: Why
    because: tuple[str, ...]


def rules(terms: Terms, arguments: Arguments) -> tuple[str, ...]:
    """A rule for each product that is suggested because of others, and one for each group that may have news."""
    related = terms.programme.related
    if related is None:
        return ()
    lines = terms.programme.prices.exclusive
    named = [name for line in lines for name in line.goods.products]
    # Which group a product is of, only the customer file knows: one that no line names is in each of them, or in none.
    groups = [*(name for line in lines for name in line.goods.groups), ""]
    pairs = (
        suggested(related, product, because, kept_for)
        for product, because in leading_to(related).items()
        for kept_for in possible_keepers(lines, product, groups)
    )
    news = (
        told_of_new(related, group, kept_for)
        for group in _groups(terms.programme, related, arguments)
        for product in (*named, "")
        for kept_for in possible_keepers(lines, product, (group,))
    )
    return tuple(dict.fromkeys((*pairs, *news)))


def part(on: On, arguments: Arguments) -> Part:
    """What the shop has of it on the day, in the order of `suggestions_for`."""
    related = on.programme.related
    if related is None:
        return Part()
    known(GROUPS, listed(arguments, GROUPS), {one.group for one in on.goods.products if one.group}, "group of goods")
    return Part(cells=(*_pairs(on, related), *_news(on, related, arguments)))


def _pairs(on: On, related: Related) -> Iterator[Cell]:
    finer = {product for one in related.products for product in one.upgrades}
    there = {product.id: product for product in on.goods.products if _is_there(product)}
    for product, because in leading_to(related).items():
        if product in there:
            why = Why.UPGRADE if product in finer else Why.RELATED
            view = SuggestionView(_names(on, (product,)), why, _names(on, because))
            kept_for = keepers(there[product], on.programme.prices.exclusive, on.today)
            yield Cell(product, suggested(related, product, because, kept_for), view)


def _news(on: On, related: Related, arguments: Arguments) -> Iterator[Cell]:
    """What is new by group, without what is suggested because of others: nobody should read of it twice."""
    since, paired = on.today - timedelta(days=related.new_within), leading_to(related)
    new = [
        product
        for product in sorted(on.goods.products, key=lambda one: one.id)
        if product.launched_on and since < product.launched_on <= on.today and _is_there(product)
    ]
    new.sort(key=lambda one: one.launched_on or on.today, reverse=True)
    for group in _groups(on.programme, related, arguments):
        found: dict[Keepers, list[str]] = {}
        for product in new:
            if product.group == group and product.id not in paired:
                kept_for = keepers(product, on.programme.prices.exclusive, on.today)
                found.setdefault(kept_for, []).append(product.id)
        for kept_for, ids in found.items():
            view = SuggestionView(_names(on, ids), Why.NEW, (on.said(group),))
            key = f"new-{group}-{ids[0]}" if kept_for else f"new-{group}"
            yield Cell(key, told_of_new(related, group, kept_for), view)


def _groups(programme: Programme, related: Related, arguments: Arguments) -> tuple[str, ...]:
    """Groups that may have news: those of the argument, else those that have a care page; none without `new_within`."""
    if not related.new_within:
        return ()
    return tuple(dict.fromkeys(listed(arguments, GROUPS) or (programme.care.pages if programme.care else ())))


def _names(on: On, products: Iterable[str]) -> tuple[str, ...]:
    return goods_words(Goods(products=tuple(products)), on)


def _is_there(product: Product) -> bool:
    return product.stock is None or product.stock > 0


MAKER = Maker("related", ("title", GROUPS), shows(Shelf.PRODUCTS), rules, part)
