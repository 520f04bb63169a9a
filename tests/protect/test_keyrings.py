"""A member's slot opens with their code and holds the keys of exactly their segments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import Mistakes
from sitegen.model.field import FieldUse
from sitegen.model.plan import Value
from sitegen.model.tree import Place
from sitegen.protect import code, manifest, names
from sitegen.protect.keyrings import keyring_artifacts, layout_for, manifest_artifact, record, record_fields
from sitegen.protect.packs import (
    CardRing,
    Layout,
    Member,
    OpenedSlot,
    SlotTooLarge,
    open_slot,
    pack_number,
    prefix_of,
)
from sitegen.protect.refusal import NoAccess
from tests.protect.tinysite import CARD_KEY, SIGN_KEY, SITE_ID, card_ring, content_ring

NONE = Layout(0, 0, 0)
SEGMENTS = ("everyone", "gold", "silver", "tea")
RING = card_ring()
KEYS = {segment: content_ring().segment_key(segment) for segment in SEGMENTS}


def member(name: str, *segments: str, serial: int = 1, **said: str) -> Member:
    return Member(name, serial, tuple(KEYS[segment] for segment in segments), said)


def crowd(number: int) -> tuple[Member, ...]:
    return tuple(member(f"C-{index:05d}", "everyone", first_name="Ann") for index in range(number))


def opened(ring: CardRing, members: tuple[Member, ...], layout: Layout, name: str, serial: int = 1) -> OpenedSlot:
    packs = {artifact.path: artifact.content for artifact in keyring_artifacts(ring, members, layout)}
    card = code.member_code(CARD_KEY, SITE_ID, name, serial)
    path = names.pack_path(ring.epoch, ring.build, pack_number(card, ring.stamp, layout.bits))
    return open_slot(card, ring.stamp, layout, packs[path])


def test_a_slot_opens_with_the_members_code_and_with_no_other() -> None:
    members = (member("anna", "everyone", "gold", first_name="Anna"), member("ben", "everyone"))
    layout = layout_for(RING, members, NONE)
    anna, ben = opened(RING, members, layout, "anna"), opened(RING, members, layout, "ben")
    assert set(anna.segment_keys) == {KEYS["everyone"], KEYS["gold"]}
    assert set(ben.segment_keys) == {KEYS["everyone"]}
    assert (dict(anna.record), dict(ben.record)) == ({"first_name": "Anna"}, {})
    assert anna.public_key == manifest.public_key(SIGN_KEY, SITE_ID)
    for stranger, serial in (("carl", 1), ("anna", 2)):
        with pytest.raises(NoAccess):
            opened(RING, members, layout, stranger, serial)


@given(st.lists(st.frozensets(st.sampled_from(SEGMENTS)), max_size=12), st.integers(0, 3))
def test_every_member_holds_the_keys_of_exactly_their_segments(segments: list[frozenset[str]], bits: int) -> None:
    members = tuple(member(f"m{index}", *sorted(held)) for index, held in enumerate(segments))
    layout = layout_for(RING, members, Layout(bits, 576, 16))
    for index, held in enumerate(segments):
        assert set(opened(RING, members, layout, f"m{index}").segment_keys) == {KEYS[segment] for segment in held}


def test_the_smallest_layout_holds_everybody_with_room_for_more() -> None:
    assert layout_for(RING, (), NONE) == Layout(0, 576, 16)
    assert layout_for(RING, crowd(100), NONE) == Layout(0, 576, 128)


def test_a_layout_from_the_lock_is_kept_while_it_holds_everybody() -> None:
    kept = Layout(2, 1024, 64)
    assert layout_for(RING, crowd(100), kept) == kept
    assert layout_for(RING, (), kept) == kept


def test_a_layout_from_the_lock_grows_and_keeps_its_packs() -> None:
    grown = layout_for(RING, (*crowd(100), member("long", "gold", note="x" * 700)), Layout(2, 576, 16))
    assert grown.bits == 2
    assert grown.slot > 576
    fullest = max(sum(prefix_of(RING, one, 2) == prefix for one in crowd(100)) for prefix in range(4))
    assert grown.capacity >= fullest


def test_a_record_that_no_slot_holds_names_the_member_and_the_field() -> None:
    members = (*crowd(3), member("C-long", "gold", tier_benefit="x" * 5000))
    with pytest.raises(SlotTooLarge, match=r"member 'C-long' needs .* the largest part is the field 'tier_benefit'"):
        layout_for(RING, members, NONE)


def test_every_pack_has_the_same_size_and_an_opaque_path() -> None:
    layout = layout_for(RING, crowd(30), Layout(3, 576, 16))
    artifacts = list(keyring_artifacts(RING, crowd(30), layout))
    assert [artifact.path for artifact in artifacts] == [
        f"sg/{RING.epoch}/k/{RING.build}/{number:04x}.bin" for number in range(8)
    ]
    assert len({len(artifact.content) for artifact in artifacts}) == 1


def test_a_pack_says_nothing_of_its_members() -> None:
    members = (member("anna", "gold", first_name="Canary"),)
    (artifact,) = keyring_artifacts(RING, members, layout_for(RING, members, NONE))
    for secret in (b"Canary", b"anna", b"first_name", KEYS["gold"]):
        assert secret not in artifact.content


def test_the_manifest_lies_at_its_place_and_is_signed() -> None:
    stated = manifest.Manifest(SITE_ID, 1, 1_788_800_000, "2026-09", Layout(1, 576, 16), 1_788_800_000, True, "x" * 26)
    artifact = manifest_artifact(SIGN_KEY, stated)
    assert artifact.path == "sg/site.json"
    assert manifest_artifact(SIGN_KEY, stated) == artifact
    assert manifest_artifact(bytes([9]) * 32, stated).content != artifact.content


PLACE = Place("themes/hearth/site")


def test_a_record_holds_the_fields_that_pages_ask_for() -> None:
    uses = record_fields(frozenset({"points|number", "first_name", "member_since|year"}), "hearth")
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
        record_fields(frozenset({key, "first_name"}), "hearth")
    (problem,) = caught.value.problems
    assert problem.file == "themes/hearth/site"


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
