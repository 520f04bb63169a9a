"""Markdown becomes HTML: our links, images and tables, and nothing that a strict CSP would refuse."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Protocol

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.toc import slugify_unicode
from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ALIGNMENT = re.compile(r"text-align:\s*(left|center|right);?")
MARKERS = re.compile("\ue000\\d+\ue001")


class Links(Protocol):
    """Where links and images lead on one channel."""

    def link(self, target: str) -> Mapping[str, str]:
        """The attributes of an <a> for a target, as written in the Markdown; none where it leads nowhere any more."""
        ...

    def image(self, source: str) -> Mapping[str, str]:
        """The attributes of an <img> for a source, as written in the Markdown."""
        ...


def html(markdown: str, links: Links, suffix: str = "") -> str:
    """One block of Markdown as HTML. Merge-field markers come out untouched.

    `suffix` is put behind every id, and behind the links inside the block: blocks of one page need different ones.
    """
    converter = _converter()
    converter.reset()
    rewrite, anchors = converter.treeprocessors["sitegen"], converter.treeprocessors["sitegen-anchors"]
    assert isinstance(rewrite, _Rewrite)
    assert isinstance(anchors, _Anchors)
    rewrite.links, anchors.suffix = links, suffix
    return converter.convert(markdown)


@cache
def _converter() -> Markdown:
    # Making a Markdown object costs as much as a short page; reset() makes it as good as new.
    return Markdown(
        output_format="html",
        extensions=["extra", "admonition", "sane_lists", "toc", _Ours()],
        extension_configs={
            "toc": {"slugify": _slug, "marker": ""},
            "extra": {"footnotes": {"BACKLINK_TEXT": "↩"}},
        },
    )


def _slug(value: str, separator: str) -> str:
    return slugify_unicode(MARKERS.sub("", value), separator)


class _Rewrite(Treeprocessor):
    """Resolve links and images; turn inline alignment into classes."""

    links: Links

    def run(self, root: Element) -> None:
        for element in root.iter():
            if element.tag == "a" and "href" in element.attrib:
                attributes = self.links.link(element.attrib["href"])
                for name, value in attributes.items():
                    element.set(name, value)
                if not attributes:
                    del element.attrib["href"]
            elif element.tag == "img":
                self._image(element)
            elif element.tag in {"td", "th"}:
                _align(element)

    def _image(self, element: Element) -> None:
        source = element.attrib.pop("src", "")
        for name, value in self.links.image(source).items():
            element.set(name, value)


def _align(element: Element) -> None:
    # An inline style would need 'unsafe-inline' in the CSP.
    found = ALIGNMENT.search(element.attrib.pop("style", ""))
    if found:
        element.set("class", f"align-{found[1]}")


class _Anchors(Treeprocessor):
    """Make the ids of a block its own."""

    suffix: str

    def run(self, root: Element) -> None:
        if not self.suffix:
            return
        own = {element.attrib["id"] for element in root.iter() if "id" in element.attrib}
        for element in root.iter():
            if "id" in element.attrib:
                element.set("id", element.attrib["id"] + self.suffix)
            target = element.attrib.get("href", "")
            if target.startswith("#") and target[1:] in own:
                element.set("href", target + self.suffix)


class _Ours(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's own name
        # After "inline" (20), which makes the links and images; before "prettify" (10).
        md.treeprocessors.register(_Rewrite(md), "sitegen", 15)
        # After "toc" (5), which gives the headings their ids.
        md.treeprocessors.register(_Anchors(md), "sitegen-anchors", 1)
