"""`sitegen doctor`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.errors import Exit, Unusable

if TYPE_CHECKING:
    from sitegen.build.doctor.checks import Check
    from sitegen.build.doctor.doctor import Patient


@click.command(
    "doctor",
    short_help="What this machine lacks, and what is unsafe.",
    epilog="Example: sitegen doctor --json",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document and nothing else.")
def doctor_command(as_json: bool) -> int:
    """Look at this machine, the shop's folder and its address: what is missing, what is unsafe, what to do.

    Changes nothing. Ends with exit code 1 where there is a problem; a warning is none.
    """
    from sitegen.build.doctor.checks import State
    from sitegen.build.doctor.doctor import examine

    patient = _patient()
    checks = tuple(examine(patient, shutil.which))
    problems = sum(check.state is State.PROBLEM for check in checks)
    if as_json:
        click.echo(json.dumps({"checks": [_value(check) for check in checks], "problems": problems}, indent=1))
    else:
        for check in checks:
            click.echo(f"{check.state.value:<8} {check.name}: {check.said}")
            if check.todo:
                click.echo(f"{'':<8}   why it matters: {check.why}")
                click.echo(f"{'':<8}   do this: {check.todo}")
        if patient is None:
            click.echo("\nNo shop here, so only this machine was looked at; `sitegen init DIR` begins one.")
        warnings = sum(check.state is State.WARNING for check in checks)
        click.echo(f"\n{_count(problems, 'problem')}, {_count(warnings, 'warning')}.")
    return Exit.MISTAKE if problems else Exit.DONE


def _patient() -> Patient | None:
    from sitegen.build.doctor.doctor import Patient
    from sitegen.cli.secrets import key_file, spelled_keys
    from sitegen.content.folder import find_shop
    from sitegen.errors import SitegenError

    try:
        root = find_shop(Path.cwd())
    except Unusable:
        return None
    try:
        dev = spelled_keys(root).dev
    except SitegenError:
        # A key file that others can read is told by the doctor himself.
        dev = False
    return Patient(root, key_file(), dev)


def _value(check: Check) -> dict[str, str]:
    said = {"name": check.name, "state": check.state.value, "said": check.said}
    return {**said, "why": check.why, "todo": check.todo}


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"
