"""Make the proof: the picked cards, front and back side by side, with the reason, and nobody's code."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name
from weasyprint import HTML

from sitegen.model.card import Axis, Card, CardDesign
from sitegen.render.cards.fetcher import BASE
from sitegen.render.cards.pictures import families, printable
from sitegen.render.cards.press import Press
from sitegen.render.cards.proof_picks import Pick

POINTS = 72 / 25.4
MARGIN, HEAD, FOOT, GAP = 9.0, 20.0, 17.0, 7.0
"""Millimetres around the cards: at the sides, above, below, between front and back."""
_MEMBER = re.compile(r"[0-9A-Za-z]")
_STYLE = """
@page {{ size: {width}mm {height}mm; margin: 0 }}
html {{ font: 9pt/1.25 {families}; color: device-cmyk(0 0 0 1) }}
body, h1, p {{ margin: 0 }}
section {{ position: relative; width: {width}mm; height: {height}mm; break-after: page; overflow: hidden }}
section:last-child {{ break-after: auto }}
header, footer, .side {{ position: absolute; left: {margin}mm; right: {margin}mm }}
header {{ top: 4mm; border-bottom: 0.4pt solid device-cmyk(0 0 0 1); height: 11mm }}
h1 {{ position: absolute; left: 0; bottom: 1.2mm; font-size: 25pt; font-weight: 400; line-height: 1;
      letter-spacing: 0.14em }}
