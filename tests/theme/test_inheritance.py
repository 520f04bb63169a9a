"""A theme takes from its parents what it lacks: file by file, block by block, word by word."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.theme_about import bounds_of, read_about
from sitegen.content.theme_files import read_theme
from sitegen.errors import Mistakes, Problem
from sitegen.render.site.static import static_files
from tests.theme.family import read, rendered, write

BASE = "<main>{% block main %}hall{% endblock %}</main><footer>{% block foot %}{{ said }}{% endblock %}</footer>"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Three generations: child, mother, grandmother."""
    write(
        tmp_path,
        "grandmother",
        {
            "site/base.html": BASE,
            "site/page.html": '{% extends "site/base.html" %}{% block main %}old page{% endblock %}',
            "static/site.css": "a{color:red}",
            "static/icon.svg": "<svg/>",
            "locale/en.yaml": "door: Door\nbell: Bell\n",
            "locale/zh.yaml": "door: \u95e8\n",
        },
    )
    write(tmp_path, "mother", {"static/site.css": "a{color:blue}", "locale/en.yaml": "bell: Chime\n"}, "grandmother")
    write(
        tmp_path,
        "child",
        {
            "site/base.html": '{% extends "mother/site/base.html" %}'
            "{% block foot %}{{ super() }}, and more{% endblock %}",
            "locale/en.yaml": "key: Key\n",
        },
        "mother",
    )
    return tmp_path


def test_what_a_theme_lacks_comes_from_the_nearest_that_has_it(house: Path) -> None:
    theme = read(house, "child")
    assert theme.parents == ("mother", "grandmother")
    assert theme.static == {"static/site.css": b"a{color:blue}", "static/icon.svg": b"<svg/>"}
    assert {
        path: theme.file(path) for path in ("site/base.html", "site/page.html", "static/site.css", "site/new.html")
    } == {
        "site/base.html": "themes/child/site/base.html",
        "site/page.html": "themes/grandmother/site/page.html",
        "static/site.css": "themes/mother/static/site.css",
        "site/new.html": "themes/child/site/new.html",
    }


def test_words_are_merged_key_by_key_and_language_by_language(house: Path) -> None:
    assert read(house, "child").strings == {
        "en": {"door": "Door", "bell": "Chime", "key": "Key"},
        "zh": {"door": "\u95e8"},
    }


def test_a_template_extends_its_parents_template_of_the_same_name_block_by_block(house: Path) -> None:
    page = rendered(read(house, "child"), "site/page.html", said="street")
    assert page == "<main>old page</main><footer>street, and more</footer>"
    assert rendered(read(house, "mother"), "site/page.html", said="street").endswith("<footer>street</footer>")


def test_a_mistake_names_the_theme_in_whose_folder_it_stands(house: Path) -> None:
    with pytest.raises(Mistakes) as caught:
        rendered(read(house, "child"), "site/page.html")
    assert [problem.file for problem in caught.value.problems] == ["themes/grandmother/site/base.html"]


def test_a_mistake_in_the_childs_own_block_names_the_child(house: Path) -> None:
    write(
        house,
        "child",
        {"site/page.html": '{% extends "mother/site/page.html" %}\n{% block main %}\n{{ no }}{% endblock %}'},
        "mother",
    )
    with pytest.raises(Mistakes) as caught:
        rendered(read(house, "child"), "site/page.html", said="")
    assert [(one.file, one.line) for one in caught.value.problems] == [("themes/child/site/page.html", 3)]


def test_only_templates_that_somebody_names_count_as_reached(house: Path) -> None:
    reached = read(house, "child").reached()
    assert set(reached) == {"site/base.html", "site/page.html", "mother/site/base.html"}


def test_the_shops_hearth_of_the_same_name_can_have_no_parent_of_its_own_name(tmp_path: Path) -> None:
    write(tmp_path, "hearth", {}, "hearth")
    with pytest.raises(Mistakes, match="hearth -> hearth"):
        read_theme(tmp_path / "themes" / "hearth", tmp_path, [])


