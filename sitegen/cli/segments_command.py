"""`sitegen segments`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from sitegen.cli.days import Days


@click.group("segments", short_help="Who is in which segment.")
def segments_group() -> None:
    """Look at the segments of content/segments/."""


@segments_group.command(
    "list", short_help="All segments with their counts.", epilog="Example: sitegen segments list --json"
)
@click.option("--on", "days", type=Days(), help="The day to look from; without it, today.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def list_command(days: tuple[date, date] | None, as_json: bool) -> None:
    """Each segment with how many customers are in it, and for how many it is the primary one."""
    from sitegen.build.people import open_people, segment_counts
    from sitegen.build.reading import read_shop
    from sitegen.cli.days import when
    from sitegen.cli.tables import segment_list
    from sitegen.content.folder import find_shop

    root = find_shop(Path.cwd())
    at = when(root, days)
    project = read_shop(root)
    with open_people(root, project, at.first) as people:
        segment_list(project, segment_counts(project, people), people.count(), as_json)


@segments_group.command("show", short_help="One segment in words.", epilog="Example: sitegen segments show gold")
@click.argument("segment")
@click.option("--on", "days", type=Days(), help="The day to look from; without it, today.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def show_command(segment: str, days: tuple[date, date] | None, as_json: bool) -> None:
    """SEGMENT's rule in words, the SQL that it becomes, its count, and five members by their ids."""
    from sitegen.audience.suggestions import did_you_mean
    from sitegen.build.people import open_people, shown_segment
    from sitegen.build.reading import read_shop
    from sitegen.cli.days import when
    from sitegen.cli.tables import segment_shown
    from sitegen.content.folder import find_shop
    from sitegen.errors import Unusable

    root = find_shop(Path.cwd())
    at = when(root, days)
    project = read_shop(root)
    found = project.segment(segment)
    if found is None or not found.named:
        hint = did_you_mean(segment, (known.id for known in project.segments if known.named))
        raise Unusable(f"there is no segment '{segment}'\nhint: {hint}")
    with open_people(root, project, at.first) as people:
        segment_shown(found, shown_segment(people, found), as_json)
