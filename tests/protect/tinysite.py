"""A members-only site of three pages, two segments and two members, as small as the formats allow."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sitegen.protect import bodies, code, keyrings, manifest, names, objects, packs, policy, runtime

SITE_ID = bytes(range(16))
CONTENT_KEY = bytes([1]) * 32
CARD_KEY = bytes([2]) * 32
SIGN_KEY = bytes([3]) * 32
LAYOUT = packs.Layout(bits=1, slot=576, capacity=16)
ANNA = ("anna", 1, ("everyone", "gold"), {"first_name": "Anna <b>Linde</b>", "points|number": "1,250"})
BEN = ("ben", 1, ("everyone",), {"first_name": "Ben"})
# One red pixel.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c4944415408d763f8cfc0000003010100c9fe92ef0000000049454e44ae426082"
)
MESSAGES = (
    *("opening", "slow", "insecure", "file", "old-browser", "bad-character", "bad-length", "bad-check", "unknown-code"),
    *("bad-passphrase", "short-passphrase", "no-access", "tampered", "stale", "aged", "storage", "offline"),
    *("logged-out", "remembered", "passphrase-set", "unexpected"),
)
GOLD_WORDS = "Linen throws for gold members"


@dataclass(frozen=True, slots=True)
class Version:
    """What changes from build to build."""

    epoch: int = 1
    build: int = 1_788_800_000
    period: str = "2026-09"
    dev: bool = False
    members: tuple[tuple[str, int, tuple[str, ...], dict[str, str]], ...] = (ANNA, BEN)


def content_ring(version: Version = Version()) -> objects.ContentRing:
    return objects.ContentRing(CONTENT_KEY, SITE_ID, version.epoch, version.period)


def card_ring(version: Version = Version()) -> packs.CardRing:
    pinned = manifest.public_key(SIGN_KEY, SITE_ID)
    return packs.CardRing(CARD_KEY, SITE_ID, version.epoch, version.build, pinned)


def members(version: Version = Version()) -> list[packs.Member]:
    ring = content_ring(version)
    return [
        packs.Member(name, serial, tuple(map(ring.segment_key, segments)), record)
        for name, serial, segments, record in version.members
    ]


def waiting_room() -> keyrings.WaitingRoom:
    return keyrings.WaitingRoom([io.BytesIO() for _ in range(keyrings.RANGES)], bytes([4]) * 32)


def pack_files(ring: packs.CardRing, crowd: Iterable[packs.Member], layout: packs.Layout) -> dict[str, bytes]:
    """Every pack of these members by path."""
    ordered, room = sorted(crowd, key=lambda member: member.member_id), waiting_room()
    assert keyrings.gather(ring, ordered, layout, room) == keyrings.Crowd(len(ordered), layout)
    return {pack.path: pack.content for pack in keyrings.keyring_artifacts(ring, layout, room)}


def identifier(path: str) -> bytes:
    return names.object_id(CONTENT_KEY, SITE_ID, path)


def spelled(path: str) -> str:
    return names.spell_id(identifier(path))


def code_of(name: str, serial: int = 1) -> str:
    return code.spell(code.member_code(CARD_KEY, SITE_ID, name, serial))


def site_json(version: Version = Version()) -> bytes:
    home = spelled("home")
    stated = manifest.Manifest(
        SITE_ID, version.epoch, version.build, version.period, LAYOUT, version.build, version.dev, home
    )
    return manifest.sign_manifest(SIGN_KEY, stated)


def locked_files(version: Version = Version()) -> dict[str, bytes]:
    """site.json, packs and objects by path."""
    ring = content_ring(version)
    files = {names.SITE_PATH: site_json(version)}
    files |= pack_files(card_ring(version), members(version), LAYOUT)
    for path, kind, body, audiences in _things():
        sealed = objects.seal(ring, identifier(path), kind, body, audiences)
        files[names.object_path(version.epoch, version.period, identifier(path))] = sealed
    for segment, items in _navigation().items():
        nav_id = names.navigation_id(SITE_ID, ring.segment_key(segment))
        body = bodies.nav_body(items)
        sealed = objects.seal(ring, nav_id, "nav", body, (segment,))
        files[names.object_path(version.epoch, version.period, nav_id)] = sealed
    return files


def _things() -> list[tuple[str, objects.Kind, bytes, tuple[str, ...]]]:
    home = (
        f'<h2 id="hello">Welcome, <span data-sg-field="first_name">friend</span></h2>'
        f'<p>Points: <span data-sg-field="points|number">none yet</span></p>'
        f'<div data-sg-object="{spelled("home/gold")}"></div>'
        f'<img data-sg-src="{spelled("throw.png")}" alt="A red throw">'
    )
    hostile = '<img src="x" onerror="document.title=1"><p style="color:red">Words</p><script>document.title=2</script>'
    return [
        ("home", "page", bodies.page_body("Your home", home, "A quiet place"), ("everyone",)),
        ("gold", "page", bodies.page_body("Gold", f"<p>{GOLD_WORDS}</p>"), ("gold",)),
        ("hostile", "page", bodies.page_body("Hostile", hostile), ("everyone",)),
        ("home/gold", "block", bodies.block_body("<p class='gold'>Only gold reads this</p>"), ("gold",)),
        ("throw.png", "asset", bodies.asset_body("image/png", PICTURE), ("everyone", "gold")),
    ]


def _navigation() -> dict[str, list[bodies.NavItem]]:
    home = bodies.NavItem("Your home", names.shell_url(identifier("home")), True, 1, "")
    gold = bodies.NavItem("Gold offers", names.shell_url(identifier("gold")), True, 0, "For you")
    hidden = bodies.NavItem("Hidden", names.shell_url(identifier("hostile")), False, 5, "")
    return {"everyone": [home, hidden], "gold": [gold, home]}


def site(version: Version = Version()) -> dict[str, bytes]:
    """The whole site: locked files, the script, the door, the shells and one public page."""
    files = locked_files(version) | {
        runtime.path(): runtime.bundle(),
        "style.css": _STYLE,
        "index.html": _page("door", "", f'<main tabindex="-1">{_FORM}<h2 id="stores">Stores</h2></main>'),
        "about/index.html": _page("public", "../", f'<div data-sg-object="{spelled("home/gold")}">Locked</div>'),
    }
    for path in ("home", "gold", "hostile"):
        files[names.shell_path(identifier(path))] = _page(
            "shell", "../../", '<main data-sg="content" tabindex="-1"></main>'
        )
    return files


def write(files: dict[str, bytes], folder: object) -> None:
    for path, content in files.items():
        target = folder / path  # type: ignore[operator]
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _page(kind: str, up: str, body: str) -> bytes:
    messages = "".join(f'<template data-sg-message="{key}"><p>Message {key}</p></template>' for key in MESSAGES)
    lock = "" if kind == "door" else _LOCK
    return f"""<!doctype html><html lang="en" data-sg-page="{kind}" data-sg-state="locked"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy.CONTENT_SECURITY_POLICY}">
<script src="{up}{runtime.path()}"></script><link rel="icon" href="{up}style.css">
<link rel="stylesheet" href="{up}style.css">
<title data-sg-suffix=" · Shop">Members</title></head><body>
<ul data-sg="menu"><li><a href="{up}about/">About</a></li></ul><ul data-sg="teasers"></ul>
<h1 data-sg="title">Shop</h1><p>Hello <b data-sg-field="first_name">friend</b></p>
<div data-sg="message" role="status"></div>{messages}{body}
<button type="button" data-sg="logout">Log out</button><button type="button" data-sg="remember">Remember</button>
<form data-sg="passphrase"><input name="passphrase"><button>Open this device</button></form>{lock}
</body></html>""".encode()


_STYLE = b"""html:not([data-sg-state="open"]) [data-sg="content"] { display: none }"""
_LOCK = """<form data-sg="set-passphrase"><input name="code"><input name="passphrase"><button>Lock</button></form>"""
_FORM = """<form data-sg="unlock"><label>Code <input name="code" autocomplete="off"></label>
<label><input type="checkbox" name="remember"> Remember</label><button>Open</button></form>"""


def newer(version: Version, seconds: int = 60) -> Version:
    return replace(version, build=version.build + seconds)
