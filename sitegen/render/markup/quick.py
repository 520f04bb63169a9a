"""Put quicker parts in the places of Python-Markdown's own: the same HTML in half the time.

Each asks first whether there is anything to find. One of them replaces a private method, so all of them are used only
with the releases for which they were compared with the stock parts; any other release renders with its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markdown import Markdown, __version_info__
from markdown.blockparser import BlockParser
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.treeprocessors import InlineProcessor, PrettifyTreeprocessor, UnescapeTreeprocessor
from markdown.util import INLINE_PLACEHOLDER_PREFIX, STX, AtomicString

from sitegen.render.markup.serialize import serialized

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

KNOWN = ((3, 11), (3, 12))
"""From the first release up to, but without, the second."""
HANDLE, APPLY, PLACE = (f"_InlineProcessor__{name}" for name in ("handleInline", "applyPattern", "processPlaceholders"))
INLINE = {
    "backtick": ("`",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("[",),
    "link": ("[",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}
"""One of these must stand in a text before a pattern can match. A pattern that is not named here is always asked."""
BLOCKS = {
    "table": "|",
    "hashheader": "#",
    "setextheader": "\n",
    "quote": ">",
    "deflist": ":",
    "footnote": "[^",
    "abbr": "*[",
    "reference": "]:",
    "markdown_block": STX,
}
"""This must stand in a block of text before a block processor can do anything with it."""


def is_known(version: tuple[Any, ...] = __version_info__, inline: type = InlineProcessor) -> bool:
    """Whether this Python-Markdown is one whose parts may be replaced."""
    first, last = KNOWN
    return first <= version[:2] < last and all(callable(getattr(inline, name, None)) for name in (HANDLE, APPLY, PLACE))


def hurry(md: Markdown) -> None:
    """Put the quick parts into a Markdown object that has all its extensions."""
    md.treeprocessors.register(_Inline(md), "inline", 20)
    md.treeprocessors.register(_Prettify(md), "prettify", 10)
    md.treeprocessors.register(_Attributes(md), "attr_list", 8)
    md.treeprocessors.register(_Unescape(md), "unescape", 0)
    md.serializer = serialized
    stock, md.parser = md.parser, _Blocks(md)
    for name in _names(stock.blockprocessors):
        processor = stock.blockprocessors[name]
        processor.parser = md.parser
        md.parser.blockprocessors.register(processor, name, -stock.blockprocessors.get_index_for_name(name))
    md.parser.ready()


def _names(registry: Any) -> list[str]:
    # A registry tells the names of its items nowhere else.
    return [item.name for item in sorted(registry._priority, key=lambda item: -item.priority)]  # noqa: SLF001


class _Inline(InlineProcessor):
    """The stock processor with another loop over the patterns."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        names = _names(md.inlinePatterns)
        self.steps = tuple((md.inlinePatterns[name], INLINE.get(name, ("",))) for name in names)
        self.apply = getattr(self, APPLY)
        self.place = getattr(super(), PLACE)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 - its names
        if isinstance(data, AtomicString):
            return data
        steps, apply, start, index = self.steps, self.apply, 0, patternIndex
        count = len(steps)
        while index < count:
            pattern, triggers = steps[index]
            for trigger in triggers:
                if trigger in data:
                    data, matched, start = apply(pattern, data, index, start)
                    if not matched:
                        index += 1
                    break
            else:
                index += 1
                start = 0
        return data

    def _InlineProcessor__processPlaceholders(  # noqa: N802 - the library's own name
        self,
        data: str | None,
        parent: Element,
        isText: bool = True,  # noqa: N803
    ) -> list[tuple[Element, list[str]]]:
        if not data or INLINE_PLACEHOLDER_PREFIX in data:
            found: list[tuple[Element, list[str]]] = self.place(data, parent, isText)
            return found
        if isText:
            parent.text = parent.text + data if parent.text else data
        else:
            parent.tail = parent.tail + data if parent.tail else data
        return []


class _Blocks(BlockParser):
    """The stock parser, which asks of a block only who can do something with it."""

    def ready(self) -> None:
        """To be called once all processors stand in the registry."""
        names = _names(self.blockprocessors)
        self.steps = tuple((self.blockprocessors[name], BLOCKS.get(name, "")) for name in names)

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802 - the library's own name
        steps = self.steps
        while blocks:
            for processor, trigger in steps:
                block = blocks[0]
                if trigger in block and processor.test(parent, block) and processor.run(parent, blocks) is not False:
                    break


class _Prettify(PrettifyTreeprocessor):
    """The stock processor, which looks a tag up once."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.levels: dict[Any, bool] = {}

    def _prettifyETree(self, elem: Element) -> None:  # noqa: N802 - the library's own name
        if self._is_block(elem.tag) and elem.tag not in {"code", "pre"}:
            if (not elem.text or not elem.text.strip()) and len(elem) and self._is_block(elem[0].tag):
                elem.text = "\n"
            for child in elem:
                if self._is_block(child.tag):
                    self._prettifyETree(child)
        if not elem.tail or not elem.tail.strip():
            elem.tail = "\n"

    def _is_block(self, tag: Any) -> bool:
        found = self.levels.get(tag)
        if found is None:
            assert self.md is not None
            found = self.levels[tag] = self.md.is_block_level(tag)
        return found


class _Attributes(AttrListTreeprocessor):
    """The stock processor, where there is a brace at all."""

    def run(self, doc: Element) -> None:
        if "{" in "".join(doc.itertext()):
            super().run(doc)


class _Unescape(UnescapeTreeprocessor):
    """The stock processor, where there is something to restore."""

    def unescape(self, text: str) -> str:
        return super().unescape(text) if STX in text else text
