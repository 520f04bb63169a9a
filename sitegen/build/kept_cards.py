"""Leave the cards of other campaigns, and those that are printed already, as they stand."""

from __future__ import annotations

from sitegen.build.order import Order, Part
from sitegen.publish.tree import Staging

PRINTED = "printed.json"
"""Lies beside cards that the print house has printed: they stay, so that a spoiled one can be printed again."""
CAMPAIGN_FILES = ("job.json", "proof*.pdf")
"""One of these stands in the folder of each campaign whose cards or proof were made."""


def keep_cards(tree: Staging, order: Order) -> None:
    """Take over the files of output/cards that this build does not make: a build of all campaigns keeps what is
    printed; one of a single campaign every other, and its own where no card leaves; one of a proof everything else.
    """
    home = tree.output / Part.CARDS
    if Part.CARDS not in order.parts or not home.is_dir():
        return
    made = {path.rpartition("/")[0] for path in tree.written if path.startswith(f"{Part.CARDS}/")}
    # One campaign's folder can lie in another's: a file is of the nearest.
    folders = {path.parent for name in CAMPAIGN_FILES for path in home.rglob(name)}
    for file in sorted(path for path in home.rglob("*") if path.is_file()):
        folder = next((parent for parent in file.parents if parent in folders), None)
        if folder is None:
            continue
        stays = order.printing.campaign or (folder / PRINTED).exists()
        if order.printing.proof_only or (stays and folder.relative_to(tree.output).as_posix() not in made):
            tree.keep(file.relative_to(tree.output).as_posix())
