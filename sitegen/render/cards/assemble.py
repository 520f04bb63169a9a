"""Put art, ground, texts and code of every card together on its pages."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name

from sitegen.model.card import CardDesign
from sitegen.render.cards import art as arts
from sitegen.render.cards import qr
from sitegen.render.cards.fragments import Fragments, Round
from sitegen.render.cards.placing import Placed
from sitegen.render.cards.sheet import POINTS
from sitegen.render.cards.written import Text, Written

PIXEL = 0.75
"""Points in a CSS pixel."""
_FONT_CHOSEN = re.compile(rb"(?m)^/(\S+)(?= \S+ Tf$)")
_NAMED = re.compile(rb"(?m)^/(\S+) (?:\S+ )?(?:Do|Tf|gs|cs|CS|scn|SCN|sh)$")
_PAGES, _RESOURCES = 2, 3
_DENSITY = 5
"""Of zlib, from 1 to 9: 6, its own choice, takes half as long again for one byte in a hundred."""
_KINDS = ("/Font", "/XObject", "/ExtGState", "/ColorSpace", "/Pattern", "/Shading")


@dataclass(frozen=True, slots=True)
class Parts:
    """What pages are put together from: PDFs of the art and of the grounds (by their HTML), and the texts."""

    art: bytes
    grounds: Mapping[str, bytes]
    fragments: Fragments


def assembled(design: CardDesign, parts: Parts, cards: Sequence[Written]) -> pikepdf.Pdf:
    """Two pages for each card, front and back, from 0,0: the lower left corner of the bleed.

    All pages share one dictionary of resources, in which everything stands once.
    """
    texts = {one.text: _operators(one, made) for made in parts.fragments.rounds for one in made.placed}
    grounds = {html: b"/%b Do" % _ground(html) for html, page in parts.grounds.items() if page}
    target = pikepdf.open(BytesIO(b"".join(_raw(design, cards, texts, grounds))))
    forms, fonts = Dictionary(), Dictionary()
    with arts.forms(design, parts.art, target) as drawn:
        for side, form in drawn.items():
            forms[f"/Art.{side}"] = form
    for html in grounds:
        with pikepdf.open(BytesIO(parts.grounds[html])) as ground:
            forms[f"/{_ground(html).decode()}"] = _ground_form(design, ground.pages[0].obj, target)
    for made in parts.fragments.rounds:
        with pikepdf.open(BytesIO(made.pdf)) as source:
            _take(source, made, target, forms, fonts)
    resources = target.get_object(_RESOURCES, 0)
    resources.Font, resources.XObject = fonts, forms
    return target


def _operators(one: Placed, made: Round) -> bytes:
    """A text as its page says it; the fonts of each round are subsets of their own, so they have names of their own."""
    if one.form:
        return b"/%b Do" % _form_name(one.text, made.step)
    return _FONT_CHOSEN.sub(rb"/\1.%d" % made.step, one.operators)


def _form_name(text: Text, step: int) -> bytes:
    said = "\x1f".join((text.side, text.language, text.slot, text.content, str(step)))
    return b"T" + sha256(said.encode()).hexdigest()[:16].encode()


def _ground(html: str) -> bytes:
    return b"G" + sha256(html.encode()).hexdigest()[:16].encode()


def _raw(
    design: CardDesign, cards: Sequence[Written], texts: Mapping[Text, bytes], grounds: Mapping[str, bytes]
) -> Iterator[bytes]:
    """The file without its resources. Written by hand: a library's objects cost more than everything else."""
    bodies: dict[int, bytes] = {1: b"<</Type/Catalog/Pages %d 0 R>>" % _PAGES, _RESOURCES: b"<<>>"}
    contents: dict[bytes, int] = {}
    kids: list[int] = []
    frame = _frame(design)
    for made in cards:
        for content in _contents(design, made, texts, grounds):
            if content not in contents:
                packed = zlib.compress(content, _DENSITY)
                number = contents[content] = len(bodies) + 2
                bodies[number] = b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream" % (len(packed), packed)
            kids.append(len(bodies) + 2)
            bodies[kids[-1]] = b"<</Type/Page/Parent %d 0 R/Resources %d 0 R/Contents %d 0 R%b>>" % (
                _PAGES, _RESOURCES, contents[content], frame)  # fmt: skip
    listed = b" ".join(b"%d 0 R" % kid for kid in kids)
    bodies[_PAGES] = b"<</Type/Pages/Count %d/Kids[%b]>>" % (len(kids), listed)
    yield from _serialised(bodies)


