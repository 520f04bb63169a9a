"""Objects in a folder of each of their audiences: the same bytes, found by what a member holds."""

from __future__ import annotations

from dataclasses import replace

from sitegen.protect import names
from sitegen.protect.locked import sealed_artifacts
from sitegen.protect.manifest import Manifest, claimed_manifest, sign_manifest
from sitegen.protect.objects import unseal
from sitegen.protect.packs import Layout
from tests.protect.test_locked import BLOCK, RING, SITE, identifier

PLACED = replace(RING, places=True)
MANIFEST = Manifest(RING.site_id, 1, 7, "2026-09", Layout(4, 576, 16), 7, False, "0" * 26)


def place(segment: str) -> str:
    return names.spell_id(names.place_id(RING.site_id, RING.segment_key(segment)))


def test_an_object_lies_once_in_the_folder_of_each_of_its_audiences() -> None:
    files = {artifact.path: artifact.content for artifact in sealed_artifacts(SITE, PLACED, "/shop/")}
    block = identifier(BLOCK.id)
    paths = [
        f"a/{place(segment)}/{names.spell_id(block)[:2]}/{names.spell_id(block)}.bin" for segment in BLOCK.segments
    ]
    assert {files[path] for path in paths} == {files[paths[0]]}
    assert b"Canary" in unseal(RING.edition, [RING.segment_key("gold")], block, "block", files[paths[0]])
    folders = {path.split("/")[1] for path in files if path.startswith("a/")}
    assert folders == {place(segment) for segment in ("gold", "silver", "everyone")}
    assert not any(path.startswith("sg/") for path in files)


def test_the_bytes_do_not_depend_on_the_place() -> None:
    together = {artifact.content for artifact in sealed_artifacts(SITE, RING, "/shop/")}
    assert {artifact.content for artifact in sealed_artifacts(SITE, PLACED, "/shop/")} == together


def test_a_folder_says_nothing_and_changes_with_the_keys() -> None:
    later = replace(RING, period="2026-10")
    rotated = replace(RING, epoch=RING.epoch + 1)
    ids = {names.place_id(ring.site_id, ring.segment_key("gold")) for ring in (RING, later, rotated)}
    assert len(ids) == 3


def test_site_json_says_where_things_lie_only_where_it_is_not_as_ever() -> None:
    plain, placed = (sign_manifest(bytes(32), replace(MANIFEST, places=places)) for places in (False, True))
    assert b"places" not in plain
    assert not claimed_manifest(plain).places
    assert claimed_manifest(placed) == replace(MANIFEST, places=True)
