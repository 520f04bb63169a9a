"""Read a file as a thief would: unpack, decode and unescape what can be, and whatever is inside of that."""

from __future__ import annotations

import base64
import binascii
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from urllib.parse import unquote

from sitegen.protect.audit.markup import take_apart
from sitegen.protect.audit.pdf_text import pdf_text

DEEPEST = 4
MOST = 4 << 20
"""Bytes that are taken out of one packed stream; what is larger are pixels."""
LEAST = 24
PACKED = re.compile(rb"\x1f\x8b\x08|[\x78\x58\x68][\x01\x5e\x9c\xda\x85\x81\x89]")
LETTERS = re.compile(r"[A-Za-z0-9+/_-]+")
HEXADECIMAL = re.compile(r"(?:[0-9A-Fa-f]{2})+")
LONGEST_NAME = 40
"""Letters without a gap, from so many on, may be bytes in base64 or hexadecimal digits."""
PERCENT = re.compile(r"%[0-9A-Fa-f]{2}")
ESCAPE = re.compile(r"\\u\{?([0-9A-Fa-f]{4})\}?|\\x([0-9A-Fa-f]{2})|\\[nrtbf]")
QUOTED = re.compile(r"""["']([\w.:/ -]{1,200})["']""")
PNG, PIXELS = b"\x89PNG\r\n\x1a\n", frozenset({b"IDAT", b"fdAT"})
NAMING = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_-"
PRINTED = bytes({*range(0x20, 0x7F), *b"\r\n\t"} - {*NAMING})
LEADING, FOLLOWING = bytes(range(0xE3, 0xEA)), bytes(range(0x80, 0xC0))
KINDS = bytes.maketrans(
    NAMING + PRINTED + LEADING + FOLLOWING,
    b"n" * len(NAMING) + b"a" * len(PRINTED) + b"L" * len(LEADING) + b"c" * len(FOLLOWING),
)
"""What a byte may be: of a name, other ASCII, the first or a further one of a Chinese character. To translate a whole
file by it and to look for a long run takes a tenth of a regular expression's time."""
CHINESE = b"Lcc" * 8
"""What random bytes never hold."""
RUNS = (
    (re.compile(rb"[\x20-\x7e\r\n\t]{12,}"), "ascii"),
    (re.compile(rb"(?:[\x20-\x7e\r\n\t]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}){18,}"), "utf-8"),
)
WIDE_RUNS = (
    (re.compile(rb"(?:[\x20-\x7e]\0){12,}"), "utf-16-le"),
    (re.compile(rb"(?:\0[\x20-\x7e]){12,}"), "utf-16-be"),
    (re.compile(rb"(?:.[\x4e-\x9f]){12,}", re.DOTALL), "utf-16-le"),
    (re.compile(rb"(?:[\x4e-\x9f].){12,}", re.DOTALL), "utf-16-be"),
)
"""Stretches of text between other bytes: descriptions in pictures, names in fonts and archives."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found: running texts, values that hold no sentence, and the SHA-256 of each layer."""

    texts: tuple[str, ...]
    names: tuple[str, ...]
    digests: tuple[bytes, ...]


def read(content: bytes) -> Reading:
    """Everything that can be read in a file for anybody."""
    reader = _Reader()
    reader.open(content, 0)
    return Reading(tuple(filter(None, reader.texts)), tuple(reader.names), tuple(dict.fromkeys(reader.digests)))


def read_sealed(content: bytes) -> Reading:
    """What can be read in a locked file as it lies there: nothing, where it is locked indeed."""
    kinds = content.translate(KINDS)
    readable = CHINESE in kinds or b"a" * 24 in kinds.replace(b"n", b"a")
    return Reading((content.decode("utf-8", "replace"),) if readable else (), (), ())


@dataclass(slots=True)
class _Reader:
    texts: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    digests: list[bytes] = field(default_factory=list)

    def open(self, content: bytes, deep: int) -> None:
        digest = sha256(content).digest()
        if deep > DEEPEST or digest in self.digests:
            return
        self.digests.append(digest)
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            text = "\0"
        if "\0" in text:
            self.bytes(content, deep)
        else:
            self.text(text, deep)

    def text(self, text: str, deep: int) -> None:
        if "<" in text:
            markup = take_apart(text)
            self.texts += (markup.text, markup.asides)
            self.names += markup.names
            if "<" in markup.text and deep < DEEPEST and markup.text != text:
                self.text(markup.text, deep + 1)
        else:
            self.texts.append(html.unescape(text))
        if not text.lstrip().startswith("<"):
            self.names += QUOTED.findall(text)
        if "\\" in text:
            self.texts.append(ESCAPE.sub(_escaped, text))
        if PERCENT.search(text):
            self.texts.append(unquote(text))
        for inner in _decoded(text):
            self.open(inner, deep + 1)

    def bytes(self, content: bytes, deep: int) -> None:
        content = _without_pixels(content)
        self.texts += _runs(content, (*RUNS, *WIDE_RUNS))
        for inner in _unpacked(content):
            self.open(inner, deep + 1)
        if content.startswith(b"%PDF"):
            self.texts.append(pdf_text(content))


def _escaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    return chr(int(code, 16)) if code else " "


def _runs(content: bytes, kinds: tuple[tuple[re.Pattern[bytes], str], ...]) -> Iterator[str]:
    for pattern, encoding in kinds:
        yield "\n".join(found[0].decode(encoding, "ignore") for found in pattern.finditer(content))


def _decoded(text: str) -> Iterator[bytes]:
    if b"n" * LONGEST_NAME not in text.encode("utf-8", "replace").translate(KINDS):
        return
    for found in LETTERS.findall(text):
        if len(found) >= LONGEST_NAME:
            plain = found.replace("-", "+").replace("_", "/")
            with suppress(binascii.Error):
                yield base64.b64decode(plain + "=" * (-len(plain) % 4))
            if HEXADECIMAL.fullmatch(found):
                yield binascii.unhexlify(found)


def _without_pixels(content: bytes) -> bytes:
    """A PNG without its pixels, which look like words and are none; anything else as it is."""
    if not content.startswith(PNG):
        return content
    kept, at = [content[: len(PNG)]], len(PNG)
    while at + 8 <= len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4])
        if content[at + 4 : at + 8] not in PIXELS:
            kept.append(content[at:end])
        at = end
    return b"".join(kept)


def _unpacked(content: bytes) -> Iterator[bytes]:
    view = memoryview(content)
    for found in PACKED.finditer(content):
        try:
            inner = zlib.decompressobj(32 + zlib.MAX_WBITS).decompress(view[found.start() :], MOST)
        except zlib.error:
            continue
        if len(inner) >= LEAST:
            yield inner
    if content.startswith(b"PK"):
        yield from _archived(content)


def _archived(content: bytes) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist():
                yield entry.filename.encode()
                if entry.file_size <= MOST and not entry.flag_bits & 1:
                    yield archive.read(entry)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, EOFError):
        return
