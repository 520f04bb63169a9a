"""Problems with the lines around them."""

from __future__ import annotations

from pathlib import Path

from sitegen.errors import Problem
from sitegen.serve.excerpts import told

LINES = "".join(f"line {number}\n" for number in range(1, 10))


def test_the_lines_around_a_mistake_are_shown_and_its_own_is_marked(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(LINES)

    shown = told(Problem("page.md", 4, 6, "bad-date", "no day", "write one"), tmp_path)

    assert [(line["number"], line["text"], line["here"]) for line in shown["lines"]] == [
        (2, "line 2", False),
        (3, "line 3", False),
        (4, "line 4", True),
        (5, "line 5", False),
        (6, "line 6", False),
    ]
    assert (shown["place"], shown["column"]) == ("page.md:4:6", 6)
    assert shown["open"] == f"vscode://file{tmp_path.resolve()}/page.md:4:6"


def test_a_mistake_without_a_place_has_no_lines(tmp_path: Path) -> None:
    assert told(Problem("", 0, 0, "bad-key", "a key is missing"), tmp_path)["lines"] == []
    assert told(Problem("gone.md", 3, 1, "bad-key", "a key is missing"), tmp_path)["lines"] == []


def test_no_file_outside_the_shop_is_shown(tmp_path: Path) -> None:
    shop = tmp_path / "shop"
    shop.mkdir()
    (tmp_path / "secret.txt").write_text("a neighbour's\n")

    shown = told(Problem("../secret.txt", 1, 1, "odd", "odd"), shop)

    assert (shown["lines"], shown["open"]) == ([], "")
