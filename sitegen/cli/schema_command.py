"""`sitegen schema`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from sitegen.errors import Unusable

NAMES = (
    *("site", "segments", "programme", "law", "audit", "survey", "print-house"),
    *("theme", "design", "social", "locale", "page", "campaign", "message"),
)


@click.command(
    "schema",
    short_help="What may stand in each file, for editors and people.",
    epilog="Example: sitegen schema --write",
)
@click.argument("kind", required=False, type=click.Choice(NAMES), metavar="[KIND]")
@click.option("--write", is_flag=True, help="Write all of them to .sitegen/schemas/, for the editor.")
def schema_command(kind: str | None, write: bool) -> None:
    """Print the JSON Schema of a KIND of file: every key, what it means, and the names that this shop has.

    Without KIND, the kinds. Editors that know JSON Schema complete and explain keys with it while one writes.
    """
    from sitegen.build.beginning.editor_schemas import FOLDER, SETTINGS, schema_texts, write_schemas
    from sitegen.content.folder import find_shop
    from sitegen.content.schemas.whole import KINDS

    if write and kind:
        raise click.UsageError("--write writes all of them; leave KIND out")
    if write:
        lines = write_schemas(find_shop(Path.cwd()))
        click.echo(f"Wrote {len(KINDS)} schemas to {FOLDER}/.\n")
        click.echo(f"For VS Code with its YAML extension, {SETTINGS} says:\n")
        click.echo(json.dumps({"yaml.schemas": lines}, indent=2))
        return
    if kind:
        click.echo(schema_texts(_shop())[kind], nl=False)
        return
    for one in KINDS:
        click.echo(f"{one.name:<12} {', '.join(one.files)}")
    click.echo("\nsitegen schema KIND prints one; sitegen schema --write gives them to your editor.")


def _shop() -> Path | None:
    from sitegen.content.folder import find_shop

    try:
        return find_shop(Path.cwd())
    except Unusable:
        return None
