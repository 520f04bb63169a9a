"""Protected objects: who opens them, and what breaks them."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.protect import bodies, objects
from sitegen.protect.keys import length_prefixed
from sitegen.protect.refusal import NoAccess, Tampered

RING = objects.ContentRing(bytes([1]) * 32, bytes(range(16)), 1, "2026-09")
ID, OTHER_ID = bytes([7]) * 16, bytes([8]) * 16
SEGMENTS = ("birthday", "everyone", "gold", "silver", "tea", "vip")
BODY = bodies.page_body("Autumn", "<p>Linen for cold evenings</p>")
AUDIENCES = st.lists(st.sampled_from(SEGMENTS), min_size=1).map(tuple)


def keys_of(*segments: str, ring: objects.ContentRing = RING) -> tuple[bytes, ...]:
    return tuple(map(ring.segment_key, segments))


@given(AUDIENCES, st.sets(st.sampled_from(SEGMENTS)), st.binary(max_size=3000))
def test_whoever_is_in_one_of_the_audiences_opens_an_object_and_nobody_else(
    audiences: tuple[str, ...], held: set[str], body: bytes
) -> None:
    blob = objects.seal(RING, ID, "asset", body, audiences)
    if held & set(audiences):
        assert objects.unseal(RING.edition, keys_of(*sorted(held)), ID, "asset", blob) == body
    else:
        with pytest.raises(NoAccess):
            objects.unseal(RING.edition, keys_of(*sorted(held)), ID, "asset", blob)


@given(AUDIENCES, st.integers(0, 100_000))
def test_an_object_has_a_padme_size_and_a_power_of_two_of_locks(audiences: tuple[str, ...], length: int) -> None:
    body = hashlib.shake_128(b"incompressible").digest(length)
    blob = objects.seal(RING, ID, "asset", body, audiences)
    assert len(blob) == objects.padme(len(blob)) >= 1024
    assert blob[8] in (1, 2, 4, 8)
    assert blob[8] >= len(set(audiences)) > blob[8] // 2


@given(st.integers(0, 10**9))
def test_a_padme_size_wastes_at_most_an_eighth_and_stays_as_it_is(length: int) -> None:
    padded = objects.padme(length)
    assert length <= padded <= length * 1.12
    assert objects.padme(padded) == padded


def test_padme_sizes_are_those_of_the_paper() -> None:
    assert [objects.padme(length) for length in (0, 1, 8, 9, 100, 1000, 1025)] == [0, 1, 8, 10, 104, 1024, 1088]


def test_the_order_and_repetition_of_audiences_do_not_matter() -> None:
    assert objects.seal(RING, ID, "page", BODY, ("gold", "tea", "gold")) == objects.seal(
        RING, ID, "page", BODY, ("tea", "gold")
    )


def test_locks_are_sorted_so_that_dummies_have_no_place_of_their_own() -> None:
    for body in (b"one", b"two", b"three"):
        blob = objects.seal(RING, ID, "block", body, ("gold", "silver", "tea"))
        locks = [blob[start : start + 44] for start in range(9, 9 + 4 * 44, 44)]
        assert locks == sorted(locks)


def test_goal_9_every_flipped_bit_of_an_object_is_refused() -> None:
    blob = objects.seal(RING, ID, "page", BODY, ("gold", "silver", "tea"))
    keys = keys_of("gold")
    without_access = []
    for position in range(8 * len(blob)):
        flipped = bytearray(blob)
        flipped[position // 8] ^= 1 << position % 8
        with pytest.raises((NoAccess, Tampered)) as caught:
            objects.unseal(RING.edition, keys, ID, "page", bytes(flipped))
        if caught.type is NoAccess:
            without_access.append(position // 8)
    # Only a flip in the tag of the reader's own lock hides that the object was meant for them.
    assert len(without_access) == 32
    assert len(set(without_access)) == 4


def test_goal_10_every_cut_and_every_addition_is_refused() -> None:
    blob = objects.seal(RING, ID, "page", BODY, ("gold",))
    for wrong in [blob[:length] for length in range(len(blob))] + [blob + b"\0", blob + blob]:
        with pytest.raises(Tampered):
            objects.unseal(RING.edition, keys_of("gold"), ID, "page", wrong)


@pytest.mark.parametrize(
    ("edition", "object_id", "kind"),
    [
        (RING.edition, OTHER_ID, "page"),
        (RING.edition, ID, "block"),
        (objects.Edition(bytes(16), 1, "2026-09"), ID, "page"),
        (objects.Edition(RING.site_id, 2, "2026-09"), ID, "page"),
        (objects.Edition(RING.site_id, 1, "2026-10"), ID, "page"),
    ],
)
def test_goal_10_an_object_opens_nowhere_but_in_its_own_place(
    edition: objects.Edition, object_id: bytes, kind: objects.Kind
) -> None:
    blob = objects.seal(RING, ID, "page", BODY, ("gold",))
    with pytest.raises((NoAccess, Tampered)):
        objects.unseal(edition, keys_of("gold"), object_id, kind, blob)


def test_a_lock_moved_from_another_object_opens_nothing() -> None:
    blob = objects.seal(RING, ID, "page", BODY, ("gold",))
    other = objects.seal(RING, OTHER_ID, "page", BODY, ("silver",))
    for mixed in (blob[:9] + other[9:53] + blob[53:], other[:9] + blob[9:53] + other[53:]):
        for object_id in (ID, OTHER_ID):
            with pytest.raises((NoAccess, Tampered)):
                objects.unseal(RING.edition, keys_of("gold", "silver"), object_id, "page", mixed)


@pytest.mark.parametrize("later", [replace(RING, epoch=2), replace(RING, period="2026-10")])
def test_keys_of_before_open_nothing_new(later: objects.ContentRing) -> None:
    blob = objects.seal(later, ID, "page", BODY, ("gold",))
    assert objects.unseal(later.edition, keys_of("gold", ring=later), ID, "page", blob) == BODY
    with pytest.raises(NoAccess):
        objects.unseal(later.edition, keys_of("gold"), ID, "page", blob)


@pytest.mark.parametrize("audiences", [(), tuple(f"segment-{number}" for number in range(129))])
def test_an_object_needs_a_sensible_number_of_audiences(audiences: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="1 to 128 audiences"):
        objects.seal(RING, ID, "page", BODY, audiences)


def test_an_object_for_128_audiences_opens_for_the_last_of_them() -> None:
    audiences = tuple(f"segment-{number}" for number in range(128))
    blob = objects.seal(RING, ID, "page", BODY, audiences)
    assert objects.unseal(RING.edition, keys_of(audiences[-1]), ID, "page", blob) == BODY


@given(st.binary(max_size=2500))
def test_any_bytes_are_refused_without_a_crash(blob: bytes) -> None:
    for prefix in (b"", b"SGO1\0\0\0\1\1"):
        with pytest.raises((NoAccess, Tampered)):
            objects.unseal(RING.edition, keys_of("gold"), ID, "page", prefix + blob)


def test_the_additional_data_names_everything_that_an_object_is_bound_to() -> None:
    sealing = objects.prepare(RING, ID, "nav", b"", ("gold",))
    names = length_prefixed(b"SGO1", RING.site_id, ID, b"\0\0\0\1", b"2026-09", b"nav")
    assert sealing.additional == names + sealing.header
    assert sealing.header[:9] == b"SGO1\0\0\0\1\1"
    assert len(sealing.header) == 9 + 44


def test_rings_do_not_show_their_secrets() -> None:
    sealing = objects.prepare(RING, ID, "page", b"secret words", ("gold",))
    for shown in (repr(RING), repr(sealing)):
        assert repr(RING.content_key) not in shown
        assert repr(sealing.key) not in shown
        assert "secret words" not in shown


def test_bodies_are_canonical() -> None:
    item = bodies.NavItem("Gold 月", "m/x/", True, 3, "")
    assert bodies.page_body("A", "<p>", "d") == b'{"description":"d","html":"<p>","title":"A"}'
    assert bodies.block_body("é") == '{"html":"é"}'.encode()
    assert (
        bodies.nav_body([item])
        == '{"items":[{"href":"m/x/","menu":true,"teaser":"","title":"Gold 月","weight":3}]}'.encode()
    )
    assert bodies.asset_body("image/png", b"abc") == b"\0\0\0\x09image/png\0\0\0\x03abc"
