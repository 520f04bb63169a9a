"""The sample shop on PostgreSQL: its facts, segments and plan are those that the embedded engine finds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import pytest

from sitegen.audience.calendar.occasions import Occasions
from sitegen.audience.facts.facts import Scope, facts
from sitegen.audience.facts.values import values
from sitegen.audience.language.events import event_facts
from sitegen.audience.plan import suppressions
from sitegen.audience.plan.plan import PlanInputs, decide
from sitegen.audience.selection.membership import members
from sitegen.audience.selection.ranks import find_cuts, rank_keys
from sitegen.build.plan import occasions_of
from sitegen.content.project import read_project
from sitegen.data.engine import open_customers
from sitegen.model.ledger import DELIVERY_TYPES
from sitegen.model.project import Project
from sitegen.programme.tiers import tier_facts
from tests.servers.postgres import Server, load_typed, rows_of

ROOT = Path(__file__).parents[2]
FIRST, LAST = date(2026, 9, 8), date(2026, 9, 15)
HASH = "CREATE FUNCTION sha256_of(t text) RETURNS text RETURN encode(sha256(convert_to(t, 'UTF8')), 'hex')"


@dataclass(frozen=True, slots=True)
class Home:
    """An engine that holds a shop's tables: it keeps tables and answers questions."""

    tables: Mapping[str, ibis.Table]
    keep: Callable[[str, ibis.Table], ibis.Table]
    ask: Callable[[ibis.Table], Sequence[Mapping[str, Any]]]


@ibis.udf.scalar.builtin  # type: ignore[untyped-decorator]
def sha256_of(text: str) -> str: ...  # type: ignore[empty-body]


@pytest.mark.slow
def test_facts_segments_and_plan_of_the_sample_are_the_same(postgres: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    project = read_project(ROOT)
    postgres.create("sample")
    with open_customers(ROOT, project.shop) as engine, postgres.open("sample") as connection:
        occasions = occasions_of(project, engine)
        expected = _answers(Home(engine.tables, engine.keep, engine.ask), project, occasions)
        tables = {
            name: load_typed(connection, name, table.schema(), engine.ask(table))
            for name, table in engine.tables.items()
        }
        # Ibis 12 has no word for SHA-256 in PostgreSQL; all else of the plan needs no help.
        connection.con.execute(HASH)
        monkeypatch.setattr(suppressions, "address_hash", sha256_of)
        server = Home(tables, connection.create_table, lambda question: rows_of(connection, question))
        found = _answers(server, project, occasions)
    assert [len(rows) for rows in found] == [len(rows) for rows in expected]
    for name, rows, right in zip(("facts", "members", "plan"), found, expected, strict=True):
        wrong = [(name, row, other) for row, other in zip(rows, right, strict=True) if row != other]
        assert wrong == []


def _answers(home: Home, project: Project, occasions: Occasions) -> list[list[Mapping[str, Any]]]:
    """All facts, all memberships, and all that was decided, in one order."""
    extra = tier_facts(home.tables, project.programme.tiers, FIRST)
    own = (*project.facts, *event_facts(project.segments))
    known = home.keep("facts", facts(home.tables, own, extra, FIRST, Scope(schema=project.shop.schema)))
    cuts = find_cuts(home.ask, rank_keys(project.segments), known)
    table = home.keep("members", members(project.segments, known, FIRST, cuts))
    types = ibis.schema(DELIVERY_TYPES)
    inputs = PlanInputs(
        shop=project.shop,
        campaigns=project.campaigns,
        segments=project.segments,
        occasions=occasions,
        facts=known,
        members=table,
        values=values(known),
        tables=home.tables,
        deliveries=home.keep("deliveries", ibis.memtable(types.to_pyarrow().empty_table(), schema=types)),
        first=FIRST,
        last=LAST,
    )
    decided = home.keep("decided", decide(inputs))
    return [sorted(home.ask(one), key=lambda row: tuple(map(str, row.values()))) for one in (known, table, decided)]
