"""`sitegen init`."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

import click

from sitegen.cli.days import Day, today

LANGUAGES = ("en", "zh")
NAME = "My shop"
LONGEST_NAME = 80


@click.command(
    "init",
    short_help="Begin a shop that builds at once.",
    epilog="Example: sitegen init my-shop --name 'Lantern & Loom'",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", help=f"What the shop is called; without it, {NAME}.")
@click.option("--language", type=click.Choice(LANGUAGES), help="What its pages and letters begin in; without it, en.")
@click.option("--theme", default="hearth", show_default=True, help="What it looks like.")
@click.option("--on", "days", type=Day(), help="Count the days of its sample customers from this one, not from today.")
def init_command(
    folder: Path, name: str | None, language: str | None, theme: str, days: tuple[date, date] | None
) -> None:
    """Write a small shop into DIR: pages, letters, a card, twelve invented customers. It is yours to change.

    DIR must be missing or empty. On a terminal, what is not given as an option is asked for.
    """
    from sitegen.build.beginning.shop import NewShop, new_shop
    from sitegen.content.shop_skeleton import LANGUAGES as ZONES

    if sys.stdin.isatty() and sys.stdout.isatty():
        name = name or click.prompt("What is the shop called?", default=NAME)
        language = language or click.prompt("Its language", type=click.Choice(LANGUAGES), default="en")
    language = language or "en"
    day = days[0] if days else today(ZONES[language])
    # Without the way up: `sitegen init .` begins in a folder that has a name too.
    place = Path(os.path.normpath(Path.cwd() / folder))
    count = new_shop(place, NewShop(_name(name), language, theme, day))
    click.echo(f"Made {folder}: {count} files, a whole shop with twelve invented customers.\n")
    click.echo("Next:")
    if place != Path.cwd():
        click.echo(f"  cd {_quoted(str(folder))}")
    click.echo("  sitegen serve --open         look at it; it shows each change at once")
    click.echo("  sitegen members link C-01    the code on the card of the first customer")
    click.echo("Then README.md has the five steps from here to your own customers.")


def _name(name: str | None) -> str:
    name = (name or NAME).strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise click.BadParameter(f"write a name of at most {LONGEST_NAME} letters, in one line", param_hint="--name")
    return name


def _quoted(path: str) -> str:
    import shlex

    return shlex.quote(path)
