"""Read YAML as marked trees: raw text with places, none of YAML 1.1's guesses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from sitegen.errors import Mistakes, Problem
from sitegen.model.tree import Entry, Mapping, Node, Place, Scalar, Sequence

LARGEST = 200_000
"""Nodes in one file after aliases are followed: a guard against files that explode."""

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str, file: str, first_line: int = 1) -> Mapping:
    """The mapping that a YAML text holds; an empty text is an empty mapping.

    `first_line` is the line of `file` on which `text` starts. Raises Mistakes with everything that is wrong with
    the file's form: bad syntax, duplicate keys, a list at the top, tags, too many aliases.
    """
    place = Place(file, first_line, 1)
    try:
        root = yaml.compose(text.removeprefix("\ufeff"), Loader=Loader)
    except yaml.MarkedYAMLError as error:
        raise Mistakes([_syntax(error, file, first_line)]) from None
    except (yaml.YAMLError, RecursionError) as error:
        raise Mistakes([place.problem("yaml-syntax", f"this is not YAML: {error}".split("\n", 1)[0])]) from None
    if root is None:
        return Mapping((), place)
    walker = _Walker(file, first_line)
    tree = walker.node(root, ())
    if not isinstance(tree, Mapping):
        walker.problems.append(
            place.problem("not-a-mapping", "keys and values are expected here", "write `key: value`")
        )
    if walker.problems:
        raise Mistakes(walker.problems)
    assert isinstance(tree, Mapping)
    return tree


def _syntax(error: yaml.MarkedYAMLError, file: str, first_line: int) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + first_line, mark.column + 1) if mark else (first_line, 1)
    said = (error.problem or "cannot be read").strip()
    return Place(file, line, column).problem("yaml-syntax", f"this is not YAML: {said}", _advice(said))


def _advice(said: str) -> str:
    if "tab" in said or "\\t" in said:
        return "indent with spaces, never with tabs"
    if "mapping values are not allowed" in said:
        return "a value that contains ': ' must stand in quotes"
    if "cannot start any token" in said or "alias" in said or "anchor" in said:
        return "a value that starts with a special character (> @ ! % & *) must stand in quotes"
    return "check the indentation, and put values with : # { [ in quotes"


@dataclass(slots=True)
class _Walker:
    """Turn composed nodes into a tree, and collect what is wrong on the way."""

    file: str
    first_line: int
    count: int = 0
    problems: list[Problem] = field(default_factory=list)

    def place(self, node: yaml.Node) -> Place:
        return Place(self.file, node.start_mark.line + self.first_line, node.start_mark.column + 1)

    def node(self, node: yaml.Node, above: tuple[int, ...]) -> Node:
        self.count += 1
        place = self.place(node)
        if id(node) in above or self.count > LARGEST:
            raise Mistakes([place.problem("yaml-alias", "the aliases here never end", "write the values out")])
        if not node.tag.startswith("tag:yaml.org,2002:") and node.tag != "!":
            self.problems.append(
                place.problem("yaml-tag", f"tags such as '{node.tag}' have no meaning here", "quote it")
            )
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, place, (*above, id(node)))
        if isinstance(node, yaml.SequenceNode):
            return Sequence(tuple(self.node(item, (*above, id(node))) for item in node.value), place)
        assert isinstance(node, yaml.ScalarNode)
        return Scalar(str(node.value), place, quoted=node.style is not None)

    def mapping(self, node: yaml.MappingNode, place: Place, above: tuple[int, ...]) -> Mapping:
        entries: list[Entry] = []
        first: dict[str, Place] = {}
        for key_node, value_node in node.value:
            key = self.node(key_node, above)
            if not isinstance(key, Scalar):
                self.problems.append(self.place(key_node).problem("yaml-key", "a key must be plain text"))
                continue
            if key.text in first:
                before = first[key.text].line
                self.problems.append(
                    key.place.problem(
                        "duplicate-key", f"'{key.text}' stands twice", f"it stands on line {before} already"
                    )
                )
                continue
            first[key.text] = key.place
            entries.append(Entry(key, self.node(value_node, above)))
        return Mapping(tuple(entries), place)
