"""Read the files of content/segments/, and report every mistake at its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Names

from sitegen.audience.language.catalogue import with_facts
from sitegen.audience.language.references import check_references
from sitegen.audience.language.vocabulary import Vocabulary, vocabulary
from sitegen.audience.reading.groups import GROUPS, SEGMENT, parse_rule, together
from sitegen.audience.reading.own_facts import parse_facts
from sitegen.audience.reading.segment_keys import (
    UNKNOWN_POLICIES,
    jump_of,
    priority_of,
    strange_keys,
    tests_of,
    text_of,
    unknown_of,
)
from sitegen.errors import Problem
from sitegen.model.rule import All, FactSpec
from sitegen.model.segment import RESERVED, Segment
from sitegen.model.table import STANDARD, Schema
from sitegen.model.tree import Entry, Mapping, Node, Place, Scalar

__all__ = ["check_references", "parse_facts", "parse_rule", "parse_segments"]

FILE_KEYS = {
    "timezone": "ZONE; the shop's own, by which all days are reckoned",
    "facts": "NAME: FACT; own facts, which may be asked for like sitegen's",
    "segments": "NAME: SEGMENT",
}
SEGMENT_KEYS = {
    "title": "TEXT; what people call it",
    "why": "TEXT; what stands after 'because', also in the footer of a letter",
    "priority": "N; where one message may go out, the lowest wins; 100 where it is not said",
    **dict.fromkeys(GROUPS, "[RULE, ...]"),
    "unknown": f"{' | '.join(UNKNOWN_POLICIES)}; what a condition on a missing value is worth: no, yes, or a mistake",
    "jump": "N%; by how much its count may change from one build to the next unless somebody confirms it",
    "test": "TEST, or a list of them; who must be in it",
}
TAKEN_NAMES = (*RESERVED, "customer_id", "primary")
"""Names that mean something else where segments are columns or audiences."""


def parse_segments(
    trees: Iterable[Node], catalogue: Names[str, FactSpec], schema: Schema = STANDARD, timezone: str = ""
) -> tuple[tuple[Segment, ...], tuple[FactSpec, ...], tuple[Problem, ...]]:
    """The segments and own facts of the files of content/segments/, and all problems with them.

    A fact of one file is known in all. A segment with a mistake is among the segments nevertheless, so that others
    may refer to it; whoever finds problems here must not use the segments. A `timezone:` must be the shop's, which
    is not checked where that is "".
    """
    problems: list[Problem] = []
    files = [file for tree in trees if (file := _file(tree, timezone, problems)) is not None]
    own: tuple[FactSpec, ...] = ()
    for file in files:
        node = file.get("facts")
        if node is not None and not _is_empty(node):
            taken = frozenset(fact.name for fact in own)
            found, wrong = parse_facts(node, with_facts(catalogue, own), taken, schema)
            own += found
            problems += wrong
    words = vocabulary(with_facts(catalogue, own), schema)
    segments = [segment for file in files for segment in _segments(file, words, problems)]
    return tuple(segments), own, tuple(problems)


def _file(tree: Node, timezone: str, problems: list[Problem]) -> Mapping | None:
    """One file, unless it is empty or no mapping."""
    if isinstance(tree, Mapping):
        problems += strange_keys(tree, FILE_KEYS, "a segments file")
        problems += _zone(tree, timezone)
        return tree
    if not _is_empty(tree):
        problems.append(tree.place.problem("wrong-form", "a segments file holds keys", "begin with 'segments:'"))
    return None


def _zone(file: Mapping, timezone: str) -> Iterator[Problem]:
    node = file.get("timezone")
    said = node.text.strip() if isinstance(node, Scalar) else ""
    if node is not None and timezone and said != timezone:
        message = f"'{said}' is not the shop's time zone, by which all days are reckoned"
        hint = f"write {timezone}, or change it in content/site.yaml"
        yield node.place.problem("other-timezone", message, hint)


def _segments(file: Mapping, words: Vocabulary, problems: list[Problem]) -> tuple[Segment, ...]:
    node = file.get("segments")
    if isinstance(node, Mapping):
        return tuple(_segment(entry, words, problems) for entry in node.entries)
    if node is not None and not _is_empty(node):
        problems.append(node.place.problem("wrong-form", "'segments' must hold names", "write 'gold:' below it"))
    return ()


def _segment(entry: Entry, words: Vocabulary, problems: list[Problem]) -> Segment:
    name, place = entry.key.text, entry.key.place
    problems += _name_problems(name, place)
    body = entry.value
    if not isinstance(body, Mapping):
        problems.append(
            place.problem("wrong-form", f"segment '{name}' has no rule", "write 'all:' and a list below it")
        )
        return Segment(name, name, "", All(()), place)
    problems += strange_keys(body, SEGMENT_KEYS, f"segment '{name}'", {*words.facts, *words.events, SEGMENT})
    groups = tuple(found for found in body.entries if found.key.text in GROUPS)
    if not groups:
        problems.append(place.problem("missing-key", f"segment '{name}' has no rule", "add 'all:', 'any:' or 'none:'"))
    return Segment(
        id=name,
        title=text_of(body, "title", problems) or name.replace("-", " ").replace("_", " ").capitalize(),
        why=text_of(body, "why", problems),
        rule=together(groups, words, problems),
        place=place,
        priority=priority_of(body, problems),
        unknown=unknown_of(body, problems),
        jump=jump_of(body, problems),
        tests=tests_of(body, problems),
    )


def _name_problems(name: str, place: Place) -> Iterator[Problem]:
    if name in TAKEN_NAMES:
        yield place.problem("reserved-name", f"'{name}' is a name of sitegen's own", "choose another name")
    plain = name.isascii() and name.replace("-", "").replace("_", "").isalnum() and name == name.lower()
    if not plain or not name[0].isalnum() or len(name) > 60 or name.startswith("rule-"):
        hint = "write up to 60 small letters, digits and hyphens, like birthday-month; not rule-..."
        yield place.problem("bad-name", f"'{name}' is not a name for a segment", hint)


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text and not node.quoted
