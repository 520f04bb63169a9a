"""Draw the art of a design once, as a form that every card's page uses."""

from __future__ import annotations

from io import BytesIO

import pikepdf
from weasyprint import HTML

from sitegen.model.card import Side
from sitegen.render.cards.fetcher import BASE
from sitegen.render.cards.press import Press


def forms(press: Press, target: pikepdf.Pdf) -> dict[Side, pikepdf.Object]:
    """A Form XObject of `target` for each side that has art; its origin is the lower left corner of the bleed.

    Raises fetcher.MissingFile (by way of WeasyPrint) where the design lacks the picture.
    """
    design = press.design
    sides = [side for side in Side if side in design.art]
    if not sides:
        return {}
    width, height = design.width + 2 * design.bleed, design.height + 2 * design.bleed
    size = f"width: {width}mm; height: {height}mm"
    style = f"@page {{ size: {width}mm {height}mm; margin: 0 }} body {{ margin: 0 }} img {{ display: block; {size} }}"
    # The box keeps the side's page even where the picture is broken and left out: the fault is reported later.
    pictures = "".join(f'<div style="{size}; overflow: hidden"><img src="{design.art[side]}"></div>' for side in sides)
    page = f"<style>{style}</style>"
    source = HTML(string=page + pictures, base_url=BASE, url_fetcher=press.fetcher)
    with pikepdf.open(BytesIO(source.write_pdf(font_config=press.fonts))) as drawn:
        return {side: _form(drawn.pages[number], target) for number, side in enumerate(sides)}


def _form(page: pikepdf.Page, target: pikepdf.Pdf) -> pikepdf.Object:
    form = page.as_form_xobject()
    # A group would make the press's processor blend what only lies side by side.
    if "/Group" in form:
        del form["/Group"]
    return target.copy_foreign(form)
