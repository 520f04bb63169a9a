"""Make the search index of each segment from what its members may read, and one of the public pages.

A document of an index stands for a page: its own text, or the part of it that this segment alone may read. A word
points to its documents by numbers: 4 x the document's place + the grade of the word in it, sorted, each but the
first written as the difference to the one before. protect/runtime/search.js reads it; both must fold words alike.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

from sitegen.model.readable import SearchDocument, SearchIndex
from sitegen.model.segment import EVERYONE, PUBLIC
from sitegen.render.site.entries import Entries, GatedEntry, PublicEntry

TEXT, OFTEN, HEADING, TITLE = range(4)
"""Grades: how much a word says about its page. OFTEN: at least so many times in the text as below."""
TIMES = 3
LETTERS = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th",
    "ł": "l", "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t", "ς": "σ",
}  # fmt: skip
"""What the decomposition of Unicode leaves as it is. It travels with each index, so there is one table for all."""
LEAST_TEXT, MOST_TEXT, ALL_TEXT = 160, 2_000, 2_000_000
"""Characters of each document, and of all documents of an index together, that are kept to quote from."""
BETWEEN = " · "

MARKS = re.compile("[\u0300-\u036f\u3099\u309a]")
HAN = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
RUN = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
LAST_WORD = re.compile(rf"[^\W_{HAN}]+$")
IS_HAN = re.compile(rf"[{HAN}]")
LINE_END = re.compile(rf"(?<=[{HAN}])\n(?=[{HAN}])")
"""Where a line of Chinese goes on in the next one, nothing stands between the two."""

INSIDE = r"""(?:[^<>"']|"[^"]*"|'[^']*')*"""
TAG = re.compile(rf"<[/!a-zA-Z]{INSIDE}>")
UNREAD = re.compile(r"<!--.*?-->|<(script|style)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
INLINE = re.compile(
    rf"</?(?:a|abbr|b|cite|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|time|u)(?:\s{INSIDE})?>"
)
LANDMARK = re.compile(rf'<h([1-6])\b[^>]*>(.*?)</h\1>|<img\b{INSIDE}?\salt="([^"]*)"{INSIDE}>', re.DOTALL)
"""A heading, or a picture with its description."""
Part = tuple[int, str]
"""A stretch of a page's text with its grade: HEADING or TEXT."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What a search finds in a stretch of HTML: how often each word stands in its text, the words of its headings,
    and the text itself, from which hits are quoted."""

    times: Mapping[str, int]
    raised: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class CountedBlock:
    """A gated block: its page's id, and the segments that may read it."""

    page: str
    segments: tuple[str, ...]
    counted: Counted


def indexes(
    found: Entries,
    bodies: Mapping[str, Counted],
    blocks: Iterable[CountedBlock],
    base: str,
    languages: Mapping[str, str] = MappingProxyType({}),
) -> tuple[SearchIndex, ...]:
    """The index of each segment that opens something, in order, and of PUBLIC.

    `bodies` holds what stands in each entry's body, without what only some of its readers see: that is in `blocks`.
    `base` is the path below which the site lies, `languages` the language of each page where the site has several.
    """
    pages: dict[str, PublicEntry | GatedEntry] = {}
    shelves: dict[str, dict[str, list[Counted]]] = {PUBLIC: {}, EVERYONE: {}}
    for entry in found.public:
        pages[entry.id] = entry
        shelves[PUBLIC][entry.id] = [bodies[entry.id]]
    for gated in found.gated:
        pages[gated.id] = gated
        for segment in gated.segments:
            # What stands on pages of the house is for the eye of who was led there.
            shelves.setdefault(segment, {}).update({gated.id: [bodies[gated.id]]} if gated.id in bodies else {})
    for block in blocks:
        for segment in block.segments:
            shelves.setdefault(segment, {}).setdefault(block.page, []).append(block.counted)
    return tuple(_index(segment, pages, shelf, (base, languages)) for segment, shelf in sorted(shelves.items()))


def counted(description: str, body: str) -> Counted:
    """What a search finds in a description and the HTML that Markdown made."""
    times: Counter[str] = Counter()
    raised: set[str] = set()
    inside = [(TEXT, description), *parts(body)]
    for grade, text in inside:
        if grade == HEADING:
            raised.update(words(text))
        else:
            times.update(words(text))
    return Counted(dict(times), frozenset(raised), BETWEEN.join(text for _, text in inside if text))


def parts(body: str) -> list[Part]:
    """The text of HTML that Markdown made, headings and descriptions of pictures apart."""
    made: list[Part] = []
    end = 0
    readable = UNREAD.sub(" ", body)
    for landmark in LANDMARK.finditer(readable):
        made.append((TEXT, _plain(readable[end : landmark.start()])))
        made.append((HEADING, _plain(landmark[2])) if landmark[1] else (TEXT, _plain(landmark[3])))
        end = landmark.end()
    made.append((TEXT, _plain(readable[end:])))
    return [(grade, text) for grade, text in made if text]


def _plain(body: str) -> str:
    # A tag between letters parts no word where it stands inside a line: linen in "<em>lin</em>en".
    return " ".join(html.unescape(TAG.sub(" ", LINE_END.sub("", INLINE.sub("", body)))).split())


def _index(
    segment: str,
    pages: Mapping[str, PublicEntry | GatedEntry],
    shelf: Mapping[str, list[Counted]],
    site: tuple[str, Mapping[str, str]],
) -> SearchIndex:
    base, languages = site
    room = max(LEAST_TEXT, min(MOST_TEXT, ALL_TEXT // max(1, len(shelf))))
    documents: list[SearchDocument] = []
    steps: dict[str, list[int]] = {}
    last: dict[str, int] = {}
    for place, (page, inside) in enumerate(sorted(shelf.items(), key=_id)):
        title, url = _address(pages[page])
        for word, grade in grades(title, inside).items():
            number = 4 * place + grade
            steps.setdefault(word, []).append(number - last.get(word, 0))
            last[word] = number
        text = BETWEEN.join(one.text for one in inside if one.text)
        language = languages.get(page, "")
        documents.append(SearchDocument(title, url.removeprefix(base), _beginning(text, room), language))
    return SearchIndex(segment, tuple(documents), {word: tuple(found) for word, found in steps.items()}, LETTERS)


def _id(shelved: tuple[str, list[Counted]]) -> str:
    return shelved[0]


def _beginning(text: str, room: int) -> str:
    return text if len(text) <= room else LAST_WORD.sub("", text[:room]) or text[:room]


def _address(entry: PublicEntry | GatedEntry) -> tuple[str, str]:
    return (entry.title, entry.url) if isinstance(entry, PublicEntry) else (entry.secret.title, entry.shell)


def grades(title: str, inside: Iterable[Counted]) -> dict[str, int]:
    """The words of a document with their grades, the highest for each."""
    times: Counter[str] = Counter()
    raised: set[str] = set()
    for one in inside:
        times.update(one.times)
        raised |= one.raised
    found = {word: OFTEN if number >= TIMES else TEXT for word, number in times.items()}
    return found | dict.fromkeys(raised, HEADING) | dict.fromkeys(words(title), TITLE)


def words(text: str) -> Iterator[str]:
    """The words of a text as they stand in an index; of Chinese each two neighbours, or a character that has none."""
    for run in RUN.findall(fold(text)):
        if IS_HAN.match(run) and len(run) > 1:
            yield from (one + other for one, other in pairwise(run))
        else:
            yield run


def fold(text: str) -> str:
    """The text without what searchers forget: capitals, accents, width of characters."""
    return MARKS.sub("", unicodedata.normalize("NFKD", text)).lower().translate(_TABLE)


_TABLE = str.maketrans(LETTERS)
