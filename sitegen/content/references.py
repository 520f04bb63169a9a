"""Check what a Markdown text points to: links, images, and HTML that a strict page can't hold."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from sitegen.content.body import FENCE
from sitegen.errors import Problem
from sitegen.model.page import linked_page
from sitegen.model.tree import Place

LINK = re.compile(r"(`+).+?\1|(!?)\[(?:[^\[\]]|\[[^\]]*\])*\]\(\s*<?([^)\s>]*)>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)")
DEFINITION = re.compile(r"^ {0,3}\[[^\]^][^\]]*\]:\s*<?(\S+?)>?(?:\s|$)")
UNSAFE = re.compile(
    r"<\s*(script|iframe|object|embed|style|link|meta|base|form|svg|img|a|video|audio)\b"
    r"|<[^>]*?\s(on\w+|style|srcdoc|formaction)\s*=|(javascript|vbscript):",
    re.IGNORECASE,
)
OUTSIDE = ("https://", "http://", "mailto:", "tel:")
ASSETS = "/assets/"


@dataclass(frozen=True, slots=True)
class Targets:
    """What may be pointed to: ids of pages ("pages/care/linen.md", "campaigns/2026/tea.md") and assets by path."""

    pages: Collection[str]
    assets: Collection[str]


def check_references(text: str, place: Place, source: str, targets: Targets) -> tuple[Problem, ...]:
    """Everything that the text points to and that does not exist or may not be there.

    `place` is where the text starts; `source` is the file's id below content/.
    """
    return tuple(
        problem
        for number, line in _outside_code(text, place.line)
        for problem in _check_line(line, Place(place.file, number), source, targets)
    )


def _outside_code(text: str, first_line: int) -> Iterator[tuple[int, str]]:
    fence = ""
    for number, line in enumerate(text.splitlines(), start=first_line):
        found = FENCE.match(line)
        if found and (not fence or found[1].startswith(fence)):
            fence = "" if fence else found[1]
        elif not fence:
            yield number, line


def _check_line(line: str, place: Place, source: str, targets: Targets) -> Iterator[Problem]:
    for found in LINK.finditer(line):
        if found[3] is not None:
            at = Place(place.file, place.line, found.start(3) + 1)
            yield from _image(found[3], at, targets) if found[2] else _link(found[3], at, source, targets)
    definition = DEFINITION.match(line)
    if definition:
        yield from _link(definition[1], Place(place.file, place.line, definition.start(1) + 1), source, targets)
    for found in UNSAFE.finditer(re.sub(r"(`+).+?\1", lambda code: " " * len(code[0]), line)):
        word = next(group for group in found.groups() if group)
        at = Place(place.file, place.line, found.start() + 1)
        yield at.problem(
            "unsafe-html", f"'{word.lower()}' can't stand in a page", "write Markdown; styles belong to the theme"
        )


def _image(source: str, place: Place, targets: Targets) -> Iterator[Problem]:
    if source.startswith(OUTSIDE):
        hint = "put the image into content/assets/: a page asks no other server for anything"
        yield place.problem("outside-image", f"the image '{source}' lies on another server", hint)
    elif not source.startswith(ASSETS):
        yield place.problem("missing-image", f"image '{source}' is not an asset", "write it as /assets/name")
    elif source.removeprefix(ASSETS) not in targets.assets:
        yield place.problem(
            "missing-image", f"missing image '{source}'", _near(source.removeprefix(ASSETS), targets.assets, ASSETS)
        )


def _link(target: str, place: Place, source: str, targets: Targets) -> Iterator[Problem]:
    if target.startswith((*OUTSIDE, "#")) or not target:
        return
    if target.startswith(ASSETS):
        if target.removeprefix(ASSETS) not in targets.assets:
            yield place.problem(
                "broken-link", f"missing asset '{target}'", _near(target.removeprefix(ASSETS), targets.assets, ASSETS)
            )
    elif not target.partition("#")[0].endswith(".md"):
        hint = "link to the page's Markdown file, like ../care/linen.md"
        yield place.problem("broken-link", f"'{target}' is no page and no address", hint)
    elif linked_page(target, source) not in targets.pages:
        yield place.problem(
            "broken-link", f"there is no page '{target}'", _near(linked_page(target, source), targets.pages, "")
        )


def _near(word: str, known: Collection[str], prefix: str) -> str:
    near = get_close_matches(word, sorted(known), 1, 0.5)
    return f"did you mean '{prefix}{near[0]}'?" if near else "put the file there, or correct the name"
