"""The search index of each segment, as values."""

from __future__ import annotations

from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.readable import SearchIndex, Site
from sitegen.render.site.search import HEADING, MOST_TEXT, OFTEN, TEXT, TITLE, counted, fold, grades, parts, words
from tests.content.shop_folder import page
from tests.render.search_vectors import WORDS
from tests.render.site_shop import project, site


def index_of(made: Site, segment: str) -> SearchIndex:
    """The one index of a segment."""
    (found,) = (index for index in made.search if index.segment == segment)
    return found


def titles_with(index: SearchIndex, word: str) -> dict[str, int]:
    """The titles of the documents that a word points to, each with its grade."""
    numbers = accumulate(index.words.get(word, ()))
    return {index.documents[number // 4].title: number % 4 for number in numbers}


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words_are_folded(text: str, expected: tuple[str, ...]) -> None:
    assert tuple(words(text)) == expected


@given(st.text())
def test_folding_a_folded_text_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(), st.text())
def test_two_texts_have_the_words_of_both(one: str, other: str) -> None:
    assert list(words(f"{one} {other}")) == [*words(one), *words(other)]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", []),
        ("<p>lin<em>en</em> &amp; <a href='/a>b'>wool</a></p>", [(TEXT, "linen & wool")]),
        ("<ul><li>one</li><li>two</li></ul>a<br>b", [(TEXT, "one two a b")]),
        ('<h2 id="x">The <b>loom</b></h2><p>Words</p>', [(HEADING, "The loom"), (TEXT, "Words")]),
        ('<p>a <img src="x" alt="A throw > all" width="3"> b</p>', [(TEXT, "a"), (TEXT, "A throw > all"), (TEXT, "b")]),
        ("<p>a<!-- hidden <b> --></p><script>x = '<p>'</script><style>p {}</style>", [(TEXT, "a")]),
        ("<p>2 &lt; 3 and <img data-sg-src='x' alt=\"\"></p>", [(TEXT, "2 < 3 and")]),
        ("<p>喝\n茶，\n一<em>杯</em></p>\n<p>红</p>", [(TEXT, "喝茶， 一杯 红")]),
        ('<span data-sg-field="first_name">friend</span>', [(TEXT, "friend")]),
    ],
)
def test_the_text_of_html_is_what_is_read(body: str, expected: list[tuple[int, str]]) -> None:
    assert parts(body) == expected


def test_a_word_has_its_highest_grade() -> None:
    page = counted("loom loom", "<p>wool linen silk</p><h2>Wool</h2>")
    block = counted("", "<p>linen, loom, moon</p>")
    assert grades("Moon", (page, block)) == {
        "loom": OFTEN, "wool": HEADING, "linen": TEXT, "silk": TEXT, "moon": TITLE,
    }  # fmt: skip


def test_each_segment_finds_its_own_pages_and_nobody_elses(tmp_path: Path) -> None:
    made = site(
        tmp_path,
        pages__a=page("title: Anybody\naudience: public", "publicword"),
        pages__e=page("title: Everyone", "everyoneword"),
        pages__g=page("title: Gold\naudience: gold\ndescription: golddescription", "goldword"),
        pages__s=page("title: Silver\naudience: silver", "silverword"),
    )
    words_of = {index.segment: set(index.words) for index in made.search}
    planted = {"publicword", "everyoneword", "goldword", "golddescription", "silverword"}
    assert {segment: planted & found for segment, found in words_of.items()} == {
        "public": {"publicword"},
        "everyone": {"everyoneword"},
        "gold": {"goldword", "golddescription"},
        "silver": {"silverword"},
    }


def test_a_blocks_words_are_in_its_readers_index_alone_and_lead_to_its_page(tmp_path: Path) -> None:
    text = (
        "open\n\n::: audience gold\n## Blockheading\n\nblockword\n:::\n\nclosing\n\n::: audience gold\nsecondblock\n:::"
    )
    made = site(tmp_path, pages__a=page("title: Shared\naudience: public", text))
    gold, public = index_of(made, "gold"), index_of(made, "public")
    assert titles_with(gold, "blockword") == titles_with(gold, "secondblock") == {"Shared": TEXT}
    assert titles_with(gold, "blockheading") == {"Shared": HEADING}
    assert [(one.href, one.text) for one in gold.documents] == [("a/", "Blockheading · blockword · secondblock")]
    assert {"blockword", "blockheading", "secondblock"}.isdisjoint(public.words)
    assert "gold" not in {index.segment for index in made.search if "closing" in index.words}
    assert "block" not in " ".join(one.text for one in public.documents)


def test_what_lies_below_the_public_part_is_found_by_its_readers(tmp_path: Path) -> None:
    made = site(tmp_path, pages__b=page("title: Half", "openword\n\n<!-- more -->\n\nrestword"))
    everyone, public = index_of(made, "everyone"), index_of(made, "public")
    assert titles_with(everyone, "restword") == titles_with(public, "openword") == {"Half": TEXT}
    assert "restword" not in public.words


def test_drafts_and_expired_pages_are_not_found(tmp_path: Path) -> None:
    made = site(
        tmp_path,
        pages__a=page("title: A\ndraft: yes", "draftword"),
        pages__b=page("title: B\nexpire_on: 2026-01-01", "expiredword"),
        pages__c=page("title: C\npublish_on: 2027-01-01\naudience: public", "futureword"),
    )
    everything = {word for index in made.search for word in index.words}
    assert {"draftword", "expiredword", "futureword"}.isdisjoint(everything)


def test_a_merge_field_leaves_its_fallback_and_no_name(tmp_path: Path) -> None:
    made = site(tmp_path, pages__a=page("title: A", "Dear {{ first_name or 'dearfriend' }}, hello"))
    everyone = index_of(made, "everyone")
    assert "Dear dearfriend, hello" in [one.text for one in everyone.documents]
    assert "dearfriend" in everyone.words
    assert {"first", "name"}.isdisjoint(everyone.words)


def test_every_segment_that_opens_something_has_an_index(tmp_path: Path) -> None:
    text = "open\n\n::: audience silver\nwords\n:::"
    made = site(tmp_path, pages__a=page("title: A\naudience: public", text), pages__b=page("title: B\naudience: gold"))
    held = {segment for thing in made.gated for segment in thing.segments} | {"everyone", "public"}
    assert {index.segment for index in made.search} == held == {"everyone", "gold", "public", "silver"}


def test_a_long_page_is_found_whole_and_quoted_in_part(tmp_path: Path) -> None:
    made = site(tmp_path, pages__a=page("title: Long\naudience: gold", "letters " * MOST_TEXT + "lastword"))
    gold = index_of(made, "gold")
    assert [one.text for one in gold.documents] == ["letters " * (MOST_TEXT // 8)]
    assert titles_with(gold, "lastword") == {"Long": TEXT}


def test_the_same_pages_give_the_same_index(tmp_path: Path) -> None:
    changed = {"pages__a": page("title: A", "some words"), "pages__b": page("title: B\naudience: gold", "some more")}
    assert site(tmp_path / "one", **changed).search == site(tmp_path / "two", **changed).search


def test_links_are_relative_to_the_site(tmp_path: Path) -> None:
    made = site(tmp_path, pages__g=page("title: Gold\naudience: gold"))
    assert project(tmp_path).shop.base_path == "/shop/"
    assert [one.href for one in index_of(made, "public").documents] == [""]
    assert [one.href for one in index_of(made, "gold").documents] == ["m/id-pages-g-md/"]
