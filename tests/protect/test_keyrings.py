"""A member's slot opens with their code and holds the keys of exactly their segments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import cast

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import Mistakes
from sitegen.model.artifact import SealedArtifact
from sitegen.model.field import FieldUse, MemberData
from sitegen.model.plan import Value
from sitegen.model.tree import Place
from sitegen.protect import code, manifest, names, packs
from sitegen.protect.keyrings import gather, keyring_artifacts, manifest_artifact, record, record_fields
from sitegen.protect.packs import DuplicateMember, Layout, Member, OpenedSlot, SlotTooLarge, open_slot, pack_number
from sitegen.protect.refusal import NoAccess
from tests.examples import examples
from tests.protect.tinysite import CARD_KEY, SIGN_KEY, SITE_ID, card_ring, content_ring, waiting_room

NONE = Layout(0, 0, 0)
SEGMENTS = ("everyone", "gold", "silver", "tea")
RING = card_ring()
KEYS = {segment: content_ring().segment_key(segment) for segment in SEGMENTS}


def member(name: str, *segments: str, serial: int = 1, **said: str) -> Member:
    return Member(name, serial, tuple(KEYS[segment] for segment in segments), said)


def crowd(number: int) -> tuple[Member, ...]:
    return tuple(member(f"C-{index:05d}", "everyone", first_name="Ann") for index in range(number))


def locked(members: Iterable[Member], least: Layout = NONE) -> tuple[Layout, list[SealedArtifact]]:
    everybody, room = tuple(members), waiting_room()
    found = gather(RING, iter(everybody), least, room)
    assert found.members == len(everybody)
    return found.layout, list(keyring_artifacts(RING, found.layout, room))


def layout_of(members: Iterable[Member], least: Layout = NONE) -> Layout:
    return locked(members, least)[0]


def opened(layout: Layout, artifacts: list[SealedArtifact], name: str, serial: int = 1) -> OpenedSlot:
    card = code.member_code(CARD_KEY, SITE_ID, name, serial)
    path = names.pack_path(RING.epoch, RING.build, pack_number(card, RING.stamp, layout.bits))
    (pack,) = (artifact.content for artifact in artifacts if artifact.path == path)
    return open_slot(card, RING.stamp, layout, pack)


def test_a_slot_opens_with_the_members_code_and_with_no_other() -> None:
    site = locked([member("anna", "everyone", "gold", first_name="Anna"), member("ben", "everyone")])
    anna, ben = opened(*site, "anna"), opened(*site, "ben")
    assert set(anna.segment_keys) == {KEYS["everyone"], KEYS["gold"]}
    assert set(ben.segment_keys) == {KEYS["everyone"]}
    assert (dict(anna.record), dict(ben.record)) == ({"first_name": "Anna"}, {})
    assert anna.public_key == manifest.public_key(SIGN_KEY, SITE_ID)
    for stranger, serial in (("carl", 1), ("anna", 2)):
        with pytest.raises(NoAccess):
            opened(*site, stranger, serial)


@given(st.lists(st.frozensets(st.sampled_from(SEGMENTS)), max_size=12), st.integers(0, 3))
def test_every_member_holds_the_keys_of_exactly_their_segments(segments: list[frozenset[str]], bits: int) -> None:
    members = tuple(member(f"m{index:02}", *sorted(held)) for index, held in enumerate(segments))
    site = locked(members, Layout(bits, 576, 16))
    for index, held in enumerate(segments):
        assert set(opened(*site, f"m{index:02}").segment_keys) == {KEYS[segment] for segment in held}


@examples(12)
@given(st.integers(0, 8), st.integers(0, 60))
def test_a_stream_of_members_makes_the_packs_that_each_share_of_them_makes_alone(bits: int, number: int) -> None:
    layout, artifacts = locked(crowd(number), Layout(bits, 576, 64))
    slots = [packs.seal_slot(RING, packs.slot_of(RING, one), 576) for one in reversed(crowd(number))]
    for prefix, artifact in enumerate(artifacts):
        share = [slot for slot in slots if packs.prefix_of(slot, bits) == prefix]
        assert artifact.content == packs.fill_pack(RING, share, layout, prefix)
    assert len(artifacts) == 1 << bits


def test_the_smallest_layout_holds_everybody_with_room_for_more() -> None:
    assert layout_of(()) == Layout(0, 576, 16)
    assert layout_of(crowd(100)) == Layout(0, 576, 128)


def test_a_layout_from_the_lock_is_kept_while_it_holds_everybody() -> None:
    kept = Layout(2, 1024, 64)
    assert layout_of(crowd(100), kept) == kept
    assert layout_of((), kept) == kept


def test_a_layout_from_the_lock_grows_and_keeps_its_packs() -> None:
    members = (*crowd(100), member("long", "gold", note="x" * 700))
    grown, artifacts = locked(members, Layout(2, 576, 16))
    assert grown.bits == 2
    assert grown.slot > 576
    assert grown.capacity > 16
    for one in members:
        assert opened(grown, artifacts, one.member_id).record == one.record


def test_who_needs_a_larger_slot_gets_one_wherever_they_come_in_the_stream() -> None:
    few = crowd(9)
    sizes = {layout_of((*few[:place], member("C-00004b", n="x" * 700), *few[place:])) for place in range(10)}
    assert sizes == {layout_of((*few, member("C-9", n="x" * 700)))}


def test_all_members_have_slots_as_long_as_the_longest_needs() -> None:
    members = [member("a", n="x" * 700), member("b"), member("c", n="x" * 1700), member("d", n="x" * 900)]
    layout, artifacts = locked(members)
    assert layout.slot == packs.slot_size(len(packs.slot_of(RING, members[2]).content))
    assert [opened(layout, artifacts, one.member_id).record for one in members] == [one.record for one in members]


@pytest.mark.parametrize("first", [(), (member("A-first", n="x" * 700),)])
def test_a_record_that_no_slot_holds_names_the_member_and_the_field(first: tuple[Member, ...]) -> None:
    members = (*first, *crowd(3), member("C-long", "gold", tier_benefit="x" * 5000))
    with pytest.raises(SlotTooLarge, match=r"member 'C-long' needs .* the largest part is the field 'tier_benefit'"):
        locked(members)


def test_a_member_who_comes_twice_is_named() -> None:
    with pytest.raises(DuplicateMember, match="'ben' stands twice"):
        locked([member("anna"), member("ben"), member("ben", "gold")])


def test_each_member_is_put_away_before_the_next_one_comes() -> None:
    room, come = waiting_room(), 0

    def stream() -> Iterator[Member]:
        nonlocal come
        for one in crowd(300):
            assert sum(file.tell() for file in room.files) >= come * 100
            come += 1
            yield one

    assert gather(RING, stream(), NONE, room).members == come == 300


def test_every_pack_has_the_same_size_and_an_opaque_path() -> None:
    _, artifacts = locked(crowd(30), Layout(3, 576, 16))
    assert [artifact.path for artifact in artifacts] == [
        f"sg/{RING.epoch}/k/{RING.build}/{number:04x}.bin" for number in range(8)
    ]
    assert len({len(artifact.content) for artifact in artifacts}) == 1


def test_neither_a_pack_nor_the_waiting_room_says_anything_of_the_members() -> None:
    anna, room = member("anna", "gold", first_name="Canary"), waiting_room()
    slot = packs.slot_of(RING, anna)
    found = gather(RING, [anna], NONE, room)
    written = [cast("BytesIO", file).getvalue() for file in room.files]
    written += [artifact.content for artifact in keyring_artifacts(RING, found.layout, room)]
    assert sum(map(len, written)) > 10_000
    for secret in (b"Canary", b"anna", b"first_name", KEYS["gold"], slot.key, room.key):
        assert not any(secret in content for content in written)


def test_a_slot_that_was_changed_while_it_waited_is_not_used() -> None:
    room = waiting_room()
    found = gather(RING, [member("anna")], NONE, room)
    (file,) = (cast("BytesIO", file) for file in room.files if file.tell())
    file.getbuffer()[9] ^= 1
    with pytest.raises(InvalidTag):
        list(keyring_artifacts(RING, found.layout, room))


def test_the_manifest_lies_at_its_place_and_is_signed() -> None:
    stated = manifest.Manifest(SITE_ID, 1, 1_788_800_000, "2026-09", Layout(1, 576, 16), 1_788_800_000, True, "x" * 26)
    artifact = manifest_artifact(SIGN_KEY, stated)
    assert artifact.path == "sg/site.json"
    assert manifest_artifact(SIGN_KEY, stated) == artifact
    assert manifest_artifact(bytes([9]) * 32, stated).content != artifact.content


PLACE = Place("themes/hearth/site")


def test_a_record_holds_the_fields_that_pages_ask_for() -> None:
    uses = record_fields(frozenset({"points|number", "first_name", "member_since|year"}), "hearth", "basic")
    assert [use.key for use in uses] == ["first_name", "member_since|year", "points|number"]


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("email", "no page may show"),
        ("last_name", "no page may show"),
        ("", "no page may show"),
        ("__class__", "no page may show"),
        ("points|shout", "which it can't be"),
        ("first_name|money", "which it can't be"),
    ],
)
def test_a_field_that_no_page_may_show_is_refused(key: str, said: str) -> None:
    with pytest.raises(Mistakes, match=said) as caught:
        record_fields(frozenset({key, "first_name"}), "hearth", "full")
    (problem,) = caught.value.problems
    assert problem.file == "themes/hearth/site"


@pytest.mark.parametrize("kept", ["none", "basic"])
def test_a_template_that_shows_more_than_the_records_hold_is_refused_with_a_hint(kept: MemberData) -> None:
    keys = frozenset({"first_name", "coupons", "next_event_on|date"})
    with pytest.raises(Mistakes) as caught:
        record_fields(keys, "hearth", kept)
    assert [(problem.file, problem.message) for problem in caught.value.problems] == [
        ("themes/hearth/site", f"a page can't show '{name}': it belongs to full member data, and this shop's is {kept}")
        for name in ("coupons", "next_event_on")
    ]
    assert {problem.hint for problem in caught.value.problems} == {
        "write 'output: {member_data: full}' in site.yaml, or leave it out"
    }
    assert [use.key for use in record_fields(keys, "hearth", "full")] == sorted(keys)


def test_where_no_member_data_is_kept_records_hold_nothing() -> None:
    assert record_fields(frozenset({"first_name", "points|number"}), "hearth", "none") == ()


def test_a_record_says_what_is_known_as_the_page_shows_it_and_nothing_else() -> None:
    uses = (FieldUse("points", PLACE, "number"), FieldUse("points", PLACE), FieldUse("tier", PLACE))
    values: dict[str, Value] = {
        "points": 1250,
        "last_name": "Canary",
        "to_next_tier": Decimal(5),
        "member_since": date(2020, 1, 2),
    }
    said = record(uses, values, lambda use, value: f"{value}{use.format}")
    assert said == {"points|number": "1250number", "points": "1250"}
