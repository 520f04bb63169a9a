"""Leave the cards of other campaigns, and those that are printed already, as they stand."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

from sitegen.build.cards.folders import JOB_FILE, is_of_another_day
from sitegen.build.order import Order, Part
from sitegen.model.campaign import Campaign
from sitegen.publish.tree import Staging
from sitegen.render.spreadsheet import guarded

MANIFEST = "manifest.csv"
PRINTED = "printed.json"
"""Lies beside cards that the print house has printed: they stay, so that a spoiled one can be printed again."""
CAMPAIGN_FILES = (JOB_FILE, "proof*.pdf")
"""One of these stands in the folder of each campaign whose cards or proof were made."""


def keep_cards(tree: Staging, order: Order, campaigns: Iterable[Campaign]) -> None:
    """Take over the files of output/cards that this build does not make: a build of all `campaigns` keeps what is
    printed, and what was made for other days; one of a single campaign every other, and its own where no card leaves;
    one of a proof everything else.
    """
    home = tree.output / Part.CARDS
    if Part.CARDS not in order.parts or not home.is_dir():
        return
    known = tuple(campaigns)
    made = tree.made()
    # One campaign's folder can lie in another's: a file is of the nearest.
    folders = {path.parent for name in CAMPAIGN_FILES for path in home.rglob(name)}
    for file in sorted(path for path in home.rglob("*") if path.is_file()):
        folder = next((parent for parent in file.parents if parent in folders), None)
        if folder is None:
            continue
        name = folder.relative_to(tree.output).as_posix()
        of_another_day = (folder / JOB_FILE).exists() and is_of_another_day(
            folder.relative_to(home).as_posix(), known, (order.first, order.last)
        )
        stays = order.printing.campaign or (folder / PRINTED).exists() or of_another_day
        if order.printing.proof_only or (stays and name not in made):
            tree.keep(file.relative_to(tree.output).as_posix())


def forget_prints(cards: Path, customer_id: str) -> None:
    """Give up all print files with a card of that customer below the folder `cards`: nobody can note them as printed
    or print them again, and the next build of all campaigns does not keep them.
    """
    for path in sorted(cards.rglob(MANIFEST)):
        rows = csv.DictReader(StringIO(path.read_text(encoding="utf-8")))
        if any(row.get("customer_id") == guarded(customer_id) for row in rows):
            for name in (PRINTED, JOB_FILE):
                path.with_name(name).unlink(missing_ok=True)
