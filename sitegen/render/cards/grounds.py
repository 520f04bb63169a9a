"""Draw what a design's template writes around its slots, once for all cards that have it alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO

import pikepdf
from weasyprint import HTML

from sitegen.render.cards.cutting import Inexpressible
from sitegen.render.cards.fetcher import BASE
from sitegen.render.cards.press import Press
from sitegen.render.cards.written import Section

MOST = 8
"""Different grounds in one print file; more means that they hold something of each card."""
REMEMBERED = 64
"""Grounds that a press keeps: a design has one for each side and language."""
_PAINTING = re.compile(rb"(?m)(?:^| )(?:f|f\*|S|s|B|B\*|b|b\*|Do|TJ|Tj|sh)$")


def grounds(press: Press, sections: Iterable[Section]) -> dict[str, bytes]:
    """A PDF of one page for each ground (HTML) of these sections; b"" where it paints nothing. Raises Inexpressible."""
    wanted = sorted({section.ground for section in sections})
    if len(wanted) > MOST:
        raise Inexpressible("what stands around its slots differs from card to card")
    if len(press.grounds) > REMEMBERED:
        press.grounds.clear()
    for html in wanted:
        if html not in press.grounds:
            press.grounds[html] = _drawn(press, html)
    return {html: press.grounds[html] for html in wanted}


def _drawn(press: Press, html: str) -> bytes:
    last = html.replace('class="page ', 'class="page last ', 1)
    source = HTML(string=last, base_url=BASE, url_fetcher=press.fetcher)
    pdf = bytes(source.write_pdf(font_config=press.fonts, stylesheets=[press.style]))
    with pikepdf.open(BytesIO(pdf)) as opened:
        if len(opened.pages) != 1:
            raise Inexpressible("what stands around its slots takes more than a page")
        return pdf if _PAINTING.search(opened.pages[0].obj.Contents.read_bytes()) else b""
