"""Whoever holds the whole site learns nothing that is protected: canaries in every place, looked for in every layer."""

from __future__ import annotations

import base64
import gzip
import re
import zlib
from dataclasses import dataclass

import pytest
import yaml

from sitegen.content.project import read_project
from sitegen.protect import code, names
from sitegen.protect.keys import decode_root, derive
from sitegen.protect.locked import opened
from sitegen.protect.objects import ContentRing, Kind
from sitegen.publish.lock_file import read_lock
from tests.golden.sample_shop import Shop, copy_of_the_sample, keys
from tests.leaks.canaries import Canaries, plant_all
from tests.leaks.layers import layers

pytestmark = pytest.mark.xdist_group("leaks")
CANARY = re.compile(rb"(?=((?:zq|yv)[a-z]{10}))")
CROCKFORD = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", b"0123456789ABCDEFGHJKMNPQRSTVWXYZ")
HIDDEN = {"draft", "future", "expired"}


@dataclass(frozen=True, slots=True)
class Aviary:
    """A built shop full of canaries."""

    shop: Shop
    canaries: Canaries


@pytest.fixture(scope="module")
def aviary(tmp_path_factory: pytest.TempPathFactory) -> Aviary:
    """The sample shop with canaries, built."""
    shop = copy_of_the_sample(tmp_path_factory.mktemp("canaries") / "shop")
    canaries = plant_all(shop.root)
    shop.build("site,mail,texts")
    return Aviary(shop, canaries)


def found(content: bytes, words: dict[str, str]) -> set[str]:
    """The places of the canaries that occur in some layer of the content."""
    likely = {word.decode() for layer in layers(content) for word in CANARY.findall(layer)}
    return {words[word] for word in likely & words.keys()}


@pytest.mark.parametrize(
    "hidden",
    [
        b"zqcanarybird",
        b"<p>ZQcanaryBird</p>",
        gzip.compress(b"words and zqcanarybird and words", mtime=0),
        b"some bytes before" + zlib.compress(b"words and zqcanarybird and words"),
        b"header" + zlib.compress(b"words and zqcanarybird and words", wbits=-15),
        b"key=" + base64.b64encode(b"zqcanarybird and more"),
        b"<img src='data:;base64,"
        + base64.b64encode(gzip.compress(b"zqcanarybird, twice packed away", mtime=0))
        + b"'>",
        b"zq%63anarybird",
        b"&#122;qcanarybird",
        b"\\u007aqcanarybird",
        b"zqcanarybird, and more".hex().encode(),
        "zqcanarybird".encode("utf-16-le"),
    ],
)
def test_the_search_finds_a_canary_in_each_wrapping(hidden: bytes) -> None:
    assert found(hidden, {"zqcanarybird": "here"}) == {"here"}


def test_goal_1_no_canary_is_in_the_site(aviary: Aviary) -> None:
    assert len(aviary.canaries.secret) >= 150
    leaks = []
    for path, content in aviary.shop.files().items():
        leaks += [f"{place} in the name {path}" for place in found(path.encode(), aviary.canaries.secret)]
        leaks += [f"{place} in {path}" for place in found(content, aviary.canaries.secret)]
    folders = [path.name for path in aviary.shop.site.rglob("*") if path.is_dir()]
    leaks += [f"{place} in a folder's name" for place in found("\n".join(folders).encode(), aviary.canaries.secret)]
    assert leaks == []


def test_the_build_record_says_nothing_either(aviary: Aviary) -> None:
    record = (aviary.shop.root / "output/build.json").read_bytes()
    assert found(record, aviary.canaries.secret) == set()


def test_what_the_audit_keeps_for_the_next_time_says_nothing_either(aviary: Aviary) -> None:
    kept = aviary.shop.root / ".sitegen/audit.npz"
    assert kept.stat().st_mode & 0o077 == 0
    assert not {word.decode() for word in CANARY.findall(kept.read_bytes().lower())} & aviary.canaries.secret.keys()


