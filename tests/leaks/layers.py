"""Look through bytes as a thief would: unpack, decode and unescape whatever can be, and whatever is inside of that."""

from __future__ import annotations

import base64
import binascii
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

DEEPEST = 4
MOST = 64 << 20
LARGE = 32 << 10
"""What is inside of a layer is looked for in so many bytes at most: noise unpacks to noise without end."""
BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
HEXADECIMAL = re.compile(rb"(?:[0-9A-Fa-f]{2}){12,}")
STREAMS = re.compile(rb"\x1f\x8b\x08|[\x78\x58\x68][\x01\x5e\x9c\xda\x85\x81\x89]")
HEADER = 512
"""Raw deflate has no mark of its own, so every one of the first bytes may be its beginning."""


def layers(content: bytes, deep: int = 0) -> Iterator[bytes]:
    """The content, and everything that can be made readable in it, in lower case."""
    yield content.lower()
    if deep == DEEPEST or (deep and len(content) > LARGE):
        return
    seen = {content}
    for inner in (*_unpacked(content), *_decoded(content)):
        if len(inner) >= 8 and inner not in seen:
            seen.add(inner)
            yield from layers(inner, deep + 1)


def _unpacked(content: bytes) -> Iterator[bytes]:
    view = memoryview(content)
    for found in STREAMS.finditer(content):
        yield _inflated(view[found.start() :], 32 + zlib.MAX_WBITS)
    for start in range(min(HEADER, len(content))):
        yield _inflated(view[start:], -zlib.MAX_WBITS)
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield archive.read(name)


def _inflated(content: memoryview, bits: int) -> bytes:
    try:
        text = zlib.decompressobj(bits).decompress(content, MOST)
    except zlib.error:
        return b""
    return text if len(text) >= 24 else b""


def _decoded(content: bytes) -> Iterator[bytes]:
    for found in BASE64.finditer(content):
        standard = found[0].rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
        try:
            yield base64.b64decode(standard + b"=" * (-len(standard) % 4))
        except binascii.Error:
            continue
    for found in HEXADECIMAL.finditer(content):
        yield binascii.unhexlify(found[0])
    if b"%" in content:
        yield unquote_to_bytes(content)
    if b"&" in content:
        yield html.unescape(content.decode("utf-8", "replace")).encode()
    if b"\\u" in content or b"\\x" in content:
        yield re.sub(rb"\\(?:u00|x)([0-9A-Fa-f]{2})", lambda found: bytes([int(found[1], 16)]), content)
    if b"\0" in content:
        for encoding in ("utf-16-le", "utf-16-be"):
            yield content.decode(encoding, "ignore").encode()
