"""What a page must know of a picture: its type and its size."""

from __future__ import annotations

import io
import re

TYPES = {
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "avif": "image/avif",
    "gif": "image/gif",
}
UNKNOWN = "application/octet-stream"
SVG_ROOT = re.compile(rb"<svg\b[^>]*>", re.DOTALL)
AMOUNT = rb"(\d+(?:\.\d+)?|\.\d+)"
NUMBER = rb"""\s%b=["']\s*""" + AMOUNT + rb"""(?:px)?\s*["']"""
VIEW_BOX = re.compile(
    rb"""\sviewBox=["']\s*[\d.eE+-]+[\s,]+[\d.eE+-]+[\s,]+""" + AMOUNT + rb"[\s,]+" + AMOUNT + rb"""\s*["']"""
)


def media_type(path: str) -> str:
    """The media type by the file's ending; unknown endings are plain bytes."""
    return TYPES.get(path.rpartition(".")[2].lower(), UNKNOWN)


def size(path: str, content: bytes) -> dict[str, str]:
    """`width` and `height` attributes in CSS pixels, so that nothing jumps while loading; {} where unknown."""
    if path.lower().endswith(".svg"):
        return _svg_size(content)
    from PIL import Image  # noqa: PLC0415 - most shops' pages show no raster picture

    try:
        with Image.open(io.BytesIO(content)) as image:
            return {"width": str(image.width), "height": str(image.height)}
    except (OSError, ValueError, Image.DecompressionBombError):
        return {}


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
