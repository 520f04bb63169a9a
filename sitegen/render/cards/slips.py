"""Print the slips of gift boxes: what the packing table needs to know of each present, in black ink on A6."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from html import escape
from io import BytesIO

import pikepdf
from markupsafe import Markup
from weasyprint import HTML, Document

from sitegen.model.card import CardDesign
from sitegen.model.gift import Slip
from sitegen.render.cards import glyphs, sheet
from sitegen.render.cards.fetcher import BASE
from sitegen.render.cards.press import Press, prepared
from sitegen.render.cards.refusal import CardsRefused, Refused
from sitegen.render.cards.writing import clean

WIDTH, HEIGHT = 105.0, 148.0
"""Millimetres of A6 (ISO 216)."""
SIZES = (11.0, 9.5, 8.0, 6.5, 5.5)
"""Points, largest first: words so long that they leave the page are set smaller."""


_LABELS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "title": "Gift", "order": "Order", "send": "Leaves on", "card": "Card", "wrapping": "Wrapping",
        "words": "The card says", "from": "From", "to": "To", "price": "No price in the box",
        "read": "Card read against these words", "wrapped": "Wrapped as told",
    },
    "zh": {
        "title": "礼品", "order": "订单", "send": "寄出日", "card": "贺卡", "wrapping": "包装",
        "words": "卡上的话", "from": "送礼人", "to": "收礼人", "price": "盒中无价签",
        "read": "卡上的话已核对", "wrapped": "已按要求包好",
    },
}  # fmt: skip
_TEMPLATE = """
{% for slip, words, size in slips %}
<section id="s{{ loop.index0 }}" style="font-size: {{ size }}pt">
  <div class="head"><span>{{ labels.title }}</span> {{ slip.gift_id }}</div>
  <table>
    {% for label, text in [(labels.order, slip.order_id), (labels.send, slip.send_on),
                           (labels.card, slip.record), (labels.wrapping, slip.wrapping)] if text %}
      <tr><th>{{ label }}</th><td>{{ text }}</td></tr>
    {% endfor %}
    <tr><th>{{ labels.to }}</th><td>{{ slip.name }}{% for line in slip.lines %}<br>{{ line }}{% endfor %}</td></tr>
    <tr><th>{{ labels.from }}</th><td>{{ slip.giver }}</td></tr>
  </table>
  <div class="words" lang="{{ slip.language }}"><div class="label">{{ labels.words }}</div>{{ words }}</div>
  <ul>{% for label in (labels.wrapped, labels.read, labels.price) %}<li><i></i>{{ label }}</li>{% endfor %}</ul>
</section>
{% endfor %}
"""
_STYLE = """
@page { margin: 8mm }
html { font-family: %s; line-height: 1.3; color: device-cmyk(0 0 0 1) }
section { break-before: page; overflow-wrap: anywhere }
section:first-child { break-before: auto }
.head { font-size: 16pt; border-bottom: 0.4mm solid device-cmyk(0 0 0 1); padding-bottom: 1mm }
table { width: 100%%; border-collapse: collapse; margin: 2mm 0 }
th, td { vertical-align: top; text-align: left; font-weight: normal; padding: 0.5mm 0 }
th { width: 22mm }
.words { border: 0.2mm solid device-cmyk(0 0 0 1); padding: 2.5mm 3mm }
.words p + p { margin-top: 0.5em }
.label { font-size: 8pt; margin-bottom: 1mm }
ul { list-style: none; margin: 3mm 0 0; padding: 0; font-size: 9pt }
i { display: inline-block; width: 2.6mm; height: 2.6mm; margin-right: 2mm;
    border: 0.25mm solid device-cmyk(0 0 0 1) }
