"""The house's pages hold together as plain files: every link leads somewhere, and nothing is told to eyes alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest

from sitegen.programme.reports import registry
from tests.desk.page import Page
from tests.golden.sample_shop import Shop

ELSEWHERE = {"https", "mailto", "tel"}
REFERENCES = ("href", "src", "srcset", "action", "data", "poster")
"""Attributes that name another file."""
NAMES = ("aria-labelledby", "aria-describedby", "aria-controls", "for")
"""Attributes that name other elements of the page."""
FETCHES = ("script", "link", "iframe", "object", "embed", "base", "form", "audio", "video", "img")
"""Elements that fetch something, run, or send something away."""


@pytest.fixture(scope="module")
def files(sample: Shop) -> frozenset[str]:
    """The path of every file that was made for the house."""
    work = sample.root / "output" / "work"
    return frozenset(path.relative_to(work).as_posix() for path in work.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def pages(sample: Shop, files: frozenset[str]) -> dict[str, Page]:
    """Every page of the house by its path."""
    return {path: Page(read(sample, path)) for path in sorted(files) if path.endswith(".html")}


def read(sample: Shop, path: str) -> str:
    return (sample.root / "output" / "work" / path).read_text(encoding="utf-8")


def dead(pages: Mapping[str, Page], files: frozenset[str]) -> Iterator[str]:
    """References to files that are not there, and to places that the page there does not have."""
    for path, page in pages.items():
        for reference in (one.get(name) for one in page.elements for name in REFERENCES if one.get(name)):
            parts = urlsplit(reference)
            if parts.scheme in ELSEWHERE:
                continue
            there = normpath(join(dirname(path), unquote(parts.path))) if parts.path else path
            if parts.scheme or parts.netloc or parts.query or there not in files:
                yield f"{path}: no file '{reference}'"
            elif parts.fragment and unquote(parts.fragment) not in pages[there].by_id:
                yield f"{path}: no place '{reference}'"


def test_a_reference_that_leads_nowhere_is_found() -> None:
    written = "<a href='b.html#on'></a><a href='b.html#off'></a><img src='c.png'><a href='#d'></a><a href='//e'></a>"
    pages = {"x/a.html": Page(f"{written}<a href='../f.csv'></a>"), "x/b.html": Page("<p id='on'></p>")}
    assert list(dead(pages, frozenset({*pages, "f.csv"}))) == [
        "x/a.html: no place 'b.html#off'",
        "x/a.html: no file 'c.png'",
        "x/a.html: no place '#d'",
        "x/a.html: no file '//e'",
    ]


def test_every_link_of_the_house_leads_to_a_file_and_a_place_in_it(
    pages: dict[str, Page], files: frozenset[str]
) -> None:
    assert list(dead(pages, files)) == []


def test_there_is_a_page_of_every_type(pages: dict[str, Page]) -> None:
    folders = Counter(dirname(path) for path in pages)
    assert {f"reports/{name}.html" for name in registry.NAMES} <= set(pages)
    assert {f"desk/{name}.html" for name in ("index", "unowned", "complaints", "cases")} <= set(pages)
    assert sum(path.endswith("/day.html") for path in pages) == 8
    assert folders["desk/registers"] == 4
    assert folders["desk/customers"] > 20


def test_from_the_front_page_a_click_leads_on_until_every_page_was_seen(pages: dict[str, Page]) -> None:
    seen, ahead = set[str](), ["desk/index.html"]
    while ahead:
        path = ahead.pop()
        seen.add(path)
        links = (urlsplit(one.get("href")) for one in pages[path].every("a"))
        there = {normpath(join(dirname(path), unquote(link.path))) for link in links if link.path and not link.scheme}
        ahead += sorted(there & (set(pages) - seen))
    assert set(pages) - seen == set()


def test_each_page_says_its_language_its_own_title_and_one_heading_above_all(pages: dict[str, Page]) -> None:
    titles = Counter[str]()
    for path, page in pages.items():
        assert [one.get("lang") for one in page.every("html")] == ["en"], path
        (title,) = (one.text for one in page.every("title") if one.around[-1].tag == "head")
        (heading,) = (one.text for one in page.every("h1"))
        assert heading, path
        assert len(list(page.every("main"))) == 1, path
        titles[title] += 1
        levels = [int(one.tag[1]) for one in page.every("h1", "h2", "h3", "h4", "h5", "h6")]
        assert all(after - before <= 1 for before, after in pairwise(levels)), path
    # Two people may have one name.
    assert [title for title, count in titles.items() if count > 2] == []
    assert "" not in titles


def test_whatever_names_another_element_finds_words_there(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        for one in page.elements:
            for name in NAMES:
                assert all(page.by_id[id_].text for id_ in one.get(name).split()), f"{path}: {one.attributes}"


def test_each_table_is_labelled_and_each_of_its_columns_has_a_head(pages: dict[str, Page]) -> None:
    seen = 0
    for path, page in pages.items():
        for table in page.every("table"):
            captions = [one for one in table.every("caption") if one.text]
            assert captions or any(one.get("aria-labelledby") for one in (table, *table.around)), path
            (top,) = table.every("thead")
            heads = list(top.every("th"))
            assert all(one.get("scope") == "col" and one.text for one in heads), path
            assert {len(list(row.every("th", "td"))) for row in table.every("tr")} == {len(heads)}, path
            seen += 1
    assert seen > 200


def test_each_chart_says_what_it_shows_and_has_its_numbers_beside_it(pages: dict[str, Page]) -> None:
    seen = Counter[str]()
    for path, page in pages.items():
        for picture in page.every("svg", "img"):
            assert picture.get("role") == "img", path
            title, says = (page.by_id[id_] for id_ in picture.get("aria-labelledby").split())
            assert (title.tag, says.tag) == ("title", "desc"), path
            figure = next(one for one in picture.around if one.tag == "figure")
            assert says.text in [one.text for one in figure.every("p")], path
            assert len(list(figure.every("table"))) == 1, path
            seen[dirname(path)] += 1
    assert set(seen) == {"reports"}
    assert seen["reports"] > 20


def test_nothing_of_a_page_is_fetched_and_nothing_runs(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        assert (
            list(page.every("script", "link", "iframe", "object", "embed", "base", "form", "audio", "video")) == []
        ), path
        assert [one for one in page.elements if any(name.startswith("on") for name in one.attributes)] == [], path
        (style,) = ("".join(one.words) for one in page.every("style"))
        assert [part[:40] for part in style.split("url(")[1:] if not part.startswith(("data:", "#"))] == [], path
        assert "@import" not in style, path
