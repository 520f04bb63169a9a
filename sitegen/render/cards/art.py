"""Draw the art of a design once, as forms that every card's pages use."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import BytesIO

import pikepdf
from weasyprint import HTML

from sitegen.model.card import CardDesign, Side
from sitegen.render.cards.fetcher import BASE
from sitegen.render.cards.press import Press


def drawn(press: Press) -> bytes:
    """A PDF with a page, as large as the bleed, for each side that has art; b"" where none has.

    Raises fetcher.MissingFile (by way of WeasyPrint) where the design lacks the picture.
    """
    design = press.design
    if not _sides(design):
        return b""
    width, height = design.width + 2 * design.bleed, design.height + 2 * design.bleed
    size = f"width: {width}mm; height: {height}mm"
    style = f"@page {{ size: {width}mm {height}mm; margin: 0 }} body {{ margin: 0 }} img {{ display: block; {size} }}"
    # The box keeps the side's page even where the picture is broken and left out: the fault is reported later.
    pictures = "".join(
        f'<div style="{size}; overflow: hidden"><img src="{design.art[side]}"></div>' for side in _sides(design)
    )
    source = HTML(string=f"<style>{style}</style>{pictures}", base_url=BASE, url_fetcher=press.fetcher)
    return bytes(source.write_pdf(font_config=press.fonts))


@contextmanager
def forms(design: CardDesign, art: bytes, target: pikepdf.Pdf) -> Iterator[dict[Side, pikepdf.Object]]:
    """A Form XObject of `target` for each side in `art`; its origin is the lower left corner of the bleed."""
    if not art:
        yield {}
        return
    with pikepdf.open(BytesIO(art)) as pages:
        yield {side: _form(pages.pages[number], target) for number, side in enumerate(_sides(design))}


def _sides(design: CardDesign) -> list[Side]:
    return [side for side in Side if side in design.art]


def _form(page: pikepdf.Page, target: pikepdf.Pdf) -> pikepdf.Object:
    form = page.as_form_xobject()
    # A group would make the press's processor blend what only lies side by side.
    if "/Group" in form:
        del form["/Group"]
    form.write(_packed(form.read_bytes()), filter=pikepdf.Name.FlateDecode)
    return target.copy_foreign(form)


@lru_cache(maxsize=8)
def _packed(content: bytes) -> bytes:
    """The art is the same in every file of a design, and packing it takes as long as fifty cards."""
    return zlib.compress(content)
