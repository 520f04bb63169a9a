"""Print a page of the house: what no font has gets a sign of its own, so that equal pages are equal files."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape
from io import BytesIO

import pikepdf
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError

from sitegen.errors import Unusable
from sitegen.render.cards import sheet
from sitegen.render.cards.fetcher import BASE
from sitegen.render.cards.press import Press
from sitegen.render.desk.chart_paint import FACES

_USED = re.compile(r"html \{ font-family: ([^}]+?) \}")
_TAG = re.compile(r"(<[^>]*>|&[#\w]+;)")
_ALWAYS = frozenset("\n\r\t \u00a0\u00ad")
MISSING = "〓"
"""What typesetters put for a sign that they have not (U+3013, the geta mark)."""
_OTHERWISE = "?"


def office_file(html: str, press: Press, imprint: tuple[str, datetime]) -> bytes:
    """The PDF of a page, by the press of an `office_design`.

    `imprint` is the title and the time (UTC) that the file gives itself. A sign that no font has stands there as
    MISSING, so that no font of this machine creeps in. Equal arguments make equal bytes. Raises Unusable for a page
    that needs files from elsewhere.
    """
    # Pictures within a page don't inherit its faces on paper.
    html = html.replace(FACES, press_faces(press))
    source = HTML(string=with_known_signs(html, press.known), base_url=BASE, url_fetcher=press.fetcher)
    try:
        printed = source.write_pdf(font_config=press.fonts, stylesheets=[press.style])
    except FatalURLFetchingError as error:
        name = str(error).rpartition(BASE)[2].rstrip('"')
        hint = "a page on paper takes nothing from elsewhere: write the picture into it as SVG"
        raise Unusable(f"'{imprint[0]}' can't be printed, because it needs the file '{name}'\nhint: {hint}") from None
    with pikepdf.open(BytesIO(printed)) as target:
        for page in target.pages:
            for key in ("/Annots", "/Group"):
                if key in page.obj:
                    del page.obj[key]
        return sheet.saved(target, *imprint)


def press_faces(press: Press) -> str:
    """The families of the press for text, the first one first, as an attribute has them."""
    found = _USED.search(press.design.style)
    return found[1].replace('"', "") if found else "serif"


def with_known_signs(html: str, known: frozenset[str]) -> str:
    """The page with MISSING for each sign of its text that is not among the known ones."""
    instead = MISSING if MISSING in known else _OTHERWISE
    strange = {ord(sign): instead for sign in set(html) - known - _ALWAYS}
    return "".join(
        piece if number % 2 else escape(piece.translate(strange), quote=False).replace("&amp;", "&")
        for number, piece in enumerate(_TAG.split(html))
    )
