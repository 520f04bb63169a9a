"""A segment's search index is locked like its pages; that of public pages lies open in the same form."""

from __future__ import annotations

import json

import pytest

from sitegen.model.readable import SearchDocument, SearchIndex, Site
from sitegen.protect import bodies, names
from sitegen.protect.locked import open_artifacts, sealed_artifacts
from sitegen.protect.objects import unseal
from sitegen.protect.refusal import NoAccess
from tests.protect.tinysite import SITE_ID, content_ring

RING = content_ring()
GOLD = SearchIndex(
    "gold", (SearchDocument("Canary", "m/abc/", "Canary 茶"),), {"canary": (3, 4), "茶": (0,)}, {"ß": "ss"}
)
PUBLIC = SearchIndex("public", (SearchDocument("Open", "", "words"),), {"words": (0,)}, {"ß": "ss"})
SITE = Site((), (), (), b"shell", frozenset(), "pages/welcome.md", (GOLD, PUBLIC))


def test_a_segments_index_is_found_and_opened_by_its_key_alone() -> None:
    (locked,) = sealed_artifacts(SITE, RING, "/shop/")
    gold = names.search_id(SITE_ID, RING.segment_key("gold"))
    assert locked.path == names.object_path(RING.epoch, RING.period, gold)
    body = unseal(RING.edition, [RING.segment_key("gold")], gold, "search", locked.content)
    assert json.loads(body) == {
        "v": 1,
        "documents": [["Canary", "m/abc/", "Canary 茶"]],
        "words": {"canary": [3, 4], "茶": [0]},
        "letters": {"ß": "ss"},
    }
    assert b"anary" not in locked.content
    with pytest.raises(NoAccess):
        unseal(RING.edition, [RING.segment_key("silver")], gold, "search", locked.content)


def test_an_index_is_not_where_the_navigation_is() -> None:
    key = RING.segment_key("gold")
    assert names.search_id(SITE_ID, key) != names.navigation_id(SITE_ID, key)


def test_the_index_of_public_pages_lies_open() -> None:
    opened = {artifact.path: artifact.content for artifact in open_artifacts(SITE)}
    assert opened["search.json"] == bodies.search_body(PUBLIC)
    assert b"Canary" not in b"".join(opened.values())