h1 span {{ font-size: 14pt; letter-spacing: 0.03em }}
header p {{ position: absolute; right: 0; bottom: 1.2mm; line-height: 1 }}
.side {{ top: {side}mm; font-size: 7.5pt; line-height: 1 }}
footer {{ top: {foot}mm }}
footer .why {{ font-size: 10.5pt }}
footer .void {{ font-size: 7.5pt }}
"""


@dataclass(frozen=True, slots=True)
class ProofTitle:
    """What a proof says of its campaign: its title, and when (UTC) it was made."""

    title: str
    instant: datetime


def voided(card: Card) -> Card:
    """The card as it may travel by e-mail: a proof's code and link open nobody's door.

    The letters of the code become X. The link leads to the site's public home, and is as long as the real one, so that
    the code's modules have their real size: what follows "#" (the member's code, which only the browser sees) becomes
    "?PROOFXX...". A link without "#" is nobody's and stays.
    """
    home, mark, secret = card.link.partition("#")
    link = f"{home}?{'PROOF'.ljust(len(secret), 'X')}" if mark else card.link
    return replace(card, link=link, code=_MEMBER.sub("X", card.code))


def proof_pages(pdf: bytes, picks: Sequence[Pick], press: Press, about: ProofTitle) -> bytes:
    """A PDF with one page for each pick, at its real size.

    `pdf` is the print file of the picks' `voided` cards, in their order. Around front and back, outside the bleed,
    stands that this is no print file, which card it is, and why it was picked; a dashed line shows where the knife
    cuts. Black ink and embedded fonts only; equal arguments make equal bytes.
    """
    design = press.design
    frames = BytesIO(_frames(picks, press, about))
    with pikepdf.open(frames) as target, pikepdf.open(BytesIO(pdf)) as source:
        forms = [target.copy_foreign(_form(page)) for page in source.pages]
        for number, page in enumerate(target.pages):
            _show(target, page, design, forms[2 * number : 2 * number + 2])
        return _saved(target, about)


def _frames(picks: Sequence[Pick], press: Press, about: ProofTitle) -> bytes:
    width, height = _size(press.design)
    style = _STYLE.format(
        width=width,
        height=height,
        families=families(press.design.style),
        margin=MARGIN,
        side=HEAD - 3.4,
        foot=height - FOOT + 2,
    )
    pages = "".join(_frame(pick, press, about) for pick in picks)
    source = HTML(string=f"<style>{style}</style>{pages}", base_url=BASE, url_fetcher=press.fetcher)
    return bytes(source.write_pdf(font_config=press.fonts))


def _frame(pick: Pick, press: Press, about: ProofTitle) -> str:
    card = pick.card
    back = f"padding-left: {_across(press.design) + GAP}mm"
    void = "Code and link are not the customer’s: a proof may travel, and opens no door." if card.link else ""
    return (
        f"<section><header><h1>PROOF <span>not for print</span></h1>"
        f"<p>{escape(printable(about.title, press))} · {escape(press.design.title)} · card {card.record}</p></header>"
        f'<p class="side">front</p><p class="side" style="{back}">back</p>'
        f'<footer><p class="why">Look at it for: {escape("; ".join(pick.reasons))}.</p>'
        f'<p class="void">{void}</p></footer></section>'
    )


def _across(design: CardDesign) -> float:
    return design.width + 2 * design.bleed


def _size(design: CardDesign) -> tuple[float, float]:
    return 2 * MARGIN + 2 * _across(design) + GAP, HEAD + design.height + 2 * design.bleed + FOOT


def _form(page: pikepdf.Page) -> pikepdf.Object:
    # A form takes the TrimBox where there is one, and would lose its bleed.
    for box in ("/TrimBox", "/BleedBox", "/ArtBox", "/CropBox"):
        if box in page.obj:
            del page.obj[box]
    return page.as_form_xobject()


def _show(target: pikepdf.Pdf, page: pikepdf.Page, design: CardDesign, forms: Sequence[pikepdf.Object]) -> None:
    """Draw front and back below the frame's words, and the knife's line over them."""
    width, height = _across(design), design.height + 2 * design.bleed
    drawn = []
    for number, form in enumerate(forms):
        # WeasyPrint's pages share one dictionary of resources: each form has a name of its own.
        name = page.add_resource(form, Name.XObject, Name(f"/Card{page.index}.{number}"))
        media = [float(edge) for edge in form.BBox.as_list()]
        # With a print house's marks the page is larger than its bleed: the middle stays the middle.
        extra = ((media[2] - media[0]) / POINTS - width) / 2, ((media[3] - media[1]) / POINTS - height) / 2
        left, bottom = MARGIN + number * (width + GAP), FOOT
        place = f"1 0 0 1 {(left - extra[0]) * POINTS:.4f} {(bottom - extra[1]) * POINTS:.4f} cm"
        corner = f"{left * POINTS:.4f} {bottom * POINTS:.4f} {width * POINTS:.4f} {height * POINTS:.4f} re W n"
        drawn.append(f"q {corner} {place} {name} Do Q")
        drawn.append(_knife(design, left + design.bleed, bottom + design.bleed))
    page.contents_add(target.make_stream("\n".join(drawn).encode()), prepend=True)


def _knife(design: CardDesign, left: float, bottom: float) -> str:
    """The trim as a dashed line, and the fold where there is one: black over white, to be seen on any ground."""
    box = f"{left * POINTS:.4f} {bottom * POINTS:.4f} {design.width * POINTS:.4f} {design.height * POINTS:.4f} re"
    if design.fold and design.fold.axis is Axis.VERTICAL:
        x = (left + design.fold.at) * POINTS
        box += f" {x:.4f} {bottom * POINTS:.4f} m {x:.4f} {(bottom + design.height) * POINTS:.4f} l"
    elif design.fold:
        y = (bottom + design.height - design.fold.at) * POINTS
        box += f" {left * POINTS:.4f} {y:.4f} m {(left + design.width) * POINTS:.4f} {y:.4f} l"
    return f"q 0.3 w 0 0 0 0 K {box} S 0 0 0 1 K [2 3] 0 d {box} S Q"


def _saved(target: pikepdf.Pdf, about: ProofTitle) -> bytes:
    stamp = about.instant.strftime("D:%Y%m%d%H%M%S+00'00'")
    title = f"Proof: {about.title}"
    target.docinfo = target.make_indirect(Dictionary(Title=title, Creator="sitegen", CreationDate=stamp, ModDate=stamp))
    content = BytesIO()
    target.save(content, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return content.getvalue()
