"""Markdown becomes HTML: our links, images and tables, and nothing that a strict CSP would refuse."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from markdown import Markdown
from markdown.extensions import Extension

from sitegen.render.markup import quick
from sitegen.render.markup.code import CodeBlocks
from sitegen.render.markup.directives import Form, filled, inner_alone, marked
from sitegen.render.markup.headings import Heading, Headings
from sitegen.render.markup.rewrite import Anchors, Links, Rewrite


@dataclass(frozen=True, slots=True)
class Converted:
    """A block of Markdown as HTML, and its headings in order."""

    html: str
    headings: tuple[Heading, ...]


def html(markdown: str, links: Links, suffix: str = "", form: Form = inner_alone) -> str:
    """One block of Markdown as HTML. Merge-field markers come out untouched.

    `suffix` is put behind every id, and behind the links inside the block: blocks of one page need different ones.
    `form` makes the HTML of a shortcode from its directive and the HTML inside.
    """
    return convert(markdown, links, suffix, form, coloured=False).html


def convert(
    markdown: str, links: Links, suffix: str = "", form: Form = inner_alone, *, coloured: bool = True
) -> Converted:
    """As `html`, with the headings; code that names its language is coloured by classes."""
    shared = _converter()
    shared.markdown.reset()
    shared.rewrite.links, shared.anchors.suffix, shared.code.coloured = links, suffix, coloured
    text, directives = marked(markdown)
    made = shared.markdown.convert(text)
    headings = tuple(shared.headings.found)
    return Converted(
        filled(made, directives, form) if directives else made,
        tuple(Heading(one.level, one.title, one.id + suffix) for one in headings) if suffix else headings,
    )


@dataclass(frozen=True, slots=True)
class _Converter:
    """A Markdown object, and its parts that are told something new for each block."""

    markdown: Markdown
    rewrite: Rewrite
    anchors: Anchors
    headings: Headings
    code: CodeBlocks


@cache
def _converter() -> _Converter:
    # Making a Markdown object costs as much as a short page; reset() makes it as good as new.
    return make_converter(quick.is_known())


def make_converter(hurried: bool) -> _Converter:
    """A converter of its own; `hurried`: with the quick parts in the places of the stock ones, for the same HTML."""
    markdown = Markdown(
        output_format="html",
        extensions=["extra", "admonition", "sane_lists"],
        extension_configs={"extra": {"footnotes": {"BACKLINK_TEXT": "↩"}}},
    )
    ours = _Ours(markdown)
    markdown.registerExtensions([ours], {})
    if hurried:
        quick.hurry(markdown)
    return _Converter(markdown, ours.rewrite, ours.anchors, ours.headings, ours.code)


class _Ours(Extension):
    def __init__(self, md: Markdown) -> None:
        super().__init__()
        self.rewrite, self.anchors, self.headings, self.code = Rewrite(md), Anchors(md), Headings(md), CodeBlocks(md)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's own name
        md.preprocessors.register(self.code, "fenced_code_block", 25)
        # After "inline" (20), which makes the links and images; before "prettify" (10).
        md.treeprocessors.register(self.rewrite, "sitegen", 15)
        # After "attr_list" (8), by which a heading may have an id already.
        md.treeprocessors.register(self.headings, "sitegen-headings", 5)
        md.treeprocessors.register(self.anchors, "sitegen-anchors", 1)
