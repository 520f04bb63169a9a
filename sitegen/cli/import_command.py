"""`sitegen import`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sitegen.build.desk.taking_in import TakenIn
    from sitegen.data.imports.drafts import Rejected
    from sitegen.data.imports.duplicates import Notice
    from sitegen.data.imports.run import Prepared

HOUSE = ("desk", "complaints")
"""What advisers wrote down: results of duties, and steps of complaints. It goes into the ledger."""
SYSTEMS = ("shopify", "woocommerce", "mailchimp", "klaviyo", "till", "sitegen", *HOUSE)


@click.command(
    "import",
    short_help="Take in what another shop system exported.",
    epilog="Example: sitegen import customers_export.csv --as shopify --dry-run",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "system", type=click.Choice(SYSTEMS), required=True, help="The system that the file comes from.")
@click.option("--into", default="", metavar="TABLE", help="With --as sitegen: the table; without it, the file's name.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--quiet", is_flag=True, help="No progress.")
def import_command(file: Path, system: str, into: str, dry_run: bool, quiet: bool) -> None:
    """Take FILE into the customer file: people who are known are updated, others are new.

    What can't be taken goes to FILE.rejected.csv with its row and reason: mend it there, and import that file.

    With --as desk, FILE is a list of duties with what became of them; with --as complaints, the steps that were taken.
    Both go into the ledger, beside the customer file, and the next build knows them.
    """
    from sitegen.cli.days import when
    from sitegen.cli.progress import progress
    from sitegen.content.folder import find_shop
    from sitegen.content.shop.shop_file import shop_of
    from sitegen.data.checking.normal_forms import home_country
    from sitegen.data.engine import open_customers
    from sitegen.data.imports.merging import Circumstances
    from sitegen.data.imports.rejected import write_rejected
    from sitegen.data.imports.run import prepare, writable_folder, write
    from sitegen.errors import Unusable

    if not file.is_file():
        raise Unusable(f"there is no file '{file}'\nhint: name the file that the other system exported")
    if into and system != "sitegen":
        raise click.UsageError("--into goes with --as sitegen only")
    root = find_shop(Path.cwd())
    if system in HOUSE:
        _from_the_house(root, file, system, dry_run, quiet)
        return
    shop = shop_of(root)
    writable_folder(root, shop)
    bars = progress(quiet)
    with bars.step("customers"), open_customers(root, shop) as engine:
        about = Circumstances(engine, shop.schema, home_country(shop), when(root, None).first, system)
        prepared = prepare(about, (file, str(file)), into)
    with bars.step("trying" if dry_run else "writing"):
        found = write(prepared, root, shop, dry_run)
        written = None if dry_run else write_rejected(prepared.source, prepared.rejected)
    _tell(prepared, found)
    _close(written, dry_run)


def _from_the_house(root: Path, file: Path, system: str, dry_run: bool, quiet: bool) -> None:
    """Take in what the desk wrote down."""
    from datetime import UTC, datetime

    from sitegen.build.desk.taking_in import Occasion, take_results, take_steps
    from sitegen.cli.days import when
    from sitegen.cli.progress import progress
    from sitegen.cli.secrets import database_url
    from sitegen.content.project import read_project

    now = when(root, None)
    at = datetime.fromtimestamp(now.instant, UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    occasion = Occasion(now.first, at, dry_run, database_url())
    take = take_results if system == "desk" else take_steps
    bars = progress(quiet)
    with bars.step("content"):
        project = read_project(root)
    with bars.step("customers"):
        taken = take(root, project, (file, str(file)), occasion)
    _tell_house(taken)
    _close(taken.rejected, dry_run)


def _tell_house(taken: TakenIn) -> None:
    told = taken.told
    rows = "row" if told.read == 1 else "rows"
    accepted = f"{len(told.words) + told.known:,} taken in ({taken.new:,} new, {taken.known:,} known)"
    click.echo(f"{told.what}: {told.read:,} {rows} read, {accepted}")
    for name, count in taken.outcomes.items():
        click.echo(f"  {name:<13} {count:>7,}")
    if told.waiting:
        click.echo(f"  {'not done yet':<13} {told.waiting:>7,}")
    _tell_rejected(told.rejected)
    for notice in told.notices:
        click.echo(f"notice: {notice}")


def _close(written: Path | None, dry_run: bool) -> None:
    if written:
        click.echo(f"Mend {written} and import it the same way: its columns 'row' and 'reason' are passed over.")
    if dry_run:
        click.echo("Nothing was written.")


def _tell(prepared: Prepared, found: tuple[Notice, ...]) -> None:
    rows = "row" if prepared.read == 1 else "rows"
    click.echo(f"{prepared.what}: {prepared.read:,} {rows} read, {prepared.taken:,} taken in")
    for table, count in prepared.counts().items():
        click.echo(f"  {table:<13} {count.new:>7,} new {count.updated:>7,} updated {count.unchanged:>7,} unchanged")
    _tell_rejected(prepared.rejected)
    for notice in found:
        click.echo(f"notice: {notice}")


def _tell_rejected(rejected: Sequence[Rejected]) -> None:
    if rejected:
        first = min(rejected, key=lambda one: one.row.line)
        click.echo(f"  {'rejected':<13} {len(rejected):>7,}, first on line {first.row.line}: {first.reason}")
