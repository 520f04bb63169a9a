"""Set blocks of lines on sheets of paper, each block in the largest size in which it fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from io import BytesIO

import pikepdf
from fontTools.ttLib import TTFont
from markupsafe import escape
from pikepdf import Array, Name
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration

from sitegen.model.postal import Area, is_east_asian
from sitegen.render.cards import glyphs, sheet
from sitegen.render.cards.fetcher import BASE, DesignFetcher
from sitegen.render.cards.refusal import CardsRefused, Refused

CHUNK = 200
"""Blocks set at once: WeasyPrint's time grows with the square of the pages."""
LEADING = 1.25
"""Line height in type sizes: between the lines of an address the posts want 0.5 to 2.5 mm."""
HAIR = 0.35
"""Points: the width of a stroke."""
_PIXELS, _TOLERANCE = 96 / 25.4, 0.05
_KEPT_HAN = 2

_STYLE = """
@page {{ size: {width}mm {height}mm; margin: 0 }}
html {{ margin: 0; color: device-cmyk(0 0 0 1); font-family: {families}; font-feature-settings: "kern", "lnum" }}
body {{ margin: 0; line-height: {leading} }}
.page {{ position: relative; width: {width}mm; height: {height}mm; break-after: page }}
.page:last-child {{ break-after: auto }}
.block {{ position: absolute }}
.text {{ position: absolute; left: 0; top: 0 }}
.kept {{ white-space: nowrap }}
"""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of plain text in an area. `record` and `customer_id` say whose; record 0 is everybody's.

    `sizes` is the ladder of type sizes in points, largest first. `across` and `down` say where in the area the text
    stands: 0 at the left or top, 1 at the right or bottom.
    """

    record: int
    customer_id: str
    area: Area
    lines: tuple[str, ...]
    sizes: tuple[float, ...]
    across: float = 0.0
    down: float = 0.0
    language: str = ""
    wraps: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """One side of paper: its blocks, and rectangles drawn as hair lines (a height or width of 0 makes a line)."""

    blocks: tuple[Block, ...]
    strokes: tuple[Area, ...] = ()


@dataclass(frozen=True, slots=True)
class Printing:
    """What all sheets of one run share: fonts (TTF or OTF, the first that has a sign writes it), title and date."""

    fonts: tuple[bytes, ...]
    title: str
    instant: datetime


@dataclass(frozen=True, slots=True)
class _Setting:
    """A size for a block and whether its lines may break."""

    size: float
    breaks: bool


@dataclass(frozen=True, slots=True)
class _Fit:
    """How a block is set: its setting, and the size of its text in millimetres."""

    setting: _Setting
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _Case:
    """The fonts of a run, loaded once, and the size of its paper. Not to be shared between threads."""

    style: CSS
    fetcher: DesignFetcher
    fonts: FontConfiguration


def typeset(name: str, paper: tuple[float, float], pages: Iterable[Page], printing: Printing) -> bytes:
    """A PDF of these pages: paper of `paper` millimetres from 0,0, everything in black ink only.

    Equal arguments give equal bytes. Raises CardsRefused in the name of `name` with every block that does not fit
    into its area and every sign that no font has.
    """
    known, families = _knowledge(printing.fonts)
    case = _case(paper, printing.fonts, families)
    refused: list[Refused] = []
    chunks: list[bytes] = []
    strokes: list[tuple[Area, ...]] = []
    for chunk in _chunks(pages):
        blocks = dict.fromkeys(block for page in chunk for block in page.blocks)
        refused.extend(fault for block in blocks for fault in _unprintable(block, known))
        fits, too_long = _fitted(tuple(block for block in blocks if block.lines), case)
        refused.extend(too_long)
        strokes.extend(page.strokes for page in chunk)
        if not refused:
            chunks.append(_laid_out((_placed(page, fits) for page in chunk), case).write_pdf())
    if refused:
        raise CardsRefused(name, refused)
    with pikepdf.new() as target:
        sheet.joined(chunks, target)
        _finished(target, paper, strokes)
        if strange := sorted(sheet.strange_fonts(target, frozenset(families))):
            why = f"the font '{strange[0]}' is this machine's, not the shop's"
            raise CardsRefused(name, [Refused(0, "", "", why, "give labels and envelopes a font that has every sign")])
        return sheet.saved(target, printing.title, printing.instant)


@lru_cache(4)
def _knowledge(fonts: tuple[bytes, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Every character that the fonts have, and the family name that each gives itself."""
    read = [TTFont(BytesIO(content), lazy=True) for content in fonts]
    known = frozenset(chr(point) for font in read for point in font.getBestCmap())
    return known, tuple(str(font["name"].getBestFamilyName()) for font in read)


