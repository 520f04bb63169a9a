"""`sitegen send`."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import click

from sitegen.cli.days import Day
from sitegen.cli.send_status import reconcile_command, status_command
from sitegen.errors import Exit, Unusable

if TYPE_CHECKING:
    from sitegen.build.post.messages import Desk
    from sitegen.build.post.outbox import Built
    from sitegen.build.post.sending import Report, Run
    from sitegen.model.campaign import Campaign
    from sitegen.model.project import Project
    from sitegen.model.smtp import Smtp
    from sitegen.send.pace import Watch

CAMPAIGN = "campaign"
"""The subcommand that needs not be written."""
LONG = 10
"""Seconds of waiting that are told."""


class Sends(click.Group):
    """A group whose first word may be a campaign."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take a first word that names no subcommand, or an option of the default one, for a campaign's."""
        asked_for_help = set(args[:1]) & {*ctx.help_option_names, *self.commands}
        return super().parse_args(ctx, args if not args or asked_for_help else [CAMPAIGN, *args])


@click.group(
    "send",
    cls=Sends,
    short_help="Send a campaign's e-mails, each at most once.",
    epilog="Example: sitegen send 2026/mid-autumn --to me@shop.example",
)
def send_group() -> None:
    """Send the e-mails of CAMPAIGN as they were built: `sitegen send CAMPAIGN`.

    Nobody gets an edition twice: a run that is repeated goes on where the last one stopped.
    """


for command in (status_command, reconcile_command):
    send_group.add_command(command)


@send_group.command(
    CAMPAIGN,
    short_help="Send this campaign; the word 'campaign' may be left out.",
    epilog="Example: sitegen send campaign 2026/mid-autumn --dry-run",
)
@click.argument("name", metavar="CAMPAIGN")
@click.option("--on", "days", type=Day(), help="Only the messages planned for this day.")
@click.option("--to", metavar="ADDRESS", help="Send samples to this address of your own instead, marked as a test.")
@click.option("--dry-run", is_flag=True, help="Do everything but send and write it down.")
@click.option("--handed-over", is_flag=True, help="A provider has the texts in output/texts: note them as sent.")
@click.option("--take-over", is_flag=True, help="The machine that sent before sends no more: go on here.")
@click.option("--quiet", is_flag=True, help="No progress, no summary.")
def campaign_command(
    name: str,
    days: tuple[date, date] | None,
    to: str | None,
    dry_run: bool,
    handed_over: bool,
    take_over: bool,
    quiet: bool,
) -> int:
    """Send what waits of CAMPAIGN. Exit code 6 where something may not be sent, 130 where you stopped it."""
    from sitegen.build.post.outbox import built_mails, built_texts
    from sitegen.build.reading import read_shop
    from sitegen.cli.secrets import database_url
    from sitegen.content.folder import find_shop

    if sum(map(bool, (to, dry_run, handed_over))) > 1:
        raise click.UsageError("--to, --dry-run and --handed-over go one at a time")
    root = find_shop(Path.cwd())
    project = read_shop(root, database_url())
    campaign, day = _campaign(project, name), days[0] if days else None
    if handed_over:
        return _hand_over(root, project, built_texts(root, campaign, day), (take_over, quiet))
    desk = _desk(root, project, built := built_mails(root, campaign, day), quiet)
    if not (to or dry_run) and desk.order.dev:
        from sitegen.build.post.sending import NotSent

        hint = "build and send with the shop's own keys: `sitegen keys new`; --to and --dry-run work without"
        raise NotSent(f"these are development keys: the links in such mails open nothing\nhint: {hint}")
    if to:
        return _try_out(desk, built, to, quiet)
    return _dry_run(desk, built, quiet) if dry_run else _send(desk, built, take_over, quiet)


def _campaign(project: Project, name: str) -> Campaign:
    from sitegen.audience.language.suggestions import did_you_mean

    found = project.campaign(name)
    if found is None:
        hint = did_you_mean(name, (known.id for known in project.campaigns))
        raise Unusable(f"there is no campaign '{name}'\nhint: {hint}")
    if found.draft:
        raise Unusable(f"'{name}' is a draft\nhint: take 'draft: yes' out of {found.body.file}, and build again")
    return found


def _desk(root: Path, project: Project, built: Built, quiet: bool) -> Desk:
    """What the messages of this build were made with, so that they can be made again."""
    from sitegen.build.offers import with_goods
    from sitegen.build.order import Part
    from sitegen.build.post.messages import Desk
    from sitegen.build.record import Tally
    from sitegen.cli.building import plain_order
    from sitegen.cli.days import When
    from sitegen.cli.progress import progress
    from sitegen.cli.secrets import database_url, held_keys, lock_of

    keys = held_keys(root)
    order = plain_order(When(built.first, built.last, 0), keys, frozenset({Part.MAIL}), 1)
    project = with_goods(root, project, built.first, database_url())
    return Desk(root / "output", project, order, lock_of(root, keys).lock, Tally(), progress(quiet))


def _server(project: Project) -> Smtp:
    server = project.shop.smtp
    if server is None:
        hint = "add 'smtp: {host: mail.example.com, security: starttls, user: letters}' to it"
        raise Unusable(f"content/site.yaml names no mail server\nhint: {hint}")
    return server


