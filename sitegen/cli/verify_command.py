"""`sitegen verify`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.errors import Exit

if TYPE_CHECKING:
    from sitegen.publish.verify.client import Address


@click.command(
    "verify",
    short_help="Compare a deployed site with what was built.",
    epilog="Example: sitegen verify https://members.lanternandloom.example",
)
@click.argument("where", metavar="URL|DIR")
@click.option("--json", "as_json", is_flag=True, help="One JSON document and nothing else.")
def verify_command(where: str, as_json: bool) -> int:
    """Compare every byte that URL or DIR gives with the digests in output/build.json.

    A changed, a missing and a strange file are found: exit 1. A URL is also asked for what must not be there, and its
    headers are looked at. No key is needed, so any machine can do it each night.
    """
    from sitegen.build.verify import verify
    from sitegen.cli.comparison import lines, value
    from sitegen.cli.progress import progress
    from sitegen.content.folder import find_shop

    report = verify(find_shop(Path.cwd()), _place(where), progress(quiet=as_json))
    if as_json:
        click.echo(json.dumps(value(report), indent=1, ensure_ascii=False))
    else:
        for line in lines(report):
            click.echo(line, err=True)
        click.echo(f"{report.where}: {report.files:,} files compared, {_count(len(report.findings))}.")
    return Exit.MISTAKE if report.findings else Exit.DONE


def _place(where: str) -> Address | Path:
    from sitegen.publish.verify.client import read_address

    if "://" not in where:
        if not Path(where).is_dir():
            raise click.UsageError(f"there is no folder '{where}'; an address begins with https://")
        return Path(where).resolve()
    try:
        return read_address(where)
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _count(number: int) -> str:
    return "nothing is wrong" if number == 0 else f"{number:,} {'is' if number == 1 else 'are'} wrong"