def test_no_key_and_no_code_is_in_the_site_in_any_spelling(aviary: Aviary) -> None:
    folders = ("output/site", "output/host", ".sitegen")
    files = [path for folder in folders for path in (aviary.shop.root / folder).rglob("*") if path.is_file()]
    everything = b"\0".join(path.read_bytes() for path in [*files, aviary.shop.root / "output/build.json"])
    names = "\0".join(map(str, files)).encode()
    small = everything.lower()
    secrets = secrets_of(aviary.shop)
    assert len(secrets) > 60
    leaks = []
    for name, secret in secrets.items():
        leaks += [f"{name}, raw"] if secret in everything else []
        leaks += [f"{name}, {how}" for how, word in spellings(secret).items() if word in small or word in names.lower()]
    assert leaks == []


def test_a_key_in_the_site_would_be_found() -> None:
    for how, word in spellings(b"k" * 32).items():
        assert word in b"x" + word + b"x", how
    assert {len(word) for word in spellings(bytes(range(32))).values()} == {43, 52, 64}


def secrets_of(shop: Shop) -> dict[str, bytes]:
    """Every key and code that must never be published: the roots, all segments' keys, and fifty members' own."""
    lock = read_lock(shop.root)
    assert lock
    site = bytes.fromhex(lock.site_id)
    roots = {name: base64.b64decode(value) for name, value in keys().items()}
    ring = ContentRing(roots["SITEGEN_CONTENT_KEY"], site, lock.epoch, "2026-09")
    secrets = {**roots, "audit key": derive(ring.content_key, site, "audit")}
    for segment in read_project(shop.root).segments:
        secrets[f"key of {segment.id}"] = ring.segment_key(segment.id)
    for number in range(1, 51):
        secret = code.member_code(roots["SITEGEN_CARD_KEY"], site, f"C-{number:05}", 0)
        secrets[f"code of {number}"] = secret
        secrets[f"spelled code of {number}"] = code.spell(secret).encode()
        secrets[f"grouped code of {number}"] = code.grouped(code.spell(secret)).encode()
        slot, locator = code.slot_and_locator_key(secret, site)
        secrets |= {f"slot key of {number}": slot, f"locator of {number}": locator}
    return secrets


def spellings(secret: bytes) -> dict[str, bytes]:
    """A secret as people and programs write it, in small letters and without padding."""
    return {
        "hexadecimal": secret.hex().encode(),
        "base64": base64.b64encode(secret).rstrip(b"=").lower(),
        "base64 for addresses": base64.urlsafe_b64encode(secret).rstrip(b"=").lower(),
        "base32": base64.b32encode(secret).rstrip(b"=").lower(),
        "base32 of Crockford": base64.b32encode(secret).rstrip(b"=").translate(CROCKFORD).lower(),
    }


def test_what_is_open_is_found(aviary: Aviary) -> None:
    everything = b"\n".join(aviary.shop.files().values())
    assert [place for word, place in aviary.canaries.open.items() if word.encode() not in everything] == []


def test_members_do_get_what_is_protected(aviary: Aviary) -> None:
    """The canaries of pages, blocks and pictures are in the locked objects: the search above had something to miss."""
    inside = found_in_objects(aviary)
    gated = {
        place
        for place in aviary.canaries.secret.values()
        if place.startswith(
            ("title of a gated", "body of a gated", "alt text", "gold block", "silver block", "body below")
        )
        or place in {"comment of a gated SVG", "audience block of a gated page"}
        or place in {"title of a gated PDF", "event of a gated calendar"}
        or place in {"title of a paged campaign", "body of a paged campaign", "description of a gated page"}
    }
    assert len(gated) >= 12
    assert {place for place in gated if not HIDDEN & set(place.split())} <= inside
    # What a camera or a program wrote into a picture reaches nobody, not even its members.
    assert not {"Artist of a gated JPEG", "tEXt of a gated PNG"} & inside


