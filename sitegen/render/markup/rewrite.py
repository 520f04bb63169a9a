"""Resolve links and images, make ids a block's own, and turn inline alignment into classes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from markdown.treeprocessors import Treeprocessor

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

ALIGNMENT = re.compile(r"text-align:\s*(left|center|right);?")


class Links(Protocol):
    """Where links and images lead on one channel."""

    def link(self, target: str) -> Mapping[str, str]:
        """The attributes of an <a> for a target, as written in the Markdown; none where it leads nowhere any more."""
        ...

    def image(self, source: str) -> Mapping[str, str]:
        """The attributes of an <img> for a source, as written in the Markdown."""
        ...


class Rewrite(Treeprocessor):
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


class Anchors(Treeprocessor):
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
