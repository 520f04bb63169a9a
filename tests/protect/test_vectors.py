"""A site of the first release, and what later ones added, frozen: every later release must open it."""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path

import pytest

from sitegen.protect import bodies, chunks, code, keys, manifest, names, objects, packs
from sitegen.protect.locked import opened
from sitegen.protect.refusal import NoAccess
from tests.protect import tinysite

FROZEN = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))
LATER, FILM = FROZEN["later"], Path(__file__).with_name("vectors-film.bin")
FILES = {path: base64.b64decode(content) for path, content in FROZEN["files"].items()}
SITE_ID = bytes.fromhex(FROZEN["site"])
STATED = manifest.verify_manifest(FILES[names.SITE_PATH], bytes.fromhex(FROZEN["public_key"]))


def test_the_frozen_code_opens_its_slot() -> None:
    card = code.parse(FROZEN["code"])
    stamp = packs.Stamp(SITE_ID, STATED.epoch, STATED.build)
    number = packs.pack_number(card, stamp, STATED.layout.bits)
    pack = FILES[names.pack_path(STATED.epoch, STATED.build, number)]
    opened = packs.open_slot(card, stamp, STATED.layout, pack)
    assert opened.record == FROZEN["record"]
    assert sorted(key.hex() for key in opened.segment_keys) == sorted(FROZEN["segment_keys"].values())
    assert opened.public_key.hex() == FROZEN["public_key"]


def test_the_frozen_objects_open_with_the_frozen_keys() -> None:
    edition = objects.Edition(SITE_ID, STATED.epoch, STATED.period)
    held = [bytes.fromhex(key) for key in FROZEN["segment_keys"].values()]
    for kind, spelling, body in FROZEN["bodies"]:
        identifier = names.read_id(spelling)
        # Where the first release put it: without its period.
        blob = FILES[f"sg/{STATED.epoch}/o/{spelling[:2]}/{spelling}.bin"]
        assert objects.unseal(edition, held, identifier, kind, blob) == base64.b64decode(body)


def test_the_frozen_objects_of_later_releases_open_too() -> None:
    edition = objects.Edition(SITE_ID, STATED.epoch, STATED.period)
    held = [bytes.fromhex(key) for key in FROZEN["segment_keys"].values()]
    assert [one["kind"] for one in LATER["objects"]] == ["page", "asset", "search"]
    for one in LATER["objects"]:
        blob = base64.b64decode(one["locked"])
        body = opened(edition, held, names.read_id(one["id"]), one["kind"], blob)
        assert body == base64.b64decode(one["body"])


def test_the_frozen_file_in_chunks_opens_to_gold_alone() -> None:
    edition = objects.Edition(SITE_ID, STATED.epoch, STATED.period)
    held = {name: bytes.fromhex(key) for name, key in FROZEN["segment_keys"].items()}
    identifier, blob = names.read_id(LATER["film"]["id"]), FILM.read_bytes()
    content = opened(edition, [held["gold"]], identifier, "asset", blob)[-LATER["film"]["length"] :]
    assert hashlib.sha256(content).hexdigest() == LATER["film"]["sha256"]
    with pytest.raises(NoAccess):
        opened(edition, [held["everyone"]], identifier, "asset", blob)


def test_the_roots_still_give_the_frozen_chunks() -> None:
    """Nothing is compressed, so no other zlib can make a difference."""
    film = bodies.asset_body("application/octet-stream", hashlib.shake_128(b"a frozen film").digest(262_100))
    made = chunks.seal(tinysite.content_ring(), names.read_id(LATER["film"]["id"]), film, ("gold",))
    assert b"".join(made) == FILM.read_bytes()


def test_the_roots_still_give_the_frozen_keys_names_code_packs_and_signature() -> None:
    roots = [bytes.fromhex(FROZEN["roots"][name]) for name in ("content", "card", "sign")]
    assert roots == [tinysite.CONTENT_KEY, tinysite.CARD_KEY, tinysite.SIGN_KEY]
    assert [keys.key_check_value(root) for root in roots] == FROZEN["key_check_values"]
    assert tinysite.spelled("gold") == FROZEN["gold"]
    assert tinysite.code_of("anna") == FROZEN["code"]
    ring = tinysite.content_ring()
    assert {name: ring.segment_key(name).hex() for name in FROZEN["segment_keys"]} == FROZEN["segment_keys"]
    # Objects are compared by what they open to: another zlib may compress to other bytes.
    made = {path: content for path, content in tinysite.locked_files().items() if "/o/" not in path}
    assert made == {path: content for path, content in FILES.items() if "/o/" not in path}
