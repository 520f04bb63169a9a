"""`sitegen plan`."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.days import Days

if TYPE_CHECKING:
    from sitegen.build.people import People
    from sitegen.build.plan import Plan
    from sitegen.model.project import Project


@click.command(
    "plan",
    short_help="Who gets what, when and why, and who does not.",
    epilog="Example: sitegen plan --on 2026-09-11 --campaign 2026/mid-autumn",
)
@click.option("--on", "days", type=Days(), help="The days to plan; without it, today.")
@click.option("--campaign", help="One campaign only, by its id.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document: every line, every exclusion, every change.")
def plan_command(days: tuple[date, date] | None, campaign: str | None, as_json: bool) -> None:
    """Name every recipient and every exclusion with its reason, before a single message exists.

    The whole plan is stored, and the next one says what has changed since.
    """
    from sitegen.build.people import open_people, with_revoked
    from sitegen.build.plan import make_plan, since_last
    from sitegen.build.reading import read_shop
    from sitegen.cli.days import when
    from sitegen.cli.plan_json import plan_json
    from sitegen.cli.plan_tables import plan_tables
    from sitegen.cli.secrets import database_url, decoded, lock_of, spelled_keys
    from sitegen.content.folder import find_shop

    root, database = find_shop(Path.cwd()), database_url()
    keys = decoded(spelled_keys(root))
    lock, card_key = lock_of(root, keys).lock, keys.roots.card
    at = when(root, days)
    project = read_shop(root, database)
    if campaign is not None:
        _require(campaign, project)
    if lock.revoked and card_key is None:
        click.echo("note: without the card key nobody can tell whose card was revoked; they are planned, too", err=True)
    with open_people(root, project, at.first, database) as opened:
        people = with_revoked(opened, lock, card_key)
        plan = make_plan(root, project, people, at.first, at.last)
        shown = plan if campaign is None else plan.only(campaign)
        since = since_last(root, people.engine, shown, campaign)
        if as_json:
            sys.stdout.writelines(plan_json(people, shown, since))
        else:
            plan_tables(people, shown, project.shop, since)
        if campaign is None:
            _store(root, people, plan)


def _store(root: Path, people: People, plan: Plan) -> None:
    """Store the plan, unless a build is running: two would write one file, and the build stores its own."""
    from sitegen.build.plan import store_plan
    from sitegen.errors import Unusable
    from sitegen.publish.hold import hold

    with ExitStack() as lock:
        try:
            lock.enter_context(hold(root))
        except Unusable:
            click.echo("note: this plan was not stored, because a build of this shop is running", err=True)
            return
        store_plan(root, people.engine, plan)


def _require(campaign: str, project: Project) -> None:
    from sitegen.audience.language.suggestions import did_you_mean
    from sitegen.errors import Unusable

    if project.campaign(campaign) is None:
        hint = did_you_mean(campaign, (known.id for known in project.campaigns))
        raise Unusable(f"there is no campaign '{campaign}'\nhint: {hint}")
