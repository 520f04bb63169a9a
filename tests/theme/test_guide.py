"""The theme guide does not go stale: its steps work in a real shop, and its tables name what is really there."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest
from jinja2 import meta, nodes

from sitegen.cli.main import run
from sitegen.content.theme_about import read_about
from sitegen.errors import Problem
from sitegen.render.mail import views as mail_views
from sitegen.render.site import views
from sitegen.render.theme import templates
from tests.theme import sample

GUIDE = (sample.THEMES / "README.md").read_text(encoding="utf-8")
SHOP = Path(__file__).parents[1] / "broken" / "base"
STEP = re.compile(r"(?:`([\w./-]+)`:\n\n)?```(\w+)( add)?\n(.*?)```", re.DOTALL)
VIEWS = {
    "page": views.PageView,
    "site": views.SiteView,
    "shop": views.ShopView,
    "an item of items": views.ItemView,
    "a line of a menu": views.MenuItemView,
    "a link": views.LinkView,
    "a heading of page.toc": views.HeadingView,
    "page.image": views.ImageView,
    "a language of page.translations": views.TranslationView,
    "page.pager": views.PagerView,
    "page.event": views.EventView,
    "the image of an item": views.ThumbnailView,
    "a teaser": views.TeaserView,
}
OF_PARTS = {
    *("part", "cells", "cell", "inner", "title", "id", "shop", "language", "t", "full", "money", "percent", "number"),
    *("day", "moment", "clock", "month", "weekday", "link", "picture", "file"),
}
SEEN = {"page", "site", "shop", "items", "teasers", "menu", "menus", "data", "t", "static"}


def section(title: str) -> str:
    """The part of the guide below a heading, up to the next one."""
    found = re.search(rf"^#+ {re.escape(title)}\n(.*?)(?=^#|\Z)", GUIDE, re.DOTALL | re.MULTILINE)
    assert found, title
    return found[1]


def rows(title: str) -> Iterator[list[str]]:
    """The rows of the table in a section, cell by cell."""
    for line in section(title).splitlines():
        if line.startswith("| `"):
            yield [cell.strip() for cell in line.strip("|").split(" | ")]


def names(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small shop in which somebody followed the guide, and then built."""
    shop = tmp_path_factory.mktemp("guide") / "shop"
    shutil.copytree(SHOP, shop)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(shop)
        for name in ("SITEGEN_CONTENT_KEY", "SITEGEN_CARD_KEY", "SITEGEN_SIGN_KEY", "SITEGEN_KEY_FILE"):
            patch.delenv(name, raising=False)
        for path, language, more, text in STEP.findall(GUIDE.partition("\n## theme.yaml")[0]):
            if language == "sh":
                for command in text.splitlines():
                    assert run(command.split()[1:]) == 0, command
            else:
                write(shop / path, text, "a" if more else "w")
        assert run(["build", "--on", "2026-09-08", "--only", "site", "--quiet"]) == 0
        yield shop


def write(file: Path, text: str, mode: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open(mode, encoding="utf-8") as opened:
        opened.write(text)


def test_the_guides_theme_looks_as_the_guide_says(built: Path) -> None:
    site = built / "output" / "site"
    linen = (site / "care/linen/index.html").read_text("utf-8")
    assert '<p class="greeting">The garden gate is open on Sundays.</p>' in linen
    assert '<h2 id="door-title">Come in through the garden</h2>' in (site / "index.html").read_text("utf-8")
    exhibition = (site / "exhibition/index.html").read_text("utf-8")
    assert '<body class="exhibition">' in exhibition
    assert "<h1>Seven winters of cloth</h1>" in exhibition
    style = next((site / "static").glob("winter-garden.*.css")).read_text("utf-8")
    assert "#5B2A4E" in style
    assert (built / "themes/winter-garden/site/partials/tags.html").is_file()


def test_what_the_guide_calls_well_the_doctor_calls_well(built: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(built)
        assert run(["theme", "doctor", "--json"]) == 0
    said = capsys.readouterr().out
    # The copy of the sixth step is not changed yet.
    assert re.findall(r'"code": "([\w-]+)"', said) == ["same-as-parent"]


@pytest.mark.parametrize("title", VIEWS)
def test_the_table_of_a_view_names_each_of_its_attributes_and_no_other(title: str) -> None:
    told = [name for row in rows(title) for name in names(row[0])]
    assert sorted(told) == sorted(field.name for field in fields(VIEWS[title]))


def test_the_tables_of_e_mails_name_each_attribute_and_no_other() -> None:
    told = {names(row[0])[0]: names(row[1]) for row in rows("In e-mails")}
    assert told == {
        "mail": [field.name for field in fields(mail_views.MailView)],
        "adviser": [field.name for field in fields(mail_views.AdviserView)],
    }


def test_the_table_of_templates_names_all_blocks_that_can_be_overridden() -> None:
    theme = sample.hearth()
    environment = templates(theme, {}).environment
    blocks = {}
    for path, source in theme.templates.items():
        if re.fullmatch(r"site/(sealed/)?[^/]+\.html", path):
            blocks[path] = {block.name for block in environment.parse(source).find_all(nodes.Block)}
    base = blocks["site/base.html"]
    told = {names(row[0])[0]: set(names(row[2])) for row in rows("Templates of the site and their blocks")}
    kept = {"article", "items"}
    assert told == {
        path: found if path == "site/base.html" else found - (base - kept) for path, found in blocks.items()
    }


def test_templates_see_nothing_that_the_guide_does_not_name() -> None:
    theme = sample.hearth()
    environment = templates(theme, {}).environment
    seen, seen_by_parts, own = set[str](), set[str](), set[str]()
    for path, source in theme.templates.items():
        tree = environment.parse(source)
        found = meta.find_undeclared_variables(tree)
        if path.startswith("site/programme/"):
            seen_by_parts |= found
            imported = (one for line in tree.find_all(nodes.FromImport) for one in line.names)
            own |= {one if isinstance(one, str) else one[1] for one in imported}
            own |= {one.name for one in tree.find_all(nodes.Name) if one.ctx != "load"}
        elif path.startswith("site/") and "/shortcodes/" not in path:
            seen |= found
    assert seen - {"lines"} <= SEEN
    # What one block sets is undeclared in another one, and so is what a template hands to one that it includes.
    assert seen_by_parts - own <= OF_PARTS
    for name in SEEN | OF_PARTS:
        assert f"`{name}" in GUIDE or f"\n### {name}\n" in GUIDE, name


def test_the_table_of_theme_yaml_names_the_keys_that_it_may_have(tmp_path: Path) -> None:
    told = {name for row in rows("theme.yaml") for name in names(row[0])}
    folder = tmp_path / "themes" / "all"
    values = {"fonts": "[]", "copied": "{}", "sitegen": "'>=0.1,<2'", "parent": "hearth", "name": "all"}
    write(folder / "theme.yaml", "".join(f"{key}: {values.get(key, 'x')}\n" for key in told), "w")
    unknown: list[Problem] = []
    read_about(folder, tmp_path, unknown)
    assert [problem.message for problem in unknown if problem.code == "unknown-key"] == []


def test_every_folder_that_a_theme_has_is_in_the_table_of_folders() -> None:
    told = {name for row in rows("Folders") for name in names(row[0])}
    there = {
        f"{path.name}/"
        for theme in ("hearth", "gallery")
        for path in (sample.THEMES / theme).iterdir()
        if path.is_dir()
    }
    assert told == there
