"""Every member's slot, in packs, and the signed site.json that points to them.

Members come as a stream, because a site may have a million of them. Their slots wait until all are there, for only then
it is known how large packs must be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count, groupby
from typing import IO

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sitegen.errors import Mistakes, Problem
from sitegen.model.artifact import SealedArtifact
from sitegen.model.channel import Channel
from sitegen.model.field import FORMATS, FieldUse, MemberData, kept_back
from sitegen.model.field import field as field_named
from sitegen.model.plan import Value
from sitegen.model.tree import Place
from sitegen.protect import names
from sitegen.protect.code import TAG_BYTES
from sitegen.protect.keys import ROOT_BYTES
from sitegen.protect.manifest import Manifest, sign_manifest
from sitegen.protect.packs import (
    MOST_BITS,
    CardRing,
    DuplicateMember,
    Layout,
    Member,
    Slot,
    fill_pack,
    pack_bits,
    pack_capacity,
    prefix_of,
    seal_slot,
    slot_of,
    slot_size,
)

RANGE_BITS = 6
RANGES = 1 << RANGE_BITS


@dataclass(frozen=True, slots=True)
class WaitingRoom:
    """Where slots wait, a file for each of RANGES ranges of tags: empty at first, to be written and then read.

    They are locked with a key that ends with the process, 32 random bytes of which nothing else is made: the files
    may lie on a disk.
    """

    files: Sequence[IO[bytes]]
    key: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Crowd:
    """All members who wait: how many they are, and the layout that holds them."""

    members: int
    layout: Layout


def gather(ring: CardRing, members: Iterable[Member], least: Layout, room: WaitingRoom) -> Crowd:
    """Let every member's slot into the room, and find the smallest layout that is not smaller than `least`.

    `least` may be all zeros. Members come in the order of their ids. Raises SlotTooLarge with the member and the
    largest part of the slot where no slot can hold it, DuplicateMember where a member comes twice.
    """
    cipher, former, longest = AESGCM(room.key), None, 0
    waiting, counts = [0] * RANGES, [0] * (1 << MOST_BITS)
    for member in members:
        if member.member_id == former:
            raise DuplicateMember(f"member '{former}' stands twice among the members")
        former, slot = member.member_id, slot_of(ring, member)
        place = prefix_of(slot.tag, RANGE_BITS)
        locked = cipher.encrypt(_nonce(place, waiting[place]), slot.tag + slot.key + slot.content, None)
        room.files[place].write(len(locked).to_bytes(_LENGTH, "big") + locked)
        waiting[place] += 1
        counts[prefix_of(slot.tag, MOST_BITS)] += 1
        longest = max(longest, len(slot.content))
    return Crowd(sum(counts), _layout(counts, longest, least))


_LENGTH = 2


def _nonce(place: int, number: int) -> bytes:
    return place.to_bytes(4, "big") + number.to_bytes(8, "big")


def _layout(counts: Sequence[int], longest: int, least: Layout) -> Layout:
    """`counts`: how many members lie under each of the 2^MOST_BITS prefixes; `longest`: the longest content."""
    bits = least.bits if least.capacity else pack_bits(sum(counts))
    share = 1 << (MOST_BITS - bits)
    fullest = max(sum(counts[start : start + share]) for start in range(0, len(counts), share))
    kept = least.capacity and fullest <= least.capacity
    return Layout(bits, max(least.slot, slot_size(longest)), least.capacity if kept else pack_capacity(fullest))


def keyring_artifacts(ring: CardRing, layout: Layout, room: WaitingRoom) -> Iterator[SealedArtifact]:
    """One artifact for each pack, in their order, of the slots that wait in the room."""
    # Many packs share a range of tags, or a pack has several ranges.
    bits = min(layout.bits, RANGE_BITS)
    ranges, packs = RANGES >> bits, 1 << (layout.bits - bits)
    for number in range(1 << bits):
        places = range(number * ranges, (number + 1) * ranges)
        slots = sorted(seal_slot(ring, slot, layout.slot) for place in places for slot in _waiting(room, place))
        shares = {prefix: [*share] for prefix, share in groupby(slots, lambda slot: prefix_of(slot, layout.bits))}
        for prefix in range(number * packs, (number + 1) * packs):
            pack = fill_pack(ring, shares.get(prefix, []), layout, prefix)
            yield SealedArtifact(names.pack_path(ring.epoch, ring.build, prefix), pack)


def _waiting(room: WaitingRoom, place: int) -> Iterator[Slot]:
    cipher, file = AESGCM(room.key), room.files[place]
    file.seek(0)
    for number in count():
        length = int.from_bytes(file.read(_LENGTH), "big")
        if not length:
            return
        opened = cipher.decrypt(_nonce(place, number), file.read(length), None)
        yield Slot(opened[:TAG_BYTES], opened[TAG_BYTES : TAG_BYTES + ROOT_BYTES], opened[TAG_BYTES + ROOT_BYTES :])


def manifest_artifact(sign_key: bytes, manifest: Manifest) -> SealedArtifact:
    """sg/site.json: whoever fetches it learns which build this is, and nothing of its content."""
    return SealedArtifact(names.SITE_PATH, sign_manifest(sign_key, manifest))


def record_fields(keys: frozenset[str], theme: str, kept: MemberData) -> tuple[FieldUse, ...]:
    """The uses that the member's record must hold, from the keys that pages ask for ("points|number").

    Raises Mistakes where a template asks for a field that is unknown, not for pages, or more than the shop keeps.
    """
    uses: list[FieldUse] = []
    problems: list[Problem] = []
    place = Place(f"themes/{theme}/site")
    for key in sorted(keys):
        name, _, style = key.partition("|")
        known = field_named(name)
        if known is None or Channel.PAGE not in known.channels:
            message = f"a template asks for the member's '{name}', which no page may show"
            problems.append(place.problem("unknown-field", message, "use a field that the channel 'page' may show"))
        elif style and known.kind not in FORMATS.get(style, ()):
            message = f"a template asks for the member's '{name}' as '{style}', which it can't be"
            problems.append(place.problem("wrong-format", message, f"'{name}' is {known.kind}"))
        elif known.full and kept != "full":
            problems.append(kept_back(known, kept, place))
        uses.append(FieldUse(name, place, style))
    if problems:
        raise Mistakes(problems)
    return tuple(uses) if kept != "none" else ()


def record(
    uses: tuple[FieldUse, ...], values: Mapping[str, Value], spell: Callable[[FieldUse, Value], str]
) -> dict[str, str]:
    """What one member's slot says: each known value, spelled as the page shows it."""
    return {use.key: spell(use, values[use.name]) for use in uses if use.name in values}
