"""`sitegen send status` and `sitegen send reconcile`: how far a campaign is, and what became of what was lost."""

from __future__ import annotations

from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import click

from sitegen.errors import Unusable


@click.command(
    "status", short_help="Where everybody of an edition is.", epilog="Example: sitegen send status 2026/mid-autumn"
)
@click.argument("campaign", required=False, default="")
@click.option("--json", "as_json", is_flag=True, help="One JSON document, an entry for each edition.")
def status_command(campaign: str, as_json: bool) -> None:
    """Say how far CAMPAIGN is, or all of them: accepted, refused, deferred, unknown, left and excluded."""
    from sitegen.cli.send_summary import account_json, account_lines
    from sitegen.content.folder import find_shop
    from sitegen.content.shop.shop_file import shop_of
    from sitegen.send.editions import accounts
    from sitegen.send.ledger import open_ledger

    root = find_shop(Path.cwd())
    _tell_twin(root, "status")
    path = root / shop_of(root).ledger
    with open_ledger(path) if path.exists() else nullcontext() as ledger:
        found = accounts(ledger, campaign) if ledger else ()
    if as_json:
        print(account_json(found))
    elif found:
        for line in account_lines(found):
            print(line)
    else:
        print(f"nothing{f' of {campaign!r}' if campaign else ''} has been sent")


@click.command(
    "reconcile",
    short_help="Find out about messages whose answer was lost.",
    epilog="Example: sitegen send reconcile 2026/mid-autumn --log /var/log/mail.log",
)
@click.argument("campaign")
@click.option("--log", "logs", type=click.Path(path_type=Path), multiple=True, help="A mail.log of Postfix, or a .gz.")
@click.option(
    "--maildir", "maildirs", type=click.Path(path_type=Path), multiple=True, help="A maildir to look through."
)
@click.option("--retry", metavar="CUSTOMER|all", multiple=True, help="Send it once more; a second copy is possible.")
@click.option("--give-up", is_flag=True, help="Never send what is not found.")
@click.option("--take-over", is_flag=True, help="The machine that sent before sends no more: go on here.")
def reconcile_command(
    campaign: str,
    logs: tuple[Path, ...],
    maildirs: tuple[Path, ...],
    retry: tuple[str, ...],
    give_up: bool,
    take_over: bool,
) -> None:
    """Look for CAMPAIGN's messages of unknown fate by their Message-ID; what is not found stays for you to decide."""
    from sitegen.build.post.reconciling import Sources, Wish, reconcile
    from sitegen.cli.send_summary import cleared_lines
    from sitegen.cli.this_machine import this_machine
    from sitegen.content.folder import find_shop
    from sitegen.content.shop.shop_file import shop_of

    if retry and give_up:
        raise click.UsageError("--retry and --give-up go one at a time")
    root = find_shop(Path.cwd())
    _tell_twin(root, "reconcile")
    path = root / shop_of(root).ledger
    if not path.exists():
        raise Unusable(f"nothing of '{campaign}' has been sent")
    wish = Wish(frozenset(retry), give_up)
    cleared = reconcile(path, campaign, Sources(logs, maildirs), wish, (this_machine(), datetime.now(UTC), take_over))
    for line in cleared_lines(cleared, campaign):
        print(line)


def _tell_twin(root: Path, word: str) -> None:
    """A campaign may have the name of a subcommand."""
    if (root / "content" / "campaigns" / f"{word}.md").exists():
        click.echo(f"note: there is a campaign '{word}' too: sitegen send campaign {word}", err=True)
