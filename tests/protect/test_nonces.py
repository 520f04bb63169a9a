"""A key and a nonce never meet a second plaintext or other additional data."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zlib
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, ClassVar

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sitegen.model.readable import (
    GatedAsset,
    GatedBlock,
    GatedPage,
    Navigation,
    NavigationItem,
    SearchDocument,
    SearchIndex,
    Site,
)
from sitegen.protect import bodies, chunks, objects, packs
from sitegen.protect.keys import length_prefixed
from sitegen.protect.locked import opened, sealed_artifacts
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
                ledger.note(packs.prepare_slot(ring, packs.slot_of(ring, member), 576))
    assert len(ledger.met) == 2 * len(variants)
    assert ledger.repeats == 2 * len(variants)


@dataclass(frozen=True, slots=True)
class Build:
    """What can change from one build of a shop to the next."""

    epoch: int = 1
    period: str = "2026-09"
    instant: int = 1_788_800_000
    words: str = WORDS
    film: bytes = bytes(1_200_000)
    readers: tuple[str, ...] = ("gold", "silver")
    name: str = "pages/gold.md"
    member: tuple[str, int, str] = ("anna", 1, "100")
    level: int = 6


def fifty_builds() -> list[Build]:
    """A shop's life: texts and files edited, segments and members coming and going, renames, months, epochs."""
    plain = Build()
    changes: dict[str, list[Any]] = {
        "epoch": [2, 3],
        "period": ["2026-10", "2026-W37"],
        "instant": [plain.instant + 1, plain.instant + 60],
        "words": [WORDS[:-1], WORDS + "!", WORDS.swapcase(), ""],
        "film": [bytes(1_199_999) + b"\1", b"\1" + bytes(1_199_999), bytes(1_200_001), bytes(1_100_000)],
        "readers": [("gold",), ("silver",), ("gold", "silver", "tea"), ("everyone",)],
        "name": ["pages/silver.md"],
        "member": [("anna", 2, "100"), ("anna", 1, "101"), ("ben", 1, "100")],
        "level": [1, 9],
    }
    single = [replace(plain, **{what: value}) for what, values in changes.items() for value in values]
    double = [replace(one, epoch=2, period="2026-10") for one in single]
    return [plain, *single, *double, plain, replace(plain, instant=plain.instant + 60)]


class Recorder:
    """AES-256-GCM that writes down what it meets: (key, nonce) -> digest of plaintext and additional data."""

    met: ClassVar[dict[tuple[bytes, bytes], bytes]] = {}
    uses = 0

    def __init__(self, key: bytes) -> None:
        self.key = key
        self.real = AESGCM(key)

    def encrypt(self, nonce: bytes, plaintext: bytes, additional: bytes) -> bytes:
        digest = hashlib.sha256(length_prefixed(plaintext, additional)).digest()
        assert self.met.setdefault((self.key, nonce), digest) == digest, "one key and nonce for two inputs"
        Recorder.uses += 1
        return self.real.encrypt(nonce, plaintext, additional)


def test_goal_6_over_fifty_builds_no_key_and_nonce_ever_meet_other_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Recorder, "met", {})
    monkeypatch.setattr(Recorder, "uses", 0)
    for module in (objects, chunks, packs):
        monkeypatch.setattr(module, "AESGCM", Recorder)
    builds = fifty_builds()
    sites = [site_of(build, monkeypatch) for build in builds]
    assert len(builds) >= 50
    # Nothing changed, so nothing is locked anew; everything else that repeats does so byte for byte.
    assert sites[0] == sites[-2]
    assert any(content.startswith(b"SGC1") for content in sites[0].values())
    assert 250 < len(Recorder.met) < Recorder.uses


def site_of(build: Build, monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """Everything locked that one build writes, by path."""

    def deflate(body: bytes) -> bytes:
        compressor = zlib.compressobj(build.level, zlib.DEFLATED, -zlib.MAX_WBITS)
        return compressor.compress(body) + compressor.flush()

    monkeypatch.setattr(objects, "deflate", deflate)
    ring = objects.ContentRing(tinysite.CONTENT_KEY, tinysite.SITE_ID, build.epoch, build.period)
    item = NavigationItem("Gold", f"/m/{build.name}/", True, 1, build.words)
    found = SearchDocument("Gold", f"m/{build.name}/", build.words)
    readable = Site(
        public=(),
        gated=(
            GatedPage(build.name, build.readers, "Gold", f"<p>{build.words}</p>", ""),
            GatedBlock(f"{build.name}#1", build.readers, build.words),
            GatedAsset("assets/film.mp4", build.readers, "application/octet-stream", build.film),
        ),
        navigation=tuple(Navigation(segment, (item,)) for segment in build.readers),
        shell=b"shell",
        fields=frozenset(),
        member_home=build.name,
        search=tuple(SearchIndex(segment, (found,), {"linen": (0,)}, {}) for segment in build.readers),
    )
    files = {artifact.path: artifact.content for artifact in sealed_artifacts(readable, ring, "/")}
    name, serial, points = build.member
    held = tuple(map(ring.segment_key, build.readers))
    members = [packs.Member(name, serial, held, {"points": points}), packs.Member("carl", 1, held, {})]
    cards = replace(tinysite.card_ring(), epoch=build.epoch, build=build.instant)
    return files | tinysite.pack_files(cards, members, tinysite.LAYOUT)


def test_with_entropy_two_builds_lock_everything_anew_and_both_open() -> None:
    counter = iter(range(1000))
    ring = replace(tinysite.content_ring(), entropy=lambda length: next(counter).to_bytes(length, "big"))
    for body, chunked in ((b"words", False), (bytes(1_200_000), True)):
        first, second = (sealed(ring, body, chunked) for _ in range(2))
        assert first != second
        assert len(first) == len(second)
        # The mark, the epoch and the number of locks are all that stays; a lock's tag names its segment.
        assert first[9:13] == second[9:13]
        assert first[13:53] != second[13:53]
        assert first[53:65] != second[53:65]
        for blob in (first, second):
            assert opened(ring.edition, [ring.segment_key("gold")], IDS[0], "asset", blob) == body


def test_without_entropy_two_builds_are_byte_identical() -> None:
    ring = tinysite.content_ring()
    for body, chunked in ((b"words", False), (bytes(1_200_000), True)):
        assert sealed(ring, body, chunked) == sealed(ring, body, chunked)


def test_poor_entropy_does_no_harm() -> None:
    """Random bytes that never change leave a key and a nonce for each input all the same."""
    poor = replace(tinysite.content_ring(), entropy=lambda length: b"7" * length)
    ledger = Ledger()
    for text, audiences in product(TEXTS, AUDIENCES):
        ledger.note(objects.prepare(poor, IDS[0], "page", compressed(text, 6), audiences))
        for one in chunks.prepare(poor, IDS[0], text.encode() * 300, audiences):
            ledger.note(one)
    assert ledger.repeats == 0


def sealed(ring: objects.ContentRing, body: bytes, chunked: bool) -> bytes:
    if chunked:
        return b"".join(chunks.seal(ring, IDS[0], body, ("gold",)))
    return objects.seal(ring, IDS[0], "asset", body, ("gold",))


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