def _frame(design: CardDesign) -> bytes:
    """The boxes of every page, from 0,0: layout programs show pages with a negative origin shifted."""
    bleed, width, height = (length * POINTS for length in (design.bleed, design.width, design.height))
    sheet = b"[0 0 %.4f %.4f]" % (width + 2 * bleed, height + 2 * bleed)
    trim = b"[%.4f %.4f %.4f %.4f]" % (bleed, bleed, bleed + width, bleed + height)
    return b"/MediaBox%b/BleedBox%b/TrimBox%b" % (sheet, sheet, trim)


def _contents(
    design: CardDesign, made: Written, texts: Mapping[Text, bytes], grounds: Mapping[str, bytes]
) -> Iterator[bytes]:
    """The content stream of each page: art, ground, texts in CSS pixels from the trim's corner, code."""
    left, top = design.bleed * POINTS, (design.bleed + design.height) * POINTS
    for section in made.sections:
        lines = [b"/Art.%b Do" % section.side.encode()] if section.side in design.art else []
        if section.ground in grounds:
            lines.append(grounds[section.ground])
        lines.append(b"q\n%.4f 0 0 -%.4f %.4f %.4f cm" % (PIXEL, PIXEL, left, top))
        lines += [texts[text] for text in section.texts if text in texts]
        lines.append(b"Q")
        if design.qr and design.qr.side is section.side and made.card.link:
            size = design.qr.width * POINTS
            lines.append(qr.operators(
                qr.modules(made.card.link), left + design.qr.x * POINTS, top - design.qr.y * POINTS, size))  # fmt: skip
        yield b"\n".join(lines)


def _serialised(bodies: Mapping[int, bytes]) -> Iterator[bytes]:
    """A PDF of these objects, numbered from 1, the first its catalog (ISO 32000-1, 7.5)."""
    head = b"%PDF-1.6\n%\xe2\xe3\xcf\xd3\n"
    yield head
    position, offsets = len(head), []
    for number in sorted(bodies):
        written = b"%d 0 obj\n%b\nendobj\n" % (number, bodies[number])
        offsets.append(position)
        position += len(written)
        yield written
    yield b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    yield b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    yield b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(bodies) + 1, position)


def _ground_form(design: CardDesign, page: pikepdf.Object, target: pikepdf.Pdf) -> pikepdf.Object:
    """What a page draws around its slots, as a form from the corner of the bleed."""
    bleed, width, height = (length * POINTS for length in (design.bleed, design.width, design.height))
    content = b"q\n1 0 0 1 %.4f %.4f cm\n%b\nQ" % (bleed, bleed, page.Contents.read_bytes())
    box = Array([0, 0, round(width + 2 * bleed, 4), round(height + 2 * bleed, 4)])
    return _form(target, content, box, page.Resources)


def _take(source: pikepdf.Pdf, made: Round, target: pikepdf.Pdf, forms: Dictionary, fonts: Dictionary) -> None:
    """Bring the fonts and groups of a round over to the target."""
    own = source.pages[0].obj.Resources
    for name, font in own.get("/Font", Dictionary()).items():
        fonts[f"{name}.{made.step}"] = target.copy_foreign(font)
    for one in made.placed:
        if one.form:
            group = own.XObject[f"/{one.form}"]
            name = f"/{_form_name(one.text, made.step).decode()}"
            forms[name] = _form(target, group.read_bytes(), group.BBox, group.Resources)


def _form(target: pikepdf.Pdf, content: bytes, box: pikepdf.Object, resources: pikepdf.Object) -> pikepdf.Object:
    """A form with only the resources that it names: WeasyPrint lets all share everything."""
    # Letters are opaque by themselves; said again for every form, it only wakes the press's transparency.
    content = content.replace(b"/a1.0 gs\n", b"").replace(b"/A1.0 gs\n", b"")
    form = target.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=Array(list(box)))
    form.Resources = _needed(target, content, resources)
    return form


def _needed(target: pikepdf.Pdf, content: bytes, resources: pikepdf.Object) -> Dictionary:
    names = {f"/{name.decode()}" for name in _NAMED.findall(content)}
    needed = Dictionary()
    for kind in _KINDS:
        own = resources.get(kind, Dictionary())
        chosen = {name: _copied(target, value) for name, value in own.items() if name in names}
        if chosen:
            needed[kind] = Dictionary(chosen)
    return needed


def _copied(target: pikepdf.Pdf, value: pikepdf.Object) -> pikepdf.Object:
    return target.copy_foreign(value) if value.is_indirect else value
