"""Give headings their ids and remember them, as Python-Markdown's toc does, without the list that nobody reads."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown.extensions.toc import remove_fnrefs, render_inner_html, slugify_unicode, strip_tags, unescape, unique
from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

HEADING = re.compile(r"[hH][1-6]")
MARKERS = re.compile("\ue000\\d+\ue001")
SIMPLE = re.compile(r"[^&<>\x02]*")
"""Text that comes out as it went in."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a block: its level, 1 to 6, its words with merge-field markers, and its id."""

    level: int
    title: str
    id: str


class Headings(Treeprocessor):
    """`found`: the headings of the last conversion, in order."""

    found: list[Heading]

    def run(self, root: Element) -> None:
        self.found = []
        elements = [one for one in root.iter() if HEADING.match(str(one.tag))]
        if not elements:
            return
        used = {one.attrib["id"] for one in root.iter() if "id" in one.attrib}
        for element in elements:
            element.tag = element.tag.lower()
            title = html.unescape(self._title(element))
            if "id" not in element.attrib:
                slug = slugify_unicode(MARKERS.sub("", title), "-")
                element.set("id", unique(slug, used))
            element.attrib.pop("data-toc-label", None)
            self.found.append(Heading(int(element.tag[1]), title, unescape(element.attrib["id"])))

    def _title(self, element: Element) -> str:
        text = element.text or ""
        if len(element) == 0 and SIMPLE.fullmatch(text):
            return " ".join(text.split())
        assert self.md is not None
        return strip_tags(render_inner_html(remove_fnrefs(element), self.md))
