"""Lock a page, a block, a navigation or an asset for its audiences: format SGO1.

    magic "SGO1" | epoch u32 | n u8 | n x (tag 4, wrapped key 40) | nonce 12 | ciphertext | GCM tag 16

The plaintext is a u32 length, a raw deflate stream and zeros up to a Padme size. Numbers are big-endian.
"""

from __future__ import annotations

import hashlib
import hmac
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from sitegen.protect.keys import derive, length_prefixed, segment_key
from sitegen.protect.refusal import NoAccess, Tampered

if TYPE_CHECKING:
    from collections.abc import Sequence

Kind: TypeAlias = Literal["page", "block", "nav", "asset"]

MAGIC = b"SGO1"
MOST_AUDIENCES = 128
# Below this size every object looks alike, so that a short block cannot be told from another by its length.
LEAST_BYTES = 1024
_TAG, _WRAP, _NONCE, _GCM_TAG = 4, 40, 12, 16
_LOCK = _TAG + _WRAP
_FIXED = len(MAGIC) + 4 + 1


@dataclass(frozen=True, slots=True)
class Edition:
    """Which site, epoch and period an object belongs to: 16 bytes, a count, and a text such as "2026-09"."""

    site_id: bytes
    epoch: int
    period: str


@dataclass(frozen=True, slots=True)
class ContentRing:
    """What it takes to lock content; needs no member data."""

    content_key: bytes = field(repr=False)
    site_id: bytes
    epoch: int
    period: str

    @property
    def edition(self) -> Edition:
        """The public part."""
        return Edition(self.site_id, self.epoch, self.period)

    def segment_key(self, segment: str) -> bytes:
        """The key that the members of a segment hold in this epoch and period."""
        return segment_key(self.content_key, self.site_id, segment, self.epoch, self.period)


@dataclass(frozen=True, slots=True)
class Sealing:
    """Everything that enters AES-256-GCM for one object, and the header that stands before it."""

    key: bytes = field(repr=False)
    nonce: bytes
    plaintext: bytes = field(repr=False)
    additional: bytes
    header: bytes


def seal(ring: ContentRing, object_id: bytes, kind: Kind, body: bytes, audiences: tuple[str, ...]) -> bytes:
    """The locked bytes of an object that the members of any of the audiences can open.

    The same input gives the same bytes. Raises ValueError for no audience or more than 128.
    """
    sealing = prepare(ring, object_id, kind, deflate(body), audiences)
    ciphertext = AESGCM(sealing.key).encrypt(sealing.nonce, sealing.plaintext, sealing.additional)
    return sealing.header + sealing.nonce + ciphertext


def deflate(body: bytes) -> bytes:
    """A raw deflate stream, level 6."""
    compressor = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    return compressor.compress(body) + compressor.flush()


def prepare(ring: ContentRing, object_id: bytes, kind: Kind, stream: bytes, audiences: tuple[str, ...]) -> Sealing:
    """Key, nonce, plaintext and additional data of an object, all of them functions of the input."""
    segments = sorted(set(audiences))
    if not 1 <= len(segments) <= MOST_AUDIENCES:
        raise ValueError(f"an object has 1 to {MOST_AUDIENCES} audiences, not {len(segments)}")
    count = 1 << (len(segments) - 1).bit_length()
    plaintext = _pad(stream, _FIXED + count * _LOCK + _NONCE + _GCM_TAG)
    bound = _bound(ring.edition, object_id, kind)
    siv = hmac.digest(
        derive(ring.content_key, ring.site_id, "siv"),
        bound + _audience_list(ring, segments) + hashlib.sha256(plaintext).digest(),
        "sha256",
    )
    key = hmac.digest(siv, b"cek\x01", "sha256")
    held = tuple(ring.segment_key(segment) for segment in segments)
    locks = [_lock(ring.site_id, one, object_id, key) for one in held]
    locks += [_dummy(siv, index) for index in range(len(segments), count)]
    header = MAGIC + ring.epoch.to_bytes(4, "big") + bytes([count]) + b"".join(sorted(locks))
    nonce = hmac.digest(siv, b"nonce\x01", "sha256")[:_NONCE]
    return Sealing(key, nonce, plaintext, bound + header, header)


