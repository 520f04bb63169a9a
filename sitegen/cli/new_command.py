"""`sitegen new`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sitegen.model.channel import Kind

if TYPE_CHECKING:
    from sitegen.build.new import Begun, Wish

Command = TypeVar("Command", bound=Callable[..., Any])


def language_option(command: Command) -> Command:
    """`--language CODE`."""
    return click.option("--language", metavar="CODE", help="Such as en or zh; without it, the shop's.")(command)


@click.group("new", short_help="Begin a campaign, a page or a segment.")
def new_group() -> None:
    """Write a file to begin with. It can be read as it stands, and is a draft until you say otherwise."""


@new_group.command(
    "campaign",
    short_help="A letter, a card, an offer.",
    epilog="Example: sitegen new campaign first-frost --kind seasonal",
)
@click.argument("name")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in Kind]),
    default=Kind.LETTER.value,
    show_default=True,
    help="What it is.",
)
@language_option
def campaign_command(name: str, kind: str, language: str | None) -> None:
    """Write content/campaigns/<year>/NAME.md.

    A holiday, birthday, seasonal or contact campaign begins with the words of a message of content/messages/ that
    fits the coming days and that no campaign has said yet.
    """
    from sitegen.build.new import new_campaign

    _tell(_begin(name, language, lambda root, wish: new_campaign(root, wish, Kind(kind))), "read it, make it yours")


@new_group.command("page", short_help="A page of the site.", epilog="Example: sitegen new page care-of-linen")
@click.argument("name")
@language_option
def page_command(name: str, language: str | None) -> None:
    """Write content/pages/NAME.md, for every customer."""
    from sitegen.build.new import new_page

    _tell(_begin(name, language, new_page), "write what it says")


@new_group.command(
    "segment", short_help="Customers who are meant together.", epilog="Example: sitegen new segment winter-friends"
)
@click.argument("name")
def segment_command(name: str) -> None:
    """Write content/segments/NAME.yaml with a rule to be changed."""
    from sitegen.build.new import new_segment

    _tell(_begin(name, None, new_segment), "say in its rule who is meant")


def _begin(name: str, language: str | None, write: Callable[[Path, Wish], Begun]) -> Begun:
    from sitegen.build.new import Wish
    from sitegen.cli.days import when
    from sitegen.content.folder import find_shop
    from sitegen.render.fields import is_language

    if language is not None and not is_language(language):
        raise click.BadParameter(
            f"unknown language '{language}'; write its code, like en or zh", param_hint="--language"
        )
    root = find_shop(Path.cwd())
    return write(root, Wish(name, language or "", when(root, None).first))


def _tell(begun: Begun, first: str) -> None:
    words = f", in the words of {begun.message}" if begun.message else ""
    click.echo(f"{begun.file}: a draft{words}" if begun.file.endswith(".md") else begun.file)
    click.echo(f"next: {first}, then: sitegen check")
