"""`sitegen import`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sitegen.data.imports.duplicates import Notice
    from sitegen.data.imports.run import Prepared

SYSTEMS = ("shopify", "woocommerce", "mailchimp", "klaviyo", "till", "sitegen")


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
    if written:
        click.echo(f"Mend {written} and import it the same way: its columns 'row' and 'reason' are passed over.")
    if dry_run:
        click.echo("Nothing was written.")


def _tell(prepared: Prepared, found: tuple[Notice, ...]) -> None:
    rows = "row" if prepared.read == 1 else "rows"
    click.echo(f"{prepared.what}: {prepared.read:,} {rows} read, {prepared.taken:,} taken in")
    for table, count in prepared.counts().items():
        click.echo(f"  {table:<13} {count.new:>7,} new {count.updated:>7,} updated {count.unchanged:>7,} unchanged")
    if prepared.rejected:
        first = min(prepared.rejected, key=lambda one: one.row.line)
        click.echo(f"  {'rejected':<13} {len(prepared.rejected):>7,}, first on line {first.row.line}: {first.reason}")
    for notice in found:
        click.echo(f"notice: {notice}")
