"""Where nothing changed, a build of the site looks at stamps alone; whatever changed is seen."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sitegen.build.order import Order, Part
from sitegen.build.pages.beside import inputs_beside
from sitegen.build.pages.standstill import stands_still
from sitegen.build.walk import build
from sitegen.content.project import read_project
from sitegen.protect.keys import Roots
from tests.build.test_renewal import LOCK, ORDER, SHOP, Silent, content, gone, new
from tests.content.shop_folder import SITE, write_shop

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


PRICED = {
    "site.yaml": SITE + "data: {sqlite: shop.sqlite}\n",
    "programme/prices.yaml": "newcomers:\n  - {name: first, discount: 5}\n",
    "pages/prices.md": '---\ntitle: Prices\naudience: public\n---\n::: newcomers open="yes" :::\n',
    "themes/hearth/site/programme/newcomers.html": "{% for cell in cells %}{{ cell.html }}{% endfor %}",
    "themes/hearth/site/programme/newcomers-cell.html": "{% for offer in cell.offers %}{% for group in offer.groups %}"
    "{% for line in group.lines %}<p>{{ line.name }}</p>{% endfor %}{% endfor %}{% endfor %}",
}


def write_products(root: Path, name: str) -> None:
    with closing(sqlite3.connect(root / "shop.sqlite")) as file:
        file.executescript(
            "DROP TABLE IF EXISTS products; CREATE TABLE products (product_id, name, price);"
            f"INSERT INTO products VALUES ('P-1', '{name}', 80);"
        )
    time.sleep(LONGER_THAN_A_TICK)


def test_pages_that_show_goods_hang_on_the_customer_file(tmp_path: Path) -> None:
    root = write_shop(tmp_path, **PRICED)
    write_products(root, "A sheet")
    build(root, ORDER, LOCK, Silent())
    assert "<p>A sheet</p>" in (root / "output/site/prices/index.html").read_text()
    assert stands_still(root, ORDER) is not None
    write_products(root, "A plaid")
    assert stands_still(root, ORDER) is None
    build(root, ORDER, LOCK, Silent())
    assert "<p>A plaid</p>" in (root / "output/site/prices/index.html").read_text()


def test_pages_that_show_none_stand_still_whatever_becomes_of_it(tmp_path: Path) -> None:
    root = write_shop(tmp_path, **{**PRICED, "pages/prices.md": "---\ntitle: Prices\n---\nAsk us.\n"})
    write_products(root, "A sheet")
    build(root, ORDER, LOCK, Silent())
    write_products(root, "A plaid")
    assert stands_still(root, ORDER) is not None


def test_goods_of_a_server_may_change_at_any_time(tmp_path: Path) -> None:
    project = read_project(write_shop(tmp_path, **{**PRICED, "site.yaml": SITE + "data: {postgres: public}\n"}))
    assert inputs_beside(project, ORDER) is None
