"""Lay the members' slots into packs of one size: format SGK1.

    magic "SGK1" | epoch u32 | build u64 | slot u16 | capacity u16 | capacity x (tag 16, nonce 12, ciphertext slot + 16)

A slot's plaintext: k u8 | k x segment key 32 | length u16 | canonical JSON {"pub", "m"} | zeros. Big-endian.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sitegen.errors import SitegenError
from sitegen.protect import code as member_codes
from sitegen.protect.bodies import canonical_json
from sitegen.protect.keys import derive, extract, length_prefixed
from sitegen.protect.refusal import NoAccess, Tampered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAGIC = b"SGK1"
MOST_BITS = 16
LEAST_SLOT, MOST_SLOT = 576, 4096
_SLOT_STEP = 64
_CAPACITY_STEP = 16
_TAG, _NONCE, _GCM_TAG, _KEY = member_codes.TAG_BYTES, 12, 16, 32


@dataclass(frozen=True, slots=True)
class Stamp:
    """Which site, epoch and build a pack belongs to: 16 bytes, a count, the build instant in Unix seconds."""

    site_id: bytes
    epoch: int
    build: int


@dataclass(frozen=True, slots=True)
class Layout:
    """The public shape of all packs of a site: prefix bits, bytes of a slot's plaintext, slots in a pack."""

    bits: int
    slot: int
    capacity: int


@dataclass(frozen=True, slots=True)
class CardRing:
    """What it takes to lock slots; `public_key` is the raw P-256 point that the slots pin."""

    card_key: bytes = field(repr=False)
    site_id: bytes
    epoch: int
    build: int
    public_key: bytes
    derived: _Derived = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # The only way to fill a field of a frozen value.
        object.__setattr__(self, "derived", _derived(self))

    @property
    def stamp(self) -> Stamp:
        """The public part."""
        return Stamp(self.site_id, self.epoch, self.build)


@dataclass(frozen=True, slots=True)
class _Derived:
    """What is the same for all slots, made once: a site may have a million."""

    cards: bytes = field(repr=False)
    nonces: bytes = field(repr=False)
    dummies: bytes = field(repr=False)
    pin: str
    bound: bytes


def _derived(ring: CardRing) -> _Derived:
    nonces, dummies = (derive(ring.card_key, ring.site_id, label) for label in ("slot-nonce", "dummy"))
    pin = base64.b64encode(ring.public_key).decode("ascii")
    return _Derived(extract(ring.card_key, ring.site_id), nonces, dummies, pin, _bound(ring.stamp))


@dataclass(frozen=True, slots=True)
class Member:
    """One member's slot: the keys of their segments in this period, and what their pages may show of them."""

    member_id: str
    serial: int
    segment_keys: tuple[bytes, ...] = field(repr=False)
    record: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OpenedSlot:
    """What a member's code opens."""

    segment_keys: tuple[bytes, ...] = field(repr=False)
    public_key: bytes
    record: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Slot:
    """What lies in one member's slot, before it is filled up and locked: its tag, its key, its content."""

    tag: bytes
    key: bytes = field(repr=False)
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class SlotSealing:
    """Everything that enters AES-256-GCM for one slot, and the tag that finds it."""

    tag: bytes
    key: bytes = field(repr=False)
    nonce: bytes
    plaintext: bytes = field(repr=False)
    additional: bytes


class SlotTooLarge(SitegenError):
    """A member's keys and record do not fit into the slots of the site."""


class PackTooSmall(SitegenError):
    """More members share a prefix than a pack has slots."""


class DuplicateMember(SitegenError):
    """Two slots for one card."""


def pack_bits(members: int) -> int:
    """How many bits of the tag name the pack, so that about a hundred members share one."""
    return min(MOST_BITS, max(0, round(math.log2(members / 100)))) if members else 0


