"""Lock a large asset piece by piece, so that nobody must hold it whole to open it: format SGC1.

    magic "SGC1" | epoch u32 | n u8 | n x (tag 4, wrapped key 40) | nonce 12 | chunks

The header is that of SGO1 (objects.py). The plaintext is a u32 length, the asset's body and zeros, so many that the
whole file has a Padme size; nothing is compressed. It is cut every 256 KiB, and each piece is AES-256-GCM ciphertext
with its tag of 16 bytes. Piece i has the nonce XOR i (as 12 bytes). Its additional data is that of SGO1 with this
magic, then i as u32, then 1 for the last piece and 0 for every other: a file that was cut, lengthened or put in
another order opens nowhere. Numbers are big-endian.

Source: STREAM of Hoang, Reyhanitabar, Rogaway and Vizar, "Online Authenticated-Encryption and its Nonce-Reuse
Misuse-Resistance", CRYPTO 2015, as used by age.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sitegen.protect.objects import (
    GCM_TAG,
    NONCE,
    ContentRing,
    Edition,
    Label,
    Sealing,
    bound,
    content_key,
    length_before,
    lock,
    padme,
    read_header,
    sorted_audiences,
)
from sitegen.protect.refusal import Tampered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAGIC = b"SGC1"
CHUNK = 256 * 1024
LARGE = 1024 * 1024
"""Bodies of assets above this many bytes are cut."""
_PIECE = CHUNK + GCM_TAG
_LENGTH = 4


def seal(ring: ContentRing, object_id: bytes, body: bytes, audiences: tuple[str, ...]) -> Iterator[bytes]:
    """The locked file, in pieces: the header and the nonce, then chunk after chunk.

    Like `objects.seal`: the same input gives the same bytes, unless the ring has entropy. Raises ValueError for no
    audience, more than 128, or 4 GiB and more.
    """
    for number, piece in enumerate(prepare(ring, object_id, body, audiences)):
        if number == 0:
            yield piece.header + piece.nonce
        yield AESGCM(piece.key).encrypt(piece.nonce, piece.plaintext, piece.additional)


def prepare(ring: ContentRing, object_id: bytes, body: bytes, audiences: tuple[str, ...]) -> Iterator[Sealing]:
    """What enters AES-256-GCM for each chunk, in order; the nonce of the first is the one in the file."""
    if len(body) >> 8 * _LENGTH:
        raise ValueError("an asset of 4 GiB and more can't be sealed")
    segments = sorted_audiences(audiences)
    length = _plaintext_length(length_before(segments), _LENGTH + len(body))
    digest = hashlib.sha256()
    for plaintext in _pieces(body, length):
        digest.update(plaintext)
    label = Label(MAGIC, object_id, "asset")
    locked = lock(ring, label, segments, digest.digest())
    common = bound(ring.edition, label) + locked.header
    for number, plaintext in enumerate(_pieces(body, length)):
        is_last = (number + 1) * CHUNK >= length
        nonce, additional = _nonce(locked.nonce, number), common + _position(number, is_last)
        yield Sealing(locked.key, nonce, plaintext, additional, locked.header)


def _plaintext_length(before: int, least: int) -> int:
    total = padme(before + least + GCM_TAG * -(-least // CHUNK))
    # A last piece of a bare tag would be an empty one.
    while 0 < (total - before) % _PIECE <= GCM_TAG:
        total = padme(total + 1)
    return total - before - GCM_TAG * -(-(total - before) // _PIECE)


def _pieces(body: bytes, length: int) -> Iterator[bytes]:
    start = len(body).to_bytes(_LENGTH, "big")
    yield (start + body[: CHUNK - _LENGTH]).ljust(min(CHUNK, length), b"\0")
    for begin in range(CHUNK, length, CHUNK):
        end = min(begin + CHUNK, length)
        yield body[begin - _LENGTH : end - _LENGTH].ljust(end - begin, b"\0")


def _nonce(base: bytes, number: int) -> bytes:
    return (int.from_bytes(base, "big") ^ number).to_bytes(NONCE, "big")


def _position(number: int, is_last: bool) -> bytes:
    return number.to_bytes(4, "big") + bytes([is_last])


def unseal(edition: Edition, segment_keys: Sequence[bytes], object_id: bytes, file: BinaryIO) -> Iterator[bytes]:
    """The body of a locked file, in pieces; the file is never in memory as a whole.

    Each piece was found genuine before it is handed out; that none is missing is certain at the end only. Raises
    NoAccess where no key fits, Tampered where the bytes are not right.
    """
    label = Label(MAGIC, object_id, "asset")
    header, locks = read_header(edition, label, file)
    key = AESGCM(content_key(edition, segment_keys, label, locks))
    common, base = bound(edition, label) + header, file.read(NONCE)
    left = 0
    for number, (piece, is_last) in enumerate(_read_pieces(file)):
        try:
            plaintext = key.decrypt(_nonce(base, number), piece, common + _position(number, is_last))
        except (InvalidTag, ValueError):
            raise Tampered("a protected file was changed after it was sealed") from None
        if number == 0:
            left, plaintext = int.from_bytes(plaintext[:_LENGTH], "big"), plaintext[_LENGTH:]
        yield plaintext[:left]
        left = max(0, left - len(plaintext))


def _read_pieces(file: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    piece = file.read(_PIECE)
    while following := file.read(_PIECE):
        yield piece, False
        piece = following
    yield piece, True
