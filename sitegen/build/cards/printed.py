"""Work on a campaign's finished print files: note that they are printed, print spoiled cards again."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from io import StringIO
from itertools import groupby
from pathlib import Path
from typing import Any

from sitegen.build.cards.folders import JOB_FILE, finished_folder
from sitegen.build.cards.kept import MANIFEST, PRINTED
from sitegen.build.cards.papers import DELIVERIES
from sitegen.errors import Unusable
from sitegen.model.campaign import Campaign
from sitegen.model.channel import Channel
from sitegen.model.ledger import Delivery, State
from sitegen.model.project import Project
from sitegen.publish.atomic import write_file
from sitegen.send.ledger import at_once, open_ledger, record


@dataclass(frozen=True, slots=True)
class Noted:
    """How many cards were written into the ledger, and how many stood there already."""

    new: int
    known: int


@dataclass(frozen=True, slots=True)
class Reprint:
    """A reprint's file, below the shop's folder, and how many cards it holds."""

    path: Path
    cards: int


def note_printed(root: Path, project: Project, folder: Path, campaign: Campaign, instant: int) -> Noted:
    """Write every card of the print files in the folder into the ledger as printed; a second time changes nothing.

    `folder` is one that `finished` gave.
    """
    claimed = datetime.fromtimestamp(instant, UTC).isoformat()
    rows = [json.loads(line) for line in (folder / DELIVERIES).read_text(encoding="utf-8").splitlines()]
    with open_ledger(root / project.shop.ledger) as ledger, at_once(ledger):
        new = sum(record(ledger, _delivery(campaign, row, claimed)) for row in rows)
    write_file(folder / PRINTED, (json.dumps({"noted": claimed}) + "\n").encode(), 0o600)
    return Noted(new, len(rows) - new)


def _delivery(campaign: Campaign, row: dict[str, Any], claimed: str) -> Delivery:
    return Delivery(
        campaign=campaign.id,
        edition=row["edition"],
        channel=Channel.CARD,
        address_key=row["address_key"],
        customer_id=row["customer_id"],
        state=State.PRINTED,
        day=date.fromisoformat(row["day"]),
        message_class=campaign.message_class,
        claimed_at=claimed,
        design=row["design"],
    )


def reprint(
    root: Path, project: Project, folder: Path, campaign: Campaign, records: tuple[int, int]
) -> tuple[Reprint, ...]:
    """The cards with these record numbers, both included, once more: a file for each design.

    Pages are taken out of the print files as they are, so their content is equal byte by byte; the manifest says
    "reprinted" of them. `folder` is one that `finished` gave. Raises Unusable where there is no such record.
    """
    # Only who prints pays for the library's import.
    from sitegen.render.cards.extract import Extract, extracted  # noqa: PLC0415

    rows = list(csv.DictReader(StringIO((folder / MANIFEST).read_text(encoding="utf-8"))))
    wanted = [row for row in rows if records[0] <= int(row["record"]) <= records[1] and row["file"]]
    if not wanted:
        last = max((int(row["record"]) for row in rows), default=0)
        raise Unusable(
            f"'{campaign.id}' has no card from {records[0]} to {records[1]}\nhint: its records end at {last}"
        )
    made: list[Reprint] = []
    for design, group in groupby(sorted(wanted, key=lambda row: row["design"]), key=lambda row: row["design"]):
        chosen = sorted(group, key=lambda row: int(row["record"]))
        parts = tuple(
            Extract((folder / file).read_bytes(), tuple(int(row["page"]) - 1 for row in own))
            for file, own in groupby(chosen, key=lambda row: row["file"])
        )
        first, last = int(chosen[0]["record"]), int(chosen[-1]["record"])
        path = folder / f"reprint-{design}-{first}-{last}.pdf"
        write_file(path, extracted(parts, project.print_house, f"{campaign.title}, again"), 0o600)
        made.append(Reprint(path.relative_to(root), len(chosen)))
    again = {row["record"] for row in wanted}
    write_file(folder / MANIFEST, b"".join(_marked(rows, again)), 0o600)
    return tuple(made)


def _marked(rows: list[dict[str, str]], again: set[str]) -> Iterator[bytes]:
    """The manifest's lines, with what was printed again."""
    text = StringIO()
    lines = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    lines.writeheader()
    lines.writerows({**row, "status": "reprinted"} if row["record"] in again else row for row in rows)
    yield text.getvalue().encode()


def finished(root: Path, campaign: Campaign, first: date, named: bool) -> Path:
    """The folder of the campaign's print files, which are all as they were made; see `finished_folder`.

    Raises Unusable where there are none, not as they were made, or those of several days.
    """
    home = root / "output" / "cards"
    folder = home / finished_folder(home, campaign, first, named)
    again = campaign.id + (f" --on {first}" if named else "")
    try:
        files = json.loads((folder / JOB_FILE).read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, KeyError) as error:
        of = f" of {first}" if named else ""
        hint = f"make them first: sitegen cards {again}"
        raise Unusable(f"'{campaign.id}' has no print files{of} in output/cards\nhint: {hint}") from error
    for name, about in files.items():
        file = folder / name
        if not file.is_file() or sha256(file.read_bytes()).hexdigest() != about["content"]:
            hint = f"make the cards again: sitegen cards {again}"
            raise Unusable(f"the print file '{name}' of '{campaign.id}' is not as it was made\nhint: {hint}")
    return folder
