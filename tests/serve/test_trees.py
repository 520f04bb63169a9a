"""What changed from one site to the next."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from sitegen.serve.trees import Change, Tree, compare, together, tree_of

PAGE = '<html><head><link rel="stylesheet" href="/static/site-{}.css"></head><body>{}</body></html>'


def site(output: Path, files: dict[str, str], former: Tree | None = None) -> Tree:
    """The tree of a site of these files."""
    for path, text in files.items():
        file = output / "site" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    digests = {path: sha256(text.encode()).hexdigest() for path, text in files.items()}
    (output / "build.json").write_text(json.dumps({"site": digests}))
    return tree_of(output, former or {})


def test_new_other_and_gone_files_are_named(tmp_path: Path) -> None:
    before = site(tmp_path, {"same.html": "1", "other.html": "1", "gone.html": "1"})

    change = compare(before, site(tmp_path, {"same.html": "1", "other.html": "2", "new.xml": "1"}, before))

    assert change == Change(frozenset({"other.html", "gone.html", "new.xml"}), {}, 2)


def test_a_page_with_another_stylesheet_alone_is_no_other_page(tmp_path: Path) -> None:
    before = site(tmp_path, {"index.html": PAGE.format("aa", "Hello")})

    change = compare(before, site(tmp_path, {"index.html": PAGE.format("bb", "Hello")}, before))

    assert change == Change(frozenset(), {"/static/site-aa.css": "/static/site-bb.css"}, 0)


def test_a_page_with_other_words_and_another_stylesheet_is_another_page(tmp_path: Path) -> None:
    before = site(tmp_path, {"index.html": PAGE.format("aa", "Hello")})

    change = compare(before, site(tmp_path, {"index.html": PAGE.format("bb", "Good morning")}, before))

    assert change == Change(frozenset({"index.html"}), {}, 1)


def test_keyrings_are_nobodys_page(tmp_path: Path) -> None:
    before = site(tmp_path, {"sg/site.json": "1", "sg/1/k/20/0000.bin": "1"})

    assert not compare(before, site(tmp_path, {"sg/site.json": "2", "sg/1/k/20/0000.bin": "2"}, before))


def test_stylesheets_that_follow_each_other_lead_to_the_last(tmp_path: Path) -> None:
    first, second = Change(frozenset({"a"}), {"1.css": "2.css"}, 1), Change(frozenset({"b"}), {"2.css": "3.css"}, 2)

    assert together((first, second)) == Change(frozenset({"a", "b"}), {"1.css": "3.css", "2.css": "3.css"}, 3)


def test_a_stylesheet_that_comes_back_leaves_nothing_to_change(tmp_path: Path) -> None:
    there, back = Change(sheets={"1.css": "2.css"}), Change(sheets={"2.css": "1.css"})

    assert together((there, back)).sheets == {"2.css": "1.css"}


def test_too_many_changes_stand_for_all() -> None:
    assert together((Change(None), Change(frozenset({"a"})))).files is None
