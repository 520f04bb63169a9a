"""Know which templates and blocks a template names; the same source is parsed once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Environment, TemplateSyntaxError, nodes

REFERENCES = (nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
SYNTAX = Environment(autoescape=True)
"""Only parses: what is done with blanks between tags makes no difference to it."""
KEPT = 512


@dataclass(frozen=True, slots=True)
class Reference:
    """Another template's name, "" where only rendering can know it, and the line that names it."""

    name: str
    line: int
    extends: bool


@dataclass(frozen=True, slots=True)
class Outline:
    """`given` are the blocks on the top level with their lines, `blocks` the names of all."""

    references: tuple[Reference, ...]
    given: tuple[tuple[str, int], ...]
    blocks: frozenset[str]

    @property
    def extended(self) -> Reference | None:
        """The template above this one."""
        return next((one for one in self.references if one.extends), None)


@dataclass(frozen=True, slots=True)
class Broken:
    """A source that is not Jinja: in which line, and what Jinja says of it."""

    line: int
    said: str


@lru_cache(maxsize=KEPT)
def outline(source: str) -> Outline | Broken:
    """The outline of a template's source."""
    try:
        tree = SYNTAX.parse(source)
    except TemplateSyntaxError as error:
        return Broken(error.lineno, error.message or "")
    references = (
        Reference(_name(node), node.lineno, isinstance(node, nodes.Extends)) for node in tree.find_all(REFERENCES)
    )
    given = ((node.name, node.lineno) for node in tree.body if isinstance(node, nodes.Block))
    blocks = (node.name for node in tree.find_all(nodes.Block))
    return Outline(tuple(references), tuple(given), frozenset(blocks))


def _name(reference: nodes.Node) -> str:
    name = getattr(getattr(reference, "template", None), "value", None)
    return name if isinstance(name, str) else ""
