"""What a page must know of a file: its type, and the size of a picture."""

from __future__ import annotations

import io
import re
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "avif": "image/avif",
    "gif": "image/gif",
}
"""Pictures that browsers show."""
KEPT = {"ics": "text/calendar", "vcf": "text/vcard"}
"""What programs for days and people take in."""
BROKEN = (OSError, ValueError, SyntaxError, EOFError, ArithmeticError, LookupError, RuntimeError, struct.error)
"""What Pillow raises for files that do not keep to their format."""
UNKNOWN = "application/octet-stream"
ORIENTATION, SIDEWAYS = 0x0112, frozenset({5, 6, 7, 8})
"""The EXIF tag that says how a camera was held, and its values that swap width and height (Exif 2.32, 4.6.4)."""
READ_IN_PLACE = frozenset({"pdf", *TYPES} - {"svg"})
"""Files that a browser may open at their own address: none of them runs a script of that address."""
SVG_ROOT = re.compile(rb"<svg\b[^>]*>", re.DOTALL)
AMOUNT = rb"(\d+(?:\.\d+)?|\.\d+)"
NUMBER = rb"""\s%b=["']\s*""" + AMOUNT + rb"""(?:px)?\s*["']"""
VIEW_BOX = re.compile(
    rb"""\sviewBox=["']\s*[\d.eE+-]+[\s,]+[\d.eE+-]+[\s,]+""" + AMOUNT + rb"[\s,]+" + AMOUNT + rb"""\s*["']"""
)


def media_type(path: str) -> str:
    """The media type of a picture, calendar or contact by the file's ending; everything else is plain bytes."""
    return {**KEPT, **TYPES}.get(_ending(path), UNKNOWN)


def is_picture(path: str) -> bool:
    """Whether browsers show the file as a picture."""
    return _ending(path) in TYPES


def is_read_in_place(path: str) -> bool:
    """Whether a link may open the file; any other one is saved."""
    return _ending(path) in READ_IN_PLACE


def _ending(path: str) -> str:
    return path.rpartition(".")[2].lower()


def size(path: str, content: bytes) -> dict[str, str]:
    """`width` and `height` attributes in CSS pixels, so that nothing jumps while loading; {} where unknown."""
    if path.lower().endswith(".svg"):
        return _svg_size(content)
    from PIL import Image  # noqa: PLC0415 - most shops' pages show no raster picture

    try:
        with Image.open(io.BytesIO(content)) as image:
            width, height = upright(image)
            return {"width": str(width), "height": str(height)}
    except (*BROKEN, Image.DecompressionBombError):
        return {}


def upright(image: Image.Image) -> tuple[int, int]:
    """Width and height as one sees a picture: a camera that was held sideways has noted that."""
    return (image.height, image.width) if held(image) in SIDEWAYS else image.size


def held(image: Image.Image) -> int:
    """How the camera was held, by the EXIF value; 1, upright, where nothing readable says otherwise."""
    try:
        value = image.getexif().get(ORIENTATION, 1)
    except BROKEN:
        return 1
    return value if isinstance(value, int) else 1


def _svg_size(content: bytes) -> dict[str, str]:
    root = SVG_ROOT.search(content)
    if not root:
        return {}
    width, height = re.search(NUMBER % b"width", root[0]), re.search(NUMBER % b"height", root[0])
    if width and height:
        return {"width": _whole(width[1]), "height": _whole(height[1])}
    box = VIEW_BOX.search(root[0])
    return {"width": _whole(box[1]), "height": _whole(box[2])} if box else {}


def _whole(number: bytes) -> str:
    return str(round(float(number)))
