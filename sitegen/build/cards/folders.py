"""Say where a campaign's print files stand below output/cards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from sitegen.errors import Unusable
from sitegen.model.campaign import Campaign, EachGift, EveryYear, OnOccasion

JOB_FILE = "job.json"
"""Stands in each folder of finished print files."""
WAITING = timedelta(60)
"""Longer no print file waits for its printer: what it greets is over, and names of customers don't lie about."""
TOLD = 3
"""Days that a message names."""


def comes_again(campaign: Campaign) -> bool:
    """Whether a campaign has cards on other days too: each birthday, each gift, each year's festival."""
    return isinstance(campaign.timing, OnOccasion | EveryYear | EachGift)


def card_folder(campaign: Campaign, first: date) -> str:
    """The folder of the cards that are made from the day `first` on.

    What comes again has a folder for each such day, so that today's print files never lie where yesterday's do.
    """
    return f"{campaign.id}/{first.isoformat()}" if comes_again(campaign) else campaign.id


def finished_folder(home: Path, campaign: Campaign, first: date, named: bool) -> str:
    """The folder of print files that stand in `home`: of the day `first` where somebody `named` it, or where it is
    there; else the only one there is.

    Raises Unusable where there are several.
    """
    meant = card_folder(campaign, first)
    days = finished_days(home, campaign) if comes_again(campaign) and not named else ()
    if not days or first in days:
        return meant
    if len(days) > 1:
        known = ", ".join(map(str, days[-TOLD:]))
        more = "..., " if len(days) > TOLD else ""
        raise Unusable(
            f"'{campaign.id}' has print files of {len(days)} days: {more}{known}\nhint: say which: --on {days[-1]}"
        )
    return card_folder(campaign, days[0])


def finished_days(home: Path, campaign: Campaign) -> tuple[date, ...]:
    """The days whose print files stand in `home`, of a campaign that comes again, in order."""
    named = (first_day(path.parent.name) for path in (home / campaign.id).glob(f"*/{JOB_FILE}"))
    return tuple(sorted(day for day in named if day))


def is_of_another_day(folder: str, campaigns: Iterable[Campaign], days: tuple[date, date]) -> bool:
    """Whether a folder below output/cards is of a campaign that comes again and of none of the `days`, and may still
    be waiting for its printer.
    """
    parent, _, name = folder.rpartition("/")
    day = first_day(name)
    if day is None or not any(comes_again(one) and one.id == parent for one in campaigns):
        return False
    return day > days[1] or days[0] - WAITING <= day < days[0]


def first_day(name: str) -> date | None:
    """The day after which a folder is named, None where it is not."""
    try:
        day = date.fromisoformat(name)
    except ValueError:
        return None
    return day if day.isoformat() == name else None
