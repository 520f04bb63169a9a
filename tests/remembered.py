"""A browser that remembers a member: it has leaf keys and no code, and opens what they open of a built site."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from sitegen.protect import code, names
from sitegen.protect.keys import length_prefixed
from sitegen.protect.locked import opened
from sitegen.protect.objects import Edition, Kind
from sitegen.protect.refusal import NoAccess, Tampered

HEADER, TAG, NONCE, GCM_TAG, KEY = 20, 16, 12, 16, 32
"""The format SGK1, told a second time: what a browser knows of it."""


@dataclass(frozen=True, slots=True)
class LeafKeys:
    """What a device keeps of a code."""

    slot: bytes = field(repr=False)
    locator: bytes = field(repr=False)


def leaf_keys(spelled: str, site: Path) -> LeafKeys:
    """The leaf keys of a code for a site; the code is not needed any more."""
    card, site_id = code.parse(spelled), bytes.fromhex(said(site)["site"])
    return LeafKeys(code.slot_key(card, site_id), code.locator_key(card, site_id))


def said(site: Path) -> dict[str, Any]:
    """What site.json says."""
    signed: dict[str, Any] = json.loads(json.loads((site / names.SITE_PATH).read_bytes())["signed"])
    return signed


def segment_keys(site: Path, leaf: LeafKeys) -> tuple[bytes, ...] | None:
    """The segment keys in the member's slot; None where there is no slot for these keys."""
    about = said(site)
    site_id, epoch, build = bytes.fromhex(about["site"]), about["epoch"], about["build"]
    tag = code.locator_tag(leaf.locator, site_id, epoch)
    prefix = int.from_bytes(tag[:4], "big") >> (32 - about["bits"])
    pack = (site / names.pack_path(epoch, build, prefix)).read_bytes()
    size = TAG + NONCE + about["slot"] + GCM_TAG
    slots = {pack[start : start + TAG]: pack[start + TAG : start + size] for start in range(HEADER, len(pack), size)}
    if tag not in slots:
        return None
    bound = length_prefixed(b"SGK1", site_id, epoch.to_bytes(4, "big"), build.to_bytes(8, "big"), tag)
    plain = AESGCM(leaf.slot).decrypt(slots[tag][:NONCE], slots[tag][NONCE:], bound)
    record = 1 + plain[0] * KEY
    length = int.from_bytes(plain[record : record + 2], "big")
    assert len(base64.b64decode(json.loads(plain[record + 2 : record + 2 + length])["pub"])) == 65
    return tuple(plain[start : start + KEY] for start in range(1, record, KEY))


def objects_opened(site: Path, held: Iterable[bytes]) -> dict[str, bytes]:
    """The body of every object that these segment keys open, by its path."""
    about, keys = said(site), tuple(held)
    edition = Edition(bytes.fromhex(about["site"]), about["epoch"], about["period"])
    found: dict[str, bytes] = {}
    for path, content in objects(site).items():
        for kind in get_args(Kind):
            try:
                found[path] = opened(edition, keys, names.read_id(Path(path).stem), kind, content)
            except (NoAccess, Tampered):
                # Nothing says from outside of what kind an object is.
                continue
    return found


def objects(site: Path) -> dict[str, bytes]:
    """The locked bytes of every object by its path; packs have shorter names."""
    home = said(site)["home"]
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in site.glob("**/*.bin")
        if len(path.stem) == len(home)
    }
