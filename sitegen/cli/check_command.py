"""`sitegen check`."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.days import Day

if TYPE_CHECKING:
    from datetime import date

    from sitegen.build.checking.outside.look import Outside
    from sitegen.build.checking.report import Report
    from sitegen.errors import Problem

FORMATS = ("text", "json", "github")


@click.command(
    "check",
    short_help="Everything that can be known without writing.",
    epilog="Example: sitegen check --strict --format github",
)
@click.option("--on", "days", type=Day(), metavar="DATE", help="The day, without it today.")
@click.option("--strict", is_flag=True, help="A warning is a mistake.")
@click.option("--external", is_flag=True, help="Visit the outside addresses that texts link to.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How to tell it.")
@click.option("--quiet", is_flag=True, help="No progress, no summary, only mistakes and warnings.")
def check_command(days: tuple[date, date] | None, strict: bool, external: bool, form: str, quiet: bool) -> int:
    """Read the whole shop, and compose its pages, mails and texts for all kinds of readers, without writing anything.

    Tells all mistakes at once, those first from which others follow. How much each class of findings weighs is said
    by `check:` in content/site.yaml. Ends with exit code 4 where nothing but links is broken, 6 where nothing but
    messages may not be sent, else with 1; a warning alone is no mistake.
    """
    from sitegen.build.checking.check import Wish, check
    from sitegen.cli.days import when
    from sitegen.cli.explain_command import more_about
    from sitegen.cli.progress import progress
    from sitegen.cli.secrets import database_url
    from sitegen.content.folder import find_shop
    from sitegen.errors import Mistakes

    root = find_shop(Path.cwd())
    wish = Wish(when(root, days).first, database_url(), strict, _outside() if external else None)
    report = check(root, wish, progress(quiet or form != "text"))
    if form == "text":
        for line in _lines(report, quiet):
            click.echo(line)
        if report.mistakes:
            raise Mistakes(report.mistakes, report.exit_code)
        if report.warnings:
            click.echo(more_about(report.warnings))
    else:
        click.echo(TOLD[form](report), nl=False)
    return report.exit_code


def _outside() -> Outside:
    """The clock and the proxies of this machine: nothing else of a check knows them."""
    from urllib.request import getproxies

    from sitegen.build.checking.outside.look import Outside

    return Outside(int(time.time()), getproxies())


def _lines(report: Report, quiet: bool) -> Iterator[str]:
    """Warnings, what is good to know, and where there is no mistake, what was looked at."""
    yield from (f"warning: {warning}" for warning in report.warnings)
    if not quiet:
        yield from (f"info: {info}" for info in report.infos)
        yield from (f"note: {note}" for note in report.notes)
    if not quiet and not report.mistakes:
        looked = ", ".join(_counted(count.number, count.name) for count in report.looked)
        told = ((report.warnings, "warnings"), (report.infos, "remarks"))
        others = "".join(f", {_counted(len(some), name)}" for some, name in told if some)
        yield f"Looked at {looked}: no mistakes{others}."


def _counted(number: int, things: str) -> str:
    return f"{number:,} {_one(things) if number == 1 else things}"


def _one(things: str) -> str:
    return things.removesuffix("es") if things.endswith("sses") else things.removesuffix("s")


def _json(report: Report) -> str:
    document = {
        "mistakes": [_value(problem) for problem in report.mistakes],
        "warnings": [_value(problem) for problem in report.warnings],
        "infos": [_value(problem) for problem in report.infos],
        "notes": list(report.notes),
        "looked": {count.name: count.number for count in report.looked},
        "exit": int(report.exit_code),
    }
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def _value(problem: Problem) -> dict[str, str | int]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
    }


def _github(report: Report) -> str:
    """Workflow commands, which GitHub shows beside the lines of a change."""
    told = (("error", report.mistakes), ("warning", report.warnings), ("notice", report.infos))
    lines = [_command(name, problem) for name, problems in told for problem in problems]
    return "".join(f"{line}\n" for line in (*lines, *(f"::notice::{_data(note)}" for note in report.notes)))


def _command(name: str, problem: Problem) -> str:
    place = {"file": problem.file, "line": problem.line, "col": problem.column, "title": problem.code}
    properties = ",".join(f"{key}={_property(str(value))}" for key, value in place.items() if value)
    said = f"{problem.message}\nhint: {problem.hint}" if problem.hint else problem.message
    return f"::{name} {properties}::{_data(said)}"


def _data(text: str) -> str:
    """As GitHub's toolkit escapes it: a command is one line."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


TOLD: dict[str, Callable[[Report], str]] = {"json": _json, "github": _github}
