"""Show how prices are kept in both directions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sitegen.model.concession import Goods
from sitegen.model.part import Arguments, Cell, Maker, On, Part, Terms, names_goods
from sitegen.model.programme import Programme
from sitegen.programme.parts.goods_words import goods_words
from sitegen.programme.parts.readers import rule_of


@dataclass(frozen=True, slots=True)
class ProtectionView:
    """Days in which an order that is not collected keeps its price, and in which unsold goods are credited; 0: not."""

    uncollected: int
    unsold: int
    goods: tuple[str, ...]


def rules(terms: Terms, _arguments: Arguments) -> tuple[str, ...]:
    """The rule of those whose prices are kept."""
    protection = terms.programme.price_protection
    return (rule_of(protection.who),) if protection else ()


def part(on: On, _arguments: Arguments) -> Part:
    """The promise, where it holds for anything."""
    protection = on.programme.price_protection
    if protection is None or not (protection.uncollected or protection.unsold):
        return Part()
    view = ProtectionView(protection.uncollected, protection.unsold, goods_words(protection.goods, on))
    return Part(cells=(Cell("protection", rule_of(protection.who), view),))


def goods(programme: Programme) -> Iterable[Goods]:
    """The goods that the part names."""
    return [programme.price_protection.goods] if programme.price_protection else []


MAKER = Maker("price_protection", ("title",), names_goods(goods), rules, part)
