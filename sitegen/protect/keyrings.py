"""Every member's slot, in packs, and the signed site.json that points to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from sitegen.errors import Mistakes, Problem
from sitegen.model.artifact import SealedArtifact
from sitegen.model.channel import Channel
from sitegen.model.field import FORMATS, FieldUse, field
from sitegen.model.plan import Value
from sitegen.model.tree import Place
from sitegen.protect import names
from sitegen.protect.manifest import Manifest, sign_manifest
from sitegen.protect.packs import (
    MOST_SLOT,
    CardRing,
    Layout,
    Member,
    pack_bits,
    pack_capacity,
    prefix_of,
    prepare_slot,
    slot_length,
    slot_size,
    write_packs,
)


def layout_for(ring: CardRing, members: tuple[Member, ...], least: Layout) -> Layout:
    """The smallest layout that holds these members and is not smaller than `least` (all zeros: no lower bound).

    Raises SlotTooLarge, with the member and the largest field, where no slot can hold a member.
    """
    bits = least.bits if least.capacity else pack_bits(len(members))
    fullest = max(Counter(prefix_of(ring, member, bits) for member in members).values(), default=0)
    lengths = [slot_length(ring, member) for member in members]
    longest = max(lengths, default=0)
    if longest > MOST_SLOT:
        # It refuses, and its words name the member and the largest field.
        prepare_slot(ring, members[lengths.index(longest)], MOST_SLOT)
    capacity = least.capacity if fullest <= least.capacity and least.capacity else pack_capacity(fullest)
    return Layout(bits, max(least.slot, slot_size(longest)), capacity)


def keyring_artifacts(ring: CardRing, members: tuple[Member, ...], layout: Layout) -> Iterator[SealedArtifact]:
    """One artifact for each pack."""
    for prefix, pack in write_packs(ring, members, layout):
        yield SealedArtifact(names.pack_path(ring.epoch, ring.build, prefix), pack)


def manifest_artifact(sign_key: bytes, manifest: Manifest) -> SealedArtifact:
    """sg/site.json: whoever fetches it learns which build this is, and nothing of its content."""
    return SealedArtifact(names.SITE_PATH, sign_manifest(sign_key, manifest))


def record_fields(keys: frozenset[str], theme: str) -> tuple[FieldUse, ...]:
    """The uses that the member's record must hold, from the keys that pages ask for ("points|number").

    Raises Mistakes where a template asks for a field that is unknown or not for pages.
    """
    uses: list[FieldUse] = []
    problems: list[Problem] = []
    place = Place(f"themes/{theme}/site")
    for key in sorted(keys):
        name, _, style = key.partition("|")
        known = field(name)
        if known is None or Channel.PAGE not in known.channels:
            message = f"a template asks for the member's '{name}', which no page may show"
            problems.append(place.problem("unknown-field", message, "use a field that the channel 'page' may show"))
        elif style and known.kind not in FORMATS.get(style, ()):
            message = f"a template asks for the member's '{name}' as '{style}', which it can't be"
            problems.append(place.problem("wrong-format", message, f"'{name}' is {known.kind}"))
        uses.append(FieldUse(name, place, style))
    if problems:
        raise Mistakes(problems)
    return tuple(uses)


def record(
    uses: tuple[FieldUse, ...], values: Mapping[str, Value], spell: Callable[[FieldUse, Value], str]
) -> dict[str, str]:
    """What one member's slot says: each known value, spelled as the page shows it."""
    return {use.key: spell(use, values[use.name]) for use in uses if use.name in values}
