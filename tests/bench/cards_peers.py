"""Typst and reportlab, set up as well as they can be: the same card, a batch of customers in, a file out."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import typst
from reportlab.lib.colors import CMYKColor  # type: ignore[import-untyped]
from reportlab.lib.enums import TA_LEFT  # type: ignore[import-untyped]
from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
from reportlab.lib.utils import ImageReader  # type: ignore[import-untyped]
from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
from reportlab.pdfbase.ttfonts import TTFont  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]
from reportlab.platypus import Paragraph  # type: ignore[import-untyped]

from sitegen.model.card import Slot
from sitegen.render.cards import art, qr
from sitegen.render.cards.press import prepared
from tests.bench import cards_sample as sample
from tests.bench.cards_engines import Engine, outlines
from tests.bench.cards_sample import Person, design

POINTS = 72 / 25.4
BLEED = 3
DOTS = 300
ASCENT = 0.9
"""Of EB Garamond, in its size: where the first line of a text hangs from the top of its box."""
_TYPST = """
#set page(width: 111mm, height: 154mm, margin: 0pt)
#set text(font: ("EB Garamond", "Hearth Kai"), fill: cmyk(0%, 0%, 0%, 100%), fallback: false, hyphenate: false)
#let data = json("data.json")
#let slot(x, y, width, body) = place(dx: x * 1mm + 3mm, dy: y * 1mm + 3mm, box(width: width * 1mm, body))
#let art = (1, 2).map(page => image("art.pdf", page: page, width: 111mm, height: 154mm))
#let wish(key) = {
  set text(size: 12pt, lang: if key == "zh" { "zh" } else { "en" })
  set par(leading: if key == "zh" { 0.98em } else { 0.72em }, spacing: if key == "zh" { 1.53em } else { 1.27em })
  data.greetings.at(key).map(paragraph => par(paragraph)).join()
}
#let wishes = (moon: wish("moon"), linen: wish("linen"), zh: wish("zh"))
#for (number, card) in data.cards.enumerate() {
  if number > 0 { pagebreak() }
  place(art.at(0))
  slot(8, 132.6, 89, align(center, text(size: 14pt, fill: cmyk(2%, 10%, 40%, 0%), data.titles.at(card.language))))
  pagebreak()
  place(art.at(1))
  slot(11, 22, 83, text(size: 15pt, card.name))
  slot(11, 35, 83, wishes.at(card.greeting))
  slot(61, 123, 34, align(center, { set par(leading: 0.4em); text(size: 6.8pt, card.code.join(linebreak())) }))
  place(dx: (65 + 3) * 1mm, dy: (97.5 + 3) * 1mm, image(bytes(card.code_drawn), format: "svg", width: 26mm))
}
"""
_BLACK = CMYKColor(0, 0, 0, 1)
_GOLD = CMYKColor(0.02, 0.1, 0.4, 0)
_FAMILIES = {"en": "Garamond", "zh": "Kai"}


def typst_engine() -> Engine:
    """A template and its data in one compilation for each batch, by a compiler that stays; the art is a PDF."""
    folder = Path(tempfile.mkdtemp(prefix="cards-"))
    (folder / "art.pdf").write_bytes(art.drawn(prepared(design())))
    (folder / "cards.typ").write_text(_TYPST, "utf-8")
    for font in (sample.LATIN_FONT, sample.HAN_FONT):
        (folder / font.name).write_bytes(font.read_bytes())
    (folder / "data.json").write_text("{}", "utf-8")
    compiler = typst.Compiler(folder / "cards.typ", root=folder, font_paths=[folder], ignore_system_fonts=True)

    def made(batch: Sequence[Person]) -> bytes:
        data = {"titles": sample.TITLES, "greetings": sample.GREETINGS, "cards": [_values(person) for person in batch]}
        (folder / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        pdf = compiler.compile(format="pdf", pdf_tags=False)
        assert isinstance(pdf, bytes)
        return pdf

    return Engine(made)


def _values(person: Person) -> dict[str, Any]:
    code = qr.modules(person.link)
    side = len(code) + 2 * qr.QUIET
    drawn = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-qr.QUIET} {-qr.QUIET} {side} {side}">'
        f'<path d="{outlines(code)}"/></svg>'
    )
    return {
        "name": person.name, "language": person.language, "greeting": person.greeting, "code": person.code,
        "code_drawn": drawn,
    }  # fmt: skip


def reportlab_engine() -> Engine:
    """Art as pictures of 300 dots an inch (it takes no vector files), greetings and titles as forms, drawn once."""
    pdfmetrics.registerFont(TTFont("Garamond", str(sample.LATIN_FONT)))
    pdfmetrics.registerFont(TTFont("Kai", str(sample.HAN_FONT)))
    pictures = _pictures(art.drawn(prepared(design())))
    return Engine(lambda batch: _canvas(pictures, batch))


def _pictures(drawn: bytes) -> list[ImageReader]:
    pictures = []
    with closing(pypdfium2.PdfDocument(drawn)) as document:
        for page in document:
            content = BytesIO()
            page.render(scale=DOTS / 72).to_pil().save(content, "JPEG", quality=90)
            pictures.append(ImageReader(BytesIO(content.getvalue())))
    return pictures


def _canvas(pictures: Sequence[ImageReader], batch: Sequence[Person]) -> bytes:
    content = BytesIO()
    width, height = (design().width + 2 * BLEED) * POINTS, (design().height + 2 * BLEED) * POINTS
    canvas = Canvas(content, pagesize=(width, height), pageCompression=1)
    for side, picture in zip(("front", "back"), pictures, strict=True):
        canvas.beginForm(side, 0, 0, width, height)
        canvas.drawImage(picture, 0, 0, width, height)
        canvas.endForm()
    for greeting in sample.GREETINGS:
        canvas.beginForm(greeting, 0, 0, width, height)
        _greeting(canvas, greeting)
        canvas.endForm()
    for person in batch:
        _card(canvas, person)
    canvas.save()
    return content.getvalue()


def _card(canvas: Canvas, person: Person) -> None:
    canvas.doForm("front")
    canvas.setFillColor(_GOLD)
    _line(canvas, sample.TITLE, sample.TITLES[person.language], _FAMILIES[person.language])
    canvas.showPage()
    canvas.doForm("back")
    canvas.doForm(person.greeting)
    canvas.setFillColor(_BLACK)
    _line(canvas, sample.NAME, person.name, _FAMILIES[person.language])
    for number, line in enumerate(person.code):
        _line(canvas, sample.CODE, line, "Garamond", number)
    _code(canvas, qr.modules(person.link))
    canvas.showPage()


def _line(canvas: Canvas, slot: Slot, text: str, family: str, number: int = 0) -> None:
    """One line. A name is set in one font: reportlab looks for no other where that lacks a character."""
    box, size = slot.box, slot.sizes[0]
    canvas.setFont(family, size)
    y = _up(box.y) - (ASCENT + 1.25 * number) * size
    if slot is sample.NAME:
        canvas.drawString((BLEED + box.x) * POINTS, y, text)
    else:
        canvas.drawCentredString((BLEED + box.x + box.width / 2) * POINTS, y, text)


def _greeting(canvas: Canvas, greeting: str) -> None:
    han, slot = greeting == "zh", sample.GREETING
    size = slot.sizes[0]
    style = ParagraphStyle(
        "greeting", fontName="Kai" if han else "Garamond", fontSize=size, alignment=TA_LEFT, textColor=_BLACK,
        leading=size * (sample.HAN_LEADING if han else sample.LEADING), wordWrap="CJK" if han else None,
    )  # fmt: skip
    y = _up(slot.box.y)
    for paragraph in sample.GREETINGS[greeting]:
        told = Paragraph(paragraph, style)
        _, height = told.wrapOn(canvas, slot.box.width * POINTS, slot.box.height * POINTS)
        told.drawOn(canvas, (BLEED + slot.box.x) * POINTS, y - height)
        y -= height + sample.PARAGRAPH * size


def _code(canvas: Canvas, code: qr.Modules) -> None:
    place = design().qr
    assert place
    unit = qr.pitch(code, place.width * POINTS)
    left, top = (BLEED + place.x) * POINTS + qr.QUIET * unit, _up(place.y) - qr.QUIET * unit
    path = canvas.beginPath()
    for start, row, length in qr.runs(code).tolist():
        path.rect(left + start * unit, top - (row + 1) * unit, length * unit, unit)
    canvas.drawPath(path, stroke=0, fill=1)


def _up(y: float) -> float:
    """Points from the foot of the page, for millimetres down from the trim's top."""
    return float((BLEED + design().height - y) * POINTS)