def _case(paper: tuple[float, float], fonts: tuple[bytes, ...], families: tuple[str, ...]) -> _Case:
    files = {f"font{number}.ttf": content for number, content in enumerate(fonts)}
    faces = (
        f'@font-face {{ font-family: "{name}"; src: url({file}) }}' for name, file in zip(families, files, strict=True)
    )
    named = ", ".join(f'"{family}"' for family in families)
    configuration, fetcher = FontConfiguration(), DesignFetcher(files)
    rules = "\n".join(faces) + _STYLE.format(width=paper[0], height=paper[1], families=named, leading=LEADING)
    style = CSS(string=rules, base_url=BASE, url_fetcher=fetcher, font_config=configuration)
    return _Case(style, fetcher, configuration)


def _chunks(pages: Iterable[Page]) -> Iterator[tuple[Page, ...]]:
    chunk: list[Page] = []
    for page in pages:
        if chunk and sum(len(one.blocks) for one in chunk) + len(page.blocks) > CHUNK:
            yield tuple(chunk)
            chunk = []
        chunk.append(page)
    if chunk:
        yield tuple(chunk)


def _unprintable(block: Block, known: frozenset[str]) -> Iterator[Refused]:
    owner = (block.record, block.customer_id, block.area.name)
    if not block.lines:
        yield Refused(*owner, "the name or the address is missing", "complete it, or leave this customer out")
    if lacking := glyphs.lacking(str(escape("".join(block.lines))), known):
        advice = "write it in another way, or give labels and envelopes a font with this character"
        yield Refused(*owner, f"no font has {lacking}", advice)


def _fitted(blocks: tuple[Block, ...], case: _Case) -> tuple[dict[Block, _Fit], list[Refused]]:
    """How each block is set. One that does not fit goes down its ladder, whole lines first, then with line breaks."""
    fits: dict[Block, _Fit] = {}
    refused: list[Refused] = []
    tried = dict.fromkeys(blocks, 0)
    while tried:
        pending = tuple((block, _settings(block)[step]) for block, step in tried.items())
        for (block, _), fit in zip(pending, _measured(pending, case), strict=True):
            if fit.width <= block.area.width + _TOLERANCE and fit.height <= block.area.height + _TOLERANCE:
                fits[block] = fit
                del tried[block]
            elif tried[block] + 1 < len(_settings(block)):
                tried[block] += 1
            else:
                refused.append(_too_long(block))
                del tried[block]
    return fits, refused


def _settings(block: Block) -> tuple[_Setting, ...]:
    """Latin lines stay whole as long as they can; Han reads well over a line break, better than very small."""
    whole = tuple(_Setting(size, breaks=False) for size in block.sizes)
    broken = tuple(_Setting(size, breaks=True) for size in block.sizes) if block.wraps else ()
    kept = _KEPT_HAN if broken and is_east_asian("".join(block.lines)) else len(whole)
    return (*whole[:kept], *broken)


