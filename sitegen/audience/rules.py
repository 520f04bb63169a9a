"""Read segments and rules from marked trees, and report every mistake at its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Names
from typing import Literal, TypeAlias, cast

from sitegen.audience.catalogue import with_facts
from sitegen.audience.conditions import parse_condition
from sitegen.audience.own_facts import parse_facts
from sitegen.audience.references import check_references
from sitegen.audience.suggestions import did_you_mean
from sitegen.errors import Problem
from sitegen.model.rule import All, Any, Condition, FactSpec, None_, Rule, SegmentIs
from sitegen.model.segment import RESERVED, Segment
from sitegen.model.tree import Entry, Mapping, Node, Place, Scalar, Sequence

__all__ = ["check_references", "parse_facts", "parse_rule", "parse_segments"]

GROUPS: dict[str, type[All | Any | None_]] = {"all": All, "any": Any, "none": None_}
Facts: TypeAlias = Names[str, FactSpec]
FILE_KEYS = ("timezone", "facts", "segments")
SEGMENT_KEYS = ("title", "why", "priority", "all", "any", "none", "unknown")
UNKNOWN_POLICIES = ("leave out", "include", "fail")
TAKEN_NAMES = (*RESERVED, "customer_id", "primary")
"""Names that mean something else where segments are columns or audiences."""
DEEPEST = 12


def parse_segments(
    trees: Iterable[Node], catalogue: Facts
) -> tuple[tuple[Segment, ...], tuple[FactSpec, ...], tuple[Problem, ...]]:
    """The segments and own facts of the files of content/segments/, and all problems with them.

    A fact of one file is known in all. A segment with a mistake is among the segments nevertheless, so that others
    may refer to it; whoever finds problems here must not use the segments.
    """
    problems: list[Problem] = []
    files = [file for tree in trees if (file := _file(tree, problems)) is not None]
    own: tuple[FactSpec, ...] = ()
    for file in files:
        node = file.get("facts")
        if node is not None and not _is_empty(node):
            found, wrong = parse_facts(node, with_facts(catalogue, own), frozenset(fact.name for fact in own))
            own += found
            problems += wrong
    known = with_facts(catalogue, own)
    segments = [segment for file in files for segment in _segments(file, known, problems)]
    return tuple(segments), own, tuple(problems)


def parse_rule(node: Node, catalogue: Facts) -> tuple[Rule | None, tuple[Problem, ...]]:
    """The rule of a mapping (`{all: [...]}`, `{segment: is not lapsed}`), or None and the problems with it."""
    problems: list[Problem] = []
    if not isinstance(node, Mapping) or not node.entries:
        hint = "write {all: [...]}, or the name of a segment"
        return None, (node.place.problem("wrong-form", "a rule holds conditions", hint),)
    if len(node.entries) > 1 and any(entry.key.text not in GROUPS for entry in node.entries):
        hint = "put them into a list below 'all:', each with '- '"
        return None, (node.place.problem("wrong-form", "several conditions stand side by side", hint),)
    rule = _together([_part(entry, catalogue, problems, 0) for entry in node.entries])
    return (None, tuple(problems)) if problems else (rule, ())


def _file(tree: Node, problems: list[Problem]) -> Mapping | None:
    """One file, unless it is empty or no mapping."""
    if isinstance(tree, Mapping):
        problems += _strange_keys(tree, FILE_KEYS, "a segments file")
        return tree
    if not _is_empty(tree):
        problems.append(tree.place.problem("wrong-form", "a segments file holds keys", "begin with 'segments:'"))
    return None


def _segments(file: Mapping, catalogue: Facts, problems: list[Problem]) -> tuple[Segment, ...]:
    node = file.get("segments")
    if isinstance(node, Mapping):
        return tuple(_segment(entry, catalogue, problems) for entry in node.entries)
    if node is not None and not _is_empty(node):
        problems.append(node.place.problem("wrong-form", "'segments' must hold names", "write 'gold:' below it"))
    return ()


def _segment(entry: Entry, catalogue: Facts, problems: list[Problem]) -> Segment:
    name, place = entry.key.text, entry.key.place
    problems += _name_problems(name, place)
    body = entry.value
    if not isinstance(body, Mapping):
        problems.append(
            place.problem("wrong-form", f"segment '{name}' has no rule", "write 'all:' and a list below it")
        )
        return Segment(name, name, "", All(()), place)
    problems += _strange_keys(body, SEGMENT_KEYS, f"segment '{name}'", catalogue)
    groups = [found for found in body.entries if found.key.text in GROUPS]
    if not groups:
        problems.append(place.problem("missing-key", f"segment '{name}' has no rule", "add 'all:', 'any:' or 'none:'"))
    return Segment(
        id=name,
        title=_text(body, "title", problems) or name.replace("-", " ").replace("_", " ").capitalize(),
        why=_text(body, "why", problems),
        rule=_together([_part(group, catalogue, problems, 0) for group in groups]),
        place=place,
        priority=_priority(body, problems),
        unknown=_unknown(body, problems),
    )


def _name_problems(name: str, place: Place) -> Iterator[Problem]:
    if name in TAKEN_NAMES:
        yield place.problem("reserved-name", f"'{name}' is a name of sitegen's own", "choose another name")
    plain = name.isascii() and name.replace("-", "").replace("_", "").isalnum() and name == name.lower()
    if not plain or not name[0].isalnum() or len(name) > 60 or name.startswith("rule-"):
        hint = "write up to 60 small letters, digits and hyphens, like birthday-month; not rule-..."
        yield place.problem("bad-name", f"'{name}' is not a name for a segment", hint)


def _together(parts: list[Rule | None]) -> Rule:
    """Groups side by side hold together."""
    good = tuple(part for part in parts if part is not None)
    return good[0] if len(good) == 1 else All(good)


def _part(entry: Entry, catalogue: Facts, problems: list[Problem], depth: int) -> Rule | None:
    """One line of a rule: a group, a segment, or a condition."""
    key = entry.key
    if key.text in GROUPS:
        return _group(entry, catalogue, problems, depth)
    if key.text == "segment":
        found: SegmentIs | Condition | Problem = _segment_is(entry)
    else:
        found = parse_condition(entry, catalogue, (*GROUPS, "segment"))
    if isinstance(found, Problem):
        problems.append(found)
        return None
    return found


def _group(entry: Entry, catalogue: Facts, problems: list[Problem], depth: int) -> Rule | None:
    name, value = entry.key.text, entry.value
    if depth >= DEEPEST:
        hint = "make a segment of the inner part, and refer to it"
        problems.append(entry.key.place.problem("too-deep", f"groups stand more than {DEEPEST} deep", hint))
        return None
    if not isinstance(value, Sequence) or not value.items:
        hint = "write a list below it: '- last order: within last 365 days'"
        problems.append(value.place.problem("wrong-form", f"'{name}' must hold a list of conditions", hint))
        return None
    lines = [_only_entry(item, problems) for item in value.items]
    parts = [_part(line, catalogue, problems, depth + 1) for line in lines if line is not None]
    return GROUPS[name](tuple(part for part in parts if part is not None))


def _only_entry(item: Node, problems: list[Problem]) -> Entry | None:
    if isinstance(item, Mapping) and len(item.entries) == 1:
        return item.entries[0]
    if isinstance(item, Mapping) and item.entries:
        second = item.entries[1].key
        message = f"'{second.text}' stands in the same condition as '{item.entries[0].key.text}'"
        problems.append(second.place.problem("wrong-form", message, "put '- ' in front of it"))
        return None
    said = f"'{item.text}' is not a condition" if isinstance(item, Scalar) else "this is not a condition"
    problems.append(item.place.problem("wrong-form", said, "write 'fact: phrase', like 'orders: at least 2'"))
    return None


def _segment_is(entry: Entry) -> SegmentIs | Problem:
    words = entry.value.text.split() if isinstance(entry.value, Scalar) else []
    match words:
        case ["is", "not", name]:
            return SegmentIs(name, entry.value.place, negated=True)
        case ["is", name] if name != "not":
            return SegmentIs(name, entry.value.place)
    hint = "allowed: is NAME, is not NAME"
    return entry.value.place.problem("bad-phrase", f"cannot read '{' '.join(words)}': a segment is, or is not", hint)


def _text(body: Mapping, key: str, problems: list[Problem]) -> str:
    node = body.get(key)
    if node is None or isinstance(node, Scalar):
        return node.text.strip() if node else ""
    problems.append(node.place.problem("wrong-form", f"'{key}' must be a text"))
    return ""


def _priority(body: Mapping, problems: list[Problem]) -> int:
    node = body.get("priority")
    if node is None:
        return 100
    if isinstance(node, Scalar) and node.text.isascii() and node.text.isdigit() and len(node.text) <= 6:
        return int(node.text)
    said = f"'{node.text}'" if isinstance(node, Scalar) else "this"
    hint = "write a whole number; where one message may go out, the lowest wins"
    problems.append(node.place.problem("wrong-value", f"{said} is not a priority", hint))
    return 100


def _unknown(body: Mapping, problems: list[Problem]) -> Literal["leave out", "include", "fail"]:
    text = _text(body, "unknown", problems)
    node = body.get("unknown")
    if node is None or text in UNKNOWN_POLICIES:
        return cast("Literal['leave out', 'include', 'fail']", text or "leave out")
    if isinstance(node, Scalar):
        hint = did_you_mean(text, UNKNOWN_POLICIES)
        problems.append(node.place.problem("unknown-word", f"unknown policy '{text}' for missing values", hint))
    return "leave out"


def _strange_keys(node: Mapping, known: tuple[str, ...], what: str, facts: Iterable[str] = ()) -> Iterator[Problem]:
    for entry in node.entries:
        key = entry.key.text
        if key in known:
            continue
        conditions = key in facts or key == "segment"
        hint = f"put it into a list below 'all:': '- {key}: ...'" if conditions else did_you_mean(key, known)
        yield entry.key.place.problem("unknown-key", f"unknown key '{key}' in {what}", hint)


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text and not node.quoted
