"""The search module in a real browser, on indexes that the Python half made: folding, typos, ranking, quotes."""

from __future__ import annotations

import base64
import json
import string
import unicodedata
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from sitegen.model.readable import SearchIndex
from sitegen.protect import bodies, runtime
from sitegen.render.site import search
from tests.content.shop_folder import page as markdown
from tests.examples import examples
from tests.render.search_vectors import WORDS
from tests.render.site_shop import site

pytestmark = pytest.mark.xdist_group("browser")
PAGES = {
    "pages__linen": markdown(
        "title: Looking after linen\naudience: public", "Wash it at forty degrees.\n\n## Stains\n\nSalt on red wine."
    ),
    "pages__loom": markdown("title: The loom\naudience: public", "Eleven looms, and linen on each of them."),
    "pages__quilts": markdown("title: Quilts\naudience: gold", "Eleven quilts lie in the drawer with the brass key."),
    "pages__tea": markdown("title: 中秋节\naudience: silver", "中秋节那天，我们在院子里喝茶，看月亮。"),
    "pages__moon": markdown("title: 月亮饼\naudience: silver", "桂花月饼，配一杯绿茶。"),
    "pages__shared": markdown(
        "title: Gatherings\naudience: public",
        "Come for tea.\n\n::: audience gold\nGold sits in the courtyard.\n:::\n\n"
        "::: audience silver\nSilver sits in the courtyard, under the plum tree.\n:::",
    ),
}
ALL = ("public", "everyone", "gold", "silver")
SHOW = """([query, names]) => {
  const library = search.merge(names.map((name) => indexes[name]));
  const { documents, meant } = search.find(library, query);
  return documents.map((one) => [one.title, one.href, search.quote(one.texts, meant, library.letters)]);
}"""


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SearchIndex]:
    """The indexes of a small shop by their segments."""
    return {index.segment: index for index in site(tmp_path_factory.mktemp("search"), **PAGES).search}


@pytest.fixture(scope="module")
def page(browser: Browser, indexes: dict[str, SearchIndex]) -> Iterator[Page]:
    """A page with the module as `search` and the indexes of a shop as `indexes`."""
    context = browser.new_context()
    page = context.new_page()
    source = base64.b64encode(runtime.search_script()).decode()
    page.evaluate(
        "async (source) => { globalThis.search = await import(source); }", f"data:text/javascript;base64,{source}"
    )
    bytes_of = {segment: json.loads(bodies.search_body(index)) for segment, index in indexes.items()}
    page.evaluate("(indexes) => { globalThis.indexes = indexes; }", bytes_of)
    yield page
    context.close()


def hits(page: Page, query: str, *segments: str) -> list[list[str]]:
    """Title, address and quote of what a member of the segments finds."""
    found: list[list[str]] = page.evaluate(SHOW, [query, segments or ALL])
    return found


def titles(page: Page, query: str, *segments: str) -> list[str]:
    return [title for title, _, _ in hits(page, query, *segments)]


def test_the_browser_folds_as_python_does(page: Page) -> None:
    found = page.evaluate(
        "([texts, letters]) => texts.map((text) => search.words(text, letters))",
        [[text for text, _ in WORDS], search.LETTERS],
    )
    assert [tuple(words) for words in found] == [words for _, words in WORDS]


def test_every_letter_digit_and_mark_is_folded_alike(page: Page) -> None:
    # Ideographs between these have no other form, and characters that only one of the two knows tell nothing.
    planes = (*range(0x3500), *range(0xA000, 0xAD00), *range(0xF900, 0x12000), *range(0x1D400, 0x1F800))
    known = [chr(code) for code in planes if unicodedata.category(chr(code)) not in {"Cn", "Co", "Cs"}]
    text = "\n".join(known)
    ask = "([text, letters]) => search.words(text, letters).join(' ')"
    assert page.evaluate(ask, [text, search.LETTERS]) == " ".join(search.words(text))


