"""Lay a message out as plain text: 72 columns, footnoted links, underlined headings, aligned tables.

Works on the small HTML that Markdown yields, before any theme: no layout tables have to be undone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from sitegen.model.body import FIELD_OPEN
from sitegen.render.plain.layout import CELL, ROW, WIDTH, Flow, Grid, Piece, laid
from sitegen.render.plain.tree import Child, Element, parse
from sitegen.render.plain.wrap import is_wide

_HEADINGS = {"h1": "=", "h2": "-", "h3": "-", "h4": "", "h5": "", "h6": ""}
_CONTAINERS = frozenset(
    {"", "article", "aside", "dd", "details", "div", "dl", "figure", "footer", "header", "li", "main", "section"}
)
_PARAGRAPHS = frozenset({"p", "dt", "figcaption", "summary", *_HEADINGS})
_BLOCKS = _CONTAINERS | _PARAGRAPHS | {"blockquote", "hr", "ol", "pre", "table", "ul"}
_HIDDEN = frozenset({"head", "script", "style", "template", "title"})
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SOFT = "\x1d"
_SOFT_BREAK = re.compile(r"(.?) *\x1d[ \x1d]*(.?)", re.DOTALL)
_SPACES = re.compile(" {2,}")


@dataclass(frozen=True, slots=True)
class PlainText:
    """A laid-out text: finished stretches, and the pieces with merge fields that wait for their values."""

    parts: tuple[str | Piece, ...]


def lay_out(html: str) -> PlainText:
    """The text of a fragment of HTML. Merge-field markers survive, and what holds them is wrapped after merging.

    Links become footnotes `[1]`, listed at the end.
    """
    links: list[str] = []
    pieces = list(_pieces(parse(html), links))
    if links:
        listed = "\n".join(f"[{number}] {url}" for number, url in enumerate(links, 1))
        pieces.append(Flow(listed, wrapped=False))
    return PlainText(_settled(pieces))


def flat(html: str) -> str:
    """The text for a telephone: a line for each paragraph or row, without emphasis, URLs right after their words."""
    texts = (piece.first.lstrip() + piece.text for piece in _pieces(parse(html), None))
    return "\n".join(texts).replace(CELL, ", ").replace(ROW, "\n")


def write(plain: PlainText, fill: Callable[[str], str]) -> str:
    """The finished text with "\\n" line ends and one at its end; `fill` merges the values into one piece's text."""
    return _joined(part if isinstance(part, str) else laid(part, fill(part.text)) for part in plain.parts)


def moving(plain: PlainText) -> tuple[str, ...]:
    """The texts that `write` will ask to fill, so that they can be prepared once."""
    return tuple(part.text for part in plain.parts if not isinstance(part, str))


def _settled(pieces: list[Piece]) -> tuple[str | Piece, ...]:
    parts: list[str | Piece] = []
    for piece in pieces:
        if FIELD_OPEN in piece.text:
            parts.append(piece)
        elif parts and isinstance(parts[-1], str):
            parts[-1] += laid(piece, piece.text)
        else:
            parts.append(laid(piece, piece.text))
    return tuple(parts)


def _joined(parts: Iterator[str]) -> str:
    return "".join(parts).strip("\n") + "\n"


def _pieces(element: Element, links: list[str] | None) -> Iterator[Piece]:
    """The blocks below an element; words that stand in no block make paragraphs of their own."""
    words: list[Child] = []
    for child in element.children:
        if isinstance(child, str) or child.tag not in _BLOCKS | _HIDDEN:
            words.append(child)
            continue
        yield from _paragraph(words, links)
        words = []
        yield from _block(child, links)
    yield from _paragraph(words, links)


def _block(element: Element, links: list[str] | None) -> Iterator[Piece]:
    tag = element.tag
    if tag in _HIDDEN:
        return
    if tag in _PARAGRAPHS:
        underline = _HEADINGS.get(tag, "")
        for piece in _paragraph(element.children, links):
            yield replace(piece, underline=underline)
    elif tag in {"ul", "ol"}:
        yield from _list(element, links)
    elif tag == "blockquote":
        yield from _indented(_pieces(element, links), "> ")
    elif tag == "dd":
        yield from _indented(_pieces(element, links), "    ")
    elif tag == "pre":
        yield Flow(_raw_text(element).rstrip("\n"), "    ", "    ", wrapped=False)
    elif tag == "hr":
        yield Flow("* * *".center(WIDTH).rstrip(), wrapped=False)
    elif tag == "table":
        yield from _table(element, links)
    else:
        yield from _pieces(element, links)


