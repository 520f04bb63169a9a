"""`sitegen cards`."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from sitegen.cli.days import Days

if TYPE_CHECKING:
    from sitegen.build.order import PrintOrder
    from sitegen.cli.days import When
    from sitegen.model.campaign import Campaign
    from sitegen.model.project import Project

STANDING = {"printed", "first", "last"}
"""Parameters that work on finished print files."""
BESIDE = {"sheet", "labels", "labels_start", "envelopes", "package", "skip_refused"}
"""Parameters that add to print files."""
_WORKS = "works on the print files that stand in output/cards"


@click.command(
    "cards",
    short_help="Print one campaign's cards; note that they are printed; print some again.",
    epilog="Example: sitegen cards 2026/mid-autumn-card --on 2026-09-11 --sheet A3",
)
@click.argument("campaign")
@click.option(
    "--on", "days", type=Days(), help="The days whose cards to make or, of what comes again, were made; else today."
)
@click.option("--printed", is_flag=True, help="The print house has printed them: write them into the ledger.")
@click.option("--engine", type=click.Choice(["fast", "reference"]), default="fast", help="reference: by whole pages.")
@click.option("--sheet", metavar="NAME", help="Impose on this paper too: A3, SRA3, 13x19, 450x320 ...")
@click.option("--from", "first", type=click.IntRange(1), metavar="N", help="Print these records again, from N ...")
@click.option("--to", "last", type=click.IntRange(1), metavar="N", help="... to N.")
@click.option("--proof", is_flag=True, help="Make the proof set and nothing else.")
@click.option("--labels", metavar="NAME", default="", help="Address labels too: L7160, 5160 ...")
@click.option(
    "--labels-start", type=click.IntRange(1), metavar="N", default=1, help="First free label of a used sheet."
)
@click.option("--envelopes", metavar="NAME", default="", help="Envelopes too: din-c6, din-dl, us-10, us-a7, cn-dl ...")
@click.option("--package", is_flag=True, help="Art, data and a sample too, for a house that merges itself.")
@click.option("--skip-refused", is_flag=True, help="Print the rest where some may not be printed, and list those.")
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes that print; without it, one a processor.")
@click.option("--cluster", metavar="tcp://HOST:PORT", default="", help="Print on a Dask cluster (sitegen[cluster]).")
@click.option("--quiet", is_flag=True, help="No progress, no summary.")
def cards_command(
    campaign: str,
    days: tuple[date, date] | None,
    printed: bool,
    engine: str,
    sheet: str | None,
    first: int | None,
    last: int | None,
    proof: bool,
    labels: str,
    labels_start: int,
    envelopes: str,
    package: bool,
    skip_refused: bool,
    jobs: int | None,
    cluster: str,
    quiet: bool,
) -> None:
    """Make a campaign's print files, manifest, proof and pictures in output/cards/CAMPAIGN.

    What comes again (`every:`, `occasion:`) has a folder in there for each day from which on cards were made.

    With --printed, --from or --to the print files that stand there are worked on, and nothing is made anew.
    """
    from sitegen.build.cards.folders import card_folder
    from sitegen.build.cards.printed import finished
    from sitegen.build.order import PrintOrder
    from sitegen.cli.days import when
    from sitegen.content.folder import find_shop
    from sitegen.content.project import read_project
    from sitegen.publish.hold import hold
    from sitegen.render.cards.imposition.papers import named_sheet

    _refuse_conflicts(click.get_current_context())
    root = find_shop(Path.cwd())
    paper = named_sheet(sheet) if sheet else None
    project = read_project(root)
    chosen = _campaign(project, campaign)
    _refuse_day(click.get_current_context(), chosen)
    at = when(root, days)
    with hold(root):
        if printed or first or last:
            folder = finished(root, chosen, at.first, named=bool(days))
            if printed:
                # The day says which cards; they are noted now.
                _note(root, project, folder, chosen, when(root, None).instant)
            else:
                _reprint(root, project, folder, chosen, (first or last or 1, last or first or 1))
        else:
            printing = PrintOrder(
                campaign=chosen.id,
                whole_pages=engine == "reference",
                sheet=paper,
                skip_refused=skip_refused,
                proof_only=proof,
                cluster=cluster,
                labels=_stock(labels, "labels"),
                labels_start=_free_label(labels, labels_start),
                envelopes=_stock(envelopes, "envelopes"),
                package=package,
            )
            _print(root, at, printing, card_folder(chosen, at.first), (jobs or os.cpu_count() or 1, quiet))


def _refuse_conflicts(context: click.Context) -> None:
    """Options one of which would be ignored."""
    asked, of_use = _asked(context), {"campaign", "quiet", "days"}
    first, last = context.params["first"], context.params["last"]
    later = [option for name, option in asked.items() if name in STANDING]
    anew = [option for name, option in asked.items() if name not in STANDING | of_use]
    beside = [option for name, option in asked.items() if name in BESIDE]
    if later and anew:
        raise click.UsageError(f"{later[0]} {_WORKS}: '{anew[0]}' is for making them")
    if "labels_start" in asked and "labels" not in asked:
        raise click.UsageError(
            "--labels-start says where on a sheet of labels to begin: name the labels, --labels L7160"
        )
    if "printed" in asked and len(later) > 1:
        raise click.UsageError(f"--printed goes without '{later[1]}': these are two steps")
    if first and last and first > last:
        raise click.UsageError(f"--from {first} comes after --to {last}")
    if "proof" in asked and beside:
        raise click.UsageError(f"--proof makes the proof set and nothing else: leave '{beside[0]}' out")


def _refuse_day(context: click.Context, campaign: Campaign) -> None:
    """Finished print files of a campaign that leaves once are of no day in particular."""
    from sitegen.build.cards.folders import comes_again

    asked = _asked(context)
    later = [option for name, option in asked.items() if name in STANDING]
    if later and "days" in asked and not comes_again(campaign):
        raise click.UsageError(f"{later[0]} {_WORKS}: '{asked['days']}' is for making them")


def _asked(context: click.Context) -> dict[str, str]:
    """The parameters that somebody wrote, with their options."""
    source = context.get_parameter_source
    named = {one.name or "": one.opts[0] for one in context.command.params}
    return {name: option for name, option in named.items() if source(name) is ParameterSource.COMMANDLINE}


def _free_label(name: str, start: int) -> int:
    from sitegen.render.cards.stationery import LABELS

    if name and start > LABELS[name].on_a_sheet:
        raise click.UsageError(f"--labels-start {start}: a sheet of {name} has labels 1 to {LABELS[name].on_a_sheet}")
    return start


def _stock(name: str, what: str) -> str:
    from sitegen.audience.language.suggestions import did_you_mean
    from sitegen.render.cards.stationery import ENVELOPES, LABELS

    known = {"labels": LABELS, "envelopes": ENVELOPES}[what]
    if name and name not in known:
        raise click.UsageError(f"there are no {what} '{name}'; {did_you_mean(name, known)}")
    return name


def _campaign(project: Project, name: str) -> Campaign:
    from sitegen.audience.language.suggestions import did_you_mean
    from sitegen.model.channel import Channel

    found = project.campaign(name)
    if found is None:
        known = [one.id for one in project.campaigns if Channel.CARD in one.channels]
        raise click.UsageError(f"there is no campaign '{name}'; {did_you_mean(name, known)}")
    if Channel.CARD not in found.channels:
        raise click.UsageError(f"campaign '{name}' goes out on no cards: its channels are {', '.join(found.channels)}")
    return found


def _note(root: Path, project: Project, folder: Path, campaign: Campaign, instant: int) -> None:
    from sitegen.build.cards.printed import note_printed
    from sitegen.cli.summary import cards_told

    noted = note_printed(root, project, folder, campaign, instant)
    print(f"{cards_told(noted.new)} of '{campaign.id}' written into the ledger as printed")
    if noted.known:
        print(f"{noted.known} stood there already")


def _reprint(root: Path, project: Project, folder: Path, campaign: Campaign, records: tuple[int, int]) -> None:
    from sitegen.build.cards.printed import reprint
    from sitegen.cli.summary import cards_told

    for made in reprint(root, project, folder, campaign, records):
        print(f"{cards_told(made.cards)} again: {made.path}")


def _print(root: Path, at: When, printing: PrintOrder, folder: str, how: tuple[int, bool]) -> None:
    """`how`: by how many processes, and whether quietly."""
    from sitegen.build.order import Part
    from sitegen.cli.building import carry_out, plain_order
    from sitegen.cli.secrets import held_keys

    started, (processes, quiet) = time.perf_counter(), how
    keys = held_keys(root)
    order = replace(plain_order(at, keys, frozenset({Part.CARDS}), processes), printing=printing)
    summary = carry_out(root, order, keys, quiet)
    if not quiet:
        from sitegen.cli.summary import card_lines

        for line in card_lines(summary, order, folder, time.perf_counter() - started):
            print(line, file=sys.stdout)
