"""What somebody learns who holds every pack of every build and no code (goal 15): next to nothing."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

import numpy as np
import pytest
from numpy.typing import NDArray

from sitegen.protect import keyrings, packs
from tests.protect import tinysite

Slots: TypeAlias = NDArray[np.uint8]
"""One row for each slot: its bytes, from the tag on."""
Measure: TypeAlias = Callable[[Slots, Slots], Callable[[Slots], NDArray[np.float64]]]
"""Learns from slots of both sorts, and gives a number for each slot: the larger, the more like a member's."""

RING = tinysite.card_ring()
EACH = 20_000
"""Slots of each sort, half of them to learn from: chance alone stays within 0.35 % of one half, two times of three."""
HEADER = 20
LAYOUT = packs.Layout(2, 576, 48)


def member(number: int) -> packs.Member:
    words = {"first_name": "Anna", "tier": "Gold", "points|number": f"{number:,}"}
    keys = tuple(bytes([segment]) * 32 for segment in range(1 + number % 5))
    return packs.Member(f"C-{number:06}", 1, keys, words)


def cut(pack: bytes, layout: packs.Layout) -> list[bytes]:
    size = packs.slot_bytes(layout)
    return [pack[start : start + size] for start in range(HEADER, len(pack), size)]


def all_packs(members: int, ring: packs.CardRing = RING) -> dict[str, bytes]:
    return tinysite.pack_files(ring, map(member, range(members)), LAYOUT)


@pytest.fixture(scope="module")
def both_sorts() -> tuple[Slots, Slots]:
    """Members' slots and dummies."""
    real = [packs.seal_slot(RING, packs.slot_of(RING, member(number)), 576) for number in range(EACH)]
    dummies = cut(packs.fill_pack(RING, [], packs.Layout(0, 576, EACH), 0), packs.Layout(0, 576, EACH))
    order = np.random.default_rng(15).permutation(EACH)
    return rows(real)[order], rows(dummies)[order]


def rows(slots: list[bytes]) -> Slots:
    return np.frombuffer(b"".join(slots), dtype=np.uint8).reshape(len(slots), -1)


def found_out(measure: Measure, members: Slots, dummies: Slots) -> float:
    """The share of unseen slots whose sort a measure tells, with the threshold that was best for those it has seen."""
    half = len(members) // 2
    score = measure(members[:half], dummies[:half])
    seen = score(members[:half]), score(dummies[:half])
    thresholds = np.quantile(np.concatenate(seen), np.linspace(0, 1, 201))
    hits = [(seen[0] > at).mean() + (seen[1] <= at).mean() for at in thresholds]
    threshold = thresholds[int(np.argmax(np.abs(np.array(hits) - 1)))]
    told = ((score(members[half:]) > threshold).mean() + (score(dummies[half:]) <= threshold).mean()) / 2
    return float(told if max(hits) - 1 >= 1 - min(hits) else 1 - told)


def nearest_mean(members: Slots, dummies: Slots) -> Callable[[Slots], NDArray[np.float64]]:
    """Every byte by itself: which sort's average slot is nearer."""
    apart = members.mean(axis=0) - dummies.mean(axis=0)
    return lambda slots: slots @ apart


def bits(members: Slots, dummies: Slots) -> Callable[[Slots], NDArray[np.float64]]:
    """Every bit by itself, weighed by how much oftener members have it (naive Bayes)."""
    ones = [np.clip(np.unpackbits(slots, axis=1).mean(axis=0), 0.01, 0.99) for slots in (members, dummies)]
    odds = np.log(ones[0] / (1 - ones[0])) - np.log(ones[1] / (1 - ones[1]))
    # By the byte, so that no matrix of bits has to be held: what each value of each byte adds.
    adds = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1) @ odds.reshape(-1, 8).T
    return lambda slots: np.array([adds[slot, np.arange(slots.shape[1])].sum() for slot in slots])


