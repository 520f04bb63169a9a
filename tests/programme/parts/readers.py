"""Who reads the cells of a part: their rules, read and held against a customer of a tier, in some segments."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from sitegen.audience.language.catalogue import CATALOGUE
from sitegen.audience.reading.rules import parse_rule
from sitegen.content.yaml_tree import read_yaml
from sitegen.model.part import Cell, Part
from sitegen.model.rule import All, Any, Condition, None_, Rule, SegmentIs
from tests.audience.oracle.rules import condition_holds

TODAY = date(2026, 9, 17)


def parsed(text: str) -> Rule:
    """The rule that a cell's YAML says, without mistakes."""
    rule, problems = parse_rule(read_yaml(text, "cell"), CATALOGUE)
    assert problems == ()
    assert rule is not None
    return rule


def cells_for(
    part: Part, tier: str | None, segments: Collection[str] = (), orders: int = 5, **more: object
) -> Iterator[Cell]:
    """The cells that such a customer reads; `more` are other facts by their columns."""
    row = {"customer_id": "C-1", "tier": tier, "orders": orders, **more}
    return (cell for cell in part.cells if not cell.rule or _holds(parsed(cell.rule), row, segments))


def _holds(rule: Rule, row: Mapping[str, object], segments: Collection[str]) -> bool:
    match rule:
        case SegmentIs(name, _, negated):
            return (name in segments) != negated
        case Condition():
            return bool(condition_holds(rule, row, [row], TODAY))
        case All(parts):
            return all(_holds(part, row, segments) for part in parts)
        case Any(parts):
            return any(_holds(part, row, segments) for part in parts)
        case None_(parts):
            return not any(_holds(part, row, segments) for part in parts)
    raise AssertionError(rule)
