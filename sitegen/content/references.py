"""Check what a Markdown text points to: links, images, and HTML that a strict page can't hold."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from sitegen.content.body import CODE
from sitegen.content.form_links import check_form_link
from sitegen.errors import Problem
from sitegen.model.directive import aims, aims_at_picture, directive, next_fence
from sitegen.model.form_link import form_link
from sitegen.model.page import linked_page
from sitegen.model.tree import Place
from sitegen.render.pictures import TYPES, is_picture

TARGET = r"\]\(\s*<?((?:[^()\s<>]|\([^()\s<>]*\))*)>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)"
IMAGE = re.compile(r"!\[(?:[^\[\]\n]|\n(?!\s*\n))*" + TARGET)
LINK = re.compile(r"\[(?:[^\[\]\n]|\n(?!\s*\n)|\[[^\[\]\n]*\])*" + TARGET)
DEFINITION = re.compile(r"^ {0,3}\[[^\]^][^\]]*\]:\s*<?(\S+?)>?(?:\s|$)", re.MULTILINE)
AUTOMATIC = re.compile(r"<((?:https?|mailto|tel):[^\s<>]+)>")
UNSAFE = re.compile(
    r"<\s*(script|iframe|object|embed|applet|frame|portal|style|link|meta|base|form|input|button|select|textarea"
    r"|template|noscript|svg|math|img|picture|source|a|video|audio)\b"
    r"|<[a-z/][^<>]*?\s(on\w+|style|srcdoc|srcset|formaction|ping|data-sg[\w-]*)\s*="
    r"|\{:?[^{}\n]*?(?<![\w-])(on\w+|style|src|srcset|href|data-sg[\w-]*)\s*=[^{}\n]*\}",
    re.IGNORECASE,
)
SCHEME = re.compile(r"(javascript|vbscript):", re.IGNORECASE)
OPENED = re.compile(r"[<{]")
SPAN = re.compile(CODE)
OUTSIDE = ("https://", "http://", "mailto:", "tel:")
ASSETS = "/assets/"


@dataclass(frozen=True, slots=True)
class Targets:
    """What may be pointed to: ids of pages ("pages/care/linen.md", "campaigns/2026/tea.md") and assets by path.

    Surveys stand among the pages, as "surveys/autumn.yaml".
    """

    pages: Collection[str]
    assets: Collection[str]


def check_references(text: str, place: Place, source: str, targets: Targets) -> tuple[Problem, ...]:
    """Everything that the text points to and that does not exist or may not be there.

    `place` is where the text starts; `source` is the file's id below content/.
    """
    prose = _without_code(text)
    return tuple(_found(prose, place, source, targets))


@dataclass(frozen=True, slots=True)
class Pointer:
    """Something that a text points to: `target` stands at `offset`. A picture has `words`, a link has none (None)."""

    target: str
    offset: int
    words: str | None = None


def pointers(text: str) -> tuple[Pointer, ...]:
    """The pictures and links of a text, each kind in its order."""
    prose = _without_code(text)
    pictures = [
        Pointer(found[1], found.start(1), prose[found.start() : found.start(1)].rpartition("](")[0].removeprefix("!["))
        for found in IMAGE.finditer(prose)
    ]
    shown = IMAGE.sub(_blank, prose)
    links = [Pointer(found[1], found.start(1)) for one in (LINK, DEFINITION) for found in one.finditer(shown)]
    links += _named(prose)
    return (*pictures, *(Pointer(one[1], one.start(1)) for one in AUTOMATIC.finditer(shown)), *links)


def _named(prose: str) -> Iterator[Pointer]:
    """What shortcodes link to. Their pictures have the words that the theme asks for."""
    start = 0
    for line in prose.split("\n"):
        found = directive(line)
        for argument in found.arguments if found else ():
            if aims(argument.value) and not aims_at_picture(argument.value):
                yield Pointer(argument.value, start + argument.column - 1)
        start += len(line) + 1


def _without_code(text: str) -> str:
    """The text with a space for each character of code, so that everything else keeps its place."""
    lines: list[str] = []
    fence = ""
    for line in text.split("\n"):
        before, fence = fence, next_fence(line, fence)
        if before or fence:
            lines.append(" " * len(line))
        else:
            lines.append(SPAN.sub(_blank, line) if "`" in line else line)
    return "\n".join(lines)


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def _found(prose: str, start: Place, source: str, targets: Targets) -> Iterator[Problem]:
    def place(offset: int) -> Place:
        before = prose[:offset]
        return Place(start.file, start.line + before.count("\n"), offset - before.rfind("\n"))

    for found in IMAGE.finditer(prose):
        yield from check_image(found[1], place(found.start(1)), targets)
    # An image may stand inside a link's text.
    shown = IMAGE.sub(_blank, prose)
    for pattern in (LINK, DEFINITION):
        for found in pattern.finditer(shown):
            yield from check_link(found[1], place(found.start(1)), source, targets)
    for found in _unsafe(prose):
        word = next(group for group in found.groups() if group)
        hint = "write Markdown; styles belong to the theme"
        yield place(found.start()).problem("unsafe-html", f"'{word.lower()}' can't stand in a page", hint)


def _unsafe(prose: str) -> Iterator[re.Match[str]]:
    """What may not stand in a page, in order, nothing inside another. Only where it can begin: all pages are asked."""
    found = [match for mark in OPENED.finditer(prose) if (match := UNSAFE.match(prose, mark.start()))]
    if "script:" in prose.lower():
        found = sorted((*found, *SCHEME.finditer(prose)), key=lambda match: match.start())
    end = 0
    for match in found:
        if match.start() >= end:
            end = match.end()
            yield match


def check_image(source: str, place: Place, targets: Targets) -> Iterator[Problem]:
    """Whether a picture can be shown; `place` is that of its source."""
    if source.startswith(OUTSIDE):
        hint = "put the image into content/assets/: a page asks no other server for anything"
        yield place.problem("outside-image", f"the image '{source}' lies on another server", hint)
    elif not source.startswith(ASSETS):
        yield place.problem("missing-image", f"image '{source}' is not an asset", "write it as /assets/name")
    elif source.removeprefix(ASSETS) not in targets.assets:
        yield place.problem(
            "missing-image", f"missing image '{source}'", _near(source.removeprefix(ASSETS), targets.assets, ASSETS)
        )
    elif not is_picture(source):
        hint = f"use one of {', '.join(sorted(TYPES))}"
        yield place.problem("not-an-image", f"'{source}' is no picture that browsers show", hint)


def check_link(target: str, place: Place, source: str, targets: Targets) -> Iterator[Problem]:
    """Whether a link in the file `source` leads anywhere; `place` is that of its target."""
    if target.startswith((*OUTSIDE, "#")) or not target:
        return
    if form := form_link(target):
        yield from check_form_link(form, place, source, targets.pages)
        return
    if target.startswith(ASSETS):
        asset = target.partition("#")[0].removeprefix(ASSETS)
        if asset not in targets.assets:
            yield place.problem("broken-link", f"missing asset '{target}'", _near(asset, targets.assets, ASSETS))
    elif not target.partition("#")[0].endswith(".md"):
        hint = "link to the page's Markdown file, like ../care/linen.md, or to a file as /assets/name"
        yield place.problem("broken-link", f"'{target}' is no page and no address", hint)
    elif linked_page(target, source) not in targets.pages:
        yield place.problem(
            "broken-link",
            f"there is no page '{target}'",
            _near_page(linked_page(target, source), source, targets.pages),
        )


def _near_page(page: str, source: str, known: Collection[str]) -> str:
    near = get_close_matches(page, sorted(one for one in known if one.endswith(".md")), 1, 0.5)
    folder = posixpath.dirname(source)
    return f"did you mean '{posixpath.relpath(near[0], folder)}'?" if near else "write the page, or correct the name"


def _near(word: str, known: Collection[str], prefix: str) -> str:
    near = get_close_matches(word, sorted(known), 1, 0.5)
    return f"did you mean '{prefix}{near[0]}'?" if near else "put the file there, or correct the name"
