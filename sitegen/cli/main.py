"""The entry point: `sitegen VERB`."""

from __future__ import annotations

import click

from sitegen import __version__


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sitegen")
def cli() -> None:
    """Keep a shop's old customers: members-only site, newsletters and greeting cards from one folder."""


def main() -> None:
    """Run the command line."""
    cli()
