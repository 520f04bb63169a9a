"""Cards that may not be printed, each with its reason and what to do about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sitegen.errors import Exit, SitegenError


@dataclass(frozen=True, slots=True, order=True)
class Refused:
    """Why one card may not be printed. `record` is 0 where the design itself is at fault; `slot` may be ""."""

    record: int
    customer_id: str
    slot: str
    why: str
    what_to_do: str

    def __str__(self) -> str:
        card = f"card {self.record} (customer '{self.customer_id}')" if self.record else "every card"
        place = f", {self.slot}" if self.slot else ""
        return f"{card}{place}: {self.why}\nhint: {self.what_to_do}"


class CardsRefused(SitegenError):
    """All the cards of a print file that may not be printed, in order. Nothing was made."""

    exit_code = Exit.CARD

    def __init__(self, design: str, refused: Iterable[Refused]) -> None:
        self.design = design
        self.refused = tuple(sorted(set(refused)))
        super().__init__("\n".join(f"cards/{design}: {one}" for one in self.refused))
