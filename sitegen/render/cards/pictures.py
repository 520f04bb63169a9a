"""Make pictures for screens: pages of a PDF as they are cut, words set by the press, soft shadows, small PNGs."""

from __future__ import annotations

import re
from contextlib import closing
from io import BytesIO
from typing import TypeAlias

import pypdfium2  # type: ignore[import-untyped]
from PIL import Image, ImageFilter
from weasyprint import HTML

from sitegen.render.cards.fetcher import BASE
from sitegen.render.cards.press import Press

Size: TypeAlias = tuple[int, int]
"""Width and height in pixels."""
Ink: TypeAlias = tuple[int, int, int]
"""Red, green, blue."""

_POINT = 4 / 3
"""Pixels in a point: a CSS pixel is one pixel of the picture."""
_FAMILY = re.compile(r"@font-face\s*\{[^}]*?font-family:\s*([^;}]+)")


def families(style: str) -> str:
    """The design's fonts as a value of font-family, in the order in which card.css brings them."""
    return ", ".join(dict.fromkeys(name.strip() for name in _FAMILY.findall(style))) or "serif"


def printable(text: str, press: Press) -> str:
    """Text or HTML with "?" for what the design's fonts lack: no font of the machine may creep in."""
    return "".join(character if character.isascii() or character in press.known else "?" for character in text)


def lettered(html: str, style: str, size: Size, press: Press) -> Image.Image:
    """A picture of `html` on its own ground, set in the design's fonts; lengths in CSS pixels are pixels."""
    page = f"@page {{ size: {size[0]}px {size[1]}px; margin: 0 }} html, body {{ margin: 0 }}"
    page += f" html {{ font-family: {families(press.design.style)} }}"
    source = HTML(
        string=f"<style>{page}{style}</style>{printable(html, press)}", base_url=BASE, url_fetcher=press.fetcher
    )
    with closing(pypdfium2.PdfDocument(source.write_pdf(font_config=press.fonts))) as document:
        image: Image.Image = document[0].render(scale=_POINT).to_pil()
        return image.convert("RGB").crop((0, 0, *size))


def cut(pdf: bytes, height: int) -> tuple[Image.Image, ...]:
    """Each page of a print file as the knife leaves it, `height` pixels high."""
    with closing(pypdfium2.PdfDocument(pdf)) as document:
        return tuple(_cut(document[number], height) for number in range(len(document)))


def lay(ground: Image.Image, picture: Image.Image, place: Size, shadow: int) -> None:
    """Lay a picture on `ground`, which changes, above a soft shadow that reaches about `shadow` pixels."""
    around = (picture.width + 4 * shadow, picture.height + 4 * shadow)
    mask = Image.new("L", around)
    mask.paste(88, (2 * shadow, 2 * shadow, 2 * shadow + picture.width, 2 * shadow + picture.height))
    mask = mask.filter(ImageFilter.GaussianBlur(shadow))
    left, top = place
    ground.paste((38, 30, 24), (left - 2 * shadow, top - 2 * shadow + shadow // 2), mask)
    ground.paste(picture, place)


def small_png(picture: Image.Image, most: int) -> bytes:
    """A PNG of at most `most` bytes: fewer colours first, then fewer pixels. Equal pictures make equal bytes."""
    for share in (1.0, 0.8, 0.6, 0.4, 0.2):
        size = (round(picture.width * share), round(picture.height * share))
        smaller = picture if share == 1 else picture.resize(size, Image.Resampling.LANCZOS)
        for colours in (256, 128):
            content = BytesIO()
            few = smaller.quantize(colours, Image.Quantize.MEDIANCUT, dither=Image.Dither.FLOYDSTEINBERG)
            few.save(content, "PNG", optimize=True)
            if content.tell() <= most:
                return content.getvalue()
    raise ValueError(f"no PNG of {most} bytes can hold this picture")


def _cut(page: pypdfium2.PdfPage, height: int) -> Image.Image:
    left, bottom, right, top = page.get_trimbox()
    width, tall = page.get_size()
    scale = height / (top - bottom)
    image: Image.Image = page.render(scale=2 * scale, crop=(left, bottom, width - right, tall - top)).to_pil()
    # Twice as fine and then smaller: fine lines keep their grey.
    return image.convert("RGB").resize((round((right - left) * scale), height), Image.Resampling.LANCZOS)
