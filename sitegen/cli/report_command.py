"""`sitegen report`."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.days import Day

if TYPE_CHECKING:
    from sitegen.model.project import Project
    from sitegen.model.report import Report
    from sitegen.render.desk.amounts import Amounts


@click.command(
    "report",
    short_help="The owner's measures.",
    epilog="Example: sitegen report gold --on 2026-09-08",
)
@click.argument("name", required=False)
@click.option("--on", "days", type=Day(), help="The day to look from; without it, today.")
@click.option("--personal", is_flag=True, help="Show names and personal values, too.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def report_command(
    name: str | None, days: tuple[date, date] | None, personal: bool, quiet: bool, as_json: bool
) -> None:
    """Answer what an owner asks: who brings the profit, who is lost and what it costs, what must be looked at now.

    All reports with their figures, alarming things first; with NAME one report whole, with what each figure means,
    over which days it is reckoned, and its lists. Customers are not named, unless --personal. A build with `--only
    work` makes pages, tables and a PDF of the same.
    """
    from sitegen.build.desk.owners.reports import report_names
    from sitegen.build.reading import read_shop
    from sitegen.cli.days import when
    from sitegen.cli.secrets import database_url
    from sitegen.content.folder import find_shop

    if name is not None and name not in report_names():
        from sitegen.audience.language.suggestions import did_you_mean

        hint = did_you_mean(name, report_names())
        raise click.BadParameter(f"there is no report '{name}'\nhint: {hint}", param_hint="NAME")
    root, database = find_shop(Path.cwd()), database_url()
    on = when(root, days).first
    project = read_shop(root, database)
    made = _made(root, project, (on, database), name, quiet or as_json)
    if as_json:
        _print_json(made, on, name, personal)
        return
    from sitegen.cli.report_tables import one_report, overview

    amounts = _amounts(root, project)
    if name is None:
        overview(made, amounts, on)
    else:
        one_report(made[0], amounts, personal)


def _made(root: Path, project: Project, at: tuple[date, str], name: str | None, quiet: bool) -> tuple[Report, ...]:
    from sitegen.build.desk.owners.reports import report_names, reports
    from sitegen.build.people import open_people
    from sitegen.cli.progress import progress

    names, shown = report_names() if name is None else (name,), progress(quiet)
    with ExitStack() as stack:
        with shown.step("customers"):
            people = stack.enter_context(open_people(root, project, *at))
        with shown.step("reports", len(names)) as done:
            made = []
            for report in reports(root, project, people, at[0], names):
                made.append(report)
                done()
    return tuple(made)


def _amounts(root: Path, project: Project) -> Amounts:
    from sitegen.build.desk.office import house_theme
    from sitegen.render.desk.amounts import Amounts
    from sitegen.render.desk.kit import house_words

    shop = project.shop
    return Amounts(shop.language, shop.currency, house_words(house_theme(root, project.theme), shop.language))


def _print_json(reports: tuple[Report, ...], on: date, name: str | None, personal: bool) -> None:
    from sitegen.cli.segment_json import document
    from sitegen.render.desk.report_json import report_value

    values = [report_value(report, personal) for report in reports]
    click.echo(document({"on": on.isoformat(), **({"reports": values} if name is None else values[0])}))
