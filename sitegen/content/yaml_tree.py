"""Read YAML as marked trees: raw text with places, none of YAML 1.1's guesses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml

from sitegen.errors import Mistakes, Problem
from sitegen.model.tree import Entry, Mapping, Node, Place, Scalar, Sequence

LARGEST = 200_000
"""Nodes in one file after aliases are followed: a guard against files that explode."""
DEEPEST = 60
"""Levels of lists and mappings inside each other."""
LONG_LINE = 120
MEANINGS = frozenset(
    f"tag:yaml.org,2002:{name}"
    for name in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp", "merge", "value")
)
"""What YAML itself makes of plain values; nobody has to write one of these tags."""
STRANGE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
SYMBOL = re.compile(r":\s+>=?\s*-?[0-9]")
PHRASE_WITH_LIST = re.compile(r"(one|has any|has all|has none) of \[[^\]]*\]")

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str, file: str, first_line: int = 1) -> Mapping:
    """The mapping that a YAML text holds; an empty text is an empty mapping.

    `first_line` is the line of `file` on which `text` starts. Raises Mistakes with everything that is wrong with
    the file's form: bad syntax, duplicate keys, a list at the top, tags, too many aliases or levels.
    """
    place = Place(file, first_line, 1)
    tree = read_node(text, file, first_line)
    if not isinstance(tree, Mapping):
        raise Mistakes([place.problem("not-a-mapping", "keys and values are expected here", "write `key: value`")])
    return tree


def read_node(text: str, file: str, first_line: int = 1) -> Node:
    """As `read_yaml`, for a text that may also be a list or a single value."""
    place = Place(file, first_line, 1)
    text = text.removeprefix("\ufeff")
    strange = STRANGE.search(text)
    if strange:
        raise Mistakes([_strange(strange, file, first_line)])
    try:
        _check_depth(text, file, first_line)
        root = yaml.compose(text, Loader=Loader)
    except yaml.MarkedYAMLError as error:
        raise Mistakes([_syntax(error, text, file, first_line)]) from None
    except yaml.YAMLError as error:
        raise Mistakes([place.problem("yaml-syntax", f"this is not YAML: {error}".split("\n", 1)[0])]) from None
    if root is None:
        return Mapping((), place)
    walker = _Walker(file, first_line)
    tree = walker.node(root, ())
    if walker.problems:
        raise Mistakes(walker.problems)
    return tree


def _strange(found: re.Match[str], file: str, first_line: int) -> Problem:
    before = found.string[: found.start()]
    place = Place(file, before.count("\n") + first_line, found.start() - before.rfind("\n"))
    message = f"the character U+{ord(found[0]):04X} can't stand in a text"
    return place.problem("yaml-syntax", message, "remove it; an editor shows it as a box or not at all")


def _check_depth(text: str, file: str, first_line: int) -> None:
    # libyaml composes by recursion in C, and ends the process where the levels end its stack. Levels need
    # brackets or columns, so most files need no second look.
    longest = max(map(len, text.splitlines()), default=0)
    if longest <= LONG_LINE and text.count("[") + text.count("{") <= DEEPEST:
        return
    depth = 0
    for event in yaml.parse(text, Loader=Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > DEEPEST:
            mark = event.start_mark
            raise Mistakes([_too_deep(Place(file, mark.line + first_line, mark.column + 1) if mark else Place(file))])


def _too_deep(place: Place) -> Problem:
    return place.problem("yaml-depth", f"more than {DEEPEST} levels stand inside each other", "write it flatter")


def _syntax(error: yaml.MarkedYAMLError, text: str, file: str, first_line: int) -> Problem:
    mark = error.problem_mark or error.context_mark
    above, column = (mark.line, mark.column + 1) if mark else (0, 1)
    line = above + first_line
    written = "".join(text.split("\n")[above : above + 1])
    if "\t" in written[:column]:
        message = "a tab can't indent a line"
        return Place(file, line, column).problem("yaml-tab", message, "indent with spaces, never with tabs")
    said = (error.problem or "cannot be read").strip()
    return Place(file, line, column).problem("yaml-syntax", f"this is not YAML: {said}", _advice(said, written, column))


def _advice(said: str, written: str, column: int) -> str:
    """What to do about it; `written` is the line on which the reader gave up, at that column."""
    if SYMBOL.search(written):
        return "in rules words stand for symbols: at least 1000, more than 1000"
    phrase = next(
        (found for found in PHRASE_WITH_LIST.finditer(written) if found.start() < column <= found.end()), None
    )
    if phrase and "did not find expected ','" in said:
        return f"between {{ and }}, or [ and ], a phrase with a list stands in quotes: '{phrase[0]}'"
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
        if len(above) > DEEPEST:
            raise Mistakes([_too_deep(place)])
        if node.tag not in MEANINGS and node.tag != "!":
            self.problems.append(
                place.problem("yaml-tag", f"tags such as '{node.tag}' have no meaning here", "quote it")
            )
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, place, (*above, id(node)))
        if isinstance(node, yaml.SequenceNode):
            return Sequence(tuple(self.node(item, (*above, id(node))) for item in node.value), place)
        assert isinstance(node, yaml.ScalarNode)
        # libyaml calls the style of plain text "", the Python loader None.
        return Scalar(str(node.value), place, quoted=bool(node.style))

    def mapping(self, node: yaml.MappingNode, place: Place, above: tuple[int, ...]) -> Mapping:
        entries: list[Entry] = []
        first: dict[str, Place] = {}
        for key_node, value_node in node.value:
            key = self.node(key_node, above)
            if not isinstance(key, Scalar):
                hint = "write one word before the ':'; in quotes, any text may be a key"
                self.problems.append(self.place(key_node).problem("yaml-key", "a key must be plain text", hint))
                continue
            if key.text in first:
                before = first[key.text].line
                self.problems.append(
                    key.place.problem(
                        "duplicate-key", f"'{key.text}' stands twice, first on line {before}", "keep one of them"
                    )
                )
                continue
            first[key.text] = key.place
            entries.append(Entry(key, self.node(value_node, above)))
        return Mapping(tuple(entries), place)
