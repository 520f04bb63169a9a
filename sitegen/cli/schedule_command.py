"""`sitegen schedule`."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import click

from sitegen.cli.days import Day

LONGEST = 3660
"""Days that it looks ahead at most."""


@click.command(
    "schedule",
    short_help="The next instants when the output changes.",
    epilog="Example: sitegen schedule --days 90 --format cron",
)
@click.option(
    "--days", "count", type=click.IntRange(1, LONGEST), default=60, show_default=True, help="How far to look."
)
@click.option("--on", "days", type=Day(), help="The first day; without it, today.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "ics", "cron"]),
    default="text",
    show_default=True,
    help="Lines to read, one JSON document, a calendar file, or lines for cron.",
)
def schedule_command(count: int, days: tuple[date, date] | None, form: str) -> None:
    """Say when a build makes something else from the same files: then somebody, or cron, must build again.

    Pages that appear or leave the site, prices and benefits that change on them, letters and cards that leave, letters
    that leave the archive, new keys. Of the customer file it reads goods and gatherings, and no customer: what leaves
    on each customer's own day is in `sitegen plan`.
    """
    from sitegen.build.offers import with_goods
    from sitegen.build.schedule import schedule
    from sitegen.cli.days import when
    from sitegen.cli.schedule_formats import Asked, in_format
    from sitegen.cli.secrets import database_url
    from sitegen.content.folder import find_shop
    from sitegen.content.project import read_project
    from sitegen.errors import Unusable

    root = find_shop(Path.cwd())
    first = when(root, days).first
    last = first + timedelta(days=count - 1)
    project = read_project(root)
    try:
        project = with_goods(root, project, first, database_url())
    except Unusable as error:
        click.echo(f"days on which goods or gatherings change a page are not told of: {error}", err=True)
    changes = schedule(project, first, last)
    click.echo(in_format(form, Asked(project.shop, root, first, last), changes), nl=False)
