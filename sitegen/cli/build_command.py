"""`sitegen build`."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import click

from sitegen.cli.days import Days

PARTS = ("pages", "keyrings", "mail", "cards", "texts", "work", "site")


class Parts(click.ParamType[frozenset[str]]):
    """Names of parts with commas between them; `site` stands for pages and keyrings."""

    name = "PART,..."

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> frozenset[str]:
        """The set of parts."""
        names = {name.strip() for name in str(value).split(",")} if isinstance(value, str) else set(value)  # type: ignore[call-overload]
        unknown = sorted(names - set(PARTS))
        if unknown:
            self.fail(f"unknown part '{unknown[0]}'; known are: {', '.join(PARTS)}", param, ctx)
        return frozenset((names - {"site"}) | ({"pages", "keyrings"} if "site" in names else set()))


@click.command(
    "build",
    short_help="Make the site, mails, cards, texts and work lists.",
    epilog="Example: sitegen build --on 2026-09-08..2026-10-07 --only site,mail",
)
@click.option("--on", "days", type=Days(), help="The days whose messages to make; without it, today.")
@click.option("--only", type=Parts(), help=f"Make these only: {', '.join(PARTS)}.")
@click.option("--drafts", is_flag=True, help="Build drafts too (pages only; drafts are never sent).")
@click.option("--strict", is_flag=True, help="A recipient without a value and without a fallback is a mistake.")
@click.option("--confirm", multiple=True, metavar="SEGMENT", help="Its count may change by more than its jump; or all.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes at work; without it, one a processor.")
@click.option("--clean", is_flag=True, help="Take nothing over from the last build.")
@click.option("--why", metavar="PATH", default="", help="Say why this page is rendered, by its file or address.")
@click.option("--quiet", is_flag=True, help="No progress, no summary.")
def build_command(
    days: tuple[date, date] | None,
    only: frozenset[str] | None,
    drafts: bool,
    strict: bool,
    confirm: tuple[str, ...],
    jobs: int | None,
    clean: bool,
    why: str,
    quiet: bool,
) -> None:
    """Make everything that content/, the customer file and the ledger ask for, into output/.

    Either all of it takes its place at once, or output/ stays as it was.
    """
    started = time.perf_counter()
    from sitegen.build.order import EVERY_PART, Part
    from sitegen.cli.building import carry_out, plain_order
    from sitegen.cli.days import when
    from sitegen.cli.secrets import held_keys
    from sitegen.content.folder import find_shop
    from sitegen.publish.hold import hold

    root = find_shop(Path.cwd())
    at = when(root, days)
    keys = held_keys(root)
    parts = frozenset(Part(name) for name in only) if only else EVERY_PART
    plain = plain_order(at, keys, parts, jobs or os.cpu_count() or 1)
    order = replace(plain, drafts=drafts, strict=strict, confirmed=frozenset(confirm), clean=clean, why=why)
    with hold(root):
        summary = carry_out(root, order, keys, quiet)
    if not quiet:
        from sitegen.cli.summary import closing_lines

        for line in closing_lines(summary, order, time.perf_counter() - started):
            print(line, file=sys.stdout)
