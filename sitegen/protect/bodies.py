"""Write what goes into a protected object before it is sealed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sitegen.protect.keys import length_prefixed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sitegen.model.readable import SearchIndex


@dataclass(frozen=True, slots=True)
class NavItem:
    """A link that a segment's members see after unlocking; `href` is relative to the site, as "m/.../".

    A `letter` lies in the archive; its `teaser` is the day on which it left. `of` is the `href` of the page that this
    one translates: of such pages a member sees the one in their language.
    """

    title: str
    href: str
    menu: bool
    weight: int
    teaser: str
    letter: bool = False
    language: str = ""
    of: str = ""


def page_body(title: str, html: str, description: str = "") -> bytes:
    """The body of a "page" object."""
    return canonical_json({"title": title, "html": html, "description": description})


def block_body(html: str) -> bytes:
    """The body of a "block" object, a gated part of a page."""
    return canonical_json({"html": html})


def nav_body(items: Iterable[NavItem]) -> bytes:
    """The body of a "nav" object, one for each segment."""
    return canonical_json({"items": [_line(one) for one in items]})


def _line(item: NavItem) -> dict[str, object]:
    said: dict[str, object] = {"letter": item.letter, "language": item.language, "of": item.of}
    return {
        "title": item.title,
        "href": item.href,
        "menu": item.menu,
        "weight": item.weight,
        "teaser": item.teaser,
        **{key: value for key, value in said.items() if value},
    }


def search_body(index: SearchIndex) -> bytes:
    """The body of a "search" object, one for each segment; the public pages' own lies open in the same form."""
    documents = [[one.title, one.href, one.text, *([one.language] if one.language else [])] for one in index.documents]
    return canonical_json({"v": 1, "documents": documents, "words": index.words, "letters": index.letters})


def asset_body(media_type: str, content: bytes) -> bytes:
    """The body of an "asset" object: a picture or another file, and its media type."""
    return length_prefixed(media_type.encode("ascii"), content)


def canonical_json(value: object) -> bytes:
    """JSON with sorted keys and no spaces, UTF-8: the same value is always the same bytes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
