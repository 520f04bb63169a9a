"""`sitegen new`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from sitegen.cli.days import Day
from sitegen.cli.names import slug
from sitegen.model.channel import Kind

if TYPE_CHECKING:
    from sitegen.build.beginning.new import Begun, Wish

Command = TypeVar("Command", bound=Callable[..., Any])
OWN_DAYS = (Kind.BIRTHDAY, Kind.GIFT)


def language_option(command: Command) -> Command:
    """`--language CODE`."""
    return click.option("--language", "--lang", metavar="CODE", help="Such as en or zh; without it, the shop's.")(
        command
    )


def segment_option(command: Command) -> Command:
    """`--segment NAME`."""
    return click.option("--segment", metavar="NAME", default="", help="Who it is for; without it, everyone.")(command)


@click.group("new", short_help="Begin a campaign, a page, a segment or a card.")
def new_group() -> None:
    """Write a file to begin with. It can be read as it stands, explains itself, and is a draft until you say otherwise.

    NAME may be what people call it: 'A frosty morning' becomes a-frosty-morning. Nothing is ever written over.
    """


@new_group.command(
    "campaign",
    short_help="A letter, a card, an offer.",
    epilog="Example: sitegen new campaign first-frost --kind seasonal --segment regulars",
)
@click.argument("name")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in Kind]),
    default=Kind.LETTER.value,
    show_default=True,
    help="What it is.",
)
@segment_option
@click.option("--on", "days", type=Day(), help="The day that it is for; without it, in some days, or an occasion's.")
@language_option
def campaign_command(name: str, kind: str, segment: str, days: tuple[date, date] | None, language: str | None) -> None:
    """Write content/campaigns/<year>/NAME.md.

    A holiday, birthday, seasonal or contact campaign begins with the words of a message of content/messages/ that
    fits the coming days and that no campaign has said yet.
    """
    from sitegen.build.beginning.new import new_campaign

    if days and Kind(kind) in OWN_DAYS:
        raise click.BadParameter(f"a {kind} campaign leaves on each customer's own day", param_hint="--on")
    begun = _begin(_asked(name, language, segment, days), lambda root, wish: new_campaign(root, wish, Kind(kind)))
    _tell(begun, "read it, make it yours")


@new_group.command(
    "page", short_help="A page of the site.", epilog="Example: sitegen new page care-of-linen --segment public"
)
@click.argument("name")
@segment_option
@click.option("--on", "days", type=Day(), help="The first day on which it shows; without it, at once.")
@language_option
def page_command(name: str, segment: str, days: tuple[date, date] | None, language: str | None) -> None:
    """Write content/pages/NAME.md."""
    from sitegen.build.beginning.new import new_page

    _tell(_begin(_asked(name, language, segment, days), new_page), "write what it says")


@new_group.command(
    "segment", short_help="Customers who are meant together.", epilog="Example: sitegen new segment winter-friends"
)
@click.argument("name")
@language_option
def segment_command(name: str, language: str | None) -> None:
    """Write content/segments/NAME.yaml with a rule to be changed."""
    from sitegen.build.beginning.new import new_segment

    _tell(_begin(_asked(name, language), new_segment), "say in its rule who is meant")


@new_group.command("card", short_help="A card design.", epilog="Example: sitegen new card lantern-night")
@click.argument("name")
def card_command(name: str) -> None:
    """Write themes/<theme>/cards/NAME/: a plain postcard with every box explained, ready for print.

    It goes into the shop's own theme. A shop that wears a theme of sitegen's gets a child of it, which adds the card
    and takes everything else from its parent.
    """
    from sitegen.build.beginning.card import new_card
    from sitegen.content.folder import find_shop

    begun = new_card(find_shop(Path.cwd()), _file_name(name))
    design = begun.folder.rpartition("/")[2]
    click.echo(f"{begun.folder}/: design.yaml, card.html, card.css, front.svg, back.svg")
    if begun.theme:
        click.echo(
            f"next: write 'theme: {begun.theme}' into content/site.yaml: a theme that adds your cards to its parent"
        )
    click.echo(f"next: write 'card: {design}' into a campaign, then: sitegen cards CAMPAIGN --proof")


def _asked(name: str, language: str | None, segment: str = "", days: tuple[date, date] | None = None) -> Wish:
    """What was asked for, still without the day of today."""
    from sitegen.build.beginning.new import Wish
    from sitegen.render.fields import is_language

    if language is not None and not is_language(language):
        raise click.BadParameter(
            f"unknown language '{language}'; write its code, like en or zh", param_hint="--language"
        )
    file = _file_name(name)
    return Wish(file, language or "", date.min, "" if name == file else name.strip(), segment, days and days[0])


def _file_name(name: str) -> str:
    found = slug(name)
    if not found:
        raise click.BadParameter(
            f"'{name}' has no letter; write what it is called, like first-frost", param_hint="NAME"
        )
    return found


def _begin(wish: Wish, write: Callable[[Path, Wish], Begun]) -> Begun:
    from dataclasses import replace

    from sitegen.cli.days import when
    from sitegen.content.folder import find_shop

    root = find_shop(Path.cwd())
    return write(root, replace(wish, today=when(root, None).first))


def _tell(begun: Begun, first: str) -> None:
    words = f", in the words of {begun.message}" if begun.message else ""
    click.echo(f"{begun.file}: a draft{words}" if begun.file.endswith(".md") else begun.file)
    click.echo(f"next: {first}, then: sitegen check")
