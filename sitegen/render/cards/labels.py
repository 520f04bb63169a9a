"""Print address labels on sheets of labels, in the order of the stack."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from sitegen.model.card import Card
from sitegen.model.postal import Addressee, Area, LabelStock
from sitegen.render.cards.block import Block
from sitegen.render.cards.blocks import Printing, Stock, typeset
from sitegen.render.cards.writing import clean

SIZES = (12.0, 11.0, 10.0, 9.0, 8.0)
"""Type sizes in points: machines read no less than 8."""
_FEWEST = 2
_LANGUAGES = {"CN": "zh-Hans", "HK": "zh-Hant", "JP": "ja", "KR": "ko", "MO": "zh-Hant", "TW": "zh-Hant"}


def labels(addressees: Iterable[Addressee], stock: LabelStock, printing: Printing, start: int = 1) -> bytes:
    """A PDF of sheets of labels, line by line; `start` is the first free label of the first sheet, counted from 1.

    Raises CardsRefused with every address that does not fit onto a label, that has no name or no lines, or that has a
    character which no font has; ValueError where the sheet has no label `start`.
    """
    if not 1 <= start <= stock.on_a_sheet:
        raise ValueError(f"a sheet of {stock.name} has labels 1 to {stock.on_a_sheet}, not {start}")
    paper = Stock(f"labels-{stock.name}", stock.paper)
    return typeset(paper, _sheets(iter(addressees), stock, start - 1), printing)


def addressee(card: Card) -> Addressee:
    """To whom a card goes."""
    return Addressee(card.record, card.customer_id, card.name, card.lines, card.country)


def address_block(addressee: Addressee, area: Area, sizes: tuple[float, ...], down: float = 0.0) -> Block:
    """All lines of an address, cleaned, in an area; a block without lines where it has no name or no address."""
    lines = tuple(line for line in map(clean, addressee.whole) if line)
    if not clean(addressee.name) or len(lines) < _FEWEST:
        lines = ()
    language = _LANGUAGES.get(addressee.country, "zh") if addressee.inward else ""
    return Block(addressee.record, addressee.customer_id, area, lines, sizes, down=down, language=language)


def _sheets(addressees: Iterator[Addressee], stock: LabelStock, used: int) -> Iterator[tuple[Block, ...]]:
    while batch := tuple(islice(addressees, stock.on_a_sheet - used)):
        yield tuple(_label(one, stock, used + number) for number, one in enumerate(batch))
        used = 0


def _label(addressee: Addressee, stock: LabelStock, position: int) -> Block:
    label, margin = stock.label(position), stock.margin
    area = Area("label", label.x + margin, label.y + margin, label.width - 2 * margin, label.height - 2 * margin)
    return address_block(addressee, area, SIZES, down=0.5)
