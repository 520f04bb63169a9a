"""A million broken files: the parsers refuse each of them in their own words, and stay small."""

from __future__ import annotations

import io
import random
import resource
import tracemalloc
from collections.abc import Callable

import pytest

from sitegen.protect import chunks, code, manifest, objects, packs
from sitegen.protect.refusal import NoAccess, Tampered
from tests.protect import tinysite

SEED = 20260908
CASES = 250_000
"""For each of four formats: a million together."""
MOST_BYTES = 64 * 1024 * 1024
EDGES = (0, 1, 127, 128, 255)
OBJECTS = objects.ContentRing(bytes([1]) * 32, bytes(range(16)), 1, "2026-09")
HELD = tuple(OBJECTS.segment_key(segment) for segment in ("gold", "everyone"))
ID = bytes([7]) * 16
CARDS = tinysite.card_ring()
LAYOUT = packs.Layout(bits=0, slot=576, capacity=16)
ANNA = packs.Member("anna", 1, (b"e" * 32,), {"first_name": "Anna"})
SIGN_KEY, SITE_ID = bytes([3]) * 32, bytes(range(16))
STATED = manifest.Manifest(SITE_ID, 1, 1_788_800_000, "2026-09", LAYOUT, 1_788_800_000, False, "0" * 26)
PUBLIC_KEY = manifest.public_key(SIGN_KEY, SITE_ID)
CARD = code.member_code(CARDS.card_key, CARDS.site_id, ANNA.member_id, ANNA.serial)
Parser = Callable[[bytes], object]

FORMATS: dict[str, tuple[bytes, Parser]] = {
    "an object": (
        objects.seal(OBJECTS, ID, "page", b"a page of the loom" * 9, ("gold", "silver", "tea")),
        lambda blob: objects.unseal(OBJECTS.edition, HELD, ID, "page", blob),
    ),
    "a file in chunks": (
        b"".join(chunks.seal(OBJECTS, ID, b"a film of the loom" * 99, ("gold", "tea"))),
        lambda blob: b"".join(chunks.unseal(OBJECTS.edition, HELD, ID, io.BytesIO(blob))),
    ),
    "a pack": (
        packs.fill_pack(CARDS, [packs.seal_slot(CARDS, packs.slot_of(CARDS, ANNA), LAYOUT.slot)], LAYOUT, 0),
        lambda blob: packs.open_slot(CARD, CARDS.stamp, LAYOUT, blob),
    ),
    "site.json": (
        manifest.sign_manifest(SIGN_KEY, STATED),
        lambda blob: manifest.verify_manifest(blob, PUBLIC_KEY),
    ),
}


def mutated(whole: bytes, chance: random.Random) -> bytes:
    """Another file, one to three accidents away from the whole one."""
    broken = bytearray(whole)
    for _ in range(chance.randint(1, 3)):
        # Most accidents happen to the head of a file, where its lengths and numbers stand.
        place = chance.randrange(min(len(broken), 64) if chance.random() < 0.5 else len(broken)) if broken else 0
        match chance.randrange(6):
            case 0 if broken:
                broken[place] ^= 1 << chance.randrange(8)
            case 1 if broken:
                broken[place] = chance.choice(EDGES)
            case 2:
                del broken[place:]
            case 3:
                del broken[place : place + chance.randint(1, 40)]
            case 4:
                broken[place:place] = chance.randbytes(chance.randint(1, 40))
            case _:
                broken[place:place] = broken[place : place + chance.randint(1, 400)]
    return bytes(broken)


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_goal_26_a_broken_file_is_refused_and_never_crashes_or_swells(name: str) -> None:
    whole, parse = FORMATS[name]
    chance = random.Random(f"{SEED} {name}")
    said = parse(whole)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    refused = same = 0
    for _ in range(CASES):
        broken = mutated(whole, chance)
        try:
            found = parse(broken)
        except (Tampered, NoAccess):
            refused += 1
        else:
            # A pack whose other slots were hurt still opens the right one, and JSON bears another space: what opens
            # says what it said before, and nothing else opens.
            assert found == said
            assert broken == whole or name in {"a pack", "site.json"}
            same += 1
    assert refused + same == CASES
    assert refused > 0.5 * CASES
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < MOST_BYTES


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    "blob",
    [
        b"",
        b"[" * 200_000,
        b'{"signed":' * 100_000,
        b'{"signed":"' + b"[" * 200_000 + b'","signature":"' + b"A" * 88 + b'"}',
        b"SGO1" + b"\xff" * 5_000,
        b"SGC1\0\0\0\1" + b"\xff" * 5_000,
        b"SGK1" + b"\xff" * 5_000,
        b"9" * 100_000,
        b'{"signed":' + b"9" * 100_000 + b"}",
    ],
)
def test_goal_26_a_file_made_to_hurt_is_refused(name: str, blob: bytes) -> None:
    _, parse = FORMATS[name]
    tracemalloc.start()
    try:
        with pytest.raises((Tampered, NoAccess)):
            parse(blob)
        assert tracemalloc.get_traced_memory()[1] < MOST_BYTES
    finally:
        tracemalloc.stop()
