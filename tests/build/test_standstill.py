"""Where nothing changed, a build of the site looks at stamps alone; whatever changed is seen."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sitegen.build.order import Order, Part
from sitegen.build.pages.standstill import stands_still
from sitegen.build.walk import build
from sitegen.protect.keys import Roots
from tests.build.test_renewal import LOCK, ORDER, SHOP, Silent, content, gone, new
from tests.content.shop_folder import write_shop

LONGER_THAN_A_TICK = 0.05


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    root = write_shop(tmp_path, **SHOP)
    (root / "content/assets/gold.svg").write_bytes(b"<svg/>")
    time.sleep(LONGER_THAN_A_TICK)
    build(root, ORDER, LOCK, Silent())
    return root


def test_a_build_that_nothing_followed_stands_still(shop: Path) -> None:
    said = stands_still(shop, ORDER)
    assert said is not None
    assert said["pages"] > 5
    assert ["members' pages", 3] in said["made"]


def kept_time(root: Path) -> None:
    path = root / "content/pages/about.md"
    before = path.stat()
    path.write_text(path.read_text().replace("We weave.", "We knit.."))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CHANGES: dict[str, Callable[[Path], object]] = {
    "a text": content("content/pages/about.md", "We weave.", "We knit."),
    "a text of the same length, its time put back": kept_time,
    "a page comes": new("content/pages/new.md", "---\ntitle: New\n---\nNew."),
    "a page goes": gone("content/pages/draft.md"),
    "a template": content("themes/hearth/site/base.html", "<main>", "<main id=x>"),
    "a file of the output": new("output/site/about/index.html", "other"),
    "a file more in the output": new("output/site/stray.html", "mine"),
    "a file less in the output": gone("output/site/about/index.html"),
    "a file less beside the site": gone("output/host/README.txt"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_seen(shop: Path, change: Callable[[Path], object]) -> None:
    change(shop)
    assert stands_still(shop, ORDER) is None


ORDERS = {
    "another day": replace(ORDER, first=date(2026, 9, 9), last=date(2026, 9, 9)),
    "drafts": replace(ORDER, drafts=True),
    "other keys": replace(ORDER, roots=Roots(bytes(32), bytes(32), bytes(32))),
    "other parts": replace(ORDER, parts=frozenset({Part.PAGES, Part.KEYRINGS})),
    "another folder": replace(ORDER, folder="elsewhere"),
    "real keys": replace(ORDER, dev=False),
}


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_another_order_is_carried_out(shop: Path, order: Order) -> None:
    assert stands_still(shop, order) is None


def test_a_build_that_was_ordered_later_in_the_day_still_stands_still(shop: Path) -> None:
    assert stands_still(shop, replace(ORDER, instant=ORDER.instant + 3600)) is not None


def test_a_file_that_changed_while_the_build_began_is_looked_at_again(tmp_path: Path) -> None:
    root = write_shop(tmp_path)
    build(root, ORDER, LOCK, Silent())
    assert stands_still(root, ORDER) is None


def test_a_torn_note_is_no_note(shop: Path) -> None:
    (note,) = (shop / ".sitegen/pages").glob("*.json")
    note.write_text(note.read_text()[:-30])
    assert stands_still(shop, ORDER) is None
