"""Designs share a base: its template goes on where theirs ends, and their style comes after its."""

from __future__ import annotations

from pathlib import Path

from sitegen.content.theme_files import read_theme
from sitegen.errors import Problem

DESIGN = """\
title: A card
base: {base}
width: 105
height: 148
bleed: 3
safe: 5
slots: {{}}
"""


def theme_with(folder: Path, base: str) -> Path:
    files = {
        "theme.yaml": "name: small\ntitle: Small\n",
        "cards/faces.css": "@font-face {}\n",
        "cards/letter.html": "THE REST",
        "cards/letter.css": "p { color: red }\n",
        "cards/moon/design.yaml": DESIGN.format(base=base),
        "cards/moon/card.html": "OWN\n",
        "cards/moon/card.css": "p { color: blue }\n",
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def test_a_design_goes_before_its_base_and_its_style_after_it(tmp_path: Path) -> None:
    problems: list[Problem] = []
    theme = read_theme(theme_with(tmp_path, "letter"), tmp_path, problems)
    assert [design.name for design in theme.designs] == ["moon"]
    assert theme.designs[0].template == "OWN\nTHE REST"
    assert theme.designs[0].style == "p { color: red }\np { color: blue }\n"


def test_a_base_of_styles_alone_goes_before_the_next_one(tmp_path: Path) -> None:
    theme = read_theme(theme_with(tmp_path, "[faces, letter]"), tmp_path, [])
    assert theme.designs[0].template == "OWN\nTHE REST"
    assert theme.designs[0].style == "@font-face {}\np { color: red }\np { color: blue }\n"


def test_an_unknown_kind_of_a_design_is_told_with_the_nearest_one(tmp_path: Path) -> None:
    problems: list[Problem] = []
    read_theme(theme_with(tmp_path, "letter\nkinds: [holiday, birthdy]"), tmp_path, problems)
    assert [(one.line, one.column, one.message, one.hint) for one in problems] == [
        (3, 18, "unknown kind 'birthdy'", "did you mean 'birthday'?")
    ]


def test_a_design_without_a_base_stands_alone(tmp_path: Path) -> None:
    theme = read_theme(theme_with(tmp_path, ""), tmp_path, [])
    assert theme.designs[0].template == "OWN\n"


def test_an_unknown_base_is_told_at_its_place_with_the_nearest_one(tmp_path: Path) -> None:
    problems: list[Problem] = []
    read_theme(theme_with(tmp_path, "leter"), tmp_path, problems)
    found = [problem for problem in problems if problem.code == "missing-template"]
    assert [(one.line, one.column, one.message, one.hint) for one in found] == [
        (2, 7, "the theme has no base 'leter' for cards", "did you mean 'letter'?")
    ]
