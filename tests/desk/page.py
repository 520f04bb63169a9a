"""A page of the house as a list of its elements, each with its attributes, its words and those around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})
"""Elements that have no end."""


@dataclass(eq=False, slots=True)
class Element:
    """An element; `around` are those that it stands in, the outermost first, `parts` those that stand in it."""

    tag: str
    attributes: dict[str, str]
    around: tuple[Element, ...]
    parts: list[Element] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that is said within."""
        return " ".join("".join(self.words).split())

    def get(self, name: str) -> str:
        """The value of an attribute; "" where there is none."""
        return self.attributes.get(name, "")

    def every(self, *tags: str) -> Iterator[Element]:
        """The elements of these kinds that stand in it."""
        return (one for one in self.parts if one.tag in tags)


class Page(HTMLParser):
    """The elements of a page, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.by_id: dict[str, Element] = {}
        self._open: list[Element] = []
        self.feed(text)
        self.close()
        assert not self._open, [one.tag for one in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element, which stays open unless it is one that has no end."""
        self._note(tag, attrs)
        if tag not in VOID:
            self._open.append(self.elements[-1])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element of a picture that ends as it begins."""
        self._note(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Leave an element: each is closed where it was opened."""
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        """Words are those of all elements around them."""
        for one in self._open:
            one.words.append(data)

    def every(self, *tags: str) -> Iterator[Element]:
        """The elements of these kinds."""
        return (one for one in self.elements if one.tag in tags)

    def _note(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        made = Element(tag, {name: value or "" for name, value in attrs}, tuple(self._open))
        self.elements.append(made)
        for one in self._open:
            one.parts.append(made)
        if "id" in made.attributes:
            assert made.get("id") not in self.by_id, f"two elements are called '{made.get('id')}'"
            self.by_id[made.get("id")] = made
