"""How far concessions may meet, and the margin that must be left."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from sitegen.model.concession import NOWHERE, Goods
from sitegen.model.tree import Place


@dataclass(frozen=True, slots=True)
class Together:
    """Two concessions that may meet, each by its kind (`tier-price`) or by its name."""

    one: str
    other: str
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class OnTop:
    """The name of a birthday benefit that comes on top of what else is granted."""

    name: str
    place: Place = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Stacking:
    """At most `most` concessions meet, or any number of which all pairs are `together`.

    `on_top` names birthday benefits that come on top of whatever else is allowed, one at a time: "a certain discount
    can be given on the basis of the original discount". `floor` is the least margin, in per cent of the price paid;
    None: nobody minds. Goods in `without` may be sold below it.
    """

    most: int = 1
    together: tuple[Together, ...] = ()
    on_top: tuple[OnTop, ...] = ()
    floor: Decimal | None = None
    without: tuple[Goods, ...] = ()
    place: Place = field(default=NOWHERE, compare=False)


USUAL_STACKING = Stacking()
