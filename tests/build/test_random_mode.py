"""`output: {reproducible: no}`: each build locks everything anew, and whoever holds the keys opens it all the same."""

from __future__ import annotations

import secrets
from datetime import date
from pathlib import Path

import pytest

from sitegen.build.order import Order, Part
from sitegen.build.walk import build
from sitegen.cli.progress import progress
from sitegen.model.lock import Lock
from sitegen.protect import names
from sitegen.protect.keys import Roots
from sitegen.protect.locked import opened
from sitegen.protect.objects import ContentRing
from tests.content.shop_folder import SITE, mistakes_of, write_shop

KEY, SITE_ID = bytes([97]) * 32, bytes([90]) * 16
RING = ContentRing(KEY, SITE_ID, 1, "2026-09")
PAGE = "---\ntitle: Gold\naudience: gold\n---\n![A fold](/assets/cloth.svg) and [the list](/assets/list.pdf).\n"
LIST = b"%PDF" + bytes(1_200_000)


def built(root: Path) -> dict[str, bytes]:
    """The site's files by path."""
    roots = Roots(KEY, None, bytes([99]) * 32)
    day = date(2026, 9, 8)
    parts = frozenset({Part.PAGES})
    order = Order(day, day, 1_788_800_000, parts, roots, None, secrets.token_bytes, dev=False)
    build(root, order, Lock(site_id=SITE_ID.hex()), progress(quiet=True))
    site = root / "output" / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}


def shop(root: Path, output: str) -> Path:
    write_shop(root, **{"site.yaml": f"{SITE}{output}", "pages__gold.md": PAGE})
    (root / "content/assets/list.pdf").write_bytes(LIST)
    return root


def is_object(path: str) -> bool:
    return path.endswith(".bin") and "/o/" in path


def test_in_random_mode_two_builds_differ_in_every_object_and_both_open(tmp_path: Path) -> None:
    root = shop(tmp_path, "output: {reproducible: no}\n")
    first, second = built(root), built(root)
    locked = {path for path in first if is_object(path)}
    assert first.keys() == second.keys()
    assert {path for path in first if first[path] != second[path]} == locked
    identifier = names.object_id(KEY, SITE_ID, "assets/list.pdf")
    path = names.object_path(1, "2026-09", identifier)
    assert path in locked
    for files in (first, second):
        body = opened(RING.edition, [RING.segment_key("gold")], identifier, "asset", files[path])
        assert body.endswith(LIST)


@pytest.mark.parametrize("output", ["", "output: {reproducible: yes}\n"])
def test_by_default_two_builds_are_byte_identical(tmp_path: Path, output: str) -> None:
    root = shop(tmp_path, output)
    first = built(root)
    assert first == built(root)
    assert any(is_object(path) for path in first)


def test_anything_but_yes_or_no_is_a_mistake(tmp_path: Path) -> None:
    problems = mistakes_of(shop(tmp_path, "output: {reproducible: maybe}\n"))
    assert [problem.line for problem in problems.values()] == [7]
