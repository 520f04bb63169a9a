"""The text of a page or campaign, split into blocks that say who may read them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import blake2b

from sitegen.model.directive import Directive
from sitegen.model.field import FieldUse
from sitegen.model.tree import Place

FIELD_OPEN = "\ue000"
FIELD_CLOSE = "\ue001"
"""A merge field stands in the Markdown as FIELD_OPEN, its index in Body.fields, FIELD_CLOSE."""
MARKER = re.compile(f"{FIELD_OPEN}(\\d+){FIELD_CLOSE}")


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of Markdown that starts on `line`; directives of shortcodes stand in it as they were written.

    `audience` is "" where the whole page's audience reads it, else it was named on `audience_line`.
    """

    markdown: str
    line: int
    audience: str = ""
    audience_line: int = 0


@dataclass(frozen=True, slots=True)
class ShortcodeUse:
    """A shortcode that a text uses, where its line begins, and whether anything stands inside."""

    directive: Directive
    place: Place
    has_inner: bool = False


@dataclass(frozen=True, slots=True)
class Body:
    """Blocks in order, and the merge fields and shortcodes that they use.

    `public_blocks` is the number of leading blocks above `<!-- more -->` (0 where there is none): they may be
    shown to anybody. `offered` are the audiences of cells of the programme's parts. `said` stands for all that it
    says, on whatever lines.
    """

    file: str
    blocks: tuple[Block, ...]
    fields: tuple[FieldUse, ...]
    public_blocks: int = 0
    shortcodes: tuple[ShortcodeUse, ...] = ()
    offered: tuple[str, ...] = ()
    said: bytes = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Reckon what stands for the text, once for all who ask whether it is another."""
        parts = [(block.markdown, block.audience) for block in self.blocks]
        uses = [(use.key, use.fallback) for use in self.fields]
        whole = repr((self.public_blocks, parts, uses, self.offered)).encode("utf-8", "surrogatepass")
        object.__setattr__(self, "said", blake2b(whole, digest_size=16).digest())

    @property
    def audiences(self) -> tuple[str, ...]:
        """The audiences that blocks name, and those of the programme's parts, each once, in order."""
        named = (block.audience for block in self.blocks if block.audience)
        return tuple(dict.fromkeys((*named, *self.offered)))


def fields_in(markdown: str, fields: tuple[FieldUse, ...]) -> tuple[FieldUse, ...]:
    """The merge fields that a stretch of Markdown uses, in order."""
    parts = markdown.split(FIELD_OPEN)[1:]
    return tuple(fields[int(part.partition(FIELD_CLOSE)[0])] for part in parts)


def place_in(body: Body, block: Block, offset: int) -> Place:
    """Where the character at `offset` of the block's Markdown stands in the body's file."""
    lines = block.markdown[:offset].split("\n")
    grown = sum(body.fields[int(found[1])].length - len(found[0]) for found in MARKER.finditer(lines[-1]))
    return Place(body.file, block.line + len(lines) - 1, len(lines[-1]) + grown + 1)
