"""A shop so little that every test can see all of it: rules from YAML, tables from a few rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from textwrap import dedent
from typing import Any

import ibis
import pyarrow as pa

from sitegen.audience.facts.rows import TYPES
from sitegen.audience.language.catalogue import CATALOGUE
from sitegen.audience.reading.rules import check_references, parse_segments
from sitegen.content.body import parse_body
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Problem
from sitegen.model.campaign import Campaign, OnDate, Timing, Window
from sitegen.model.channel import Channel, Kind, message_class
from sitegen.model.rule import FactSpec, Rule
from sitegen.model.segment import EVERYONE, Segment
from sitegen.model.table import table as declared
from sitegen.model.tree import Mapping as Tree
from sitegen.model.tree import Place

TODAY = date(2026, 9, 8)
FILE = "content/segments/all.yaml"
Row = Mapping[str, Any]


def tree(text: str) -> Tree:
    """The marked tree of a YAML text, read as the segments file is."""
    return read_yaml(dedent(text).lstrip("\n"), FILE)


def parsed(text: str) -> tuple[tuple[Segment, ...], tuple[FactSpec, ...], tuple[Problem, ...]]:
    """Segments, own facts and problems of a segments file."""
    return parse_segments([tree(text)], CATALOGUE)


def segments(text: str) -> tuple[Segment, ...]:
    """The segments of a file without mistakes."""
    found, _, problems = parsed(text)
    assert (*problems, *check_references(found)) == ()
    return found


def rule(condition: str) -> Rule:
    """The rule of one condition, like `orders: at least 2`."""
    (segment,) = segments(f"segments:\n  one:\n    all:\n      - {condition}\n")
    return segment.rule


def messages(problems: tuple[Problem, ...]) -> list[str]:
    """What a person reads, without the file's name."""
    return [str(problem).removeprefix(f"{FILE}:") for problem in problems]


def table(name: str, rows: list[Row]) -> ibis.Table:
    """A declared table with these rows; what a row leaves out is null."""
    schema = ibis.schema({column.name: TYPES[column.kind] for column in declared(name).columns})
    return typed(schema, rows)


def typed(schema: ibis.Schema, rows: Sequence[Row]) -> ibis.Table:
    """A table with these columns and rows."""
    full = [{column: row.get(column) for column in schema.names} for row in rows]
    return ibis.memtable(pa.Table.from_pylist(full, schema=schema.to_pyarrow()), schema=schema)


def tables(**rows: list[Row]) -> dict[str, ibis.Table]:
    """Declared tables by name."""
    return {name: table(name, given) for name, given in rows.items()}


def ask(expression: ibis.Table) -> list[dict[str, Any]]:
    """All rows of a table."""
    answer: list[dict[str, Any]] = ibis.duckdb.connect().to_pyarrow(expression).to_pylist()
    return answer


def kept(expression: ibis.Table) -> ibis.Table:
    """The table, computed once."""
    return ibis.memtable(ibis.duckdb.connect().to_pyarrow(expression), schema=expression.schema())


def campaign(
    name: str = "wish",
    kind: Kind = Kind.HOLIDAY,
    channels: tuple[Channel, ...] = (Channel.MAIL,),
    timing: Timing = OnDate(TODAY),  # noqa: B008 - frozen
    text: str = "Dear friend,",
    **more: Any,
) -> Campaign:
    """A campaign of the little shop; `more` are further fields of Campaign."""
    problems: list[Problem] = []
    body = parse_body(text, f"content/campaigns/{name}.md", 1, problems)
    assert not problems
    given: dict[str, Any] = {"audience": EVERYONE, "first_of": False, "window": Window(), **more}
    return Campaign(
        id=name,
        title=name,
        kind=kind,
        message_class=message_class(kind),
        channels=channels,
        timing=timing,
        body=body,
        place=Place(f"content/campaigns/{name}.md", 1, 1),
        url_path=f"campaigns/{name}/",
        **given,
    )
