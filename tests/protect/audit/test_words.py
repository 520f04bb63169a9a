"""Words are the same wherever they stand, and their numbers tell nothing without the key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.parts import parts_of
from sitegen.content.project import read_project
from sitegen.protect.audit.index import Index
from sitegen.protect.audit.markup import take_apart
from sitegen.protect.audit.prints import Printer, distinct, held, names_in, spread
from sitegen.protect.audit.readers import ANYBODY, Readers
from sitegen.protect.audit.reading import read, read_sealed
from sitegen.protect.audit.sources import Text, Thing, block_text, texts, things
from sitegen.protect.audit.words import CHARACTERS, SHINGLE, is_character, spoken, window, words
from sitegen.render.site.entries import Day
from sitegen.render.site.whole import render_site
from tests.render.site_shop import SETTING

HOME = "https://members.smallloom.example/shop"
PRINTER = Printer(b"k" * 32, HOME)
WORDS = st.lists(st.sampled_from([*"abcdefgh", "linen", "线", "月", "織", "don't", "ß", "é"]), max_size=40)
REPOSITORY = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Brass KEY, (1,200) snake_case", ["the", "brass", "key", "1", "200", "snake", "case"]),
        ("don’t we'll - rock'n", ["don't", "we'll", "rock'n"]),
        ("Straße ＡＢ ﬁn so\u00adft ze\u200bro", ["strasse", "ab", "fin", "soft", "zero"]),
        ("亚麻 linen亚麻2", ["亚", "麻", "linen", "亚", "麻", "2"]),
        ("", []),
    ],
)
def test_words_are_folded(text: str, found: list[str]) -> None:
    assert words(text) == found


def test_phrases_are_spoken_as_people_write_them() -> None:
    assert spoken(["我", "们", "linen", "and", "亚", "麻"]) == "我们 linen and 亚麻"
    assert spoken(["a"] * 20) == " ".join(["a"] * 16) + " ..."


@given(WORDS)
def test_each_place_has_the_run_that_its_words_ask_for(said: list[str]) -> None:
    runs = PRINTER.runs(said)
    expected = {start: window(said, start) for start in range(len(said)) if window(said, start)}
    assert dict(zip(runs.starts.tolist(), runs.lengths.tolist(), strict=True)) == expected
    assert set(expected.values()) <= {SHINGLE, CHARACTERS}


@given(WORDS, WORDS, WORDS)
def test_a_run_has_the_same_number_wherever_it_stands(before: list[str], said: list[str], after: list[str]) -> None:
    alone = PRINTER.runs(said)
    among = PRINTER.runs([*before, *said, *after])
    numbers = dict(zip(among.starts.tolist(), among.numbers.tolist(), strict=True))
    for start, number in zip(alone.starts.tolist(), alone.numbers.tolist(), strict=True):
        assert numbers[start + len(before)] == number


@given(WORDS)
def test_another_order_another_key_another_number(said: list[str]) -> None:
    numbers = PRINTER.runs(said).numbers.tolist()
    assert not set(numbers) & set(Printer(b"l" * 32, HOME).runs(said).numbers.tolist())
    by_words: dict[int, tuple[str, ...]] = {}
    runs = PRINTER.runs(said)
    for start, length, number in zip(runs.starts.tolist(), runs.lengths.tolist(), numbers, strict=True):
        run = tuple(said[start : start + length])
        assert by_words.setdefault(number, run) == run


@given(st.lists(st.integers(0, 50)), st.lists(st.integers(0, 50)))
def test_numbers_are_found_among_sorted_ones(some: list[int], others: list[int]) -> None:
    once = distinct(np.array(others, dtype=np.uint64))
    assert once.tolist() == sorted(set(others))
    assert held(np.array(some, dtype=np.uint64), once).tolist() == [one in set(others) for one in some]


@given(st.lists(WORDS, max_size=6))
def test_the_index_finds_each_run_of_each_text_and_none_across_two(bodies: list[list[str]]) -> None:
    written = tuple(Text("x.md", tuple(body), " ".join(body), 1, ANYBODY) for body in bodies)
    index = Index(written, PRINTER)
    expected = {
        (number, start) for number, body in enumerate(bodies) for start in range(len(body)) if window(body, start)
    }
    assert set(zip(index.owners.tolist(), index.starts.tolist(), strict=True)) == expected
    assert all(
        (number, start) in index.places(int(PRINTER.runs(bodies[number][start:]).numbers[0]))
        for number, start in expected
        if not any(map(is_character, bodies[number]))
    )


@given(st.text(max_size=60))
def test_whatever_a_file_holds_it_is_read(text: str) -> None:
    """Markup that is no markup, half a tag, a stray quote: nothing is lost and nothing fails."""
    said = words(text.replace("<", " ").replace(">", " ").replace("&", " "))
    plain = "".join(character for character in text if character not in "<>&\0\\%'\"=-/")
    assert set(words(plain)) <= set(spread(read(plain.encode("utf-8", "replace")))) | set(said)
    read(text.encode("utf-8", "replace"))


@given(st.binary(max_size=3000))
def test_locked_bytes_say_nothing_and_any_bytes_can_be_read(content: bytes) -> None:
    assert read_sealed(content.translate(bytes(range(256)), bytes(range(128)))).texts == ()
    read(content)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("<p>un<b>break</b>able</p><p>next", ["unbreakable", "next"]),
        ('<img src=x.png alt="a > b">after', ["a", "b", "after"]),
        ("<a href='x'>one</a><br/>two", ["one", "two"]),
        ("1 < 2 and 3 > 2", ["1", "2", "and", "3", "2"]),
        ("<![CDATA[inside]]> out &eacute;t&#233;", ["inside", "out", "été"]),
    ],
)
def test_markup_reads_as_a_person_reads_it(source: str, text: list[str]) -> None:
    assert words(take_apart(source).text) == text


def test_names_in_addresses_are_what_could_say_something() -> None:
    assert names_in("/2026/The%20Key/a/brass-key.0a1b2c.svg?x=third#linen") == [
        "the key", "brass-key", "0a1b2c", "svg", "third", "linen",
    ]  # fmt: skip


def stretches(thing: Thing, readers: Readers) -> Iterator[tuple[str, ...]]:
    """The words that follow one another on a page: a part of the programme comes between those beside its lines."""
    body = thing.thing.body
    if not any(parts_of(body)):
        yield from (text.words for text in texts([thing], readers) if not text.whole)
        return
    for block in body.blocks:
        for piece in re.split(r"^:{3,}.*$", block.markdown, flags=re.MULTILINE):
            yield block_text(body.file, replace(block, markdown=piece), body.fields).words


def test_the_words_of_the_markdown_are_the_words_of_the_page() -> None:
    """Two readers, one of the source and one of the HTML: what one finds the other finds, for the whole sample."""
    project = read_project(REPOSITORY)
    readers, today = Readers(project.segments), date(2026, 9, 8)
    made = render_site(project, Day(today), SETTING)
    pages = [file.content for file in made.public if file.path.endswith(".html")]
    pages += [thing.html.encode() for thing in made.gated if hasattr(thing, "html")]
    shown = {number for page in pages for number in PRINTER.prints(read(page)).runs.tolist()}
    found = missed = 0
    for thing in things(project, readers, today, drafts=False):
        for stretch in stretches(thing, readers) if thing.live and not thing.sent else ():
            numbers = set(PRINTER.runs(stretch).numbers.tolist())
            found += len(numbers & shown)
            missed += len(numbers - shown)
    assert found > 3000
    # Notes at the foot of a page stand elsewhere in its HTML.
    assert missed < 0.01 * found
