"""Goods that go together: what belongs to a product, and what is one better."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sitegen.model.tree import Place


@dataclass(frozen=True, slots=True)
class RelatedGoods:
    """For who has `product`: what goes with it, and what is a finer one of its kind. All are product ids.

    Source: "continue to improve the grade of products purchased".
    """

    product: str
    goes_with: tuple[str, ...]
    upgrades: tuple[str, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Related:
    """Which goods go together, and the segment of those who may hear of it: satisfied customers.

    With `new_within`, goods that were launched within so many days are told to who bought of their group. Source: "very
    receptive to the related products ... or even new products".
    """

    place: Place
    audience: str
    audience_place: Place
    products: tuple[RelatedGoods, ...] = ()
    new_within: int = 0


class Why(StrEnum):
    """Why a product is suggested."""

    UPGRADE = "upgrade"
    RELATED = "related"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A product for somebody; `because` is what they bought, "" where it is simply new."""

    product: str
    why: Why
    because: str = ""
