"""A readable site becomes objects that open to their segments, and public files as they are."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from sitegen.model.artifact import OpenArtifact, SealedArtifact
from sitegen.model.readable import (
    GatedAsset,
    GatedBlock,
    GatedPage,
    Navigation,
    NavigationItem,
    PublicFile,
    Site,
)
from sitegen.protect import names, runtime
from sitegen.protect.locked import open_artifacts, sealed_artifacts
from sitegen.protect.objects import Kind, unseal
from sitegen.protect.refusal import NoAccess
from tests.protect.tinysite import CONTENT_KEY, PICTURE, SITE_ID, content_ring

RING = content_ring()
PAGE = GatedPage("pages/gold.md", ("gold",), "Offers", "<p>Canary</p>", "For you")
BLOCK = GatedBlock("pages/a.md#1", ("gold", "silver"), "<p>Canary</p>")
ASSET = GatedAsset("assets/canary.png", ("everyone",), "image/png", PICTURE)
ITEM = NavigationItem("Offers", "/shop/m/abc/", True, 5, "Canary")
SITE = Site(
    public=(PublicFile("index.html", b"open"),),
    gated=(PAGE, BLOCK, ASSET),
    navigation=(Navigation("gold", (ITEM,)), Navigation("everyone", ())),
    shell=b"shell",
    fields=frozenset(),
    member_home="pages/welcome.md",
)


def identifier(logical: str) -> bytes:
    return names.object_id(CONTENT_KEY, SITE_ID, logical)


def sealed(site: Site = SITE, base: str = "/shop/") -> dict[str, bytes]:
    artifacts = list(sealed_artifacts(site, RING, base))
    assert all(isinstance(artifact, SealedArtifact) for artifact in artifacts)
    files = {artifact.path: artifact.content for artifact in artifacts}
    assert len(files) == len(artifacts)
    return files


def opened(object_id: bytes, kind: Kind, *segments: str) -> bytes:
    keys = [RING.segment_key(segment) for segment in segments]
    return unseal(RING.edition, keys, object_id, kind, sealed()[names.object_path(RING.epoch, RING.period, object_id)])


def test_public_files_are_open_with_the_browser_half() -> None:
    assert list(open_artifacts(SITE)) == [
        OpenArtifact("index.html", b"open"),
        OpenArtifact(runtime.path(), runtime.bundle()),
        OpenArtifact(runtime.search_path(), runtime.search_script()),
    ]


def test_a_page_opens_to_its_segment() -> None:
    body = json.loads(opened(identifier("pages/gold.md"), "page", "everyone", "gold"))
    assert body == {"title": "Offers", "html": "<p>Canary</p>", "description": "For you"}


@pytest.mark.parametrize(
    ("logical", "kind", "segments"),
    [
        ("pages/gold.md", "page", ("everyone", "silver")),
        ("pages/a.md#1", "block", ("everyone",)),
        ("assets/canary.png", "asset", ("gold",)),
        ("pages/gold.md", "page", ()),
    ],
)
def test_nothing_opens_to_other_segments(logical: str, kind: Kind, segments: tuple[str, ...]) -> None:
    with pytest.raises(NoAccess):
        opened(identifier(logical), kind, *segments)


@pytest.mark.parametrize("segment", ["gold", "silver"])
def test_a_block_opens_to_each_of_its_segments(segment: str) -> None:
    assert json.loads(opened(identifier("pages/a.md#1"), "block", segment)) == {"html": "<p>Canary</p>"}


def test_a_picture_is_sealed_as_it_is() -> None:
    assert opened(identifier("assets/canary.png"), "asset", "everyone").endswith(PICTURE)


def test_navigation_is_found_and_opened_by_the_segments_key_alone() -> None:
    gold = names.navigation_id(SITE_ID, RING.segment_key("gold"))
    body = json.loads(opened(gold, "nav", "gold"))
    assert body["items"] == [{"title": "Offers", "href": "m/abc/", "menu": True, "weight": 5, "teaser": "Canary"}]
    with pytest.raises(NoAccess):
        opened(gold, "nav", "everyone", "silver")


def test_links_of_a_site_at_the_root_are_relative_too() -> None:
    item = replace(ITEM, href="/m/abc/")
    files = sealed(replace(SITE, navigation=(Navigation("gold", (item,)),)), "/")
    gold = names.navigation_id(SITE_ID, RING.segment_key("gold"))
    blob = files[names.object_path(RING.epoch, RING.period, gold)]
    body = json.loads(unseal(RING.edition, [RING.segment_key("gold")], gold, "nav", blob))
    assert body["items"][0]["href"] == "m/abc/"


def test_only_pages_have_a_shell_and_all_shells_are_alike() -> None:
    shells = {path: content for path, content in sealed().items() if path.startswith("m/")}
    assert shells == {names.shell_path(identifier("pages/gold.md")): b"shell"}


def test_paths_and_bytes_tell_nothing() -> None:
    for path, content in sealed().items():
        for word in ("canary", "gold", "offers", "pages", "png"):
            assert word not in path.lower()
        assert b"Canary" not in content
        assert PICTURE not in content


def test_the_same_site_gives_the_same_bytes() -> None:
    assert sealed() == sealed()
