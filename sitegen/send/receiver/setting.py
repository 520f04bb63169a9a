"""What the receiver is made with, and what one visit to it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sitegen.model.claim import Claim
from sitegen.model.duty_form import DutyForm
from sitegen.model.gathering import Invitation
from sitegen.model.shop import Shop
from sitegen.model.survey import Survey
from sitegen.model.theme import Theme
from sitegen.protect.tokens import Sealer

FORM_DAYS = 180
"""How long after a message's day its links to forms open; unsubscribing never ends."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The shop's own words and looks, the ledger, the key of tokens and no other, and two clocks.

    `now` gives the instant in UTC, `ticks` seconds of a clock that never goes back; `managers` are the advisers (by
    their ids) who may give the house's final opinion on a complaint, empty where nobody is named.
    """

    shop: Shop
    theme: Theme
    surveys: tuple[Survey, ...]
    sealer: Sealer = field(repr=False)
    ledger: Path
    now: Callable[[], datetime]
    ticks: Callable[[], float]
    invitations: tuple[Invitation, ...] = ()
    duties: tuple[DutyForm, ...] = ()
    managers: frozenset[str] = frozenset()

    @property
    def base(self) -> str:
        """The path below which the receiver lies, with both slashes: "/" where it has a host of its own."""
        path = self.shop.receiver.partition("://")[2].partition("/")[2].strip("/")
        return f"/{path}/" if path else "/"


@dataclass(frozen=True, slots=True)
class Visit:
    """One request, as far as a page needs to know it.

    `fields` is what a form sent, None where a page was only asked for; `claim` what the token lets its bearer do,
    None where it lets them do nothing; `language` was asked for, or is "". `accepts` is the header Accept-Language.
    """

    now: datetime
    token: str
    claim: Claim | None
    fields: Mapping[str, str] | None
    name: str = ""
    language: str = ""
    accepts: str = ""

    @property
    def at(self) -> str:
        """The instant as the ledger writes it: ISO 8601 in UTC, with microseconds, so that two never share one."""
        return self.now.isoformat(timespec="microseconds").replace("+00:00", "Z")

    def day(self, shop: Shop) -> date:
        """The day by the shop's calendar."""
        return self.now.astimezone(ZoneInfo(shop.timezone)).date()

    def fresh(self, shop: Shop) -> Claim | None:
        """The claim where its message is not too old for a form."""
        claim = self.claim
        return claim if claim and (self.day(shop) - claim.day).days <= FORM_DAYS else None


@dataclass(frozen=True, slots=True)
class Reply:
    """What to show: a template of the theme's receiver/, and what it needs to know."""

    template: str
    views: Mapping[str, object]
    status: int = 200


def notice(kind: str, status: int) -> Reply:
    """A page that only says something: the theme's words `receive.KIND.title` and `receive.KIND.text`."""
    return Reply("message.html", {"kind": kind}, status)


LOST = notice("lost", 404)
"""A link that opens nothing: which of the many reasons it has is nobody's business."""