def chi_square(members: Slots, dummies: Slots) -> Callable[[Slots], NDArray[np.float64]]:
    """How evenly the 256 values of a byte are spread over a slot."""
    length = members.shape[1]
    assert length == dummies.shape[1]

    def score(slots: Slots) -> NDArray[np.float64]:
        numbered = slots + 256 * np.arange(len(slots))[:, None]
        counts = np.bincount(numbered.ravel(), minlength=256 * len(slots)).reshape(len(slots), 256)
        spread: NDArray[np.float64] = ((counts - length / 256) ** 2).sum(axis=1) / (length / 256)
        return spread

    return score


def compressed(members: Slots, dummies: Slots) -> Callable[[Slots], NDArray[np.float64]]:
    """How short a slot becomes, and a little of its check sum, for nearly all become equally long."""
    assert members.shape[1] == dummies.shape[1]
    return lambda slots: np.array(
        [len(zlib.compress(slot, 1)) + zlib.crc32(slot) / 2**33 for slot in map(bytes, slots)], dtype=np.float64
    )


SLOWLY = pytest.mark.slow


@pytest.mark.parametrize("measure", [nearest_mean, bits, chi_square, pytest.param(compressed, marks=SLOWLY)])
def test_goal_15_nobody_tells_a_members_slot_from_a_dummy(measure: Measure, both_sorts: tuple[Slots, Slots]) -> None:
    members, dummies = both_sorts
    assert len(members) == len(dummies) == EACH
    assert 0.49 <= found_out(measure, members, dummies) <= 0.51


@pytest.mark.parametrize(
    ("measure", "careless"),
    [
        (nearest_mean, lambda slots: slots & np.where(np.arange(slots.shape[1]) == 40, 0x7F, 0xFF).astype(np.uint8)),
        (bits, lambda slots: slots | np.where(np.arange(slots.shape[1]) == 40, 1, 0).astype(np.uint8)),
        (chi_square, lambda slots: np.where(np.arange(slots.shape[1]) > 560, 0, slots).astype(np.uint8)),
        pytest.param(
            compressed,
            lambda slots: np.where(np.arange(slots.shape[1]) > 560, 0, slots).astype(np.uint8),
            marks=SLOWLY,
        ),
    ],
)
def test_the_same_measures_tell_a_dummy_that_was_made_carelessly(
    measure: Measure, careless: Callable[[Slots], Slots], both_sorts: tuple[Slots, Slots]
) -> None:
    members, dummies = both_sorts
    assert found_out(measure, members, careless(dummies)) > 0.55


def test_goal_15_between_two_builds_every_tag_stays_and_every_record_changes() -> None:
    before, after = (all_packs(100, replace(RING, build=RING.build + seconds)) for seconds in (0, 1))
    assert not before.keys() & after.keys()
    for former, latter in zip(before.values(), after.values(), strict=True):
        both = list(zip(cut(former, LAYOUT), cut(latter, LAYOUT), strict=True))
        assert len(both) == 48
        assert all(one[:16] == other[:16] for one, other in both)
        # Nonce, ciphertext and GCM tag each.
        assert not any(one[cut_] == other[cut_] for one, other in both for cut_ in PARTS)


PARTS = (slice(16, 28), slice(28, -16), slice(-16, None))


def test_the_same_site_with_one_member_and_with_a_hundred_looks_the_same() -> None:
    sites = [all_packs(number) for number in (0, 1, 7, 100)]
    shapes = {tuple((path, len(pack), pack[:HEADER]) for path, pack in site.items()) for site in sites}
    assert len(shapes) == 1
    for site in sites:
        tags = {slot[:16] for pack in site.values() for slot in cut(pack, LAYOUT)}
        assert len(tags) == 4 * 48


def test_without_a_lock_the_capacity_tells_the_number_of_members_to_a_dozen_and_with_one_nothing() -> None:
    none, locked = packs.Layout(0, 0, 0), packs.Layout(0, 576, 96)
    free = [layout_of(number, none) for number in range(0, 77, 4)]
    assert len(set(free)) == 6
    assert min(free.count(layout) for layout in free) >= 3
    assert {layout_of(number, locked) for number in (0, 40, 76)} == {locked}


def layout_of(members: int, least: packs.Layout) -> packs.Layout:
    return keyrings.gather(RING, map(member, range(members)), least, tinysite.waiting_room()).layout
