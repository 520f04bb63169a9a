"""Keep the plates of designs: a design is compiled once, not once a build."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from sitegen.build.cards.print_job import Stock
from sitegen.build.cards.print_shop import PrintShop
from sitegen.publish.store import Store
from sitegen.render.cards.plate import Plate, Way
from sitegen.render.cards.refusal import Refused


@dataclass(slots=True)
class Plates:
    """The plates of a stock's designs. They hold nobody's data, and stay in the store until the design changes."""

    store: Store
    stock: Stock
    known: dict[str, Plate | tuple[Refused, ...]] = field(default_factory=dict)

    def of(self, design: str, shop: PrintShop) -> Plate | tuple[Refused, ...]:
        """The plate of a design, compiled in the shop where it is new; or why it can have none."""
        if design not in self.known:
            self.known[design] = self._stored(design) or self._compiled(design, shop)
        return self.known[design]

    def notices(self) -> tuple[str, ...]:
        """What the faster ways could not express, for whoever made the designs."""
        return tuple(
            f"cards/{name} is printed {'by whole pages' if plate.way is Way.PAGES else 'text by text'}: {plate.why}"
            for name, plate in self.known.items()
            if isinstance(plate, Plate) and plate.why
        )

    def _stored(self, design: str) -> Plate | None:
        content = self.store.get(self.stock.digests[design])
        if content is None:
            return None
        head, _, art = content.partition(b"\n")
        value = json.loads(head)
        return Plate(art, Way(value["way"]), value["why"])

    def _compiled(self, design: str, shop: PrintShop) -> Plate | tuple[Refused, ...]:
        (made,) = shop.plates((design,))
        if isinstance(made, Plate):
            head = json.dumps({"way": made.way, "why": made.why}).encode()
            self.store.put(self.stock.digests[design], head + b"\n" + made.art)
            self.store.only(frozenset(self.stock.digests.values()))
        return made
