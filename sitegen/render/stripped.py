"""Take out of a picture's file what it says of where, when and by whom it was taken; the pixels stay as they are."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from functools import lru_cache

from sitegen.render.pictures import BROKEN, held

_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_GIF = (b"GIF87a", b"GIF89a")
# Chunks that say how a picture looks (PNG 3rd edition, 11.3; APNG). All critical ones begin with a capital.
_PNG_LOOK = frozenset(b"tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT".split())
_WEBP_LOOK = frozenset((b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_WEBP_EXIF, _WEBP_SAID = 0x08, 0x0C
"""Flags of VP8X: there is EXIF; there is EXIF or XMP (RFC 9649, 2.7)."""
_GIF_REPEATS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_ICC, _ADOBE = b"ICC_PROFILE\0", b"Adobe"


class Torn(Exception):
    """The file does not keep to its format, so that nobody knows what it says."""


@lru_cache(maxsize=256)
def stripped(content: bytes) -> bytes:
    """The same picture with nothing but its pixels, colours, motion and the side that is up; other files as they are.

    Raises Torn for a picture that breaks off or breaks the rules of its format.
    """
    for begins, strip in _STRIPPERS:
        if content.startswith(begins):
            try:
                return strip(content)
            except BROKEN as error:
                raise Torn from error
    if content[4:12] in {b"ftypavif", b"ftypavis"}:
        try:
            return _avif(content)
        except BROKEN as error:
            raise Torn from error
    return content


def _jpeg(content: bytes) -> bytes:
    kept = [content[:2]]
    turned = _turned(content)
    if turned:
        said = b"Exif\0\0" + turned
        kept.append(b"\xff\xe1" + struct.pack(">H", len(said) + 2) + said)
    # What follows the end, such as a telephone's second picture, has words of its own.
    kept += _segments(content)
    return b"".join(kept)


def _segments(content: bytes) -> Iterator[bytes]:
    at = 2
    while True:
        while content[at] == content[at + 1] == 0xFF:
            at += 1
        if content[at] != 0xFF:
            raise ValueError(at)
        kind = content[at + 1]
        if kind == 0xD9:
            yield content[at : at + 2]
            return
        end = at + 2 + struct.unpack_from(">H", content, at + 2)[0]
        if kind == 0xDA:
            end = _end_of_scan(content, end)
        if _is_look(kind, content[at + 4 : end]):
            yield content[at:end]
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next marker stands; FF 00 is a byte of the pixels, FF D0 to D7 parts them."""
    while True:
        at = content.index(b"\xff", at)
        if content[at + 1] != 0 and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2


def _is_look(kind: int, said: bytes) -> bool:
    if kind == 0xE2:
        return said.startswith(_ICC)
    if kind == 0xEE:
        return said.startswith(_ADOBE)
    return kind == 0xE0 or not (0xE0 <= kind <= 0xEF or kind == 0xFE)


def _png(content: bytes) -> bytes:
    kept, at, turned = [_PNG], len(_PNG), _turned(content)
    while True:
        length, kind = struct.unpack_from(">I4s", content, at)
        end = at + 12 + length
        if end > len(content):
            raise ValueError(end)
        if kind in _PNG_LOOK or kind[:1].isupper():
            kept.append(content[at:end])
        if kind == b"IHDR" and turned:
            check = struct.pack(">I", zlib.crc32(b"eXIf" + turned))
            kept.append(struct.pack(">I", len(turned)) + b"eXIf" + turned + check)
        if kind == b"IEND":
            return b"".join(kept)
        at = end


def _webp(content: bytes) -> bytes:
    if content[8:12] != b"WEBP":
        return content
    kept, at, turned = [], 12, _turned(content)
    last = min(len(content), 8 + struct.unpack_from("<I", content, 4)[0])
    while at + 8 <= last:
        kind, length = struct.unpack_from("<4sI", content, at)
        end = at + 8 + length + length % 2
        if at + 8 + length > len(content):
            raise ValueError(end)
        if kind == b"VP8X":
            flags = content[at + 8] & ~_WEBP_SAID | (_WEBP_EXIF if turned else 0)
            kept.append(content[at : at + 8] + bytes([flags]) + content[at + 9 : end])
        elif kind in _WEBP_LOOK:
            kept.append(content[at:end])
        at = end
    if turned:
        kept.append(b"EXIF" + struct.pack("<I", len(turned)) + turned)
    body = b"WEBP" + b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _gif(content: bytes) -> bytes:
    at = 13 + _colours(content[10])
    kept = [content[:at]]
    while content[at] != 0x3B:
        begin = at
        if content[at] == 0x2C:
            at = _end_of_blocks(content, at + 11 + _colours(content[at + 9]))
            kept.append(content[begin:at])
        elif content[at] == 0x21:
            at = _end_of_blocks(content, at + 2)
            kind, name = content[begin + 1], content[begin + 3 : begin + 14]
            if kind == 0xF9 or (kind == 0xFF and name in _GIF_REPEATS):
                kept.append(content[begin:at])
        else:
            raise ValueError(at)
    return b"".join(kept) + b"\x3b"


def _colours(flags: int) -> int:
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _end_of_blocks(content: bytes, at: int) -> int:
    while content[at]:
        at += content[at] + 1
    return at + 1


def _avif(content: bytes) -> bytes:
    """Its words lie among its pixels, so that a picture with any is packed again."""
    from PIL import Image  # noqa: PLC0415 - a site without photographs needs no Pillow

    written = io.BytesIO()
    try:
        with Image.open(io.BytesIO(content), formats=["AVIF"]) as image:
            if getattr(image, "is_animated", False) or not (image.info.get("exif") or image.info.get("xmp")):
                return content
            exif = Image.Exif()
            exif[0x0112] = held(image)
            image.save(written, "AVIF", quality=90, max_threads=1, exif=exif, xmp=b"")
    except BROKEN as error:
        raise Torn from error
    return written.getvalue()


def _turned(content: bytes) -> bytes:
    """EXIF that says nothing but which side is up; nothing where it is the upper one."""
    from PIL import Image  # noqa: PLC0415 - as above

    try:
        # Torn words of a camera are no news: they are left out anyway.
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as image,
        ):
            side = held(image)
    except (*BROKEN, Image.DecompressionBombError) as error:
        raise ValueError from error
    if side == 1:
        return b""
    # One entry of kind 3 (a short) in the only directory of a big-endian TIFF.
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, 0x0112, 3, 1, side, 0, 0)


_STRIPPERS: tuple[tuple[bytes | tuple[bytes, ...], Callable[[bytes], bytes]], ...] = (
    (_JPEG, _jpeg),
    (_PNG, _png),
    (b"RIFF", _webp),
    (_GIF, _gif),
)