def test_what_members_search_is_locked_too(aviary: Aviary) -> None:
    """The search indexes hold what members read, and none of it is in the open index of public pages."""
    inside = found_in_objects(aviary, ("search",))
    assert {"title of a gated page", "body of a gated page", "heading below the public part"} <= inside
    assert {"gold block on a public page", "silver block on a public page", "alt text of a gated picture"} <= inside
    assert {place for place in inside if HIDDEN & set(place.split())} == set()
    assert {place for place in inside if place.startswith(("comment", "slug", "file name", "segment"))} == set()
    opened = aviary.shop.files()["search.json"].decode()
    assert [place for word, place in aviary.canaries.secret.items() if word in opened] == []
    assert {place for word, place in aviary.canaries.open.items() if word in opened} >= {
        "title of a public page", "body of a public page", "public part of a page",
    }  # fmt: skip


def found_in_objects(aviary: Aviary, kinds: tuple[Kind, ...] = ("page", "block", "asset", "nav")) -> set[str]:
    """The places of all canaries that come to light when every object of these kinds is opened with the keys."""
    lock = read_lock(aviary.shop.root)
    assert lock
    key = decode_root(keys()["SITEGEN_CONTENT_KEY"], "SITEGEN_CONTENT_KEY")
    ring = ContentRing(key, bytes.fromhex(lock.site_id), lock.epoch, "2026-09")
    project = read_project(aviary.shop.root)
    held = [ring.segment_key(segment.id) for segment in project.segments] + [ring.segment_key("everyone")]
    places: set[str] = set()
    for path in sorted((aviary.shop.site / f"sg/{lock.epoch}/o").rglob("*.bin")):
        for kind in kinds:
            try:
                body = opened(ring.edition, held, names.read_id(path.stem), kind, path.read_bytes())
            except Exception as error:  # noqa: BLE001 - the wrong kind is refused in several ways
                assert type(error).__name__ in {"Tampered", "NoAccess"}  # noqa: PT017
                continue
            places |= {place for word, place in aviary.canaries.secret.items() if word.encode() in body}
    return places


def test_tags_and_aliases_of_hidden_pages_make_no_public_pages(aviary: Aviary) -> None:
    expected = {"tags/index.html", "zh/tags/index.html"}
    for file in (aviary.shop.root / "content/pages").rglob("*.md"):
        _, front, body = file.read_text(encoding="utf-8").split("---\n", 2)
        about = yaml.safe_load(front)
        is_open = about.get("audience") == "public" or "<!-- more -->" in body
        if is_open and not about.keys() & {"draft", "publish_on", "expire_on"}:
            spoken = "zh/" if file.name.endswith(".zh.md") or about.get("language") == "zh" else ""
            expected |= {f"{spoken}tags/{tag}/index.html" for tag in about.get("tags", ())}
    html = {path for path in aviary.shop.files() if path.endswith(".html") and not path.startswith("m/")}
    assert {path for path in html if path.removeprefix("zh/").startswith("tags/")} == expected
    assert {"shared/index.html", "half/index.html"} <= html
    hidden = [word for word, place in aviary.canaries.secret.items() if place.startswith(("tag ", "alias ", "slug "))]
    assert len(hidden) >= 9
    assert [path for path in html if any(word in path for word in hidden)] == []


def test_all_shells_are_the_same_bytes(aviary: Aviary) -> None:
    shells = {content for path, content in aviary.shop.files().items() if path.startswith("m/")}
    assert len(shells) == 1


def test_the_private_folders_are_for_the_owner_alone(aviary: Aviary) -> None:
    for name in ("mail", "texts"):
        folder = aviary.shop.root / "output" / name
        assert folder.stat().st_mode & 0o077 == 0
        assert all(path.stat().st_mode & 0o077 == 0 for path in folder.rglob("*") if path.is_file())
