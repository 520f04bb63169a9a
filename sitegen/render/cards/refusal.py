"""Cards that may not be printed, each with its reason and what to do about it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import astuple, dataclass
from io import StringIO

from sitegen.errors import Exit, SitegenError
from sitegen.render.spreadsheet import guarded

COLUMNS = ("record", "customer_id", "slot", "why", "what_to_do")


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


@dataclass(frozen=True, slots=True, order=True)
class Doubt:
    """What may be printed, but should be looked at first."""

    file: str
    why: str
    what_to_do: str

    def __str__(self) -> str:
        return f"{self.why}\nhint: {self.what_to_do}"


class CardsRefused(SitegenError):
    """All the cards of a print file that may not be printed, in order. Nothing was made."""

    exit_code = Exit.CARD

    def __init__(self, design: str, refused: Iterable[Refused]) -> None:
        self.design = design
        self.refused = tuple(sorted(set(refused)))
        super().__init__("\n".join(f"cards/{design}: {one}" for one in self.refused))

    def __reduce__(self) -> tuple[type[CardsRefused], tuple[str, tuple[Refused, ...]]]:
        # Exceptions come back from another process by their message alone, unless they say how.
        return CardsRefused, (self.design, self.refused)


def report(refused: Iterable[Refused]) -> bytes:
    """refused.csv: all refusals of a campaign (UTF-8, the head in COLUMNS), by record; record 0 is every card."""
    text = StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow(COLUMNS)
    lines.writerows((one.record, *map(guarded, astuple(one)[1:])) for one in sorted(set(refused)))
    return text.getvalue().encode()


def readable(refused: Iterable[Refused], told: int) -> str:
    """The same for a reader: how many cards, then at most `told` refusals one by one, then how many more there are."""
    ordered = sorted(set(refused))
    records = {one.record for one in ordered if one.record}
    whole = any(one.record == 0 for one in ordered)
    head = "no card may be printed" if whole else f"{_cards(len(records))} may not be printed"
    more = [f"... and {len(ordered) - told} more: refused.csv has them all"] if len(ordered) > told else []
    return "\n".join((head, *map(str, ordered[:told]), *more)) + "\n"


def unaddressed(record: int, customer_id: str, lacks: tuple[str, ...]) -> Iterable[Refused]:
    """A refusal where the postal address lacks parts that its country asks for; each of `lacks` ends the sentence."""
    if lacks:
        advice = "complete the address in the customer file"
        yield Refused(record, customer_id, "address", f"the address has {' and '.join(lacks)}", advice)


def _cards(number: int) -> str:
    return "1 card" if number == 1 else f"{number} cards"
