"""Gifts, benefits and coupons as the theme shows them: every word there, every blank filled, fields only where held."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from sitegen.content.project import read_project
from sitegen.model.readable import GatedBlock, PublicFile
from sitegen.render.site.whole import render_site
from tests.render.site_shop import SETTING, TODAY

BASE = Path(__file__).parents[1] / "broken" / "base"
PROGRAMME = """\
tiers: [{name: Gold, threshold: 500, discount: 5, benefit: five}]
points:
  since: 2026-01-01
  pending: 14
  expire: {months: 12}
  as_price: AS_PRICE
  gifts:
    - {name: tin, points: 400, title: {en: A tin, zh: 一罐茶, de: Eine Dose},
       about: oolong, stock: 2, until: 2026-12-31}
    - {name: loom, points: 1, title: An hour, service: at the loom, tiers: [Gold]}
benefits:
  - {name: extra, title: On top, every: birthday, tiers: [Gold], gives: {discount: 3}}
  - {name: linen, title: Three, groups: [linen], tiers: [Gold], gives: {discount: 3, page: care/linen.md}}
  - {name: runner, title: Runner, groups: [linen], pieces: 2, gives: {gift: a runner}, until: 2026-12-24}
  - {name: first, title: First, pieces: 1, gives: {service: restrung}}
stacking: {on_top: [extra]}
"""
PAGE = "---\ntitle: Points\naudience: public\n---\n::: gifts :::\n\n::: benefits :::\n\n::: coupons :::\n"


def shown(folder: Path, language: str, full: bool, price: str = "no") -> tuple[str, str]:
    """The page as all see it, and the cells that stand there for some, one after the other."""
    shop = shutil.copytree(BASE, folder / "shop")
    content = shop / "content"
    (content / "programme").mkdir()
    (content / "programme" / "members.yaml").write_text(PROGRAMME.replace("AS_PRICE", price), encoding="utf-8")
    (content / "pages" / "points.md").write_text(PAGE, encoding="utf-8")
    site = (content / "site.yaml").read_text(encoding="utf-8").replace("language: en", f"language: {language}")
    data = "full" if full else "basic"
    (content / "site.yaml").write_text(f"{site}languages: [en, zh, de]\noutput: {{member_data: {data}}}\n")
    made = render_site(read_project(shop), TODAY, SETTING)
    cells = "\n".join(block.html for block in made.gated if isinstance(block, GatedBlock))
    (page,) = (
        file.content.decode()
        for file in made.public
        if isinstance(file, PublicFile) and file.path == "points/index.html"
    )
    return page, cells


@pytest.mark.parametrize(("language", "tin", "until"), [
    ("en", "A tin", "31 December 2026"), ("zh", "一罐茶", "2026年12月31日"), ("de", "Eine Dose", "31. Dezember 2026"),
])  # fmt: skip
def test_all_words_are_there_and_all_blanks_filled(tmp_path: Path, language: str, tin: str, until: str) -> None:
    page, cells = shown(tmp_path, language, full=True)
    for words in (tin, until, "oolong", "400", "Runner", "a runner", "restrung"):
        assert words in page
    for words in ("An hour", "at the loom", "On top", "Three"):
        assert words in cells
        assert words not in page
    assert "Looking after linen" in cells
    assert not re.search(r"\{\w+\}", page.partition("<main")[2] + cells)


def test_fields_of_full_records_stand_only_where_records_are_full(tmp_path: Path) -> None:
    fields = {"next_gift", "points_to_next_gift", "points_pending", "points_expiring", "points_expire_on", "coupons",
              "coupons_until"}  # fmt: skip
    for full in (True, False):
        page, cells = shown(tmp_path / str(full), "en", full=full)
        found = {name.partition("|")[0] for name in re.findall(r'data-sg-field="([^"]+)"', page + cells)}
        assert found & fields == (fields if full else set())
        assert "points" in found


def test_points_are_said_to_be_no_price_unless_the_switch_is_on(tmp_path: Path) -> None:
    assert "never take anything off a bill" in shown(tmp_path / "off", "en", full=False)[0]
    on = shown(tmp_path / "on", "en", full=False, price="yes\n  price: {worth: 0.01, most: 10}")[0]
    assert "never take anything off a bill" not in on
    assert "takes €0.01 off a bill, and all of them together at most 10% of it" in on
