"""Print a page of the house on A4, in black ink and the fonts that the theme has for cards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from html import escape
from io import BytesIO

import pikepdf
from weasyprint import HTML

from sitegen.model.card import CardDesign
from sitegen.render.cards import sheet
from sitegen.render.cards.fetcher import BASE
from sitegen.render.cards.press import Press, prepared
from sitegen.render.desk.chart_paint import FACES

_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_FAMILY = re.compile(r"font-family:\s*([^;}]+)")
_USED = re.compile(r"html \{ font-family: ([^}]+?) \}")
_TAG = re.compile(r"(<[^>]*>|&[#\w]+;)")
_ALWAYS = frozenset("\n\r\t \u00a0\u00ad")
_WIDTH, _HEIGHT = 210.0, 297.0
MISSING = "〓"
"""What typesetters put for a sign that they have not (U+3013, the geta mark)."""
_OTHERWISE = "?"


def press_for_office(designs: Sequence[CardDesign], style: str) -> Press:
    """What pages with this style sheet are printed with: the faces of the design whose fonts have the most signs.

    Raises CardsRefused for a fault in the style or the fonts, ValueError without any design.
    """
    if not designs:
        raise ValueError("a theme without card designs has no fonts for paper")
    design = max(designs, key=lambda one: (_signs(one), one.name))
    faces = _FACE.findall(design.style)
    families = dict.fromkeys(found[1].strip() for face in faces if (found := _FAMILY.search(face)))
    rules = f"html {{ font-family: {', '.join(families) or 'serif'} }} {style}"
    bare = replace(design, width=_WIDTH, height=_HEIGHT, bleed=0.0, safe=0.0, slots=(), art={}, qr=None, fold=None)
    return prepared(replace(bare, template="", style="".join(faces) + rules))


def office_file(html: str, press: Press, imprint: tuple[str, datetime]) -> bytes:
    """The PDF of a page; `imprint` is the title and the time (UTC) that the file gives itself.

    A sign that no font has stands there as MISSING, so that no font of this machine creeps in. Equal arguments make
    equal bytes.
    """
    # Pictures within a page don't inherit its faces on paper.
    html = html.replace(FACES, press_faces(press))
    source = HTML(string=with_known_signs(html, press.known), base_url=BASE, url_fetcher=press.fetcher)
    printed = source.write_pdf(font_config=press.fonts, stylesheets=[press.style])
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


def _signs(design: CardDesign) -> int:
    """How much its fonts weigh: who has all Chinese characters has the most, and counting them takes a second."""
    loaded = _FACE.findall(design.style)
    names = {path: content for path, content in design.files.items() if any(path in face for face in loaded)}
    return sum(map(len, names.values()))
