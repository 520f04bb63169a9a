"""Show members the price list of their tier, with what is kept for them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sitegen.model.concession import Goods
from sitegen.model.goods import Shelf
from sitegen.model.part import Arguments, BadArgument, Cell, Maker, On, Part, Terms, shows
from sitegen.model.prices import Rounding
from sitegen.model.product import Product
from sitegen.model.programme import Programme, Tier
from sitegen.programme.parts.goods_words import goods_words, known, listed, product_name
from sitegen.programme.parts.price_readers import (
    Readers,
    all_readers,
    readers_of,
    rule_for,
    segments_of,
    tiers_of,
)
from sitegen.programme.prices.members import PriceGroup, PriceLine, by_group, newly, price_list
from sitegen.programme.relationship.meant import is_for

LONGEST = 3650
"""Days that goods may be called new."""


@dataclass(frozen=True, slots=True)
class PriceLineView:
    """A product at the reader's price. `stock` is plenty, few, last or none, "" where nobody counts it.

    `exclusive`: kept for the reader and few others, `until` its last day (None: without an end). `unsold` is "first"
    where nobody ever bought it, "again" where nobody did for long, "" else.
    """

    name: str
    list_price: Decimal
    price: Decimal
    percent: Decimal
    stock: str
    exclusive: bool
    until: date | None
    unsold: str


@dataclass(frozen=True, slots=True)
class PriceGroupView:
    """The lines of a group of goods; `name` is "" for goods without one."""

    name: str
    lines: tuple[PriceLineView, ...]


@dataclass(frozen=True, slots=True)
class PricesView:
    """The list of a tier, or what is `kept` for some of its members beside that list.

    `tier` is "" for members who have reached none, `next_tier` on the highest one. `percent` is what the tier takes
    off, but not off the goods in `same`. `reduced`: something costs less than its list price, `stocked`: somebody
    counts some of it. What is not `grouped` stands in one group without a name.
    """

    tier: str
    percent: Decimal
    next_tier: str
    kept: bool
    reduced: bool
    stocked: bool
    grouped: bool
    same: tuple[str, ...]
    rounding: Rounding
    groups: tuple[PriceGroupView, ...]


def rules(terms: Terms, arguments: Arguments) -> tuple[str, ...]:
    """The rules of all who may see a list of their own."""
    _new(arguments)
    readers = all_readers(terms.programme, _tiers(terms.programme, arguments), _chosen(arguments))
    return tuple(dict.fromkeys(rule_for(terms.programme, one) for one in readers))


def part(on: On, arguments: Arguments) -> Part:
    """The lists of a day, the lowest tier's first; what is kept for few stands after the list of their tier."""
    lists = _lists(on, arguments)
    whole = {readers.tier for readers in lists if not readers.doors}
    cells = []
    for readers, lines in lists.items():
        kept = bool(readers.doors) and readers.tier in whole
        grouped = not kept and not _short(arguments)
        view = _view(on, readers, by_group(lines) if grouped else (PriceGroup("", lines),), kept, grouped)
        cells.append(Cell(_key(readers), rule_for(on.programme, readers), view))
    return Part(cells=tuple(cells))


def _lists(on: On, arguments: Arguments) -> dict[Readers, tuple[PriceLine, ...]]:
    """What each of the readers sees; whoever sees nothing is left out."""
    programme, tiers = on.programme, _tiers(on.programme, arguments)
    chosen, days = _chosen(arguments), _new(arguments)
    products = _products(on, chosen)
    found: dict[Readers, tuple[PriceLine, ...]] = {}
    for readers in all_readers(programme, tiers, chosen):
        theirs = [one for one in products if readers in readers_of(one, programme, readers.tier, on.today)]
        lines = price_list(theirs, readers.tier, programme.prices, on.today, segments_of(programme, readers))
        if days:
            lines = newly(lines, on.today, days)
        elif _short(arguments):
            lines = tuple(sorted(lines, key=lambda line: chosen.products.index(line.product.id)))
        if lines:
            found[readers] = lines
    return found


def _chosen(arguments: Arguments) -> Goods:
    return Goods(listed(arguments, "groups"), listed(arguments, "products"))


