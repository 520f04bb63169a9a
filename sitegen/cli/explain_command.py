"""`sitegen explain`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sitegen.content.error_codes import Explanation
    from sitegen.errors import Problem


@click.command(
    "explain",
    short_help="What the code of a mistake means.",
    epilog="Example: sitegen explain broken-link",
)
@click.argument("code", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def explain_command(code: str | None, as_json: bool) -> None:
    """Say what the code of a mistake means, show an example, and how it is mended. Without CODE, list all codes."""
    from sitegen.content.error_codes import explained, explanations

    if code is None:
        _tell_all(explanations(), as_json)
        return
    found = explained(code.lower())
    if found is None:
        raise _unknown(code, [one.code for one in explanations()])
    if as_json:
        click.echo(json.dumps(asdict(found), indent=1, ensure_ascii=False))
    else:
        _tell(found)


def more_about(problems: Sequence[Problem]) -> str:
    """The line below problems that tells where more is said about the first of them."""
    return f"`sitegen explain {problems[0].code}` tells more"


def _unknown(code: str, known: list[str]) -> Exception:
    from sitegen.audience.language.suggestions import did_you_mean
    from sitegen.errors import Unusable

    hint = did_you_mean(code, known)
    hint = hint if hint.startswith("did") else "`sitegen explain` lists them all"
    return Unusable(f"there is no code '{code}'\nhint: {hint}")


def _tell(one: Explanation) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from sitegen.cli.console import console

    out = console()
    out.print(Text.assemble((one.code, "bold"), "  ", (one.room, "dim")))
    out.print()
    out.print(Text(one.meaning))
    out.print()
    out.print(Padding(Text(one.example, style="cyan"), (0, 0, 0, 4), expand=False))
    out.print()
    out.print(Text.assemble(("To mend it: ", "bold"), one.mend))


def _tell_all(everything: Sequence[Explanation], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([asdict(one) for one in everything], indent=1, ensure_ascii=False))
        return
    from rich.table import Table
    from rich.text import Text

    from sitegen.cli.console import console

    out = console()
    for room, several in groupby(everything, key=lambda one: one.room):
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True)
        table.add_column()
        for one in several:
            table.add_row(Text(one.code, style="cyan"), Text(_first_sentence(one.meaning)))
        out.print(Text(room, style="bold"))
        out.print(table)
        out.print()
    out.print(f"{len(everything)} codes; `sitegen explain CODE` tells more.")


def _first_sentence(text: str) -> str:
    return " ".join(text.split()).partition(". ")[0].rstrip(".")
