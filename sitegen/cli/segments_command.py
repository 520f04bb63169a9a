"""`sitegen segments`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sitegen.cli.days import Day
from sitegen.cli.rule_language import show_grammar, show_schema
from sitegen.errors import Exit, Unusable

if TYPE_CHECKING:
    from sitegen.build.people import People
    from sitegen.model.project import Project
    from sitegen.model.segment import Segment

DIALECTS = ("duckdb", "postgres", "pyspark", "bigquery", "trino")
SAMPLE = 5
"""Customers that are named on each side of a change, unless all are asked for."""
Command = TypeVar("Command", bound=Callable[..., Any])


def on_option(command: Command) -> Command:
    """`--on DATE`."""
    return click.option("--on", "days", type=Day(), help="The day to look from; without it, today.")(command)


def json_option(command: Command) -> Command:
    """`--json`."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON document.")(command)


def personal_option(command: Command) -> Command:
    """`--personal`."""
    return click.option("--personal", is_flag=True, help="Show names and personal values, too.")(command)


@click.group("segments", short_help="Who is in which segment, and why.")
def segments_group() -> None:
    """Look at the segments of content/segments/. Customers are shown by their ids, unless --personal."""


@segments_group.command(
    "list", short_help="All segments with their counts.", epilog="Example: sitegen segments list --overlap"
)
@click.argument("segments", nargs=-1, metavar="[SEGMENT]...")
@click.option("--overlap", is_flag=True, help="How many are in two segments at once.")
@on_option
@json_option
def list_command(segments: tuple[str, ...], overlap: bool, days: tuple[date, date] | None, as_json: bool) -> None:
    """Each SEGMENT with how many customers are in it, for how many it is the primary one, and what has changed.

    Without a SEGMENT all of them; then --overlap shows the largest overlaps of a shop with more than a few.

    A customer in several segments hears from the shop under the one with the lowest priority, the primary one.
    """
    here = _read(days)
    project, on = here.project, here.on
    from sitegen.build.jumps import former_counts
    from sitegen.build.segments import by_priority, segment_counts
    from sitegen.cli import segment_json, segment_tables

    asked = {_named(project, name).id for name in segments}
    shown = tuple(one for one in by_priority(project.segments) if not asked or one.id in asked)
    with _open(here, project) as people:
        counts = segment_counts(people, overlap)
    before = former_counts(here.root)
    if as_json:
        click.echo(segment_json.document(segment_json.list_value(shown, counts, before, on)))
        return
    segment_tables.list_table(shown, counts, before, on)
    if overlap and (asked or len(shown) <= segment_tables.FEW):
        segment_tables.overlap_tables(shown, counts)
    elif overlap:
        segment_tables.largest_overlaps(shown, counts)


@segments_group.command(
    "show",
    short_help="One segment: its rule, its members, its SQL.",
    epilog="Example: sitegen segments show gold --dialect postgres",
)
@click.argument("segment", required=False)
@click.option("--dialect", type=click.Choice(DIALECTS), default="duckdb", help="The engine whose SQL to print.")
@click.option("--grammar", is_flag=True, help="Print what a rule may say, and nothing else.")
@click.option("--schema", is_flag=True, help="Print a JSON Schema of segment files for editors, and nothing else.")
@personal_option
@on_option
@json_option
def show_command(
    segment: str | None,
    dialect: str,
    grammar: bool,
    schema: bool,
    personal: bool,
    days: tuple[date, date] | None,
    as_json: bool,
) -> None:
    """SEGMENT's rule in words, where it stands, its count, five of its members, and the SQL that it becomes."""
    if grammar and schema:
        raise click.UsageError("--grammar and --schema print different things; ask for one of them")
    if grammar:
        show_grammar(as_json)
        return
    if schema:
        show_schema()
        return
    if segment is None:
        raise click.UsageError("Missing argument 'SEGMENT'; only --grammar and --schema go without.")
    here = _read(days)
    project = here.project
    from sitegen.build.segments import shown_segment
    from sitegen.cli import segment_json, segment_tables

    found = _named(project, segment)
    with _open(here, _only(project, (found,))) as people:
        shown = shown_segment(people, found, dialect, personal)
    if as_json:
        click.echo(segment_json.document(segment_json.shown_value(found, shown)))
        return
    segment_tables.shown_segment(found, shown)


@segments_group.command(
    "explain",
    short_help="Why a customer is in a segment, or not.",
    epilog="Example: sitegen segments explain C-00001 gold",
)
@click.argument("customer")
@click.argument("segment", required=False)
@personal_option
@on_option
@json_option
def explain_command(
    customer: str, segment: str | None, personal: bool, days: tuple[date, date] | None, as_json: bool
) -> None:
    """Say why CUSTOMER is in SEGMENT or not, condition by condition; without SEGMENT, what decided for each."""
    here = _read(days)
    project, on = here.project, here.on
    from sitegen.build.segments import by_priority, explained
    from sitegen.cli import explanations, segment_json

    wanted = by_priority(project.segments) if segment is None else (_named(project, segment),)
    with _open(here, _only(project, wanted)) as people:
        found = explained(people, customer, wanted)
    if as_json:
        values = [segment_json.explanation_value(one, personal) for one in found]
        told = {"segments": values} if segment is None else values[0]
        click.echo(segment_json.document({"customer": customer, "on": on.isoformat(), **told}))
    elif segment is None:
        explanations.print_overview(customer, found, on, personal)
    else:
        explanations.print_explanation(customer, found[0], on, personal)


