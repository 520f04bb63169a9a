"""`sitegen serve`."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.days import Day

if TYPE_CHECKING:
    from sitegen.build.order import Order, Part
    from sitegen.serve.preview import Orders, Terminal


@click.command(
    "serve",
    short_help="Show the shop on this machine, each change at once.",
    epilog="Example: sitegen serve --as gold --open",
)
@click.option("--as", "start_as", metavar="SEGMENT|CUSTOMER", default="", help="Let the browser in as one of them.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes any free port.")
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser.")
@click.option("--drafts/--no-drafts", default=True, show_default=True, help="Show drafts, marked as such.")
@click.option("--on", "days", type=Day(), help="Show the site of that day; without it, of today.")
@click.option("--poll", is_flag=True, help="Look for changes, where the file system tells of none.")
def serve_command(
    start_as: str, port: int, open_browser: bool, drafts: bool, days: tuple[date, date] | None, poll: bool
) -> None:
    """Show the shop at http://127.0.0.1:PORT/, on this machine only; each change is seen at once. Ctrl-C ends it.

    It has a folder of its own: output/ stays as the last `sitegen build` left it.
    """
    from sitegen.cli.serve_keys import hear
    from sitegen.content.folder import find_shop
    from sitegen.serve.house import open_house

    root = find_shop(Path.cwd())

    order = _orders(root, days, drafts)
    with open_house(root, order, port, start_as, _terminal()) as house:
        if port and house.server.port != port:
            click.echo(f"Port {port} is taken, so this is {house.server.port}.")
        click.echo(f"The shop is at {house.server.url} (Ctrl-C ends it).")
        click.echo(f"Its desk, with all pages, mails, texts and cards: {house.server.desk_url}")
        more = f" --port {house.server.port}" if house.server.port != 8000 else ""
        click.echo(f"A member's link for it: sitegen members link CUSTOMER{more}")
        if open_browser:
            click.launch(house.server.url)
        with suppress(KeyboardInterrupt):
            house.serve(poll)
            hear({"o": lambda: click.launch(house.server.url), "r": house.preview.again}, house.ended)
        click.echo("\nEnded.")


def _orders(root: Path, days: tuple[date, date] | None, drafts: bool) -> Orders:
    from dataclasses import replace

    from sitegen.cli.building import plain_order
    from sitegen.cli.days import wall_clock, when
    from sitegen.cli.secrets import database_url, held_keys

    # The threads that build know nothing of this command, so the keys are taken before they start.
    keys, database = held_keys(root), database_url()

    def order(parts: frozenset[Part]) -> Order:
        # A browser refuses a site that was built before the one that it saw last, whatever day this one is of.
        instant = int(wall_clock().timestamp())
        plain = plain_order(when(root, days), keys, parts, os.cpu_count() or 1)
        return replace(plain, instant=instant, database=database, drafts=drafts, guests=keys.dev)

    return order


def _terminal() -> Terminal:
    from sitegen.cli.days import wall_clock
    from sitegen.serve.preview import Terminal

    def wrong(text: str) -> None:
        print(text, file=sys.stderr, flush=True)

    return Terminal(say=lambda text: print(text, flush=True), wrong=wrong, now=wall_clock)