def slot_size(needed: int) -> int:
    """The slot for a largest content of `needed` bytes: a multiple of 64 from 576 to 4096.

    Raises SlotTooLarge beyond that; `slot_of` names the member.
    """
    if needed > MOST_SLOT:
        raise SlotTooLarge(f"a card slot holds at most {MOST_SLOT} bytes, and one member needs {needed}")
    return max(LEAST_SLOT, -(-needed // _SLOT_STEP) * _SLOT_STEP)


def pack_capacity(fullest: int) -> int:
    """The slots of each pack: the fullest pack's members and a quarter more, rounded up to 16."""
    return max(1, -(-fullest * 5 // (4 * _CAPACITY_STEP))) * _CAPACITY_STEP


def slot_of(ring: CardRing, member: Member) -> Slot:
    """A member's slot, readable. Raises SlotTooLarge with the member and the largest part where none could hold it."""
    content = _content(ring, member)
    card = member_codes.expanded_code(ring.derived.cards, member.member_id, member.serial)
    key, locator = member_codes.slot_and_locator_key(card, ring.site_id)
    return Slot(member_codes.locator_tag(locator, ring.site_id, ring.epoch), key, content)


def _content(ring: CardRing, member: Member) -> bytes:
    text = canonical_json({"pub": ring.derived.pin, "m": dict(member.record)})
    held = b"".join(sorted(set(member.segment_keys)))
    needed = 1 + len(held) + 2 + len(text)
    if needed > MOST_SLOT:
        raise SlotTooLarge(_too_large(member, needed))
    return bytes([len(held) // _KEY]) + held + len(text).to_bytes(2, "big") + text


def _too_large(member: Member, needed: int) -> str:
    sizes = {f"field '{key}'": len(canonical_json({key: value})) for key, value in member.record.items()}
    sizes[f"list of {len(member.segment_keys)} segments"] = _KEY * len(member.segment_keys)
    largest = max(sizes, key=lambda name: (sizes[name], name))
    return (
        f"member '{member.member_id}' needs {needed} bytes of a card slot of {MOST_SLOT}; "
        f"the largest part is the {largest} with {sizes[largest]} bytes\n"
        "hint: shorten it in the customer file, or show less of it on pages"
    )


def seal_slot(ring: CardRing, slot: Slot, size: int) -> bytes:
    """A slot as it lies in a pack, from its tag on. Raises SlotTooLarge where its content is longer than `size`."""
    sealing = prepare_slot(ring, slot, size)
    ciphertext = AESGCM(sealing.key).encrypt(sealing.nonce, sealing.plaintext, sealing.additional)
    return sealing.tag + sealing.nonce + ciphertext


def prepare_slot(ring: CardRing, slot: Slot, size: int) -> SlotSealing:
    """Tag, key, nonce, plaintext and additional data of a slot, all of them functions of the input."""
    if len(slot.content) > size:
        raise SlotTooLarge(f"a member needs {len(slot.content)} bytes of a card slot of {size}")
    plaintext = slot.content.ljust(size, b"\0")
    additional = ring.derived.bound + length_prefixed(slot.tag)
    # The slot key stays the same for the life of a card, so the nonce depends on every byte that meets it.
    nonce = hmac.digest(ring.derived.nonces, additional + plaintext, "sha256")[:_NONCE]
    return SlotSealing(slot.tag, slot.key, nonce, plaintext, additional)


def prefix_of(tag: bytes, bits: int) -> int:
    """The number of the pack in which a slot lies: the first bits of its tag, with which a sealed slot begins."""
    return int.from_bytes(tag[:4], "big") >> (32 - bits)


def fill_pack(ring: CardRing, slots: Sequence[bytes], layout: Layout, prefix: int) -> bytes:
    """One pack: sealed slots of its prefix, and dummies up to the capacity, sorted by tag.

    Raises PackTooSmall, or DuplicateMember where two slots have the same tag.
    """
    if len(slots) > layout.capacity:
        raise PackTooSmall(f"pack {prefix} has {len(slots)} members, but packs hold {layout.capacity}")
    if len({slot[:_TAG] for slot in slots}) < len(slots):
        raise DuplicateMember("a member stands twice among the members")
    if any(prefix_of(slot, layout.bits) != prefix for slot in slots):
        raise ValueError("a member's slot lies in another pack")
    dummies = [_dummy(ring, layout, prefix, index) for index in range(layout.capacity - len(slots))]
    return _header(ring.stamp, layout) + b"".join(sorted([*slots, *dummies]))


def _bound(stamp: Stamp) -> bytes:
    """What every slot's additional data begins with; the slot's own tag follows."""
    epoch, build = stamp.epoch.to_bytes(4, "big"), stamp.build.to_bytes(8, "big")
    return length_prefixed(MAGIC, stamp.site_id, epoch, build)


def _dummy(ring: CardRing, layout: Layout, prefix: int, index: int) -> bytes:
    # Like a member's, a dummy's tag lasts for the epoch and the rest of its slot for one build only: who
    # compares two builds sees no difference between the two sorts.
    key, numbers = ring.derived.dummies, (prefix.to_bytes(4, "big"), index.to_bytes(4, "big"))
    epoch, build = ring.epoch.to_bytes(4, "big"), ring.build.to_bytes(8, "big")
    tag = hmac.digest(key, length_prefixed(b"tag", epoch, *numbers), "sha256")[:_TAG]
    low = int.from_bytes(tag, "big") & ((1 << (8 * _TAG - layout.bits)) - 1)
    placed = (low | prefix << (8 * _TAG - layout.bits)).to_bytes(_TAG, "big")
    seed = hmac.digest(key, length_prefixed(b"slot", epoch, build, *numbers), "sha256")
    return placed + hashlib.shake_256(seed).digest(_NONCE + layout.slot + _GCM_TAG)


def slot_bytes(layout: Layout) -> int:
    """How long a sealed slot is, from its tag on."""
    return _TAG + _NONCE + layout.slot + _GCM_TAG


def _header(stamp: Stamp, layout: Layout) -> bytes:
    epoch, build = stamp.epoch.to_bytes(4, "big"), stamp.build.to_bytes(8, "big")
    return MAGIC + epoch + build + layout.slot.to_bytes(2, "big") + layout.capacity.to_bytes(2, "big")


def pack_number(card: bytes, stamp: Stamp, bits: int) -> int:
    """The number of the pack in which a code's slot lies."""
    locator = member_codes.locator_key(card, stamp.site_id)
    return prefix_of(member_codes.locator_tag(locator, stamp.site_id, stamp.epoch), bits)


def open_slot(card: bytes, stamp: Stamp, layout: Layout, pack: bytes) -> OpenedSlot:
    """What a code opens in its pack. Raises NoAccess where the pack has no slot for it, else Tampered."""
    header = _header(stamp, layout)
    size = slot_bytes(layout)
    if not pack.startswith(header) or len(pack) != len(header) + size * layout.capacity:
        raise Tampered("this is no pack of this build")
    locator = member_codes.locator_key(card, stamp.site_id)
    tag = member_codes.locator_tag(locator, stamp.site_id, stamp.epoch)
    records = (pack[start : start + size] for start in range(len(header), len(pack), size))
    record = next((one for one in records if one.startswith(tag)), None)
    if record is None:
        raise NoAccess("no slot for this card: it was replaced, or the membership ended")
    nonce, ciphertext = record[_TAG : _TAG + _NONCE], record[_TAG + _NONCE :]
    try:
        key = member_codes.slot_key(card, stamp.site_id)
        additional = _bound(stamp) + length_prefixed(tag)
        return _read_slot(AESGCM(key).decrypt(nonce, ciphertext, additional))
    except InvalidTag:
        raise Tampered("a card slot was changed after it was sealed") from None


def _read_slot(plaintext: bytes) -> OpenedSlot:
    end = 1 + plaintext[0] * _KEY
    held = tuple(plaintext[start : start + _KEY] for start in range(1, end, _KEY))
    length = int.from_bytes(plaintext[end : end + 2], "big")
    value = json.loads(plaintext[end + 2 : end + 2 + length])
    return OpenedSlot(held, base64.b64decode(value["pub"]), value["m"])