@segments_group.command(
    "test",
    short_help="Hold segments against the customers they expect.",
    epilog="Example: sitegen segments test --on 2026-09-08",
)
@personal_option
@on_option
@json_option
def test_command(personal: bool, days: tuple[date, date] | None, as_json: bool) -> int:
    """Check every `test:` of every segment: who must be in it, and who must not, on its own day or on --on.

    Exits with 1 where one does not hold.
    """
    here = _read(days)
    project, on = here.project, here.on
    from sitegen.build.segment_tests import run_tests
    from sitegen.cli import explanations, segment_json
    from sitegen.data.engine import open_customers
    from sitegen.data.remembered import with_ledger

    with open_customers(here.root, project.shop, here.database) as opened:
        engine = with_ledger(opened, project.shop, here.root / project.shop.ledger)
        tested = run_tests(project, engine, on)
    if as_json:
        click.echo(segment_json.document(segment_json.tested_value(tested, personal)))
    else:
        explanations.print_tested(tested, personal)
    return Exit.MISTAKE if tested.failures else Exit.DONE


@segments_group.command(
    "diff",
    short_help="Who came and who left between two days.",
    epilog="Example: sitegen segments diff --from 2026-09-01 --on 2026-09-08 gold",
)
@click.argument("segment", required=False)
@click.option("--from", "start", type=Day(), required=True, help="The day to compare with.")
@click.option("--all", "everybody", is_flag=True, help=f"Every customer, not the first {SAMPLE}.")
@personal_option
@on_option
@json_option
def diff_command(
    segment: str | None,
    start: tuple[date, date],
    everybody: bool,
    personal: bool,
    days: tuple[date, date] | None,
    as_json: bool,
) -> None:
    """Who entered and who left each segment, or SEGMENT, from one day to another, and since when they are there.

    Both days are reckoned from the customer file as it is now. `since` is the first day of the present state:
    looked up day by day over a month, week by week over a longer time.
    """
    here = _read(days)
    project, on = here.project, here.on
    if start[0] >= on:
        raise click.BadParameter(f"{start[0]} does not lie before {on}", param_hint="'--from'")
    from sitegen.build.segment_changes import Asked, changes, looks
    from sitegen.build.segments import by_priority, names_of
    from sitegen.cli import segment_json, segment_tables
    from sitegen.cli.progress import progress

    wanted = by_priority(project.segments) if segment is None else (_named(project, segment),)
    smaller = _only(project, wanted)
    number = len(looks(start[0], on)) - 1
    with _open(here, smaller) as people, progress(quiet=as_json).step("looking back", number) as looked:
        most = None if everybody else SAMPLE
        found = changes(smaller, people, Asked(wanted, start[0], most), looked)
        ids = [move.customer_id for change in found for move in (*change.came, *change.went)]
        names = names_of(people, ids) if personal else {}
    if as_json:
        click.echo(segment_json.document(segment_json.changes_value(found, names, start[0], on)))
        return
    segment_tables.changes_table(found, names, start[0], on)


@dataclass(frozen=True, slots=True)
class _Here:
    """The shop, its folder, the day to look from, and the secret address of its database, "" where there is none."""

    root: Path
    project: Project
    on: date
    database: str = field(repr=False)


def _read(days: tuple[date, date] | None) -> _Here:
    """Read the shop. Raises Unusable where it has no segments."""
    from sitegen.build.reading import read_shop
    from sitegen.cli.days import when
    from sitegen.cli.secrets import database_url
    from sitegen.content.folder import find_shop

    root = find_shop(Path.cwd())
    on = when(root, days).first
    # Whoever asks for the address takes it out of the environment: it is asked for once.
    database = database_url()
    project = read_shop(root, database)
    if not any(segment.named for segment in project.segments):
        hint = "write one into content/segments/; `sitegen segments show --grammar` prints what a rule may say"
        raise Unusable(f"there are no segments yet\nhint: {hint}")
    return _Here(root, project, on, database)


@contextmanager
def _open(here: _Here, project: Project) -> Iterator[People]:
    """The customers, and the facts and members of as much of the shop as `project` has."""
    from sitegen.build.people import open_people

    with open_people(here.root, project, here.on, here.database, messages=False) as people:
        yield people


def _named(project: Project, name: str) -> Segment:
    """The segment of that name. Raises Unusable where there is none."""
    from sitegen.audience.language.suggestions import did_you_mean

    found = project.segment(name)
    if found is None or not found.named:
        hint = did_you_mean(name, (known.id for known in project.segments if known.named))
        raise Unusable(f"there is no segment '{name}'\nhint: {hint}")
    return found


def _only(project: Project, wanted: tuple[Segment, ...]) -> Project:
    """The shop with these segments and those that they refer to: facts that nobody asks for are not reckoned."""
    from sitegen.audience.language.references import with_references

    return replace(project, segments=with_references(wanted, project.segments))