"""
_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_FAMILY = re.compile(r"font-family:\s*([^;}]+)")
_NAME = re.compile(r"s\d+")


def slip_file(slips: Iterable[Slip], design: CardDesign, language: str, imprint: tuple[str, datetime]) -> bytes:
    """A PDF with a page for each slip, in this order, in the fonts of the cards' design; black ink only.

    `language` is that of whoever packs; `imprint` the title and the time (UTC) that the file gives itself. Equal
    arguments give equal bytes. Raises CardsRefused with each slip that is `unfit`.
    """
    document, refused = _set(slips, design, language)
    if refused or document is None:
        raise CardsRefused(design.name, refused)
    with pikepdf.open(BytesIO(document.write_pdf())) as target:
        for page in target.pages:
            for key in ("/Annots", "/Group"):
                if key in page.obj:
                    del page.obj[key]
        return sheet.saved(target, *imprint)


def unfit(slips: Iterable[Slip], design: CardDesign, language: str) -> tuple[Refused, ...]:
    """The slips that are too long for a page, or have a character that no font of the design has."""
    return _set(slips, design, language)[1]


def _set(slips: Iterable[Slip], design: CardDesign, language: str) -> tuple[Document | None, tuple[Refused, ...]]:
    """The slips on their pages as far as they can be printed, None where none can; and those that can't."""
    press = prepared(_paper(design))
    slips = tuple(_cleaned(slip) for slip in slips)
    refused = tuple(_unprintable(slips, press.known))
    strange = {one.record for one in refused}
    known = [slip for slip in slips if slip.record not in strange]
    try:
        document = _fitted(press, known, _LABELS["zh" if language.startswith("zh") else "en"]) if known else None
    except CardsRefused as error:
        return None, (*refused, *error.refused)
    return document, refused


def _paper(design: CardDesign) -> CardDesign:
    """A sheet with the design's font faces, the first that it declares first, and nothing else of it."""
    faces = _FACE.findall(design.style)
    families = dict.fromkeys(found[1].strip() for face in faces if (found := _FAMILY.search(face)))
    style = "".join(faces) + _STYLE % (", ".join(families) or "serif")
    bare = replace(design, width=WIDTH, height=HEIGHT, bleed=0.0, safe=0.0, slots=(), art={}, qr=None, fold=None)
    return replace(bare, template=_TEMPLATE, style=style)


def _cleaned(slip: Slip) -> Slip:
    return replace(
        slip,
        gift_id=clean(slip.gift_id),
        order_id=clean(slip.order_id),
        wrapping=clean(slip.wrapping),
        name=clean(slip.name),
        lines=tuple(map(clean, slip.lines)),
        giver=clean(slip.giver),
        words=clean(slip.words),
    )


def _unprintable(slips: Iterable[Slip], known: frozenset[str]) -> Iterator[Refused]:
    for slip in slips:
        said = " ".join((slip.gift_id, slip.order_id, slip.wrapping, slip.name, *slip.lines, slip.giver))
        strange = glyphs.lacking(slip.words + escape(said), known)
        if strange:
            advice = "write it in another way, or add a font with this character to the design's fonts"
            yield _refused(slip, f"no font of the design has {strange}", advice)


def _refused(slip: Slip, why: str, what_to_do: str) -> Refused:
    return Refused(slip.record, slip.customer_id, f"slip of gift '{slip.gift_id}'", why, what_to_do)


def _fitted(press: Press, slips: Sequence[Slip], labels: Mapping[str, str]) -> Document:
    """One page for each slip, its words in the largest size that fits."""
    steps = [0] * len(slips)
    while True:
        document = _laid_out(press, slips, steps, labels)
        long = [number for number, count in enumerate(_pages(document)) if count > 1]
        if not long:
            return document
        if hopeless := [number for number in long if steps[number] + 1 == len(SIZES)]:
            why, advice = f"it does not fit on one page, not even at {SIZES[-1]:g} pt", "shorten the words"
            raise CardsRefused(press.design.name, [_refused(slips[number], why, advice) for number in hopeless])
        for number in long:
            steps[number] += 1


def _laid_out(press: Press, slips: Sequence[Slip], steps: Sequence[int], labels: Mapping[str, str]) -> Document:
    words = (Markup(slip.words) for slip in slips)  # noqa: S704 - the card's own greeting, escaped where it was made
    shown = list(zip(slips, words, (SIZES[step] for step in steps), strict=True))
    source = HTML(string=press.template.render(slips=shown, labels=labels), base_url=BASE, url_fetcher=press.fetcher)
    return source.render(font_config=press.fonts, stylesheets=[press.style])


def _pages(document: Document) -> list[int]:
    """How many pages each slip takes. A page bears the name of the slip that begins or goes on there."""
    counts: dict[str, int] = {}
    for page in document.pages:
        named = [name for name in page.anchors if _NAME.fullmatch(name)]
        owner = named[0] if named else list(counts)[-1]
        counts[owner] = counts.get(owner, 0) + 1
    return list(counts.values())