def _run(desk: Desk, watch: Watch, ledger: Path) -> Run:
    """A run over the shop's own mail server."""
    from sitegen.build.post.sending import Run
    from sitegen.cli.secrets import dkim_key, smtp_password
    from sitegen.cli.this_machine import this_machine
    from sitegen.model.smtp import PASSWORD_VARIABLE
    from sitegen.send.signature import signer
    from sitegen.send.smtp import Access, connect, trust

    server = _server(desk.project)
    password = smtp_password()
    if server.user and not password:
        raise Unusable(f"'{server.host}' asks for the password of '{server.user}'\nhint: set {PASSWORD_VARIABLE}")
    access = Access(server, password, trust(server, desk.output.parent))
    sign: Callable[[bytes], bytes] = signer(server.dkim, dkim_key()) if server.dkim else _as_it_is
    return Run(ledger, this_machine(), watch, lambda: connect(access), sign, server.rate, server.errors)


def _as_it_is(content: bytes) -> bytes:
    return content


def _watch(stop: Event) -> Watch:
    from sitegen.send.pace import Watch

    def wait(seconds: float) -> bool:
        if seconds >= LONG:
            click.echo(f"waiting {seconds:.0f} s before asking the server again (Ctrl-C ends the run)", err=True)
        return stop.wait(seconds)

    return Watch(lambda: datetime.now(UTC), time.monotonic, wait, random.random)


def _send(desk: Desk, built: Built, take_over: bool, quiet: bool) -> int:
    from sitegen.build.post.sending import send
    from sitegen.cli.stopping import stopping

    with stopping() as stop:
        run = _run(desk, _watch(stop), desk.output.parent / desk.project.shop.ledger)
        report = send(desk, built, replace(run, take_over=take_over))
    return _tell(report, desk, built, quiet)


def _dry_run(desk: Desk, built: Built, quiet: bool) -> int:
    from sitegen.build.post.sending import Run, send
    from sitegen.build.post.trial import Paper, copy_of
    from sitegen.cli.this_machine import this_machine

    paper = Paper()
    with copy_of(desk.output.parent / desk.project.shop.ledger) as ledger:
        watch = replace(_watch(Event()), wait=lambda _: False)
        run = Run(ledger, this_machine(), watch, lambda: paper, _as_it_is, 1, 1, take_over=True, dry=True)
        report = send(desk, built, run)
    if not quiet:
        print("A dry run: nothing leaves, nothing is written down. This would have happened:")
        for head in paper.heads:
            print(f"  to {head}")
    return _tell(report, desk, built, quiet)


def _try_out(desk: Desk, built: Built, to: str, quiet: bool) -> int:
    from sitegen.build.post.trial import LEDGER, try_out
    from sitegen.cli.stopping import stopping
    from sitegen.model.ledger import State
    from sitegen.send.round import End

    with stopping() as stop:
        report = try_out(desk, built, _run(desk, _watch(stop), desk.output.parent / LEDGER), to)
    sent = report.made.get(State.ACCEPTED, 0)
    if not quiet:
        print(f"{sent} test message{'s' if sent != 1 else ''} sent, one for each variant; no customer got any")
    if report.end is End.INTERRUPTED:
        return Exit.INTERRUPTED
    if sent < sum(report.made.values()):
        raise Unusable(f"not all of them were accepted: {report.failure or 'the server asked to come again later'}")
    return Exit.DONE


def _hand_over(root: Path, project: Project, built: Built, how: tuple[bool, bool]) -> int:
    from sitegen.build.post.handing_over import hand_over
    from sitegen.cli.send_summary import account_lines
    from sitegen.cli.this_machine import this_machine

    take_over, quiet = how
    noted = hand_over(root / project.shop.ledger, built, (this_machine(), datetime.now(UTC), take_over))
    if not quiet:
        print(f"{noted.new:,} texts written into the ledger as handed over")
        if noted.known:
            print(f"{noted.known:,} stood there already")
        for line in account_lines(noted.accounts):
            print(line)
    return Exit.DONE


def _tell(report: Report, desk: Desk, built: Built, quiet: bool) -> int:
    """Print what happened; the exit code that fits."""
    from sitegen.build.post.sending import NotSent
    from sitegen.cli.send_summary import report_lines
    from sitegen.model.ledger import State
    from sitegen.send.round import End

    if not quiet:
        for line in report_lines(report, built.campaign.id, desk.project.shop.timezone):
            print(line)
    if report.end is End.INTERRUPTED:
        click.echo(f"interrupted; what is left leaves with: sitegen send {built.campaign.id}", err=True)
        return Exit.INTERRUPTED
    if report.stopped:
        raise Unusable(report.stopped)
    if report.end is End.FAILING:
        hint = f"find out why; then go on with: sitegen send {built.campaign.id}"
        raise NotSent(f"too many messages failed, so the rest was not tried: {report.failure}\nhint: {hint}")
    kept = sum(held.number for held in report.staying.held.values() if not held.wished)
    if kept:
        raise NotSent(f"{kept:,} may not be sent as they are\nhint: see above")
    if report.made.get(State.UNKNOWN):
        hint = f"sitegen send reconcile {built.campaign.id}"
        raise NotSent(f"of {report.made[State.UNKNOWN]:,} nobody knows whether they arrived\nhint: {hint}")
    return Exit.DONE
