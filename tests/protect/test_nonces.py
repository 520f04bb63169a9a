"""A key and a nonce never meet a second plaintext or other additional data."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zlib
from dataclasses import replace
from itertools import product

from sitegen.protect import bodies, objects, packs
from tests.protect import tinysite

IDS = (bytes([7]) * 16, bytes([8]) * 16)
# Long enough after compression that a difference at the very end matters.
WORDS = "".join(hashlib.sha256(bytes([number])).hexdigest() for number in range(20))
TEXTS = (WORDS, WORDS[:-2] + WORDS[-1] + WORDS[-2], "<p>Linen " * 40)
AUDIENCES = (("gold",), ("gold", "silver"), ("gold", "silver", "tea"), ("everyone",))
KINDS: tuple[objects.Kind, ...] = ("page", "block")


class Ledger:
    """Every (key, nonce) ever used, with what it met."""

    def __init__(self) -> None:
        self.met: dict[tuple[bytes, bytes], tuple[bytes, bytes]] = {}
        self.repeats = 0

    def note(self, sealing: objects.Sealing | packs.SlotSealing) -> None:
        pair, input_ = (sealing.key, sealing.nonce), (sealing.plaintext, sealing.additional)
        if pair in self.met:
            self.repeats += 1
        assert self.met.setdefault(pair, input_) == input_


def compressed(text: str, level: int) -> bytes:
    compressor = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    return compressor.compress(bodies.block_body(text)) + compressor.flush()


def test_over_many_builds_of_objects_no_key_and_nonce_meet_other_input() -> None:
    ledger = Ledger()
    variants = list(product((1, 2), ("2026-09", "2026-10"), TEXTS, AUDIENCES, KINDS, IDS, (1, 6, 9)))
    assert len(variants) > 300
    for _ in range(2):
        for epoch, period, text, audiences, kind, object_id, level in variants:
            ring = objects.ContentRing(tinysite.CONTENT_KEY, tinysite.SITE_ID, epoch, period)
            ledger.note(objects.prepare(ring, object_id, kind, compressed(text, level), audiences))
    # The second round repeats the first one byte for byte, and nothing else repeats unless zlib's levels agree.
    distinct = len(ledger.met)
    assert ledger.repeats == 2 * len(variants) - distinct
    assert distinct >= len(variants) * 2 // 3


def test_over_many_builds_of_slots_no_key_and_nonce_meet_other_input() -> None:
    ledger = Ledger()
    variants = list(product((1, 2, 3), range(1_788_800_000, 1_788_800_005), (1, 2), ("100", "101"), (1, 2)))
    for _ in range(2):
        for epoch, build, serial, points, held in variants:
            ring = replace(tinysite.card_ring(), epoch=epoch, build=build)
            segments = tuple(bytes([number]) * 32 for number in range(held))
            for member_id in ("anna", "ben"):
                member = packs.Member(member_id, serial, segments, {"points": points})
                ledger.note(packs.prepare_slot(ring, member, 576))
    assert len(ledger.met) == 2 * len(variants)
    assert ledger.repeats == 2 * len(variants)


def test_a_site_is_the_same_bytes_under_any_hash_seed() -> None:
    script = (
        "import hashlib; from tests.protect import tinysite;"
        "print(hashlib.sha256(repr(sorted(tinysite.site().items())).encode()).hexdigest())"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", script],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1
    assert len(printed.pop()) == 65