def _tiers(programme: Programme, arguments: Arguments) -> tuple[Tier | None, ...]:
    names = listed(arguments, "tiers")
    known("tiers", names, (tier.name for tier in programme.tiers), "tier")
    return tuple(tier for tier in tiers_of(programme) if not names or (tier and tier.name in names))


def _products(on: On, chosen: Goods) -> tuple[Product, ...]:
    products = on.goods.products
    known("groups", chosen.groups, {product.group for product in products if product.group}, "group of goods")
    known("products", chosen.products, (product.id for product in products), "product")
    return tuple(product for product in products if chosen.hold(product.id, product.group))


def _new(arguments: Arguments) -> int:
    """The days for which goods are new, 0 where the line asks for older ones too."""
    text = arguments.get("new")
    if text is None:
        return 0
    text = text.strip()
    days = int(text) if text.isascii() and text.isdigit() else 0
    if not 1 <= days <= LONGEST:
        raise BadArgument("new", f"'{text}' is no number of days", 'write how many days goods are new, like new="30"')
    return days


def _key(readers: Readers) -> str:
    told = {True: ("told",), False: ("untold",), None: ()}[readers.told]
    return " ".join((readers.tier.name if readers.tier else "", *readers.doors, *told)).strip()


def _short(arguments: Arguments) -> bool:
    """Whether the line asks for so few goods that they need no groups: products by name, or new ones."""
    return "new" in arguments or ("products" in arguments and "groups" not in arguments)


def _view(on: On, readers: Readers, groups: tuple[PriceGroup, ...], kept: bool, grouped: bool) -> PricesView:
    programme, tier = on.programme, readers.tier
    lines = tuple(line for group in groups for line in group.lines)
    return PricesView(
        tier=on.said(tier.name) if tier else "",
        percent=tier.discount if tier else Decimal(0),
        next_tier=on.said(_next(programme.tiers, tier)),
        kept=kept,
        reduced=any(line.price < line.product.price for line in lines),
        stocked=any(line.stock is not None for line in lines),
        grouped=grouped,
        same=tuple(word for goods in _without(programme, lines) for word in goods_words(goods, on)),
        rounding=programme.prices.rounding,
        groups=tuple(
            PriceGroupView(on.said(group.name), tuple(_line(on, readers, line) for line in group.lines))
            for group in groups
        ),
    )


def _without(programme: Programme, lines: tuple[PriceLine, ...]) -> tuple[Goods, ...]:
    """The goods without a tier's price of which some stand in the list."""
    products = [line.product for line in lines]
    return tuple(goods for goods in programme.prices.without if any(goods.hold(one.id, one.group) for one in products))


def _next(tiers: tuple[Tier, ...], tier: Tier | None) -> str:
    higher = tiers[tiers.index(tier) + 1 :] if tier else tiers
    return higher[0].name if higher else ""


def _line(on: On, readers: Readers, line: PriceLine) -> PriceLineView:
    first_or_again = "again" if line.product.sold else "first"
    return PriceLineView(
        name=product_name(line.product, on.language),
        list_price=line.product.price,
        price=line.price,
        percent=line.percent,
        stock=line.stock.value if line.stock else "",
        exclusive=line.exclusive,
        until=_until(on, readers, line.product) if line.exclusive else None,
        unsold=first_or_again if line.unsold else "",
    )


def _until(on: On, readers: Readers, product: Product) -> date | None:
    """The last day on which a product is kept for each of these readers, whichever door is theirs; None: no end."""
    each = [replace(readers, doors=(door,)) for door in readers.doors] or [readers]
    last = min(_last(on, product, one) for one in each)
    return None if last == date.max else last


def _last(on: On, product: Product, readers: Readers) -> date:
    tier, segments = readers.tier.name if readers.tier else None, segments_of(on.programme, readers)
    return max(
        one.days.last or date.max
        for one in on.programme.prices.exclusive
        if one.days.contains(on.today) and one.goods.hold(product.id, product.group) and is_for(one.who, tier, segments)
    )


MAKER = Maker("", ("title", "groups", "products", "new", "tiers"), shows(Shelf.PRODUCTS), rules, part)
