"""One page of a card, set by WeasyPrint or written by hand, that conforms but for the fault that a test plants."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
from PIL import Image
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration

from sitegen.content.print_house_files import read_print_house
from sitegen.model.print_house import PrintHouse
from sitegen.model.tree import Place
from sitegen.render.cards.boxes import boxed, page_boxes
from sitegen.render.cards.fetcher import BASE, DesignFetcher
from sitegen.render.cards.preflight.check import findings
from sitegen.render.cards.preflight.finding import Finding, Severity
from sitegen.render.cards.standard import conformed

FONTS = Path(__file__).parents[4] / "themes/hearth/fonts/print"
INSTANT = datetime(2026, 9, 1, 8, 0, tzinfo=UTC)
WIDTH, HEIGHT, BLEED = 105.0, 148.0, 3.0
POINTS = 72 / 25.4
STYLE = f"""
@font-face {{ font-family: Garamond; src: url(garamond.ttf) }}
@page {{ size: {WIDTH + 2 * BLEED}mm {HEIGHT + 2 * BLEED}mm; margin: 0 }}
body {{ margin: 0; font: 12pt Garamond; color: device-cmyk(0 0 0 1) }}
div {{ position: absolute; left: 23mm; top: 33mm; white-space: nowrap }}
"""
PLAIN = "<div>A quiet evening, and the moon.</div>"


@cache
def house(name: str = "eu") -> PrintHouse:
    return read_print_house(None, name, Place(""), [])


def drawn(html: str, files: Mapping[str, bytes] | None = None) -> bytes:
    """The page as WeasyPrint writes it, from the corner of the bleed."""
    fetcher = DesignFetcher({"garamond.ttf": (FONTS / "EBGaramond-Regular.ttf").read_bytes(), **(files or {})})
    source = HTML(string=f"<style>{STYLE}</style>{html}", base_url=BASE, url_fetcher=fetcher)
    return bytes(source.write_pdf(font_config=FontConfiguration()))


def finished(pdf: bytes, wanted: PrintHouse | None = None) -> bytes:
    """The page with boxes and standard of a print house (`eu`)."""
    with pikepdf.open(BytesIO(pdf)) as target:
        boxed(target, page_boxes(WIDTH, HEIGHT, BLEED, wanted or house()))
        return conformed(target, wanted or house(), "A quiet evening", INSTANT)


def paper(html: str = PLAIN, files: Mapping[str, bytes] | None = None) -> bytes:
    """A conforming file of one page that holds this HTML."""
    return finished(drawn(html, files))


@cache
def _blank() -> bytes:
    with pikepdf.new() as target:
        target.add_blank_page(page_size=((WIDTH + 2 * BLEED) * POINTS, (HEIGHT + 2 * BLEED) * POINTS))
        boxed(target, page_boxes(WIDTH, HEIGHT, BLEED, house()))
        return conformed(target, house(), "A quiet evening", INSTANT)


def handwritten(content: bytes, **resources: pikepdf.Object) -> bytes:
    """A conforming file of one page with this content stream."""
    with pikepdf.open(BytesIO(_blank())) as target:
        page = target.pages[0].obj
        page.Contents = target.make_stream(content)
        page.Resources = pikepdf.Dictionary({f"/{kind}": value for kind, value in resources.items()})
        return saved(target)


def changed(pdf: bytes, change: Mapping[str, object]) -> bytes:
    """The file with keys of its first page set, or taken away (None)."""
    with pikepdf.open(BytesIO(pdf)) as target:
        page = target.pages[0].obj
        for key, value in change.items():
            if value is None:
                del page[key]
            else:
                page[key] = target.make_indirect(value) if isinstance(value, pikepdf.Dictionary) else value
        return saved(target)


def saved(target: pikepdf.Pdf) -> bytes:
    content = BytesIO()
    target.save(content, force_version="1.6", deterministic_id=True)
    return content.getvalue()


def picture(mode: str, side: int, *inks: float) -> bytes:
    """A JPEG (CMYK, RGB) or a PNG of one bit, `side` pixels square; `inks` from 0 to 255."""
    content = BytesIO()
    colours: dict[str, float | tuple[float, ...]] = {"CMYK": (40, 0, 20, 0), "RGB": (200, 40, 40), "1": 1}
    Image.new(mode, (side, side), inks or colours[mode]).save(content, "PNG" if mode == "1" else "JPEG", quality=80)
    return content.getvalue()


def rules(pdf: bytes, severity: Severity = Severity.ERROR, wanted: PrintHouse | None = None) -> set[str]:
    """The rules of what is found in the file; of the print house `eu` unless another one is named."""
    return {one.rule for one in found(pdf, wanted) if one.severity is severity}


def found(pdf: bytes, wanted: PrintHouse | None = None) -> tuple[Finding, ...]:
    return findings(pdf, wanted or house())
