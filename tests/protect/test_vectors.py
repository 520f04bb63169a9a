"""A site of the first release, frozen: every later release must open it."""

from __future__ import annotations

import base64
import json
from pathlib import Path

from sitegen.protect import code, keys, manifest, names, objects, packs
from tests.protect import tinysite

FROZEN = json.loads(Path(__file__).with_name("vectors.json").read_text(encoding="utf-8"))
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
        blob = FILES[names.object_path(STATED.epoch, identifier)]
        assert objects.unseal(edition, held, identifier, kind, blob) == base64.b64decode(body)


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
