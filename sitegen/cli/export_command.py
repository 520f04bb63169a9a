"""`sitegen export`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(
    "export",
    short_help="Everything that is held of one customer.",
    epilog="Example: sitegen export C-00001 --to C-00001.json",
)
@click.argument("customer")
@click.option("--to", "target", type=click.Path(dir_okay=False, path_type=Path), help="A file, or - for the screen.")
def export_command(customer: str, target: Path | None) -> None:
    """Write one JSON document with all that the customer file and the ledger hold of CUSTOMER, for CUSTOMER to have.

    Rows by table, the segments that they are in and why, and what was sent to them. A file is made with mode 600.
    """
    import json

    from sitegen.build.one_customer import everything_of
    from sitegen.build.people import open_people
    from sitegen.build.reading import read_shop
    from sitegen.cli.days import when
    from sitegen.cli.secrets import database_url
    from sitegen.content.folder import find_shop
    from sitegen.errors import Unusable
    from sitegen.publish.atomic import write_file

    root = find_shop(Path.cwd())
    database = database_url()
    project = read_shop(root, database)
    with open_people(root, project, when(root, None).first, database) as people:
        found = everything_of(root, project, people, customer)
    text = json.dumps(found, indent=1, ensure_ascii=False, default=str) + "\n"
    if target is None or target == Path("-"):
        click.echo(text, nl=False)
        return
    try:
        write_file(target, text.encode(), 0o600)
    except OSError as error:
        raise Unusable(
            f"'{target}' cannot be written: {error.strerror}\nhint: name a file in a folder that is there"
        ) from error
    rows = sum(len(held) for held in found["tables"].values())
    click.echo(f"{rows} rows of {len(found['tables'])} tables are in {target}.")