def _paragraph(children: list[Child], links: list[str] | None) -> Iterator[Flow]:
    text = "\n".join(line.strip(" ") for line in _inline(children, links).split("\n")).strip("\n")
    if text:
        yield Flow(text)


def _list(element: Element, links: list[str] | None) -> Iterator[Piece]:
    items = [child for child in element.children if isinstance(child, Element) and child.tag == "li"]
    start = int(element.attributes.get("start") or 1)
    loose = any(isinstance(child, Element) and child.tag == "p" for item in items for child in item.children)
    for number, item in enumerate(items, start):
        bullet = f"{number}. " if element.tag == "ol" else "- "
        for index, piece in enumerate(_indented(_pieces(item, links), " " * len(bullet))):
            if index == 0:
                yield replace(piece, first=bullet, blank=loose or number == start)
            else:
                yield replace(piece, blank=piece.blank and loose)


def _indented(pieces: Iterator[Piece], indent: str) -> Iterator[Piece]:
    for piece in pieces:
        yield replace(piece, first=indent + piece.first, rest=indent + piece.rest)


def _table(element: Element, links: list[str] | None) -> Iterator[Grid]:
    rows = [
        [cell for cell in row.children if isinstance(cell, Element) and cell.tag in {"td", "th"}]
        for row in _below(element, "tr")
    ]
    if not any(rows):
        return
    texts = [[_inline(cell.children, links).replace("\n", " ").strip() for cell in row] for row in rows]
    right = tuple("align-right" in cell.attributes.get("class", "") for cell in rows[0])
    headed = all(cell.tag == "th" for cell in rows[0])
    yield Grid(ROW.join(CELL.join(row) for row in texts), right, headed)


def _below(element: Element, tag: str) -> Iterator[Element]:
    for child in element.children:
        if isinstance(child, Element):
            if child.tag == tag:
                yield child
            else:
                yield from _below(child, tag)


def _inline(children: list[Child], links: list[str] | None) -> str:
    text = _SOFT_BREAK.sub(_unbroken, "".join(_inline_parts(children, links)))
    return _SPACES.sub(" ", text)


def _unbroken(found: re.Match[str]) -> str:
    # A line end in the source is a space, but Chinese writes none.
    wide = bool(found[1]) and bool(found[2]) and is_wide(found[1]) and is_wide(found[2])
    return found[1] + ("" if wide else " ") + found[2]


def _inline_parts(children: list[Child], links: list[str] | None) -> Iterator[str]:
    for child in children:
        if isinstance(child, str):
            yield _SPACE.sub(lambda space: _SOFT if "\n" in space[0] else " ", child)
        elif child.tag == "br":
            yield "\n"
        elif child.tag == "img":
            yield child.attributes.get("alt", "")
        elif child.tag == "a":
            yield _link(child, links)
        elif child.tag in {"strong", "b"}:
            mark = "" if links is None else "*"
            yield f"{mark}{''.join(_inline_parts(child.children, links))}{mark}"
        elif child.tag == "sup":
            yield f"({''.join(_inline_parts(child.children, links))})"
        elif child.tag not in _HIDDEN:
            yield from _inline_parts(child.children, links)


def _link(element: Element, links: list[str] | None) -> str:
    words = "".join(_inline_parts(element.children, links))
    url = element.attributes.get("href", "")
    if "footnote-backref" in element.attributes.get("class", ""):
        return ""
    if not url or url.startswith("#") or words.strip() in {url, url.partition(":")[2].lstrip("/")}:
        return words
    if links is None:
        return f"{words} {url}"
    if url not in links:
        links.append(url)
    return f"{words} [{links.index(url) + 1}]"


def _raw_text(element: Element) -> str:
    return "".join(child if isinstance(child, str) else _raw_text(child) for child in element.children)
