"""On the sample shop the engine finds exactly the oracle's duties, and an adviser's morning looks as mornings do."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sitegen.build.desk.duties import duty_table
from sitegen.build.people import People, open_people, people_on
from sitegen.model.duty import INSTANCE_COLUMNS, Standing
from sitegen.programme.duties.standing import escalated, standing
from tests.desk import oracle
from tests.desk.sample import DAYS, TODAY, project, shop
from tests.golden.sample_shop import copy_of_the_sample

Rows = Sequence[Mapping[str, Any]]
OPEN = (Standing.OPEN, Standing.TODAY, Standing.LATE)


EACH_DAY = [pytest.param(day, id=str(day), marks=() if day == TODAY else pytest.mark.slow) for day in DAYS]


@dataclass
class Told:
    """The duties of each day that somebody asks for, as a build finds them."""

    root: Path
    people: People
    found: dict[date, Rows] = field(default_factory=dict)

    def on(self, day: date) -> Rows:
        """By name and subject."""
        if day not in self.found:
            same = day == self.people.today
            then = self.people if same else people_on(self.people.engine, project(), day, f" {day}", messages=True)
            kept = duty_table(self.root, project(), then, day, f"duties {day}")
            rows = self.people.engine.rows(kept.select(*INSTANCE_COLUMNS).order_by("duty", "subject"))
            self.found[day] = [row for batch in rows for row in batch]
        return self.found[day]


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    root = copy_of_the_sample(tmp_path_factory.mktemp("sample")).root
    with open_people(root, project(), TODAY) as people:
        yield Told(root, people)


@pytest.mark.parametrize("day", EACH_DAY)
def test_the_engine_finds_the_duties_of_the_oracle(told: Told, day: date) -> None:
    expected = oracle.instances(shop(day), project().programme.duties)
    assert {_key(row): row for row in told.on(day)} == {_key(row): row for row in expected}
    assert len(told.on(day)) == len(expected)


@pytest.mark.parametrize("day", EACH_DAY)
def test_both_say_the_same_of_how_each_duty_stands(told: Told, day: date) -> None:
    desk = project().programme.desk
    assert desk
    for row in told.on(day):
        assert standing(row, day) is oracle.standing(row, day)
        assert escalated(row, day, desk) == oracle.escalated(row, day, desk)


def test_every_rule_of_the_sample_has_made_a_duty_and_every_standing_occurs(told: Told) -> None:
    rows = told.on(TODAY)
    assert {row["duty"] for row in rows} == {duty.name for duty in project().programme.duties}
    assert {standing(row, TODAY) for row in rows} == set(Standing)
    assert {str(row["proof"]).split()[0] for row in rows} >= {"contact", "thanked_on", "called_on", "desk"}


def test_most_of_what_was_due_is_done_and_each_adviser_has_something_to_do(told: Told) -> None:
    states = Counter(standing(row, TODAY) for row in told.on(TODAY) if row["due"] <= TODAY)
    waiting: defaultdict[str, list[Standing]] = defaultdict(list)
    for row in told.on(TODAY):
        if standing(row, TODAY) in OPEN:
            waiting[row["adviser_id"]].append(standing(row, TODAY))
    assert states[Standing.DONE] > 2 * states[Standing.LATE] > 0
    assert set(waiting) == {f"A-{number:02}" for number in range(1, 9)}
    assert all(3 <= len(found) <= 60 for found in waiting.values()), {who: len(of) for who, of in waiting.items()}


def _key(row: Mapping[str, Any]) -> tuple[str, str]:
    return row["duty"], row["subject"]
