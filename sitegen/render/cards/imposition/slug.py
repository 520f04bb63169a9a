"""Write beside the cards which sheet this is: for the people at the press and the knife, and for a scanner."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import zxingcpp

from sitegen.model.card import Fold, Side
from sitegen.render.cards import qr
from sitegen.render.cards.imposition import marks, outlines
from sitegen.render.cards.imposition.layout import Layout
from sitegen.render.cards.imposition.outlines import Alphabet, Letter

_FROM_BLEED, _FROM_MARK, _HEIGHT, _BEHIND_CODE = 0.1, 2.5, 4.8, 1.6
"""Millimetres: farther off the bleed than marks are, off the next mark, of the line with its code, between the code
and the text. Where there is less room the whole line is smaller, down to two thirds."""
_SIZES = (2.2, 2.0, 1.8, 1.6)
"""Millimetres of the type, the largest first: about 6 to 4.5 points."""
_BASELINES = (1.75, 4.45)
_LISTED = 8
"""Records that are named one by one."""


@dataclass(frozen=True, slots=True)
class Slug:
    """What the slug line of a job says.

    `job` names the print file shortly, in letters, digits and hyphens ("4F2A9C1D"); with sheet and side it is the
    barcode. `records` are the record numbers of the file's cards, in their order. `fonts` (TTF or OTF) give the shapes
    of the letters: the first that has a letter is used; without fonts there is the barcode alone.
    """

    job: str
    title: str
    records: Sequence[int]
    fonts: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Printed:
    """One side of one sheet of a job. `number` counts from 1; `lift` says which of how many. `cards` count from 0."""

    number: int
    sheets: int
    side: Side
    cards: tuple[int | None, ...]
    lift: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Strip:
    """Where the slug line stands: a matrix in mm from the sheet's top left corner (y down), and its length in it."""

    matrix: tuple[float, float, float, float, float, float]
    length: float


def code(slug: Slug, printed: Printed) -> str:
    """What the barcode of one side says: the job, the sheet's number, F for the front or B for the back."""
    return f"{slug.job}-{printed.number:04d}{printed.side[0].upper()}"


def lines(slug: Slug, printed: Printed) -> tuple[str, str]:
    """The two lines of text, what matters most first."""
    records = [slug.records[card] for card in printed.cards if card is not None]
    lift = f", lift {printed.lift[0]} of {printed.lift[1]}" if printed.lift[1] > 1 else ""
    about = f"sheet {printed.number} of {printed.sheets}, {printed.side}{lift} · {_listed(records)} · {slug.job}"
    return slug.title, about


def strip(plan: Layout, side: Side, fold: Fold | None) -> Strip:
    """The longest free piece between two marks: below the cards, or at their left where that is wider."""
    around, folds = marks.frame(plan), marks.sheet_folds(plan, side, fold)
    targets = marks.targets(plan, side) if plan.sheet.registration else ()
    off = around.offset + _FROM_BLEED
    is_below = plan.room[1] >= min(plan.room[0], _HEIGHT + _FROM_BLEED)
    scale = min(1.0, (plan.room[is_below] - _FROM_BLEED) / _HEIGHT)
    if is_below:
        blocked = [edge for column in around.columns for edge in column]
        start, end = _longest([*blocked, *folds.across, *(x for x, _ in targets[:2])])
        return Strip((scale, 0, 0, scale, start, around.rows[-1][1] + off), (end - start) / scale)
    blocked = [edge for row in around.rows for edge in row]
    start, end = _longest([*blocked, *folds.down, *(y for _, y in targets[2:])])
    left = around.columns[0][0] - off - _HEIGHT * scale
    return Strip((0, -scale, scale, 0, left, end), (end - start) / scale)


def drawn(place: Strip, texts: Sequence[str], content: str, alphabet: Alphabet) -> tuple[bytes, tuple[Letter, ...]]:
    """Operators in mm from the sheet's top left corner (y down), black ink only, and the letters they name as forms."""
    operators = [b"q " + " ".join(f"{number:.4f}" for number in place.matrix).encode() + b" cm 0 0 0 1 k\n"]
    operators.append(_barcode(content))
    left = _HEIGHT + _BEHIND_CODE
    used: list[Letter] = []
    for text, baseline in zip(texts, _BASELINES, strict=True):
        size, letters = _fitted(alphabet, text, place.length - left)
        scale = size / outlines.EM
        operators.append(f"q {scale:.6f} 0 0 {-scale:.6f} {left} {baseline} cm\n".encode())
        operators.append(outlines.operators(letters) + b"Q\n")
        used.extend(letters)
    return b"".join([*operators, b"Q\n"]), tuple(dict.fromkeys(used))


def _listed(records: Sequence[int]) -> str:
    if len(records) > _LISTED:
        return f"{len(records)} records, {records[0]}, {records[1]} … {records[-1]}"
    return f"record{'s' * (len(records) > 1)} {', '.join(map(str, records))}"


def _longest(blocked: Iterable[float]) -> tuple[float, float]:
    edges = sorted(blocked)
    pieces = ((start + _FROM_MARK, end - _FROM_MARK) for start, end in pairwise(edges))
    return max(pieces, key=lambda piece: (round(piece[1] - piece[0], 3), -piece[0]))


def _fitted(alphabet: Alphabet, text: str, width: float) -> tuple[float, tuple[Letter, ...]]:
    letters = alphabet.letters(text)
    for size in _SIZES:
        if outlines.length(letters) * size <= width:
            return size, letters
    return _SIZES[-1], alphabet.fitting(text, width / _SIZES[-1])


def _barcode(content: str) -> bytes:
    """A DataMatrix _HEIGHT high. Cutting machines read it; 16 modules, as most jobs have, are 0.3 mm each."""
    made = zxingcpp.create_barcode(content, zxingcpp.BarcodeFormat.DataMatrix)
    pixels = memoryview(made.to_image(scale=1, add_quiet_zones=False))
    side, raw = len(pixels), pixels.tobytes()
    modules = tuple(bytes(pixel == 0 for pixel in raw[start : start + side]) for start in range(0, len(raw), side))
    unit = _HEIGHT / side
    # A QR code's quiet zone is drawn by leaving it out, so this one's, which is smaller, begins outside.
    size, beside = (len(modules) + 2 * qr.QUIET) * unit, qr.QUIET * unit
    # Those operators expect y upwards.
    return b"q 1 0 0 -1 0 0 cm\n" + qr.operators(modules, -beside, beside, size) + b"Q\n"
