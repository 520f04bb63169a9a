"""The archive: e-mails that have left, as pages for the audience they went to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sitegen.audience.calendar.occasions import Occasions
from sitegen.model.body import FIELD_CLOSE, FIELD_OPEN, Block, Body
from sitegen.model.campaign import Campaign, OnDate, OnOccasion
from sitegen.model.channel import Channel
from sitegen.model.field import MemberData, field
from sitegen.model.project import Project

KEPT = timedelta(days=365)
"""How long a letter with a date lies in the archive."""
KEPT_WISH = timedelta(days=31)
"""How long one for an occasion does: last year's may never have left, since its file may be new."""

_MARKER = re.compile(f"{FIELD_OPEN}(\\d+){FIELD_CLOSE}")
_ATTRIBUTE = re.compile(r"\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Letter:
    """A campaign that left by mail on `day` and has no page of its own. `body` says what its page may say."""

    campaign: Campaign
    day: date
    body: Body


def letters(project: Project, today: date) -> tuple[Letter, ...]:
    """The letters that left until today and are still kept, newest first.

    What goes to each customer on a day of their own (`every:`) is theirs alone and is not archived; nor is what the
    weather decides, since a build of pages knows no weather.
    """
    occasions = Occasions(project.programme.occasions, project.shop.holiday_countries)
    found = [
        Letter(campaign, max(days), _readable(campaign.body, project.shop.output.member_data))
        for campaign in project.campaigns
        if _is_letter(campaign) and (days := tuple(_days(campaign, occasions, today)))
    ]
    return tuple(sorted(found, key=lambda letter: (-letter.day.toordinal(), letter.campaign.id)))


def _is_letter(campaign: Campaign) -> bool:
    return Channel.MAIL in campaign.channels and Channel.PAGE not in campaign.channels and not campaign.draft


def _days(campaign: Campaign, occasions: Occasions, today: date) -> Iterator[date]:
    """The days on which an edition left that is still kept, by the shop's calendar."""
    match campaign.timing:
        case OnDate(day):
            days = [day] if today - KEPT < day <= today else []
        case OnOccasion(name, offset):
            shift = timedelta(days=offset)
            days = [day + shift for day in occasions.days(name, today - KEPT_WISH - shift, today - shift)]
        case _:
            days = []
    yield from (day for day in days if campaign.window.contains(day))


def _readable(body: Body, kept: MemberData) -> Body:
    """The body without what no member's record holds: such a field shows its fallback, or nothing."""
    return replace(body, blocks=tuple(_readable_block(block, body, kept) for block in body.blocks))


def _readable_block(block: Block, body: Body, kept: MemberData) -> Block:
    def shown(found: re.Match[str]) -> str:
        use = body.fields[int(found[1])]
        known = field(use.name)
        on_pages = known is not None and Channel.PAGE in known.channels and (not known.full or kept == "full")
        return found[0] if on_pages else use.fallback or ""

    def plain(found: re.Match[str]) -> str:
        # A link that was made for one reader leads nowhere for the others.
        return _MARKER.sub(lambda marker: body.fields[int(marker[1])].fallback or "", found[0])

    return replace(block, markdown=_MARKER.sub(shown, _ATTRIBUTE.sub(plain, block.markdown)))
