"""Rules and facts can be said to other engines: Ibis writes them in the engines' own SQL, without a client."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import ibis
import pytest
import sqlglot

from sitegen.audience.facts.facts import facts
from sitegen.audience.language.catalogue import CATALOGUE
from sitegen.audience.language.phrases import forms
from sitegen.audience.selection.membership import members
from sitegen.audience.selection.phrase_values import phrase_value
from sitegen.audience.selection.ranks import find_cuts, rank_keys
from sitegen.model.column import Kind
from sitegen.model.rule import All, Condition, HasAll, HasAny, HasNone, Phrase
from sitegen.model.segment import Segment
from sitegen.model.table import STANDARD
from tests.audience.drawn_rules import FACTS, PLACE, SCHEMA, conditions_of, values_of
from tests.audience.engines import DuckDB
from tests.servers.postgres import types_of

TODAY = date(2026, 9, 8)
DIALECTS = ("duckdb", "postgres", "pyspark", "bigquery", "trino", "snowflake")
FORMS = [(fact, form) for fact in FACTS for form in forms(fact.kind)]
ONE_OF_EACH = tuple(conditions_of(form, fact, TODAY)[-1] for fact, form in FORMS)


def said(expression: ibis.Table, dialect: str) -> str:
    """The question in the SQL of that engine, which its own grammar reads."""
    compiler = importlib.import_module(f"ibis.backends.sql.compilers.{dialect}").compiler
    text: str = compiler.to_sqlglot(expression).sql(compiler.dialect)
    assert sqlglot.parse_one(text, read=compiler.dialect) is not None
    return text


@pytest.fixture(scope="module")
def duckdb() -> Iterator[DuckDB]:
    """An engine with a customer for each value of each fact, to answer the questions about ranks."""
    connection = ibis.duckdb.connect(threads=1)
    engine = DuckDB(connection)
    values = [(fact.column, value) for fact in FACTS for value in values_of(fact, TODAY)]
    engine.put(
        "facts", SCHEMA, [{"customer_id": f"c{n:03d}", column: value} for n, (column, value) in enumerate(values)]
    )
    yield engine
    connection.disconnect()


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_form_can_be_said(duckdb: DuckDB, dialect: str) -> None:
    known = ibis.table(SCHEMA, name="facts")
    asked: list[str] = []

    def ask(question: ibis.Table) -> Sequence[Mapping[str, Any]]:
        asked.append(said(question, dialect))
        return duckdb.ask(question)

    segments = tuple(_alone(number, condition) for number, condition in enumerate(ONE_OF_EACH))
    cuts = find_cuts(ask, rank_keys(segments), known)
    assert asked
    text = said(members(segments, known, TODAY, cuts), dialect)
    assert all(segment.id in text for segment in segments)


def _alone(number: int, condition: Condition) -> Segment:
    return Segment(f"segment-{number}", condition.fact.name, "", All((condition,)), PLACE)


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_fact_can_be_reckoned(dialect: str) -> None:
    tables = {table.name: ibis.table(types_of(table), name=table.name) for table in STANDARD.tables}
    text = said(facts(tables, (), None, TODAY), dialect)
    assert all(fact.column in text for fact in CATALOGUE.values())


@pytest.mark.parametrize("phrase", [HasAny(("beads",)), HasAll(("beads",)), HasNone(("beads",))], ids=str)
def test_a_list_that_is_not_known_answers_nothing_on_bigquery_too(phrase: Phrase) -> None:
    """There, EXISTS of a list that is null is false, and not one of nothing would be true."""
    lists = ibis.table({"interests": "array<string>"}, name="lists")
    text = said(lists.select(holds=phrase_value(lists["interests"], Kind.LIST, phrase, TODAY)), "bigquery")
    known = r"SELECT IF\(`t0`\.`interests` IS NOT NULL, .*, (CAST\(NULL AS BOOL\)|NULL)\) AS `holds`"
    assert re.search(known, text, re.DOTALL)