def _pad(stream: bytes, around: int) -> bytes:
    length = max(LEAST_BYTES, padme(around + 4 + len(stream))) - around
    return (len(stream).to_bytes(4, "big") + stream).ljust(length, b"\0")


def padme(length: int) -> int:
    """The least Padme size that holds `length` bytes: at most 12 % more, and few sizes to tell apart.

    Source: Nikitin et al., "Reducing Metadata Leakage from Encrypted Files", PETS 2019.
    """
    if length < 2:
        return length
    exponent = length.bit_length() - 1
    mask = (1 << (exponent - exponent.bit_length())) - 1
    return (length + mask) & ~mask


def _bound(edition: Edition, object_id: bytes, kind: str) -> bytes:
    epoch, period = edition.epoch.to_bytes(4, "big"), edition.period.encode()
    return length_prefixed(MAGIC, edition.site_id, object_id, epoch, period, kind.encode())


def _audience_list(ring: ContentRing, segments: list[str]) -> bytes:
    # Whatever changes the wrapped keys must change the content key: they stand in the header and so in the
    # additional data, and they change with epoch and period though body and segments do not. One key and
    # nonce under two headers would give GCM's authentication key away (RFC 5116, 5.1.1).
    epoch, period = ring.epoch.to_bytes(4, "big"), ring.period.encode()
    return length_prefixed(*(length_prefixed(segment.encode(), epoch, period) for segment in segments))


def _lock(site_id: bytes, held: bytes, object_id: bytes, key: bytes) -> bytes:
    return _tag(site_id, held, object_id) + aes_key_wrap(derive(held, site_id, "wrap"), key)


def _tag(site_id: bytes, held: bytes, object_id: bytes) -> bytes:
    return hmac.digest(derive(held, site_id, "tag"), object_id, "sha256")[:_TAG]


def _dummy(siv: bytes, index: int) -> bytes:
    return hashlib.shake_256(hmac.digest(siv, b"dummy" + bytes([index]), "sha256")).digest(_LOCK)


def unseal(edition: Edition, segment_keys: Sequence[bytes], object_id: bytes, kind: Kind, blob: bytes) -> bytes:
    """The body of a locked object. Raises NoAccess where no key fits, Tampered where the bytes are not right."""
    header, locks = _header(edition, blob)
    key = _content_key(edition.site_id, segment_keys, object_id, locks)
    start = len(header) + _NONCE
    try:
        plaintext = AESGCM(key).decrypt(
            blob[len(header) : start], blob[start:], _bound(edition, object_id, kind) + header
        )
    except InvalidTag:
        raise Tampered("a protected object was changed after it was sealed") from None
    length = int.from_bytes(plaintext[:4], "big")
    return zlib.decompress(plaintext[4 : 4 + length], -zlib.MAX_WBITS)


def _header(edition: Edition, blob: bytes) -> tuple[bytes, list[bytes]]:
    count = blob[_FIXED - 1] if len(blob) >= _FIXED else 0
    length = _FIXED + count * _LOCK
    sound = (
        blob.startswith(MAGIC + edition.epoch.to_bytes(4, "big"))
        and count.bit_count() == 1
        and len(blob) >= max(LEAST_BYTES, length + _NONCE + 4 + _GCM_TAG)
    )
    if not sound:
        raise Tampered("this is no protected object of this epoch")
    return blob[:length], [blob[start : start + _LOCK] for start in range(_FIXED, length, _LOCK)]


def _content_key(site_id: bytes, segment_keys: Sequence[bytes], object_id: bytes, locks: list[bytes]) -> bytes:
    addressed = False
    for held in segment_keys:
        tag = _tag(site_id, held, object_id)
        for lock in locks:
            if not lock.startswith(tag):
                continue
            addressed = True
            try:
                return aes_key_unwrap(derive(held, site_id, "wrap"), lock[_TAG:])
            except InvalidUnwrap:
                # Four bytes of tag can fit by chance, so another lock may still be the right one.
                continue
    if addressed:
        raise Tampered("the key of a protected object was changed after it was sealed")
    raise NoAccess("none of these segments may read this object")
