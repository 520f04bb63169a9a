"""Photographs as cameras make them: with a place, a camera's name and other words that concern nobody."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

PLACE, CAMERA, WORDS = b"Jungfernstieg-53N", b"Obscura-77", b"said by the editor"
SPOKEN = (PLACE, CAMERA, WORDS, b"GPSLatitude", b"xmpmeta")
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><GPSLatitude>53,33.2N</GPSLatitude></x:xmpmeta>'


def photograph(size: tuple[int, int], kind: str = "JPEG", held: int = 1, profile: bool = False) -> bytes:
    """Red above left, green above right, blue below, with everything that a camera says.

    `held` is the EXIF value of the side that was up; the pixels lie as the sensor has them.
    """
    exif = Image.Exif()
    exif[0x0112], exif[0x0110] = held, CAMERA.decode()
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (53.0, 33.0, 12.0), 3: "E", 4: (9.0, 59.0, 33.0), 28: b"ASCII\0\0\0" + PLACE}
    )
    options: dict[str, Any] = {"exif": exif}
    if profile:
        options["icc_profile"] = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    if kind in {"JPEG", "WEBP", "AVIF"}:
        options["xmp"] = XMP
    if kind == "JPEG":
        options["comment"] = WORDS
    if kind == "PNG":
        options["pnginfo"] = _said()
    return saved(scene(size), kind, **options)


def animation(kind: str) -> bytes:
    """Two pictures that follow each other for ever, with words between them."""
    frames = [scene((40, 30)), scene((40, 30)).transpose(Image.Transpose.FLIP_LEFT_RIGHT)]
    said: dict[str, Any] = {
        "GIF": {"comment": WORDS},
        "PNG": {"pnginfo": _said()},
        "WEBP": {"xmp": XMP, "lossless": True},
        "AVIF": {},
    }[kind]
    return saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=90, loop=0, **said)


def scene(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """Three fields of colour, by which one sees what was turned and cut."""
    width, height = size
    image = Image.new(mode, size, "blue")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill="red")
    draw.rectangle((width // 2, 0, width, height // 2 - 1), fill="lime")
    return image


def saved(image: Image.Image, kind: str, **options: Any) -> bytes:
    """The picture as a file."""
    written = io.BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


def opened(content: bytes) -> Image.Image:
    """The picture of a file, loaded."""
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def _said() -> PngInfo:
    said = PngInfo()
    said.add_text("Comment", WORDS.decode())
    said.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return said
