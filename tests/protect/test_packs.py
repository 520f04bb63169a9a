"""Packs of member slots: who opens what, and what an onlooker can learn."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.protect import code, packs
from sitegen.protect.keys import length_prefixed
from sitegen.protect.refusal import NoAccess, Tampered
from tests.examples import examples
from tests.protect import tinysite

RING = tinysite.card_ring()
LAYOUT = packs.Layout(bits=0, slot=576, capacity=16)
ANNA = packs.Member("anna", 1, (b"e" * 32, b"g" * 32), {"first_name": "Anna", "points|number": "1,250"})
BEN = packs.Member("ben", 1, (b"e" * 32,), {"first_name": "贝恩"})
HEADER = 20
RECORD = 16 + 12 + 576 + 16


def code_of(member: packs.Member, ring: packs.CardRing = RING) -> bytes:
    return code.member_code(ring.card_key, ring.site_id, member.member_id, member.serial)


def write_pack(ring: packs.CardRing, members: list[packs.Member], layout: packs.Layout, prefix: int) -> bytes:
    slots = [packs.seal_slot(ring, packs.slot_of(ring, member), layout.slot) for member in members]
    return packs.fill_pack(ring, slots, layout, prefix)


def records(pack: bytes) -> dict[bytes, bytes]:
    slots = [pack[start : start + RECORD] for start in range(HEADER, len(pack), RECORD)]
    return {slot[:16]: slot[16:] for slot in slots}


def test_a_code_opens_its_own_slot() -> None:
    pack = write_pack(RING, [ANNA, BEN], LAYOUT, 0)
    for member in (ANNA, BEN):
        opened = packs.open_slot(code_of(member), RING.stamp, LAYOUT, pack)
        assert opened == packs.OpenedSlot(member.segment_keys, RING.public_key, member.record)


@examples(30)
@given(st.integers(0, 5), st.sets(st.integers(0, 10**6), max_size=30))
def test_every_member_is_found_in_the_pack_that_their_code_names(bits: int, numbers: set[int]) -> None:
    layout = packs.Layout(bits, 576, 48)
    members = [packs.Member(f"C{number}", 1, (), {"n": str(number)}) for number in numbers]
    written = list(tinysite.pack_files(RING, members, layout).values())
    assert len(written) == 1 << bits
    assert {len(pack) for pack in written} == {HEADER + 48 * RECORD}
    for member in members:
        prefix = packs.pack_number(code_of(member), RING.stamp, bits)
        opened = packs.open_slot(code_of(member), RING.stamp, layout, written[prefix])
        assert opened.record == member.record


def test_a_replaced_card_and_a_stranger_find_no_slot() -> None:
    pack = write_pack(RING, [replace(ANNA, serial=2)], LAYOUT, 0)
    for stranger in (ANNA, BEN):
        with pytest.raises(NoAccess):
            packs.open_slot(code_of(stranger), RING.stamp, LAYOUT, pack)


def test_goal_9_every_flipped_bit_of_a_slot_or_of_the_header_is_refused() -> None:
    pack = write_pack(RING, [ANNA, BEN], LAYOUT, 0)
    tag = code.locator_tag(code.locator_key(code_of(ANNA), RING.site_id), RING.site_id, RING.epoch)
    start = pack.index(tag)
    for position in [*range(8 * HEADER), *range(8 * start, 8 * (start + RECORD))]:
        flipped = bytearray(pack)
        flipped[position // 8] ^= 1 << position % 8
        in_tag = start <= position // 8 < start + 16
        with pytest.raises(NoAccess if in_tag else Tampered):
            packs.open_slot(code_of(ANNA), RING.stamp, LAYOUT, bytes(flipped))


@pytest.mark.parametrize(
    "other",
    [replace(RING, site_id=bytes(16)), replace(RING, epoch=2), replace(RING, build=RING.build + 1)],
)
def test_a_pack_of_another_site_epoch_or_build_is_refused_even_under_a_right_header(other: packs.CardRing) -> None:
    pack = write_pack(RING, [ANNA], LAYOUT, 0)
    header = write_pack(other, [], LAYOUT, 0)[:HEADER]
    with pytest.raises((NoAccess, Tampered)):
        packs.open_slot(code_of(ANNA), other.stamp, LAYOUT, header + pack[HEADER:])


def test_goal_10_a_slot_under_another_tag_is_refused() -> None:
    pack = write_pack(RING, [ANNA, BEN], LAYOUT, 0)
    slots = records(pack)
    tags = [
        code.locator_tag(code.locator_key(code_of(member), RING.site_id), RING.site_id, RING.epoch)
        for member in (ANNA, BEN)
    ]
    slots[tags[0]], slots[tags[1]] = slots[tags[1]], slots[tags[0]]
    mixed = pack[:HEADER] + b"".join(tag + rest for tag, rest in slots.items())
    with pytest.raises(Tampered):
        packs.open_slot(code_of(ANNA), RING.stamp, LAYOUT, mixed)


def test_cut_and_lengthened_packs_are_refused() -> None:
    pack = write_pack(RING, [ANNA], LAYOUT, 0)
    for wrong in (b"", pack[:HEADER], pack[:-1], pack + b"\0", pack[:-RECORD]):
        with pytest.raises(Tampered):
            packs.open_slot(code_of(ANNA), RING.stamp, LAYOUT, wrong)


def test_between_two_builds_every_tag_stays_and_every_slot_changes() -> None:
    before = records(write_pack(RING, [ANNA, BEN], LAYOUT, 0))
    after = records(write_pack(replace(RING, build=RING.build + 1), [ANNA, BEN], LAYOUT, 0))
    assert len(before) == 16
    assert before.keys() == after.keys()
    assert not set(before.values()) & set(after.values())


def test_between_two_epochs_every_tag_changes() -> None:
    before = records(write_pack(RING, [ANNA, BEN], LAYOUT, 0))
    after = records(write_pack(replace(RING, epoch=2), [ANNA, BEN], LAYOUT, 0))
    assert not before.keys() & after.keys()


def test_a_newcomer_takes_the_place_of_one_dummy() -> None:
    before = records(write_pack(RING, [ANNA], LAYOUT, 0))
    after = records(write_pack(RING, [ANNA, BEN], LAYOUT, 0))
    assert len(before.keys() - after.keys()) == len(after.keys() - before.keys()) == 1


def test_slots_lie_sorted_by_tag_and_dummies_under_the_packs_prefix() -> None:
    layout = packs.Layout(bits=3, slot=576, capacity=32)
    for prefix, pack in enumerate(tinysite.pack_files(RING, [ANNA, BEN], layout).values()):
        tags = list(records(pack))
        assert tags == sorted(tags)
        assert len(tags) == 32
        assert {tag[0] >> 5 for tag in tags} == {prefix}


def test_the_same_members_give_the_same_packs_in_any_order() -> None:
    turned = replace(ANNA, segment_keys=ANNA.segment_keys[::-1], record=dict(reversed(list(ANNA.record.items()))))
    assert write_pack(RING, [BEN, turned], LAYOUT, 0) == write_pack(RING, [ANNA, BEN], LAYOUT, 0)


def test_a_slot_that_is_too_large_names_the_member_and_the_largest_part() -> None:
    wordy = replace(ANNA, record={"first_name": "Anna", "benefit": "tea " * 1130})
    with pytest.raises(packs.SlotTooLarge) as caught:
        packs.slot_of(RING, wordy)
    assert str(caught.value) == (
        "member 'anna' needs 4724 bytes of a card slot of 4096; the largest part is the field 'benefit' with 4534 bytes"
        "\nhint: shorten it in the customer file, or show less of it on pages"
    )


def test_a_member_of_too_many_segments_is_told_so() -> None:
    busy = replace(BEN, segment_keys=tuple(number.to_bytes(32, "big") for number in range(300)))
    with pytest.raises(packs.SlotTooLarge, match="the largest part is the list of 300 segments with 9600 bytes"):
        packs.slot_of(RING, busy)


def test_a_full_pack_and_a_double_member_are_errors() -> None:
    crowd = [packs.Member(f"C{number}", 1, (), {}) for number in range(17)]
    with pytest.raises(packs.PackTooSmall, match="pack 0 has 17 members, but packs hold 16"):
        write_pack(RING, crowd, LAYOUT, 0)
    with pytest.raises(packs.DuplicateMember, match="stands twice"):
        write_pack(RING, [ANNA, BEN, ANNA], LAYOUT, 0)


def test_a_slot_of_another_pack_is_not_taken_in() -> None:
    sealed = packs.seal_slot(RING, packs.slot_of(RING, ANNA), 576)
    with pytest.raises(ValueError, match="another pack"):
        packs.fill_pack(RING, [sealed], replace(LAYOUT, bits=1), 1 - packs.prefix_of(sealed, 1))


@pytest.mark.parametrize(
    ("members", "bits"),
    [(0, 0), (1, 0), (120, 0), (150, 1), (1200, 4), (100_000, 10), (1_000_000, 13), (10**9, 16)],
)
def test_about_a_hundred_members_share_a_pack(members: int, bits: int) -> None:
    assert packs.pack_bits(members) == bits


@given(st.integers(0, 10_000))
def test_a_pack_keeps_a_quarter_free_and_counts_in_sixteens(fullest: int) -> None:
    capacity = packs.pack_capacity(fullest)
    assert capacity % 16 == 0
    assert capacity >= max(16, fullest * 1.25)
    assert capacity - 16 < max(16, fullest * 1.25)


def test_slots_come_in_steps_from_576_bytes_to_4_kilobytes() -> None:
    assert [packs.slot_size(needed) for needed in (1, 576, 577, 4096)] == [576, 576, 640, 4096]
    with pytest.raises(packs.SlotTooLarge):
        packs.slot_size(4097)


def test_a_slot_of_the_length_that_its_content_needs_holds_it_and_a_shorter_one_does_not() -> None:
    slot = packs.slot_of(RING, ANNA)
    assert packs.prepare_slot(RING, slot, len(slot.content)).plaintext == slot.content
    with pytest.raises(packs.SlotTooLarge):
        packs.prepare_slot(RING, slot, len(slot.content) - 1)


def test_the_additional_data_names_everything_that_a_slot_is_bound_to() -> None:
    sealing = packs.prepare_slot(RING, packs.slot_of(RING, ANNA), 576)
    build = RING.build.to_bytes(8, "big")
    assert sealing.additional == length_prefixed(b"SGK1", RING.site_id, b"\0\0\0\1", build, sealing.tag)


def test_rings_members_and_slots_do_not_show_their_secrets() -> None:
    slot = packs.slot_of(RING, ANNA)
    shown = repr((RING, ANNA, slot, packs.prepare_slot(RING, slot, 576)))
    derived = (RING.derived.cards, RING.derived.nonces, RING.derived.dummies)
    for secret in (RING.card_key, *derived, ANNA.segment_keys[0], code.slot_key(code_of(ANNA), RING.site_id)):
        assert repr(secret)[2:-1] not in shown
