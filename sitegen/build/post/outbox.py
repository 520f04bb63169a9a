"""Read what a build laid ready for sending: a line for each message, as it was when people looked at it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sitegen.build.post.audiences import AUDIENCE
from sitegen.build.post.message_files import message_files
from sitegen.errors import Unusable
from sitegen.model.campaign import Campaign
from sitegen.model.channel import Channel
from sitegen.model.ledger import Delivery, State

_NEVER = f"{date.min}..{date.min}"


@dataclass(frozen=True, slots=True)
class Built:
    """One campaign's messages in output/. `file` has a line of JSON for each of them, and is not there where nobody
    is left; `excluded` counts by edition and code whom they do not go to.

    `first` and `last` are the days of the build; `day` is the only planned day that counts, None: all of them.
    """

    campaign: Campaign
    channel: Channel
    files: tuple[Path, ...]
    excluded: Mapping[str, Mapping[str, int]]
    first: date
    last: date
    day: date | None

    def lines(self) -> Iterator[Mapping[str, Any]]:
        """The lines, in the order of the build; of one day where one was asked for."""
        return _lines(self.files, self.day)

    def deliveries(self) -> Iterator[Delivery]:
        """The messages as the ledger keeps them, before any of them left."""
        for row in self.lines():
            yield Delivery(
                campaign=self.campaign.id,
                edition=row["edition"],
                channel=self.channel,
                address_key=row["address_key"],
                customer_id=row["customer_id"],
                state=State.PLANNED,
                day=date.fromisoformat(row["day"]),
                message_class=self.campaign.message_class,
                claimed_at="",
                token=row.get("token", ""),
                content=row.get("sha256", ""),
                leaves_at=row.get("leaves_at", ""),
            )


def built_mails(root: Path, campaign: Campaign, day: date | None = None) -> Built:
    """The campaign's e-mails that stand in output/; of one planned day where one is named.

    Raises Unusable where there are none.
    """
    folder = root / "output" / "mail" / campaign.id
    return _built(campaign, Channel.MAIL, message_files(folder), folder / AUDIENCE, day)


def built_texts(root: Path, campaign: Campaign, day: date | None = None) -> Built:
    """The campaign's texts that stand in output/; raises like `built_mails`."""
    folder = root / "output" / "texts"
    return _built(campaign, Channel.TEXT, (folder / f"{campaign.id}.jsonl",), folder / campaign.id / AUDIENCE, day)


def _built(campaign: Campaign, channel: Channel, files: tuple[Path, ...], audience: Path, day: date | None) -> Built:
    try:
        told = json.loads(audience.read_text(encoding="utf-8"))
        row = next(_lines(files, day), None)
    except (OSError, ValueError, KeyError) as error:
        raise _nothing(campaign, channel, day) from error
    if row is None and (day is not None or any(about["planned"] for about in told.values())):
        raise _nothing(campaign, channel, day)
    begin, _, end = str(row.get("built_for", f"{row['day']}..{row['day']}") if row else _NEVER).partition("..")
    excluded = {edition: about["excluded"] for edition, about in told.items()}
    if day is not None:
        there = {line["edition"] for line in _lines(files, day)}
        excluded = {edition: codes for edition, codes in excluded.items() if edition in there}
    return Built(campaign, channel, files, excluded, date.fromisoformat(begin), date.fromisoformat(end), day)


def _nothing(campaign: Campaign, channel: Channel, day: date | None) -> Unusable:
    what, part = ("e-mails", "mail") if channel is Channel.MAIL else ("texts", "texts")
    of_day, on_day = (f" of {day}", f" --on {day}") if day else ("", "")
    hint = f"build what is to leave, and look at it first: sitegen build{on_day} --only {part}"
    return Unusable(f"output/ holds no {what}{of_day} of '{campaign.id}'\nhint: {hint}")


def _lines(files: tuple[Path, ...], day: date | None) -> Iterator[Mapping[str, Any]]:
    for file in filter(Path.exists, files):
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                if day is None or row["day"] == day.isoformat():
                    yield row
