"""A small members-only site before and after each sort of change."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from sitegen.protect import bodies, manifest, names, objects
from sitegen.publish.deploy.place import Wanted
from sitegen.publish.deploy.steps import Changes
from tests.protect import tinysite

Files = dict[str, bytes]
PINNED = manifest.public_key(tinysite.SIGN_KEY, tinysite.SITE_ID)
CODES = {"anna": tinysite.code_of("anna"), "ben": tinysite.code_of("ben")}
OLD = tinysite.Version()
NEXT = tinysite.newer(OLD)


def edited(version: tinysite.Version) -> Files:
    """With another text of the gold page, one page more, and one page less."""
    files, ring = tinysite.site(version), tinysite.content_ring(version)

    def put(identifier: bytes, kind: objects.Kind, body: bytes, *audiences: str) -> None:
        path = names.object_path(version.epoch, version.period, identifier)
        files[path] = objects.seal(ring, identifier, kind, body, audiences)

    news, gold, gone = (tinysite.identifier(name) for name in ("news", "gold", "hostile"))
    put(gold, "page", bodies.page_body("Gold", "<p>Quilts for gold members</p>"), "gold")
    put(news, "page", bodies.page_body("News", "<p>We have moved</p>"), "everyone")
    links = [bodies.NavItem(title, names.shell_url(to), True, 1, "") for title, to in (("News", news),)]
    put(names.navigation_id(ring.site_id, ring.segment_key("everyone")), "nav", bodies.nav_body(links), "everyone")
    files[names.shell_path(news)] = files[names.shell_path(gold)]
    del files[names.shell_path(gone)], files[names.object_path(version.epoch, version.period, gone)]
    return files


def later_cases() -> Mapping[str, Files]:
    """What may follow the site of OLD."""
    return {
        "nothing but a new instant": tinysite.site(NEXT),
        "other texts": edited(NEXT),
        "the next month": edited(replace(NEXT, period="2026-10")),
        "a rotation, and Ben's card revoked": edited(replace(NEXT, epoch=2, members=(tinysite.ANNA,))),
        "Ben becomes gold": edited(replace(NEXT, members=(tinysite.ANNA, ("ben", 1, ("everyone", "gold"), {})))),
    }


def changes_between(old: Mapping[str, bytes], new: Mapping[str, bytes]) -> Changes:
    return Changes(
        tuple(sorted(new.keys() - old.keys())),
        tuple(sorted(path for path in old.keys() & new.keys() if old[path] != new[path])),
        tuple(sorted(old.keys() - new.keys())),
    )


def wanted(files: Files, folder: Path) -> Wanted:
    tinysite.write(files, folder)
    return Wanted(folder, {path: hashlib.sha256(content).hexdigest() for path, content in sorted(files.items())})
