"""Hold the segments against the customers whom their `test:` expects in them, and not in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sitegen.audience.facts.rows import table_of
from sitegen.audience.language.references import with_references
from sitegen.audience.selection.explain import Explanation, explain, questions
from sitegen.build.people import People, people_on
from sitegen.data.engine import Engine
from sitegen.errors import Mistakes
from sitegen.model.project import Project
from sitegen.model.segment import Expected, Segment


@dataclass(frozen=True, slots=True)
class Failure:
    """An expectation that does not hold on its day, and why."""

    expected: Expected
    on: date
    explanation: Explanation


@dataclass(frozen=True, slots=True)
class Tested:
    """How many expectations there are, of how many segments, and those that do not hold, by place."""

    number: int
    segments: int
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    segment: Segment
    expected: Expected
    on: date


def run_tests(project: Project, engine: Engine, today: date) -> Tested:
    """Every expectation of every segment, each on its own day, or on `today`.

    Raises Mistakes where a test names a customer who is not in the customer file.
    """
    cases = tuple(_cases(project, today))
    _refuse_unknown(engine, cases)
    failures: list[Failure] = []
    for day in sorted({case.on for case in cases}):
        failures += _failures(project, engine, tuple(case for case in cases if case.on == day), day)
    failures.sort(key=lambda failure: failure.expected.place)
    return Tested(len(cases), len({case.segment.id for case in cases}), tuple(failures))


def _cases(project: Project, today: date) -> Iterator[_Case]:
    for segment in project.segments:
        for test in segment.tests:
            for expected in test.expected:
                yield _Case(segment, expected, test.on or today)


def _refuse_unknown(engine: Engine, cases: tuple[_Case, ...]) -> None:
    customers = table_of(engine.tables, "customers")
    wanted = sorted({case.expected.customer_id for case in cases})
    asked = customers.filter(customers["customer_id"].isin(wanted)).select("customer_id")
    known = {row["customer_id"] for row in engine.ask(asked)} if wanted else set()
    problems = [
        case.expected.place.problem(
            "unknown-customer",
            f"there is no customer '{case.expected.customer_id}' in the customer file",
            "ids are case-sensitive",
        )
        for case in cases
        if case.expected.customer_id not in known
    ]
    if problems:
        raise Mistakes(problems)


def _failures(project: Project, engine: Engine, cases: tuple[_Case, ...], day: date) -> Iterator[Failure]:
    segments = with_references(tuple(case.segment for case in cases), project.segments)
    people = people_on(engine, replace(project, segments=segments), day, f" {day}")
    found = _explanations(people, sorted({case.expected.customer_id for case in cases}))
    for case in cases:
        explanation = found[case.expected.customer_id, case.segment.id]
        if explanation.member is not case.expected.member:
            yield Failure(case.expected, day, explanation)
    engine.drop(people.members)
    engine.drop(people.facts)


def _explanations(people: People, customers: list[str]) -> dict[tuple[str, str], Explanation]:
    """By customer and segment."""
    table = questions(people.segments, people.facts, people.today, people.cuts)
    rows = people.engine.ask(table.filter(table["customer_id"].isin(customers)))
    return {
        (row["customer_id"], one.segment.id): one for row in rows for one in explain(people.segments, row, people.cuts)
    }
