"""Put art, text and code of every card together in one PDF with exact boxes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name

from sitegen.model.card import CardDesign, Side
from sitegen.render.cards import qr

POINTS = 72 / 25.4
"""Points in a millimetre."""

Codes: TypeAlias = tuple[qr.Modules, ...]
"""The modules of each card's QR code; () for a card without."""

_SHOWN = re.compile(rb"(?m)^<[0-9a-fA-F]+> <((?:[0-9a-fA-F]{4})+)>$")
_TAG_LETTERS = 6
_RGB = re.compile(rb"(?:^|[\s\]])(?:rg|RG)(?=\s|$)")


def joined(chunks: Iterable[bytes], target: pikepdf.Pdf) -> None:
    """Append the pages of each chunk to `target`."""
    for chunk in chunks:
        with pikepdf.open(BytesIO(chunk)) as pages:
            target.pages.extend(pages.pages)


def finished(design: CardDesign, target: pikepdf.Pdf, art: Mapping[Side, pikepdf.Object], codes: Codes) -> None:
    """Give every page its boxes, the art below its text and the code above; `codes` holds one for each card.

    MediaBox and BleedBox are the trim and its bleed, from 0,0 (layout programs show pages with a negative origin
    shifted). No annotations: PDF/X-4 forbids them inside the bleed. No page group, which only slows the press.
    """
    bleed, width, height = (length * POINTS for length in (design.bleed, design.width, design.height))
    sheet = Array([0, 0, round(width + 2 * bleed, 4), round(height + 2 * bleed, 4)])
    trim = Array([round(edge, 4) for edge in (bleed, bleed, bleed + width, bleed + height)])
    move = f"q 1 0 0 1 {bleed:.4f} {bleed:.4f} cm\n".encode()
    for number, page in enumerate(target.pages):
        side = (Side.FRONT, Side.BACK)[number % 2]
        for key in ("/Annots", "/Group", "/CropBox", "/ArtBox", "/Rotate"):
            if key in page.obj:
                del page.obj[key]
        page.obj.MediaBox, page.obj.BleedBox, page.obj.TrimBox = sheet, sheet, trim
        page.contents_coalesce()
        below = b"/Art.%b Do\n" % side.encode() if side in art else b""
        above = _code(design, side, codes[number // 2])
        content = below + move + page.obj.Contents.read_bytes() + b"\nQ\n" + above
        page.obj.Contents = target.make_stream(content)
        if side in art:
            _add_form(page, side, art[side])


def _code(design: CardDesign, side: Side, code: qr.Modules) -> bytes:
    if design.qr is None or design.qr.side is not side or not code:
        return b""
    left = (design.bleed + design.qr.x) * POINTS
    top = (design.bleed + design.height - design.qr.y) * POINTS
    return qr.operators(code, left, top, design.qr.width * POINTS)


def _add_form(page: pikepdf.Page, side: Side, art: pikepdf.Object) -> None:
    """All pages of a chunk share one dictionary of resources: each page gets its own, with its own art."""
    old = page.obj.Resources
    forms = Dictionary(dict(old[Name.XObject].items())) if Name.XObject in old else Dictionary()
    forms[f"/Art.{side}"] = art
    resources = Dictionary(dict(old.items()))
    resources[Name.XObject] = forms
    page.obj.Resources = resources


def strange_fonts(target: pikepdf.Pdf, families: frozenset[str]) -> frozenset[str]:
    """Names of embedded fonts that are none of the design's families: the machine's fonts crept in."""
    plain = {re.sub(r"[^A-Za-z0-9]", "", family) for family in families}
    names = {_font_name(entry) for entry in target.objects if _is_font(entry)}
    return frozenset(name for name in names if not any(_plain(name).startswith(family) for family in plain))


def retag(target: pikepdf.Pdf) -> None:
    """Give each subset of a font a tag of its own, from its bytes.

    WeasyPrint's tags follow the font, so that two documents' subsets bear one name; a press's processor that keeps
    fonts by name would then print one card with another's letters (ISO 32000-1, 9.6.4: different tags in a file).
    """
    for entry in target.objects:
        if _is_font(entry) and "/DescendantFonts" in entry:
            inner = entry.DescendantFonts[0]
            kept = [inner.FontDescriptor[key] for key in ("/FontFile2", "/FontFile3") if key in inner.FontDescriptor]
            if kept:
                digest = sha256(kept[0].read_raw_bytes()).digest()
                tag = "".join(chr(ord("A") + number % 26) for number in digest[:_TAG_LETTERS])
                name = Name(f"/{tag}+{_font_name(entry)}")
                entry.BaseFont = inner.BaseFont = inner.FontDescriptor.FontName = name


def letters_in(target: pikepdf.Pdf, fonts: frozenset[str]) -> frozenset[str]:
    """What the embedded fonts of these names show."""
    tables = [
        entry.ToUnicode.read_bytes()
        for entry in target.objects
        if _is_font(entry) and _font_name(entry) in fonts and "/ToUnicode" in entry
    ]
    shown = (bytes.fromhex(found.decode()).decode("utf-16-be") for table in tables for found in _SHOWN.findall(table))
    return frozenset("".join(shown))


def _is_font(entry: pikepdf.Object) -> bool:
    return isinstance(entry, Dictionary) and entry.get("/Type") == Name.Font and "/BaseFont" in entry


def _font_name(font: pikepdf.Object) -> str:
    return str(font.BaseFont).lstrip("/").partition("+")[2]


def _plain(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9]", "", name)


def has_rgb(target: pikepdf.Pdf, in_pages: bool = True) -> bool:
    """Whether any form, and any page's own content if asked, sets a colour for screens.

    A press would turn it into all four inks.
    """
    streams = (entry for entry in target.objects if isinstance(entry, pikepdf.Stream))
    return any(_RGB.search(stream.read_bytes()) for stream in streams if _is_drawing(stream, in_pages))


def _is_drawing(stream: pikepdf.Stream, in_pages: bool) -> bool:
    return stream.get("/Subtype") == Name.Form or (in_pages and "/Type" not in stream and "/Subtype" not in stream)


def saved(target: pikepdf.Pdf, titled: str, instant: datetime) -> bytes:
    """The bytes of the file; equal pages and equal `instant` make equal bytes."""
    moment = instant.strftime("%Y-%m-%dT%H:%M:%S%z")
    stamp = instant.strftime("D:%Y%m%d%H%M%S+00'00'")
    target.docinfo = target.make_indirect(
        Dictionary(Title=titled, Creator="sitegen", CreationDate=stamp, ModDate=stamp)
    )
    with target.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata["dc:title"] = titled
        metadata["xmp:CreateDate"] = metadata["xmp:ModifyDate"] = metadata["xmp:MetadataDate"] = moment
        metadata["xmp:CreatorTool"] = "sitegen"
    content = BytesIO()
    target.save(content, min_version="1.6", deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return content.getvalue()
