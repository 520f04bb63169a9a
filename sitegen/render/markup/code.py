"""Colour code by classes: what Pygments finds, reduced to the few kinds of words that a page tells apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from html import unescape
from typing import TYPE_CHECKING

from markdown import Markdown
from markdown.extensions.fenced_code import FencedBlockPreprocessor

if TYPE_CHECKING:
    from pygments.lexer import Lexer

FENCES = ("```", "~~~")
STASHED = re.compile(r'(<pre[^<>]*><code class="language-([^"]+)"[^<>]*>)(.*)(</code></pre>)', re.DOTALL)
CLASSES = {
    "Comment": "c",
    "Generic.Deleted": "gd",
    "Generic.Heading": "gh",
    "Generic.Inserted": "gi",
    "Generic.Subheading": "gh",
    "Keyword": "k",
    "Literal.Number": "m",
    "Literal.String": "s",
    "Name.Attribute": "na",
    "Name.Builtin": "nb",
    "Name.Class": "nc",
    "Name.Constant": "nb",
    "Name.Decorator": "nd",
    "Name.Function": "nf",
    "Name.Tag": "nt",
    "Operator.Word": "k",
}
"""The class of each kind of token, by Pygments' own short names; what is not named here has the colour of text."""
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})


class CodeBlocks(FencedBlockPreprocessor):
    """Code between fences as Python-Markdown reads it, `coloured` where it names a language."""

    coloured: bool = False

    def __init__(self, md: Markdown) -> None:
        super().__init__(md, {"lang_prefix": "language-"})

    def run(self, lines: list[str]) -> list[str]:
        if not any(line.startswith(FENCES) for line in lines):
            return lines
        assert self.md is not None
        stash = self.md.htmlStash.rawHtmlBlocks
        before = len(stash)
        lines = super().run(lines)
        if self.coloured:
            stash[before:] = [_coloured(block) for block in stash[before:] if isinstance(block, str)]
        return lines


def _coloured(block: str) -> str:
    found = STASHED.fullmatch(block)
    return found[1] + coloured(found[2], unescape(found[3])) + found[4] if found else block


@lru_cache(maxsize=1024)
def coloured(language: str, code: str) -> str:
    """The code as HTML: escaped, and where the language is known with a <span> around what has a colour."""
    lexer = _lexer(language)
    if lexer is None:
        return code.translate(ESCAPES)
    return "".join(_spans(lexer, code))


def _spans(lexer: Lexer, code: str) -> Iterator[str]:
    """Neighbours of one colour share a span; what is blank has the colour of what stands before it."""
    words, last = "", ""
    for kind, text in lexer.get_tokens(code):
        name = last if text.isspace() else _class(kind)
        if name != last:
            yield _span(last, words)
            words, last = "", name
        words += text
    yield _span(last, words)


def _span(name: str, words: str) -> str:
    """The blanks at the end of coloured words stay outside, so that no class hangs on them."""
    if not name:
        return words.translate(ESCAPES)
    inside = words.rstrip()
    return f'<span class="{name}">{inside.translate(ESCAPES)}</span>{words[len(inside) :]}'


@cache
def languages() -> frozenset[str]:
    """Every word by which a language may be named."""
    from pygments.lexers import get_all_lexers  # noqa: PLC0415 - most shops show no code

    return frozenset(alias for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases)


@cache
def _lexer(language: str) -> Lexer | None:
    from pygments.lexers import get_lexer_by_name  # noqa: PLC0415 - as above
    from pygments.util import ClassNotFound  # noqa: PLC0415

    try:
        return get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        return None


@cache
def _class(kind: tuple[str, ...]) -> str:
    """The class of a kind of token, or that of the nearest kind above it."""
    names = [".".join(kind[:length]) for length in range(len(kind), 0, -1)]
    return next((CLASSES[name] for name in names if name in CLASSES), "")
