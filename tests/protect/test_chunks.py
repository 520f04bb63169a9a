"""Large assets in chunks: who opens them, and what breaks them."""

from __future__ import annotations

import hashlib
import io
import random
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.readable import GatedAsset, Site
from sitegen.protect import bodies, chunks, names, objects
from sitegen.protect.keys import length_prefixed
from sitegen.protect.locked import opened, sealed_artifacts
from sitegen.protect.refusal import NoAccess, Tampered

RING = objects.ContentRing(bytes([1]) * 32, bytes(range(16)), 1, "2026-09")
ID, OTHER_ID = bytes([7]) * 16, bytes([8]) * 16
PIECE = chunks.CHUNK + 16
BODY = hashlib.shake_128(b"a film of the loom").digest(600_000)
AUDIENCES = ("gold", "silver", "tea")
HEADER = 9 + 4 * 44
BEFORE = HEADER + 12


def keys_of(*segments: str, ring: objects.ContentRing = RING) -> tuple[bytes, ...]:
    return tuple(map(ring.segment_key, segments))


def sealed(body: bytes = BODY, audiences: tuple[str, ...] = AUDIENCES, object_id: bytes = ID) -> bytes:
    return b"".join(chunks.seal(RING, object_id, body, audiences))


def unsealed(
    blob: bytes | bytearray, *segments: str, edition: objects.Edition = RING.edition, object_id: bytes = ID
) -> bytes:
    return b"".join(chunks.unseal(edition, keys_of(*segments), object_id, io.BytesIO(blob)))


def pieces_of(blob: bytes) -> list[bytes]:
    """The chunks of a file for three audiences."""
    return [blob[start : start + PIECE] for start in range(BEFORE, len(blob), PIECE)]


BLOB = sealed()
START, PIECES = BLOB[:BEFORE], pieces_of(BLOB)


@pytest.mark.parametrize("segment", AUDIENCES)
def test_a_large_file_opens_to_each_of_its_segments(segment: str) -> None:
    assert unsealed(BLOB, "everyone", segment) == BODY


def test_a_large_file_opens_to_nobody_else() -> None:
    for segments in ((), ("everyone",), ("birthday", "vip")):
        with pytest.raises(NoAccess):
            unsealed(BLOB, *segments)


# Around the ends of chunks, and where padding would leave a last chunk empty.
@given(
    st.sampled_from((0, 1, 2, 5)),
    st.integers(-80, 80),
    st.sampled_from((("gold",), ("gold", "tea"), AUDIENCES)),
)
def test_a_file_of_any_length_opens_as_it_was(count: int, more: int, audiences: tuple[str, ...]) -> None:
    body = bytes(max(0, count * chunks.CHUNK + more))
    blob = sealed(body, audiences)
    assert unsealed(blob, "gold") == body
    assert len(blob) == objects.padme(len(blob))
    before = objects.length_before(objects.sorted_audiences(audiences))
    assert (len(blob) - before) % PIECE not in range(1, 17)