def test_a_card_design_takes_the_files_that_it_lacks_from_its_parent(tmp_path: Path) -> None:
    slots = "slots:\n  name: {x: 1, y: 1, width: 9, height: 9, sizes: [9]}\n"
    yaml = f"title: Plain\nwidth: 105\nheight: 148\nbleed: 3\nsafe: 5\n{slots}"
    parts = {"design.yaml": yaml, "card.html": "front", "card.css": "p{}", "front.svg": "<svg/>"}
    write(tmp_path, "mother", {f"cards/plain/{name}": text for name, text in parts.items()})
    write(tmp_path, "child", {"cards/plain/front.svg": "<svg>mine</svg>", "fonts/print/A.ttf": "letters"}, "mother")
    (design,) = read(tmp_path, "child").designs
    assert (design.template, design.style) == ("front", "p{}")
    assert design.files == {"front.svg": b"<svg>mine</svg>", "fonts/A.ttf": b"letters"}


def test_a_mistake_in_an_inherited_design_names_the_parents_folder(tmp_path: Path) -> None:
    write(tmp_path, "mother", {"cards/plain/design.yaml": "title: Plain\n"})
    write(tmp_path, "child", {}, "mother")
    problems: list[Problem] = []
    read_theme(tmp_path / "themes" / "child", tmp_path, problems)
    # What is missing could lie in either; it is told where the theme itself would have it.
    assert [one.file for one in problems] == ["themes/child/cards/plain/card.html"]


def test_a_theme_of_the_shop_without_an_end_is_warned_of_and_one_that_comes_along_is_not(tmp_path: Path) -> None:
    write(tmp_path, "open", {"theme.yaml": 'parent: hearth\nsitegen: ">=0.1"\n'})
    (warning,) = read(tmp_path, "open").warnings
    assert (warning.file, warning.line, warning.code) == ("themes/open/theme.yaml", 2, "theme-without-end")
    assert read(tmp_path, "open").parents == ("hearth",)


@pytest.mark.parametrize(
    ("bounds", "version", "codes"),
    [
        (">=0.6,<0.9", "0.6.0", []),
        (">=0.6,<0.9", "0.8.9", []),
        (">=0.6,<0.9", "0.9.0", ["theme-for-another-version"]),
        (">=0.6,<0.9", "0.5.2", ["theme-for-another-version"]),
        (">=0.6,<0.9", "0.7.0.dev3", []),
        ("~=0.6.1", "0.7.0", ["theme-for-another-version"]),
        ("about 1", "0.7.0", ["wrong-value"]),
    ],
)
def test_bounds_are_those_of_python_packages(tmp_path: Path, bounds: str, version: str, codes: list[str]) -> None:
    folder = write(tmp_path, "mine", {"theme.yaml": f'name: mine\nsitegen: "{bounds}"\n'})
    problems: list[Problem] = []
    read_about(folder, tmp_path, problems, version)
    assert [one.code for one in problems] == codes


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
def test_the_bounds_of_a_new_theme_hold_this_version_and_end(major: int, minor: int, patch: int) -> None:
    from packaging.specifiers import SpecifierSet  # noqa: PLC0415 - only this property asks the standard

    bounds = SpecifierSet(bounds_of(f"{major}.{minor}.{patch}"))
    assert bounds.contains(f"{major}.{minor}.{patch}")
    assert not bounds.contains(f"{major + 1}.{minor + 3}.0")


def test_a_mistake_in_an_inherited_stylesheet_names_the_parents_folder(house: Path) -> None:
    write(house, "mother", {"static/site.css": "a{}\nb{background:url(gone.png)}"}, "grandmother")
    theme = read(house, "child")
    with pytest.raises(Mistakes) as caught:
        static_files(theme.name, theme.static, theme.origins)
    assert [(one.file, one.line) for one in caught.value.problems] == [("themes/mother/static/site.css", 2)]
