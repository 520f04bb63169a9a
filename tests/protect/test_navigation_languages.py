"""A line of a menu says its language, and what it translates."""

from __future__ import annotations

import json

from sitegen.model.readable import SearchDocument, SearchIndex
from sitegen.protect import bodies, runtime


def test_a_line_says_its_language_and_original_only_where_it_has_them() -> None:
    plain = bodies.NavItem("A", "m/a/", True, 3, "")
    chinese = bodies.NavItem("甲", "m/b/", True, 3, "", language="zh", of="m/a/")
    first, second = json.loads(bodies.nav_body([plain, chinese]))["items"]
    assert {"language", "of"}.isdisjoint(first)
    assert (second["language"], second["of"]) == ("zh", "m/a/")


def test_a_searched_page_says_its_language_only_where_there_are_several() -> None:
    pages = (SearchDocument("A", "a/", "x"), SearchDocument("甲", "zh/a/", "x", "zh"))
    said = json.loads(bodies.search_body(SearchIndex("public", pages, {}, {})))["documents"]
    assert said == [["A", "a/", "x"], ["甲", "zh/a/", "x", "zh"]]


def test_the_contract_with_themes_names_what_the_script_asks_of_a_language_switch() -> None:
    script = runtime.bundle().decode()
    for asked in ('[data-sg="languages"]', 'a[data-sg="home"]', "template[data-sg-language]"):
        assert asked in script
        assert asked.replace("[data-sg-language]", "").strip("a") in (runtime.__doc__ or "")