@given(st.integers(0, 1 << 34), st.sampled_from((65, 109, 197)))
def test_every_length_finds_a_padme_size_whose_last_chunk_is_not_empty(least: int, before: int) -> None:
    length = chunks._plaintext_length(before, least + 4)
    assert length >= least + 4
    count = -(-length // chunks.CHUNK)
    total = before + length + 16 * count
    assert total == objects.padme(total)
    assert total <= 1.12 * (before + least + 4 + 16 * count) + 64


def test_where_a_padme_size_would_leave_an_empty_chunk_the_next_one_is_taken() -> None:
    total = 1 << 20
    before = next(number for number in range(53, 53 + PIECE) if 0 < (total - number) % PIECE <= 16)
    fitting = total - before - 16 * -(-(total - before) // PIECE) - 100
    assert objects.padme(before + fitting + 16 * -(-fitting // chunks.CHUNK)) == total
    length = chunks._plaintext_length(before, fitting)
    count = -(-length // chunks.CHUNK)
    assert before + length + 16 * count == objects.padme(total + 1)


def test_the_same_file_gives_the_same_bytes() -> None:
    assert sealed() == BLOB == sealed(audiences=("tea", "gold", "silver", "gold"))


def test_goal_9_every_flipped_bit_of_a_header_and_2000_in_the_body_are_refused() -> None:
    blob, choose = bytearray(BLOB), random.Random(9)
    ends = [BEFORE + end for number in range(1, len(PIECES) + 1) for end in (number * PIECE - 16, number * PIECE - 1)]
    body = [8 * position for position in ends if position < len(blob)]
    body += [choose.randrange(8 * BEFORE, 8 * len(blob)) for _ in range(2000)]
    without_access = set()
    for position in [*range(8 * BEFORE), *body]:
        blob[position // 8] ^= 1 << position % 8
        with pytest.raises((NoAccess, Tampered)) as caught:
            unsealed(blob, "gold")
        blob[position // 8] ^= 1 << position % 8
        if caught.type is NoAccess:
            without_access.add(position // 8)
    assert bytes(blob) == BLOB
    # Only a flip in the tag of the reader's own lock hides that the file was meant for them.
    assert len(without_access) == 4


def disordered() -> Iterator[tuple[str, bytes]]:
    first, second, *rest = PIECES
    orders = {
        "swapped": [second, first, *rest],
        "last before its time": [first, PIECES[-1], *PIECES[1:-1]],
        "doubled": [first, first, *PIECES[1:]],
        "last doubled": [*PIECES, PIECES[-1]],
        "first lost": PIECES[1:],
        "second lost": [first, *rest],
        "last lost": PIECES[:-1],
        "only the last": PIECES[-1:],
        "reversed": PIECES[::-1],
        "nothing but the start": [],
    }
    for what, order in orders.items():
        yield what, START + b"".join(order)


@pytest.mark.parametrize(("what", "wrong"), list(disordered()), ids=[what for what, _ in disordered()])
def test_goal_10_chunks_in_another_order_or_number_are_refused(what: str, wrong: bytes) -> None:
    with pytest.raises(Tampered):
        unsealed(wrong, "gold")


def test_goal_10_a_file_cut_or_lengthened_anywhere_is_refused() -> None:
    ends = [BEFORE + number * PIECE for number in range(len(PIECES))] + [len(BLOB)]
    cuts = {end + by for end in ends for by in (-17, -16, -1, 0, 1, 16, 17)} | set(range(BEFORE)) - {len(BLOB)}
    for wrong in [BLOB[:cut] for cut in cuts if cut < len(BLOB)] + [BLOB + more for more in (b"\0", bytes(40), BLOB)]:
        with pytest.raises(Tampered):
            unsealed(wrong, "gold")


def test_goal_10_a_chunk_of_another_file_is_refused() -> None:
    other = pieces_of(sealed(BODY[::-1]))
    elsewhere = pieces_of(sealed(object_id=OTHER_ID))
    for foreign in (other, elsewhere):
        with pytest.raises(Tampered):
            unsealed(START + foreign[0] + b"".join(PIECES[1:]), "gold")
        with pytest.raises(Tampered):
            unsealed(START + b"".join(PIECES[:-1]) + foreign[-1], "gold")


@pytest.mark.parametrize(
    ("edition", "object_id"),
    [
        (RING.edition, OTHER_ID),
        (objects.Edition(bytes(16), 1, "2026-09"), ID),
        (objects.Edition(RING.site_id, 2, "2026-09"), ID),
        (objects.Edition(RING.site_id, 1, "2026-10"), ID),
    ],
)
def test_goal_10_a_large_file_opens_nowhere_but_in_its_own_place(edition: objects.Edition, object_id: bytes) -> None:
    with pytest.raises((NoAccess, Tampered)):
        unsealed(BLOB, "gold", edition=edition, object_id=object_id)


def test_goal_10_neither_format_passes_for_the_other() -> None:
    whole = objects.seal(RING, ID, "asset", BODY, AUDIENCES)
    with pytest.raises(Tampered):
        unsealed(b"SGC1" + whole[4:], "gold")
    with pytest.raises(Tampered):
        objects.unseal(RING.edition, keys_of("gold"), ID, "asset", b"SGO1" + BLOB[4:])
    for kind in ("page", "block", "nav"):
        with pytest.raises(Tampered):
            opened(RING.edition, keys_of("gold"), ID, kind, BLOB)


@given(st.binary(max_size=2500))
def test_any_bytes_are_refused_without_a_crash(blob: bytes) -> None:
    for prefix in (b"", b"SGC1\0\0\0\1\1", START):
        with pytest.raises((NoAccess, Tampered)):
            unsealed(prefix + blob, "gold")


@pytest.mark.parametrize("later", [replace(RING, epoch=2), replace(RING, period="2026-10")])
def test_keys_of_before_open_nothing_new(later: objects.ContentRing) -> None:
    blob = b"".join(chunks.seal(later, ID, BODY, ("gold",)))
    assert b"".join(chunks.unseal(later.edition, keys_of("gold", ring=later), ID, io.BytesIO(blob))) == BODY
    with pytest.raises(NoAccess):
        b"".join(chunks.unseal(later.edition, keys_of("gold"), ID, io.BytesIO(blob)))


def test_the_additional_data_of_a_chunk_ends_with_its_number_and_whether_it_is_the_last() -> None:
    made = list(chunks.prepare(RING, ID, BODY, ("gold",)))
    label = length_prefixed(b"SGC1", RING.site_id, ID, b"\0\0\0\1", b"2026-09", b"asset")
    ends = [b"\0\0\0\0\0", b"\0\0\0\1\0", b"\0\0\0\2\1"]
    assert [one.additional for one in made] == [label + made[0].header + end for end in ends]
    bases = {int.from_bytes(one.nonce, "big") ^ number for number, one in enumerate(made)}
    assert len(bases) == 1
    assert [len(one.plaintext) for one in made[:-1]] == [chunks.CHUNK] * 2


def test_opening_a_large_file_never_holds_more_than_a_few_chunks() -> None:
    blob = sealed(bytes(12 << 20), ("gold",))
    file = io.BytesIO(blob)
    tracemalloc.start()
    length = sum(map(len, chunks.unseal(RING.edition, keys_of("gold"), ID, file)))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert length == 12 << 20
    assert most < 8 * chunks.CHUNK


def test_no_file_of_4_gib_is_begun() -> None:
    class Endless(bytes):
        def __len__(self) -> int:
            return 1 << 32

    with pytest.raises(ValueError, match="4 GiB"):
        next(chunks.prepare(RING, ID, Endless(), ("gold",)))


@pytest.mark.parametrize(("length", "mark"), [(chunks.LARGE - 100, b"SGO1"), (chunks.LARGE, b"SGC1")])
def test_a_site_cuts_its_large_assets_only_and_both_open(length: int, mark: bytes) -> None:
    asset = GatedAsset("assets/film.mp4", ("gold",), "application/octet-stream", (2 * BODY)[:length])
    (artifact,) = sealed_artifacts(Site((), (asset,), (), b"", frozenset(), ""), RING, "/")
    identifier = names.object_id(RING.content_key, RING.site_id, asset.id)
    assert artifact.content.startswith(mark)
    body = opened(RING.edition, keys_of("gold"), identifier, "asset", artifact.content)
    assert body == bodies.asset_body("application/octet-stream", asset.content)
