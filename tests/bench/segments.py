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
from tempfile import TemporaryDirectory
from typing import Any

import ibis

from sitegen.audience.language.catalogue import catalogue_of
from sitegen.audience.language.references import check_references
from sitegen.audience.reading.rules import parse_segments
from sitegen.audience.selection.membership import members
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
from tests.audience.little_shop import TODAY, campaign
from tests.bench.crowd import write_crowd
from tests.bench.timing import Clock, Result, head
from tests.plain_shop import SHOP

SIZES = (1_000_000, 10_000_000)
READING = "reading and checking"
STEPS = {
    READING: READING,
    "facts": "facts",
    "cuts": "cuts of three rankings",
    "members": "memberships, kept",
    "counts": "counts of the 20 segments from the facts, one scan (goal at 10 M: 5)",
    "counts from memberships": "counts from the memberships",
    "explain": "explanation of one customer in one segment (goal at 10 M: 0.1)",
    "explain all": "explanation of one customer in all 20 segments",
    "plan": "plan of two campaigns",
}
SEGMENTS = Path(__file__).with_name("twenty.yaml")
ONE = "C-00004711"
"""The customer whose segments are explained."""
MEMORY = "5GB"
"""What the engine may use; site.yaml says it as `data: {memory: 5GB}`."""


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


def section() -> str:
    """Measure all of it, and say it in Markdown."""
    found: dict[tuple[str, int], Result] = {}
    for customers in SIZES:
        with TemporaryDirectory(prefix="sitegen-bench-") as folder:
            write_crowd(Path(folder) / "customers", customers)
            for who in ("ours", "polars", *(("pandas",) if customers == SIZES[0] else ())):
                found[who, customers] = in_a_child(who, Path(folder))
    for (who, customers), result in found.items():
        assert result.counts == found["ours", customers].counts, f"{who} counts otherwise"
    return written(found)


def written(found: Mapping[tuple[str, int], Result]) -> str:
    """The results as a table, and ours as a ratio of each peer's."""
    columns = [
        (who, customers) for customers in SIZES for who in ("ours", "polars", "pandas") if (who, customers) in found
    ]
    names = [f"{who}, {customers // 10**6} M" for who, customers in columns]
    lines = [
        head("duckdb", "ibis-framework", "polars", "pandas"),
        f"Three orders for each customer, twenty segments (twenty.yaml), two campaigns; the engine may use {MEMORY}",
        "(`data: {memory: 5GB}` in site.yaml). Each measurement is a process of its own. The peers read the same",
        "Parquet files and check nothing; their segments are written by hand and count the same; our facts hold",
        "what messages say besides (advisers, tiers, addresses). Seconds by the clock, and of all cores in brackets.",
        "",
        f"| seconds | {' | '.join(names)} |",
        f"|---|{'---:|' * len(columns)}",
    ]
    for step, title in STEPS.items():
        lines.append(f"| {title} | {' | '.join(_cell(found[column], (step,)) for column in columns)} |")
    rest = tuple(step for step in STEPS if step != READING)
    lines.append(f"| all but reading | {' | '.join(_cell(found[column], rest) for column in columns)} |")
    lines.append(f"| peak of the memory, GB | {' | '.join(f'{found[column].peak:.1f}' for column in columns)} |")
    ratios = [
        f"{_shared(found['ours', customers]) / _shared(found[who, customers]):.2f} of {who}'s at {customers // 10**6} M"
        for who, customers in columns
        if who != "ours"
    ]
    lines += [
        "",
        f"Facts, cuts, counts and memberships together take us this share of the cores' time: {', '.join(ratios)}.",
    ]
    return "\n".join(lines)


def _cell(result: Result, steps: tuple[str, ...]) -> str:
    """Seconds by the clock and of all cores, "" where nothing was measured."""
    there = [step for step in steps if step in result.seconds]
    clock, cores = (sum(taken[step] for step in there) for taken in (result.seconds, result.worked))
    return f"{clock:.2f} ({cores:.2f})" if there else ""


def _shared(result: Result) -> float:
    """The cores' seconds of what the peers do, too: they do not depend on what else the machine does."""
    return sum(result.worked.get(step, 0.0) for step in ("facts", "cuts", "counts", "members"))


def ours(root: Path) -> Result:
    """The whole way over the customer file in `root`: load, facts, cuts, memberships, counts, explanation, plan."""
    clock, shop = Clock(), project()
    with ExitStack() as held:
        with clock.step(READING):
            engine = held.enter_context(open_customers(root, shop.shop, limits=Limits(memory=MEMORY)))
        people = people_on(TimedEngine(engine.connection, engine.tables, clock), shop, TODAY, messages=True)
        people = replace(people, engine=engine)
        found = counts(people, clock)
        gold = tuple(segment for segment in people.segments if segment.id == "gold")
        for step, asked in (("explain", gold), ("explain all", people.segments)):
            with clock.step(step):
                assert explained(people, ONE, asked)
        with clock.step("plan"):
            made = make_plan(root, shop, people, TODAY, TODAY)
        lines = {"planned": engine.count(made.planned), "excluded": engine.count(made.excluded)}
    return Result(clock.taken, clock.worked, found, lines)


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
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2], text=True).stdout
    return Result(**json.loads(said.splitlines()[-1]))


def main(who: str, root: str) -> None:
    """Run one measurement and print it as JSON."""
    result = ours(Path(root)) if who == "ours" else import_module(f"tests.bench.in_{who}").measure(Path(root))
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stdout.write(json.dumps(asdict(replace(result, peak=kilobytes / 1e6))))


if __name__ == "__main__":
    main(*sys.argv[1:])
