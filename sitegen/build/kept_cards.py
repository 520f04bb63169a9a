"""Leave the cards of other campaigns, and those that are printed already, as they stand."""

from __future__ import annotations

from sitegen.build.order import Order, Part
from sitegen.publish.tree import Staging

PRINTED = "printed.json"
"""Lies beside cards that the print house has printed: they stay, so that a spoiled one can be printed again."""


def keep_cards(tree: Staging, order: Order) -> None:
    """Take over the files of output/cards that this build does not make: a build of all campaigns keeps what is
    printed, one of a single campaign keeps every other, one of a proof everything else.
    """
    home = tree.output / Part.CARDS
    if Part.CARDS not in order.parts or not home.is_dir():
        return
    printing = order.printing
    made = {path.rpartition("/")[0] for path in tree.written if path.startswith(f"{Part.CARDS}/")}
    for folder in sorted({path.parent for path in home.rglob("job.json")}):
        name = folder.relative_to(tree.output).as_posix()
        is_other = printing.campaign and name != f"{Part.CARDS}/{printing.campaign}"
        if printing.proof_only or is_other or (name not in made and (folder / PRINTED).exists()):
            for file in sorted(path for path in folder.rglob("*") if path.is_file()):
                tree.keep(file.relative_to(tree.output).as_posix())