@given(st.lists(st.text(), min_size=20, max_size=60))
@examples(20)
def test_any_text_is_folded_alike(page: Page, texts: list[str]) -> None:
    known = ["".join(one for one in text if unicodedata.category(one) != "Cn") for text in texts]
    ask = "([texts, letters]) => texts.map((text) => search.words(text, letters))"
    assert page.evaluate(ask, [known, search.LETTERS]) == [list(search.words(text)) for text in known]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", []),
        ("  ,", []),
        ("nowhere", []),
        ("linen", ["Looking after linen", "The loom"]),
        ("LINEN wash", ["Looking after linen"]),
        ("linen quilts", []),
        ("eleven", ["Quilts", "The loom"]),
        ("stains", ["Looking after linen"]),
        ("salt stains", ["Looking after linen"]),
        ("forty deg", ["Looking after linen"]),
        ("deg forty", []),
        ("loom", ["The Small Loom", "The loom"]),
        ("eleven loom", ["The loom"]),
        ("loo", ["Looking after linen", "The Small Loom", "The loom"]),
        ("wahs", ["Looking after linen"]),
        ("quitls", ["Quilts"]),
        ("qiult", []),
        ("was", ["Looking after linen"]),
        ("wsh", []),
        ("gaterings", ["Gatherings"]),
        ("gthrings", ["Gatherings"]),
        ("gthrngs", []),
        ("中秋", ["中秋节"]),
        ("中秋节", ["中秋节"]),
        ("秋中", []),
        ("茶", ["中秋节", "月亮饼"]),
        ("月亮", ["月亮饼", "中秋节"]),
        ("月饼 绿茶", ["月亮饼"]),
        ("constructor", []),
        ("__proto__", []),
    ],
)
def test_each_query_finds_its_pages_in_order(page: Page, query: str, expected: list[str]) -> None:
    assert titles(page, query) == expected


def test_nobody_finds_what_their_segments_do_not_hold(page: Page) -> None:
    assert titles(page, "drawer", "public", "everyone", "silver") == []
    assert titles(page, "courtyard", "public", "everyone") == []
    assert titles(page, "plum", "public", "everyone", "gold") == []
    assert titles(page, "tea", "public") == ["Gatherings"]


def test_a_page_that_several_segments_find_is_one_hit_with_the_words_of_all(page: Page) -> None:
    assert hits(page, "tea courtyard gold", "public", "gold") == [
        ["Gatherings", "shared/", "Gold sits in the courtyard."]
    ]
    assert hits(page, "plum tree tea", *ALL) == [
        ["Gatherings", "shared/", "Silver sits in the courtyard, under the plum tree."]
    ]


