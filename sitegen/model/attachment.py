"""What goes along with a product to delight: a file, a page, a small thing."""

from __future__ import annotations

from dataclasses import dataclass, field

from sitegen.model.care import NamedPage
from sitegen.model.concession import ANYTHING, NOWHERE, Goods
from sitegen.model.tree import Place


@dataclass(frozen=True, slots=True)
class Attachment:
    """What goes along with `goods`: "when a car is purchased, a road map is attached".

    At least one of `file` (below content/assets/), `page` and `thing` (a souvenir, in words) is
    there. `says` tells the customer why.
    """

    name: str
    goods: Goods = ANYTHING
    file: str = ""
    page: NamedPage | None = None
    thing: str = ""
    says: str = ""
    place: Place = field(default=NOWHERE, compare=False)
