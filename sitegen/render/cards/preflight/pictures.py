"""Judge pictures: whether they are whole, fine enough at their size, and in inks."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from math import hypot

import numpy as np
import pikepdf
from pikepdf import Array, Name
from PIL import Image

from sitegen.render.cards.preflight.colour_rules import Verdict, of_space
from sitegen.render.cards.preflight.colours import Family
from sitegen.render.cards.preflight.events import Picture
from sitegen.render.cards.preflight.finding import Severity

LEAST = 300
"""Pixels to the inch at the size of print below which a picture looks soft."""
LEAST_LINES = 450
"""The same for pictures of one bit: their edges show as steps."""
_SAMPLED = 5.0
"""Percent of ink by which a sample may miss."""
_SQUARES = 200
_LARGEST = 100_000_000
"""Bytes of a picture that are looked through; a larger one is only measured."""


def of_picture(picture: Picture, limit: float) -> Iterator[Verdict]:
    """What is wrong with a picture wherever it is placed: told once, since it is looked through whole.

    `limit` is the most ink, in percent.
    """
    image = picture.image
    why = _fault(picture)
    if why:
        yield Verdict("missing", Severity.ERROR, f"a picture is broken: {why}", "save the picture again")
    elif (most := _most_ink(picture)) > limit + _SAMPLED:
        message = f"a picture takes up to {most:.0f} % of ink, more than {limit:g} %"
        yield Verdict("ink", Severity.WARNING, message, "convert it with the print house's profile")
    # JPEG 2000 says its colours itself.
    if not is_mask(image) and not (picture.space.family is Family.UNKNOWN and _filter(image) == Name.JPXDecode):
        yield from of_space(picture.space, "a picture")
    if bool(image.get("/Interpolate", False)):
        hint = "leave 'Interpolate' out (image-rendering: crisp-edges)"
        yield Verdict("interpolation", Severity.WARNING, "a picture asks the press to blur its pixels", hint)
    if isinstance(image.get("/SMask"), pikepdf.Stream):
        hint = "flatten it where it need not be"
        yield Verdict("transparency", Severity.WARNING, "a picture is partly transparent", hint)


def is_mask(image: pikepdf.Object) -> bool:
    """Whether the picture is a shape of one bit, painted in whatever colour is set."""
    return bool(image.get("/ImageMask", False))


def of_size(picture: Picture) -> Iterator[Verdict]:
    """Whether a picture has pixels enough for the size at which it is placed."""
    lines = is_mask(picture.image) or int(picture.image.get("/BitsPerComponent", 8)) == 1
    across, up = int(picture.image.Width), int(picture.image.Height)
    matrix = picture.matrix
    wide, high = hypot(matrix.a, matrix.b), hypot(matrix.c, matrix.d)
    if wide <= 0 or high <= 0 or across * up <= 1:
        return
    fine = min(72 * across / wide, 72 * up / high)
    size = f"{wide / 72 * 25.4:.0f} x {high / 72 * 25.4:.0f} mm"
    if fine < LEAST - 0.5:
        message = f"a picture has {fine:.0f} pixels to the inch at its size of {size}, less than {LEAST}"
        yield Verdict("resolution", Severity.ERROR, message, "take a larger picture, or print it smaller")
    elif lines and fine < LEAST_LINES - 0.5:
        message = f"line art has {fine:.0f} pixels to the inch at its size of {size}, less than {LEAST_LINES}"
        yield Verdict("resolution", Severity.WARNING, message, "draw it as vectors, or at 1,200 pixels to the inch")


def _fault(picture: Picture) -> str:
    image = picture.image
    if "/Width" not in image or "/Height" not in image or min(int(image.Width), int(image.Height)) < 1:
        return "it has no size"
    if not isinstance(image, pikepdf.Stream):
        return ""
    raw = image.read_raw_bytes()
    kind = _filter(image)
    if not raw:
        return "it is empty"
    if kind == Name.DCTDecode:
        return "" if raw[:2] == b"\xff\xd8" and b"\xff\xd9" in raw[-64:] else "its JPEG has no beginning or no end"
    if kind in {None, Name.FlateDecode}:
        return _too_short(picture, raw, packed=kind is not None)
    return ""


def _too_short(picture: Picture, raw: bytes, packed: bool) -> str:
    image = picture.image
    bits = 1 if image.get("/ImageMask", False) else int(image.get("/BitsPerComponent", 8))
    indexed = isinstance(image.get("/ColorSpace"), Array) and image.ColorSpace[0] == Name.Indexed
    components = 1 if indexed else max(picture.space.components, 1)
    expected = (int(image.Width) * bits * components + 7) // 8 * int(image.Height)
    if expected > _LARGEST:
        return ""
    try:
        got = len(zlib.decompressobj().decompress(raw, expected)) if packed else len(raw)
    except zlib.error:
        return "its data can't be unpacked"
    return "" if got >= expected else f"it has {got:,} of {expected:,} bytes"


def _most_ink(picture: Picture) -> float:
    """The most ink of a picture of four inks, in percent, averaged over small squares: noise dries, shadows don't."""
    image = picture.image
    if picture.space.family is not Family.CMYK or not isinstance(image, pikepdf.Stream) or _size(image) > _LARGEST:
        return 0.0
    try:
        with pikepdf.PdfImage(image).as_pil_image(apply_mask=False) as shown:
            if shown.mode != "CMYK":
                return 0.0
            small = shown.resize((min(shown.width, _SQUARES), min(shown.height, _SQUARES)), Image.Resampling.BOX)
            return float(np.asarray(small, dtype=np.uint16).sum(axis=2).max()) / 2.55
    except (OSError, ValueError, NotImplementedError, pikepdf.PdfError):
        # What only some readers can unpack (JPEG 2000, odd depths) is not weighed.
        return 0.0


def _size(image: pikepdf.Object) -> int:
    return 4 * int(image.Width) * int(image.Height)


def _filter(image: pikepdf.Object) -> pikepdf.Object | None:
    filters = image.get("/Filter")
    if isinstance(filters, Array):
        return filters[-1] if len(filters) == 1 else Name.Crypt if len(filters) else None
    return filters