def _measured(blocks: tuple[tuple[Block, _Setting], ...], case: _Case) -> tuple[_Fit, ...]:
    """The room that each block takes in a setting."""
    pieces = (
        f'<div class="block" style="left: 0; top: 0; width: {block.area.width}mm">'
        + _text(block, setting, f'id="b{number}"', "")
        + "</div>"
        for number, (block, setting) in enumerate(blocks)
    )
    document = _laid_out(("".join(pieces),), case)
    boxes = document.pages[0].anchors
    found: list[_Fit] = []
    for number, (_, setting) in enumerate(blocks):
        left, top, right, bottom = boxes[f"b{number}"]
        found.append(_Fit(setting, (right - left) / _PIXELS, (bottom - top) / _PIXELS))
    return tuple(found)


def _placed(page: Page, fits: dict[Block, _Fit]) -> str:
    """The HTML of a page whose blocks are fitted."""
    pieces: list[str] = []
    for block in page.blocks:
        area, fit = block.area, fits[block]
        left = area.x + block.across * (area.width - fit.width)
        top = area.y + block.down * (area.height - fit.height)
        place = f"left: {left:.4f}mm; top: {top:.4f}mm; width: {area.width}mm"
        # As wide as measured and a hair more: rounding must not break a line that was whole.
        width = f"; width: {fit.width + _TOLERANCE:.4f}mm" if fit.setting.breaks else ""
        pieces.append(f'<div class="block" style="{place}">{_text(block, fit.setting, "", width)}</div>')
    return "".join(pieces)


def _text(block: Block, setting: _Setting, name: str, width: str) -> str:
    kept = "" if setting.breaks else " kept"
    lines = "".join(f"<div>{escape(line)}</div>" for line in block.lines)
    language = f' lang="{escape(block.language)}"' if block.language else ""
    return f'<div class="text{kept}"{language} {name} style="font-size: {setting.size}pt{width}">{lines}</div>'


def _laid_out(pages: Iterable[str], case: _Case) -> Document:
    sections = "".join(f'<div class="page">{page}</div>' for page in pages)
    source = HTML(string=f"<body>{sections}</body>", base_url=BASE, url_fetcher=case.fetcher)
    return source.render(font_config=case.fonts, stylesheets=[case.style])


def _too_long(block: Block) -> Refused:
    longest = max(block.lines, key=len)
    shown = longest if len(longest) <= 40 else longest[:39] + "…"
    room = f"{block.area.width:g} x {block.area.height:g} mm"
    why = f"'{shown}' and its lines do not fit into {room}, not even at {block.sizes[-1]:g} pt"
    return Refused(block.record, block.customer_id, block.area.name, why, "shorten it, or choose a larger kind")


def _finished(target: pikepdf.Pdf, paper: tuple[float, float], strokes: Iterable[tuple[Area, ...]]) -> None:
    """Give every page its boxes, from 0,0, and its strokes. The paper is the trim: nothing bleeds."""
    edges = Array([0, 0, *(round(length * sheet.POINTS, 4) for length in paper)])
    for page, drawn in zip(target.pages, strokes, strict=True):
        for key in ("/Annots", "/Group", "/CropBox", "/ArtBox", "/Rotate"):
            if key in page.obj:
                del page.obj[key]
        page.obj.MediaBox = page.obj.BleedBox = page.obj.TrimBox = edges
        if drawn:
            page.contents_coalesce()
            content = b"q\n" + page.obj[Name.Contents].read_bytes() + b"\nQ\n" + _drawn(drawn, paper[1])
            page.obj.Contents = target.make_stream(content)


def _drawn(strokes: tuple[Area, ...], height: float) -> bytes:
    """The operators that draw the strokes in black ink."""
    shapes: list[str] = []
    for stroke in strokes:
        left, top = stroke.x * sheet.POINTS, (height - stroke.y) * sheet.POINTS
        across, down = stroke.width * sheet.POINTS, -stroke.height * sheet.POINTS
        if across and down:
            shapes.append(f"{left:.4f} {top:.4f} {across:.4f} {down:.4f} re")
        else:
            shapes.append(f"{left:.4f} {top:.4f} m {left + across:.4f} {top + down:.4f} l")
    return f"q 0 0 0 1 K {HAIR} w {' '.join(shapes)} S Q\n".encode()
