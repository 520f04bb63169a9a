"""`sitegen check`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sitegen.build.checking.report import Report
    from sitegen.errors import Problem

FORMATS = ("text", "json", "github")


@click.command(
    "check",
    short_help="Everything that can be known without writing.",
    epilog="Example: sitegen check --strict --format github",
)
@click.option("--strict", is_flag=True, help="A warning is a mistake.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How to tell it.")
@click.option("--quiet", is_flag=True, help="No progress, no summary.")
def check_command(strict: bool, form: str, quiet: bool) -> int:
    """Read the whole shop, and compose its pages, mails and texts for all kinds of readers, without writing anything.

    Tells all mistakes at once. Ends with exit code 4 where nothing but links is broken, 6 where nothing but
    messages may not be sent, else with 1; a warning alone is no mistake.
    """
    from sitegen.build.checking.check import check
    from sitegen.cli.days import when
    from sitegen.cli.progress import progress
    from sitegen.cli.secrets import database_url
    from sitegen.content.folder import find_shop
    from sitegen.errors import Mistakes

    root = find_shop(Path.cwd())
    report = check(root, when(root, None).first, database_url(), progress(quiet or form != "text"), strict)
    if form == "text":
        for line in _lines(report, quiet):
            click.echo(line)
        if report.mistakes:
            raise Mistakes(report.mistakes, report.exit_code)
    else:
        click.echo(TOLD[form](report), nl=False)
    return report.exit_code


def _lines(report: Report, quiet: bool) -> Iterator[str]:
    """Warnings and notes, and where there is no mistake, what was looked at."""
    yield from (f"warning: {warning}" for warning in report.warnings)
    if not quiet:
        yield from (f"note: {note}" for note in report.notes)
    if not quiet and not report.mistakes:
        looked = ", ".join(_counted(count.number, count.name) for count in report.looked)
        warned = f", {_counted(len(report.warnings), 'warnings')}" if report.warnings else ""
        yield f"Looked at {looked}: no mistakes{warned}."


def _counted(number: int, things: str) -> str:
    return f"{number:,} {things.removesuffix('s') if number == 1 else things}"


def _json(report: Report) -> str:
    document = {
        "mistakes": [_value(problem) for problem in report.mistakes],
        "warnings": [_value(problem) for problem in report.warnings],
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
    told = (("error", report.mistakes), ("warning", report.warnings))
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
