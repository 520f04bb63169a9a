"""Measure segments and the plan: a million and ten million customers, each measurement in a process of its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from importlib import import_module
from pathlib import Path
from typing import Any

import ibis

from sitegen.audience.catalogue import catalogue_of
from sitegen.audience.membership import members
from sitegen.audience.references import check_references
from sitegen.audience.rules import parse_segments
from sitegen.build.people import People, people_on
from sitegen.build.plan import make_plan
from sitegen.build.segments import explained
from sitegen.content.yaml_tree import read_yaml
from sitegen.data.engine import Engine, Limits, open_customers
from sitegen.model.campaign import EveryYear
from sitegen.model.channel import Channel, Kind
from sitegen.model.programme import Programme
from sitegen.model.project import Project
from sitegen.model.shop import FolderSource
from sitegen.model.theme import Theme
from tests.audience.little_shop import SHOP, TODAY, campaign
from tests.bench.timing import Clock, Result

SEGMENTS = Path(__file__).with_name("twenty.yaml")
ONE = "C-00004711"
"""The customer whose segments are explained."""
MEMORY = "4GB"
"""What the engine may use; site.yaml says it as `data: {memory: 4GB}`."""


@dataclass(frozen=True, slots=True)
class TimedEngine(Engine):
    """An engine that notes how long each table takes that it keeps, and the small questions between."""

    clock: Clock = field(default_factory=Clock)

    def keep(self, name: str, expression: ibis.Table) -> ibis.Table:
        """As Engine.keep."""
        with self.clock.step(name):
            return Engine.keep(self, name, expression)

    def ask(self, expression: ibis.Table) -> list[Mapping[str, Any]]:
        """As Engine.ask."""
        with self.clock.step("cuts"):
            return Engine.ask(self, expression)


def project() -> Project:
    """The shop of the bench: twenty segments and two campaigns."""
    shop = replace(SHOP, source=FolderSource("customers"), memory=MEMORY)
    tree = read_yaml(SEGMENTS.read_text(encoding="utf-8"), SEGMENTS.name)
    segments, facts, problems = parse_segments([tree], catalogue_of(shop.schema), shop.schema)
    assert (*problems, *check_references(segments)) == ()
    assert len(segments) == 20
    campaigns = (
        campaign("prices", Kind.PROMOTION, audience="regulars", text="Dear {{ first_name }},"),
        campaign("birthday", Kind.BIRTHDAY, (Channel.CARD, Channel.MAIL), EveryYear("birthday")),
    )
    return Project(shop, facts, segments, campaigns, (), Programme(), Theme("", "", {}, {}, {}, ()), {})


def ours(root: Path) -> Result:
    """The whole way over the customer file in `root`: load, facts, cuts, memberships, counts, explanation, plan."""
    clock, shop = Clock(), project()
    with ExitStack() as held:
        with clock.step("load and check"):
            engine = held.enter_context(open_customers(root, shop.shop, limits=Limits(memory=MEMORY)))
        people = people_on(TimedEngine(engine.connection, engine.tables, clock), shop, TODAY, messages=True)
        people = replace(people, engine=engine)
        found = counts(people, clock)
        with clock.step("explain"):
            assert explained(people, ONE, people.segments)
        with clock.step("plan"):
            made = make_plan(root, shop, people, TODAY, TODAY)
        lines = {"planned": engine.count(made.planned), "excluded": engine.count(made.excluded)}
    return Result(clock.taken, found, lines)


def counts(people: People, clock: Clock) -> Mapping[str, int]:
    """How many are in each segment: from the facts, in one scan; and once more from the memberships that were kept."""
    inside = members(people.segments, people.facts, people.today, people.cuts)
    names = [segment.id for segment in people.segments]
    found = []
    for step, table in (("counts", inside), ("counts from memberships", people.members)):
        with clock.step(step):
            found += people.engine.ask(table.aggregate(**{name: table[name].cast("int64").sum() for name in names}))
    assert found[0] == found[1]
    return {name: int(number) for name, number in found[0].items()}


def in_a_child(who: str, root: Path) -> Result:
    """What a measurement says that runs alone in a process, with the peak of its memory."""
    command = [sys.executable, "-m", "tests.bench.segments", who, str(root)]
    said = subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parents[2], text=True).stdout
    return Result(**json.loads(said))


def main(who: str, root: str) -> None:
    """Run one measurement and print it as JSON."""
    result = ours(Path(root)) if who == "ours" else import_module(f"tests.bench.in_{who}").measure(Path(root))
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stdout.write(json.dumps(asdict(replace(result, peak=kilobytes / 1e6))))


if __name__ == "__main__":
    main(*sys.argv[1:])
