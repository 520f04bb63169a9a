"""Lock a page, a block, a navigation or an asset for its audiences: format SGO1.

    magic "SGO1" | epoch u32 | n u8 | n x (tag 4, wrapped key 40) | nonce 12 | ciphertext | GCM tag 16

The plaintext is a u32 length, a raw deflate stream and zeros up to a Padme size. Numbers are big-endian.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO, Literal, TypeAlias

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from sitegen.protect.keys import derive, length_prefixed, segment_key
from sitegen.protect.refusal import NoAccess, Tampered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Kind: TypeAlias = Literal["page", "block", "nav", "search", "asset"]

MAGIC = b"SGO1"
MOST_AUDIENCES = 128
# Below this size every object looks alike, so that a short block cannot be told from another by its length.
LEAST_BYTES = 1024
NONCE, GCM_TAG = 12, 16
_SALT = 32
_TAG, _WRAP = 4, 40
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
    """What it takes to lock content; needs no member data.

    `entropy(n)` gives n random bytes: with it each build locks anew, without it the same input gives the same bytes.
    `places`: each audience has a folder of its own, so that a host can guard it.
    """

    content_key: bytes = field(repr=False)
    site_id: bytes
    epoch: int
    period: str
    entropy: Callable[[int], bytes] | None = field(default=None, repr=False)
    places: bool = False

    @property
    def edition(self) -> Edition:
        """The public part."""
        return Edition(self.site_id, self.epoch, self.period)

    def segment_key(self, segment: str) -> bytes:
        """The key that the members of a segment hold in this epoch and period."""
        return segment_key(self.content_key, self.site_id, segment, self.epoch, self.period)

    def salt(self) -> bytes:
        """What makes a lock unlike all before; nothing without entropy.

        It is added to what the content key depends on anyway, so that a key and a nonce stay unique even where the
        entropy is poor.
        """
        return self.entropy(_SALT) if self.entropy else b""


@dataclass(frozen=True, slots=True)
class Label:
    """What a locked file says it is: the mark of its format, the id of its object, and its kind."""

    magic: bytes
    object_id: bytes
    kind: Kind


@dataclass(frozen=True, slots=True)
class Locked:
    """A content key and nonce, and the header in which the key is wrapped for its audiences."""

    key: bytes = field(repr=False)
    nonce: bytes
    header: bytes


@dataclass(frozen=True, slots=True)
class Sealing:
    """Everything that enters AES-256-GCM at one time, and the header that stands at the beginning of the file."""

    key: bytes = field(repr=False)
    nonce: bytes
    plaintext: bytes = field(repr=False)
    additional: bytes
    header: bytes


def seal(ring: ContentRing, object_id: bytes, kind: Kind, body: bytes, audiences: tuple[str, ...]) -> bytes:
    """The locked bytes of an object that the members of any of the audiences can open.

    The same input gives the same bytes, unless the ring has entropy. Raises ValueError for no audience or more than
    128.
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
    segments = sorted_audiences(audiences)
    plaintext = _pad(stream, length_before(segments) + GCM_TAG)
    label = Label(MAGIC, object_id, kind)
    locked = lock(ring, label, segments, hashlib.sha256(plaintext).digest())
    return Sealing(locked.key, locked.nonce, plaintext, bound(ring.edition, label) + locked.header, locked.header)


def sorted_audiences(audiences: tuple[str, ...]) -> list[str]:
    """The audiences, each once, in order. Raises ValueError for none or more than 128."""
    segments = sorted(set(audiences))
    if not 1 <= len(segments) <= MOST_AUDIENCES:
        raise ValueError(f"an object has 1 to {MOST_AUDIENCES} audiences, not {len(segments)}")
    return segments


def length_before(segments: Sequence[str]) -> int:
    """The bytes that stand before the ciphertext: the header and the nonce."""
    return _FIXED + _locks(segments) * _LOCK + NONCE


def _locks(segments: Sequence[str]) -> int:
    return 1 << (len(segments) - 1).bit_length()


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


def bound(edition: Edition, label: Label) -> bytes:
    """What a locked file is bound to; the first part of its additional data."""
    epoch, period = edition.epoch.to_bytes(4, "big"), edition.period.encode()
    return length_prefixed(label.magic, edition.site_id, label.object_id, epoch, period, label.kind.encode())


def lock(ring: ContentRing, label: Label, segments: list[str], digest: bytes) -> Locked:
    """A content key for a plaintext of that SHA-256, wrapped for the segments among dummies, and the nonce."""
    siv = hmac.digest(
        derive(ring.content_key, ring.site_id, "siv"),
        bound(ring.edition, label) + _audience_list(ring, segments) + digest + ring.salt(),
        "sha256",
    )
    key = hmac.digest(siv, b"cek\x01", "sha256")
    count = _locks(segments)
    locks = [_lock(ring.site_id, ring.segment_key(segment), label.object_id, key) for segment in segments]
    locks += [_dummy(siv, index) for index in range(len(segments), count)]
    header = label.magic + ring.epoch.to_bytes(4, "big") + bytes([count]) + b"".join(sorted(locks))
    return Locked(key, hmac.digest(siv, b"nonce\x01", "sha256")[:NONCE], header)


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
    label, file = Label(MAGIC, object_id, kind), io.BytesIO(blob)
    header, locks = read_header(edition, label, file)
    nonce, ciphertext = file.read(NONCE), file.read()
    if len(blob) < LEAST_BYTES or len(ciphertext) < 4 + GCM_TAG:
        raise Tampered("a protected object was cut")
    key = content_key(edition, segment_keys, label, locks)
    try:
        plaintext = AESGCM(key).decrypt(nonce, ciphertext, bound(edition, label) + header)
    except InvalidTag:
        raise Tampered("a protected object was changed after it was sealed") from None
    length = int.from_bytes(plaintext[:4], "big")
    return zlib.decompress(plaintext[4 : 4 + length], -zlib.MAX_WBITS)


def read_header(edition: Edition, label: Label, file: BinaryIO) -> tuple[bytes, list[bytes]]:
    """The header of a locked file, and the locks in it. Raises Tampered where it is no such file of this epoch."""
    start = file.read(_FIXED)
    count = start[-1] if len(start) == _FIXED else 0
    locks = file.read(count * _LOCK)
    marked = start.startswith(label.magic + edition.epoch.to_bytes(4, "big"))
    if not marked or count.bit_count() != 1 or len(locks) != count * _LOCK:
        raise Tampered("this is no protected object of this epoch")
    return start + locks, [locks[begin : begin + _LOCK] for begin in range(0, len(locks), _LOCK)]


def content_key(edition: Edition, segment_keys: Sequence[bytes], label: Label, locks: list[bytes]) -> bytes:
    """The key that one of the locks holds for one of the segments. Raises NoAccess or Tampered."""
    addressed = False
    for held in segment_keys:
        tag = _tag(edition.site_id, held, label.object_id)
        for one in locks:
            if not one.startswith(tag):
                continue
            addressed = True
            try:
                return aes_key_unwrap(derive(held, edition.site_id, "wrap"), one[_TAG:])
            except InvalidUnwrap:
                # Four bytes of tag can fit by chance, so another lock may still be the right one.
                continue
    if addressed:
        raise Tampered("the key of a protected object was changed after it was sealed")
    raise NoAccess("none of these segments may read this object")
