"""`sitegen plan`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from sitegen.cli.days import Days


@click.command(
    "plan",
    short_help="Who gets what, when and why, and who does not.",
    epilog="Example: sitegen plan --on 2026-09-11 --campaign 2026/mid-autumn",
)
@click.option("--on", "days", type=Days(), help="The days to plan; without it, today.")
@click.option("--campaign", help="One campaign only, by its id.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document: every line, every exclusion.")
def plan_command(days: tuple[date, date] | None, campaign: str | None, as_json: bool) -> None:
    """Name every recipient and every exclusion with its reason, before a single message exists."""
    from sitegen.audience.suggestions import did_you_mean
    from sitegen.build.people import make_plan, open_people
    from sitegen.build.reading import read_shop
    from sitegen.cli.days import when
    from sitegen.cli.tables import plan_json, plan_tables
    from sitegen.content.folder import find_shop
    from sitegen.errors import Unusable

    root = find_shop(Path.cwd())
    at = when(root, days)
    project = read_shop(root)
    if campaign is not None and project.campaign(campaign) is None:
        hint = did_you_mean(campaign, (known.id for known in project.campaigns))
        raise Unusable(f"there is no campaign '{campaign}'\nhint: {hint}")
    with open_people(root, project, at.first) as people:
        plan = make_plan(root, project, people, at.first, at.last)
        if campaign is not None:
            plan = plan.only(campaign)
        if as_json:
            click.echo(plan_json(people, plan))
        else:
            plan_tables(people, plan)
