"""`sitegen preflight`."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.errors import Exit, Mistakes, Problem, Unusable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.table import Table

    from sitegen.model.print_house import PrintHouse
    from sitegen.render.cards.preflight.finding import Finding

SHOWN_PAGES = 6
"""Pages that are named one by one; the rest is a number."""
HONEST = (
    "Looked at: boxes and bleed, colours and ink, black text, fonts and characters, sharpness of pictures, text near "
    "the edge, links and active parts, transparency, output intent, metadata, document parts. This is no PDF/X "
    "validator: let the print house run its own."
)


@click.command(
    "preflight",
    short_help="Look through a PDF as a print house does.",
    epilog="Example: sitegen preflight output/cards/autumn/cards-001.pdf --house eu",
)
@click.argument("file", metavar="FILE.pdf", type=click.Path(path_type=Path))
@click.option("--house", metavar="NAME", help="Compare with what this print house asks for, too.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document and nothing else.")
def preflight_command(file: Path, house: str | None, as_json: bool) -> int:
    """Tell what would print badly, or not at all, in any PDF: page, place, drawing, reason, what to do.

    Changes nothing and needs no shop; inside one, --house also knows the print houses of content/print/. Ends with
    exit code 7 where something may not be printed; a warning is for you to look at.
    """
    from sitegen.render.cards.preflight.check import findings
    from sitegen.render.cards.preflight.finding import Severity

    asked = _house(house) if house else None
    found = findings(_content(file), asked)
    errors = sum(one.severity is Severity.ERROR for one in found)
    if as_json:
        click.echo(_json(file, asked, found, errors))
    else:
        if found:
            _print(_table(found))
        click.echo(f"{file}: {_count(errors, 'error')}, {_count(len(found) - errors, 'warning')}.")
        click.echo(HONEST)
    return Exit.CARD if errors else Exit.DONE


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise click.UsageError(f"'{file}' can't be read: {error.strerror}") from None


def _house(name: str) -> PrintHouse:
    from sitegen.audience.language.suggestions import did_you_mean
    from sitegen.content.folder import find_shop
    from sitegen.content.print_house_files import house_names, read_print_house
    from sitegen.model.tree import Place

    try:
        root = find_shop(Path.cwd())
    except Unusable:
        root = None
    if name not in house_names(root):
        hint = did_you_mean(name, house_names(root))
        raise click.BadParameter(f"there is no print house '{name}'; {hint}", param_hint="--house")
    problems: list[Problem] = []
    house = read_print_house(root, name, Place(""), problems)
    if problems:
        raise Mistakes(problems)
    return house


def _json(file: Path, house: PrintHouse | None, found: tuple[Finding, ...], errors: int) -> str:
    value = {
        "file": str(file),
        "house": house.name if house else None,
        "errors": errors,
        "warnings": len(found) - errors,
        "findings": [asdict(one) for one in found],
    }
    return json.dumps(value, indent=1, ensure_ascii=False)


def _table(found: tuple[Finding, ...]) -> Table:
    """The same thing on many pages is one row."""
    from rich.markup import escape
    from rich.table import Table

    rows: dict[tuple[str, ...], list[Finding]] = {}
    for one in found:
        rows.setdefault((one.severity, one.rule, one.object, one.message, one.hint), []).append(one)
    table = Table("page", "", "rule", "where (mm)", "drawing", "what", box=None, pad_edge=False, header_style="bold")
    for (severity, rule, thing, message, hint), same in rows.items():
        style = "red" if severity == "error" else "yellow"
        said = f"{escape(message)}\n[dim]{escape(hint)}[/dim]" if hint else escape(message)
        mark = f"[{style}]{severity}[/{style}]"
        table.add_row(_pages(one.page for one in same), mark, rule, _place(same[0]), escape(thing), said)
    return table


def _pages(pages: Iterable[int]) -> str:
    numbers = sorted(set(pages))
    if numbers == [0]:
        return "file"
    more = f" … ({len(numbers)} pages)" if len(numbers) > SHOWN_PAGES else ""
    return ", ".join(map(str, numbers[:SHOWN_PAGES])) + more


def _place(one: Finding) -> str:
    """From the page's lower left corner: left, bottom, right, top."""
    return " ".join(f"{edge / 72 * 25.4:.1f}" for edge in one.box) if one.box else ""


def _print(table: Table) -> None:
    from sitegen.cli.console import console

    console().print(table)


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"
