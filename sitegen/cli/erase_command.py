"""`sitegen erase`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.errors import Exit

if TYPE_CHECKING:
    from sitegen.build.one_customer import Farewell


@click.command(
    "erase",
    short_help="Let one customer go, from every table.",
    epilog="Example: sitegen erase C-00042 --dry-run",
)
@click.argument("customer")
@click.option("--dry-run", is_flag=True, help="Say what would go, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase_command(customer: str, dry_run: bool, yes: bool) -> int:
    """Take CUSTOMER out of every table of the customer file, the ledger and the stored plan. It can't be undone.

    Hashes of their addresses stay among the suppressions, so that nobody writes to them by mistake.
    """
    from sitegen.build.one_customer import farewell, let_go
    from sitegen.cli.days import when
    from sitegen.cli.secrets import database_url
    from sitegen.content.folder import find_shop
    from sitegen.content.shop.shop_file import shop_of

    root = find_shop(Path.cwd())
    shop, database = shop_of(root), database_url()
    leaving = farewell(root, shop, customer, database)
    _tell(leaving)
    if dry_run:
        return Exit.DONE
    if not yes and not click.confirm(f"Erase '{customer}' for good?"):
        click.echo("Nothing was changed.")
        return Exit.INTERRUPTED
    let_go(root, shop, leaving, when(root, None).first, database)
    click.echo(f"'{customer}' is gone. Build again: output/ is as it was until then.")
    return Exit.DONE


def _tell(leaving: Farewell) -> None:
    for name, number in leaving.rows.items():
        click.echo(f"  {name:<16} {number:>6,}")
    if leaving.deliveries:
        click.echo(f"  {'ledger':<16} {leaving.deliveries:>6,}  (the lines stay, without the name)")
    if leaving.said:
        click.echo(f"  {'ledger':<16} {leaving.said:>6,}  (consents, wishes, answers, forms)")
    kept = [bar.channel.value for bar in leaving.bars if not bar.shared]
    shared = [bar.channel.value for bar in leaving.bars if bar.shared]
    if kept:
        click.echo(f"Nothing will go to their addresses any more ({', '.join(kept)}); only hashes of them are kept.")
    if shared:
        click.echo(f"Somebody else has the same address ({', '.join(shared)}), and goes on hearing from the shop.")
