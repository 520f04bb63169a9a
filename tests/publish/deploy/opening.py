"""Open a site as a member's browser does, from bytes alone, and fail where the browser would have to complain."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from sitegen.protect import code, manifest, names, objects, packs
from sitegen.protect.locked import opened
from sitegen.protect.refusal import NoAccess

OBJECT = re.compile(r'data-sg-object="([0-9a-z]{26})"')
ASSET = re.compile(r'data-sg-(?:src|file)="([0-9a-z]{26})"')
Read = Callable[[str], bytes]


def pages_of(read: Read, spelled: str, pinned: bytes) -> dict[str, str]:
    """The HTML of every page that this code is led to, by title.

    `read` raises KeyError or FileNotFoundError for what is not there. Raises NoAccess where the code opens nothing,
    and whatever a page, a block or a file that it is led to raises.
    """
    site = manifest.verify_manifest(read(names.SITE_PATH), pinned)
    card, stamp = code.parse(spelled), packs.Stamp(site.site_id, site.epoch, site.build)
    number = packs.pack_number(card, stamp, site.layout.bits)
    slot = packs.open_slot(card, stamp, site.layout, read(names.pack_path(site.epoch, site.build, number)))
    edition = objects.Edition(site.site_id, site.epoch, site.period)

    def unlock(identifier: str, kind: objects.Kind) -> bytes:
        known = names.read_id(identifier)
        blob = read(names.object_path(site.epoch, site.period, known))
        return opened(edition, slot.segment_keys, known, kind, blob)

    found = {}
    for identifier in [site.home, *_led_to(unlock, site.site_id, slot.segment_keys)]:
        assert read(f"m/{identifier}/index.html")
        page = json.loads(unlock(identifier, "page"))
        found[page["title"]] = page["html"]
        for block in OBJECT.findall(page["html"]):
            try:
                unlock(block, "block")
            except NoAccess:
                continue  # another audience's block: the browser takes it out
        for asset in ASSET.findall(page["html"]):
            assert unlock(asset, "asset")
    return found


def _led_to(unlock: Callable[[str, objects.Kind], bytes], site_id: bytes, keys: tuple[bytes, ...]) -> list[str]:
    hrefs: list[str] = []
    for key in keys:
        try:
            body = unlock(names.spell_id(names.navigation_id(site_id, key)), "nav")
        except (KeyError, FileNotFoundError):
            continue  # a segment that has no pages of its own
        hrefs += [item["href"] for item in json.loads(body)["items"]]
    return [href.split("/")[1] for href in hrefs if href.startswith("m/")]


def reader(folder: Path) -> Read:
    """Reads from a folder."""
    return lambda path: (folder / path).read_bytes()