def test_every_word_finds_its_pages_and_so_does_one_with_a_typo(page: Page, indexes: dict[str, SearchIndex]) -> None:
    ask = """() => Object.entries(indexes).flatMap(([name, index]) => Object.keys(index.words).map((word) => {
      const library = search.merge([index]);
      return [name, word, search.find(library, word).documents.map((one) => one.href), typos(word).filter((typo) => {
        const found = new Set(search.find(library, typo).documents);
        return search.find(library, word).documents.length && ![...holding(library, word)].every((d) => found.has(d));
      })];
    }))"""
    page.evaluate(
        """() => {
      globalThis.typos = (word) => {
        const places = [...word].map((letter, place) => place);
        const changed = places.map((place) => word.slice(0, place) + "q" + word.slice(place + 1));
        const more = places.map((place) => word.slice(0, place) + "q" + word.slice(place));
        const less = places.map((place) => word.slice(0, place) + word.slice(place + 1));
        const swapped = places.slice(1).map(
          (place) => word.slice(0, place - 1) + word[place] + word[place - 1] + word.slice(place + 1));
        const isLatin = /^[a-z]+$/.test(word);
        return [...changed, ...more, ...less, ...swapped].filter((typo) => isLatin && typo.length >= 4);
      };
      globalThis.holding = (library, word) => {
        const [{ words, numbers }] = library.shelves;
        let value = 0;
        return Object.fromEntries(words)[word].map((step) => library.documents[numbers[(value += step) >> 2]]);
      };
    }"""
    )
    seen = 0
    for name, word, found, lost in page.evaluate(ask):
        index = indexes[name]
        numbers, place = [], 0
        for step in index.words[word]:
            place += step
            numbers.append(place // 4)
        assert {index.documents[number].href for number in numbers} <= set(found), word
        assert lost == [], word
        seen += 1
    assert seen > 60


WORD = st.text(string.ascii_lowercase[:4], max_size=7)


@given(st.lists(st.tuples(WORD, WORD), min_size=20, max_size=40))
@examples(10)
def test_the_distance_is_that_of_damerau_and_levenshtein(page: Page, pairs: list[tuple[str, str]]) -> None:
    ask = "(pairs) => pairs.map(([one, other]) => [0, 1, 2].map((most) => search.distance(one, other, most) <= most))"
    expected = [[distance(one, other) <= most for most in range(3)] for one, other in pairs]
    assert page.evaluate(ask, pairs) == expected


def distance(one: str, other: str) -> int:
    """Optimal string alignment by the book, without a limit. Source: Boytsov, "Indexing methods", 2011, 2.1."""
    table: dict[tuple[int, int], int] = {}
    for row, column in product(range(len(one) + 1), range(len(other) + 1)):
        if not row or not column:
            table[row, column] = row + column
            continue
        changed = table[row - 1, column - 1] + (one[row - 1] != other[column - 1])
        ways = [table[row - 1, column] + 1, table[row, column - 1] + 1, changed]
        if row > 1 < column and one[row - 2 : row] == other[column - 2 : column][::-1]:
            ways.append(table[row - 2, column - 2] + 1)
        table[row, column] = min(ways)
    return table[len(one), len(other)]


@pytest.mark.parametrize(
    ("text", "meant", "expected"),
    [
        ("Linen and wool", ["linen"], ["Linen"]),
        ("Café, CAFÉ", ["cafe"], ["Café", "CAFÉ"]),
        ("Straße", ["strasse"], ["Straße"]),
        ("中秋节喝茶", ["中秋", "秋节"], ["中秋节"]),
        ("中秋节喝茶", ["茶"], ["茶"]),
        ("<b>wool</b> & 🧵 wool", ["wool"], ["wool", "wool"]),
        ("½ cup", ["2"], ["½"]),
        ("nothing", [], []),
    ],
)
def test_what_was_found_is_marked(page: Page, text: str, meant: list[str], expected: list[str]) -> None:
    ask = """([text, meant, letters]) => search.stretches(text, new Set(meant), letters)
      .map(([start, end]) => text.slice(start, end))"""
    assert page.evaluate(ask, [text, meant, search.LETTERS]) == expected


def test_a_quote_is_cut_around_what_was_found(page: Page) -> None:
    ask = "([texts, meant, letters]) => search.quote(texts, new Set(meant), letters)"
    long = "grass " * 100 + "a needle in it " + "grass " * 100
    quoted: Any = page.evaluate(ask, [["no", long], ["needle"], search.LETTERS])
    assert quoted.startswith("… grass")
    assert "a needle in it" in quoted
    assert quoted.endswith("grass …")
    assert len(quoted) < 220
    assert page.evaluate(ask, [["short"], [], search.LETTERS]) == "short"
    assert len(page.evaluate(ask, [["茶" * 500], ["水"], search.LETTERS])) < 220


def test_the_module_writes_no_html_and_knows_no_other_place() -> None:
    script = runtime.search_script().decode()
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "Function(", "http://", "https://", "fetch("):
        assert word not in script


BOX = """(index) => {
  document.body.innerHTML = `<div id="box" data-sg-none="none" data-sg-one="one" data-sg-many="{count} pages"><input>
    <p data-sg="search-count"></p><ol data-sg="search-hits"></ol></div>`;
  search.attend(document.querySelector("#box"), [index], new URL("https://shop.example/here/"));
}"""


def test_an_index_can_neither_bring_html_nor_lead_elsewhere(page: Page) -> None:
    hostile = '<img src=x onerror="globalThis.hurt = 1"> linen'
    documents = [[hostile, href, hostile] for href in ("m/a/", "javascript:alert(1)", "https://evil.example/", "../x")]
    page.evaluate(BOX, {"v": 1, "documents": documents, "words": {"linen": [0, 4, 4, 4]}, "letters": {}})
    page.fill("#box input", "linen")
    page.keyboard.press("Enter")
    assert page.inner_text('[data-sg="search-count"]') == "4 pages"
    links = page.locator('[data-sg="search-hits"] a')
    assert links.all_text_contents() == [hostile] * 4
    assert sorted(links.evaluate_all("links => links.map((link) => link.href)")) == [
        *("", "", ""), "https://shop.example/here/m/a/",
    ]  # fmt: skip
    assert page.locator("#box img").count() == 0
    assert page.evaluate("globalThis.hurt") is None


def test_who_is_logged_out_leaves_nothing_in_the_search(page: Page) -> None:
    page.evaluate(BOX, {"v": 1, "documents": [["Linen", "a/", "text"]], "words": {"linen": [3]}, "letters": {}})
    page.fill("#box input", "linen")
    page.locator('[data-sg="search-hits"] a').wait_for()
    page.evaluate("document.dispatchEvent(new CustomEvent('sitegen:locked'))")
    assert page.input_value("#box input") == page.inner_text("#box").strip() == ""
    page.fill("#box input", "linen")
    page.keyboard.press("Enter")
    assert page.inner_text("#box").strip() == ""
