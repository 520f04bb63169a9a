"""The doctor of themes finds what is misspelt, stale, unreadable or without a licence, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sitegen.build.themes.begin import copy_file, new_theme
from sitegen.build.themes.differences import differences
from sitegen.build.themes.doctor import examine
from sitegen.build.themes.finding import Level
from tests.theme.family import write

SHOP = Path(__file__).parents[1] / "broken" / "base"
EXTENDS = '{% extends "hearth/site/page.html" %}\n'


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A small shop that takes the theme 'mine', a child of hearth."""
    shutil.copytree(SHOP, tmp_path / "shop")
    with (tmp_path / "shop/content/site.yaml").open("a", encoding="utf-8") as setting:
        setting.write("theme: mine\n")
    return tmp_path / "shop"


def codes(shop: Path, files: dict[str, str], parent: str = "hearth") -> list[tuple[str, str, str]]:
    """What the doctor finds: level, code, and file below themes/."""
    folder = write(shop, "mine", files, parent)
    return [
        (one.level.value, one.problem.code, one.problem.file.removeprefix("themes/")) for one in examine(folder, shop)
    ]


@pytest.mark.parametrize("theme", ["hearth", "gallery"])
def test_the_themes_that_come_along_are_well(shop: Path, theme: str) -> None:
    write(shop, "mine", {}, "hearth")
    themes = Path(__file__).parents[2] / "themes"
    assert [str(one.problem) for one in examine(themes / theme, shop)] == []


def test_a_new_theme_is_well(shop: Path) -> None:
    written = new_theme(shop, "mine", "hearth")
    assert "themes/mine/theme.yaml" in written
    assert examine(shop / "themes/mine", shop) == ()


WRONG = {
    "site/pag.html": EXTENDS,
    "site/partials/fotter.html": "x",
    "mail/care.htm": "x",
    "site/exhibition.html": EXTENDS,
    "templates/page.html": "x",
    "locale/english.yaml": "skip: On\n",
    "static/old.css": "a{}",
    "site/page.html": EXTENDS
    + '{% block artikel %}{% endblock %}{% block article %}{{ t("greeting.new") }}{% endblock %}',
    "locale/en.yaml": "serach.label: Find\nskip: On\nlogout: Bye\n",
    "locale/zh.yaml": "skip: '1'\n",
    "README.md": "mine",
    "preview.png": "x",
    "LICENSE": "MIT",
}


def test_each_thing_that_is_wrong_is_found_once_and_what_is_right_never(shop: Path) -> None:
    assert codes(shop, WRONG) == [
        ("problem", "unread-file", "mine/locale/english.yaml"),
        ("problem", "override-of-nothing", "mine/mail/care.htm"),
        ("problem", "override-of-nothing", "mine/site/pag.html"),
        ("problem", "missing-word", "mine/site/page.html"),
        ("problem", "unknown-block", "mine/site/page.html"),
        ("problem", "override-of-nothing", "mine/site/partials/fotter.html"),
        ("problem", "unread-file", "mine/templates/page.html"),
        ("warning", "unused-word", "mine/locale/en.yaml"),
        ("warning", "half-changed-word", "mine/locale/zh.yaml"),
        ("warning", "unused-layout", "mine/site/exhibition.html"),
        ("warning", "unused-file", "mine/static/old.css"),
    ]


def test_words_of_numbers_and_words_that_are_chosen_between_are_known(shop: Path) -> None:
    said = '{{ t("mine.days", 3) }}{{ t("mine.weeks", 3) }}{{ t("mine.old" if page.draft else "mine.new") }}'
    files = {
        "site/page.html": f"{EXTENDS}{{% block article %}}{said}{{% endblock %}}",
        "locale/en.yaml": "mine.days.one: a day\nmine.days.other: days\nmine.old: Old\nmine.lost.one: x\n",
    }
    folder = write(shop, "mine", files, "hearth")
    assert [one.problem.message for one in examine(folder, shop)] == [
        "the theme has no word for 'mine.new'",
        "the theme has no word for 'mine.weeks.other'",
        "nothing says the word 'mine.lost.one'",
    ]


def test_a_misspelt_override_is_told_what_it_was_meant_to_be(shop: Path) -> None:
    folder = write(shop, "mine", {"site/partials/fotter.html": "x"}, "hearth")
    (finding,) = examine(folder, shop)
    assert finding.problem.hint == "did you mean 'site/partials/footer.html'?"


def test_colours_that_nobody_can_read_are_found_in_light_and_in_dark(shop: Path) -> None:
    base = '{% extends "hearth/site/base.html" %}{% block styles %}{{ static("static/mine.css") }}{% endblock %}'
    style = (
        "@layer tokens { :root { --ink: #999999 } @media (prefers-color-scheme: dark) { :root { --link: #333333 } } }"
    )
    folder = write(shop, "mine", {"site/base.html": base, "static/mine.css": style}, "hearth")
    said = [one.problem.message.partition(" has a contrast") for one in examine(folder, shop)]
    light = {pair for pair, _, rest in said if "light" in rest}
    dark = {pair for pair, _, rest in said if "dark" in rest}
    # The child's one colour counts in the dark too, since its sheet comes after its parent's.
    assert light == {"--ink on --ground", "--ink on --raised", "--ink on --sunk"}
    assert dark == {"--link on --ground", "--link on --raised", "--link on --sunk"}


def test_a_font_without_its_licence_is_found(shop: Path) -> None:
    style = "@font-face { font-family: 'Nobody Knows'; src: url(x.woff2) }"
    base = '{% extends "hearth/site/base.html" %}{% block styles %}{{ static("static/mine.css") }}{% endblock %}'
    assert codes(shop, {"site/base.html": base, "static/mine.css": style}) == [
        ("problem", "font-without-licence", "mine/static/mine.css")
    ]


def test_a_copy_that_its_parent_has_outgrown_is_stale(shop: Path) -> None:
    write(shop, "mother", {"site/partials/footer.html": "<footer>one</footer>"}, "hearth")
    write(shop, "mine", {}, "mother")
    copy_file(shop, "site/partials/footer.html")
    assert [one.problem.code for one in examine(shop / "themes/mine", shop)] == ["same-as-parent"]
    write(shop, "mother", {"site/partials/footer.html": "<footer>two</footer>"}, "hearth")
    found = examine(shop / "themes/mine", shop)
    assert [(one.level, one.problem.code) for one in found] == [(Level.WARNING, "stale-copy")]
    (difference,) = differences(shop / "themes/mine", shop)
    assert (difference.path, difference.parent, difference.stale) == ("site/partials/footer.html", "mother", True)
    assert difference.lines[-2:] == ("-<footer>two</footer>", "+<footer>one</footer>")


def test_a_remembered_copy_that_is_gone_is_told(shop: Path) -> None:
    about = 'name: mine\nparent: hearth\nsitegen: ">=0.1,<2"\ncopied:\n  site/page.html: abc\n'
    assert codes(shop, {"theme.yaml": about}) == [("warning", "stale-copy", "mine/theme.yaml")]
