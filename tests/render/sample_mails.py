"""One message of each e-mail campaign of the sample shop, made without a plan, so that it takes a moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path

from sitegen.build.post.tokens import KeyedTokens
from sitegen.content.project import read_project
from sitegen.model.campaign import Campaign
from sitegen.model.channel import Channel
from sitegen.model.plan import Recipient, Value
from sitegen.model.project import Project
from sitegen.protect.tokens import sealer
from sitegen.render import theme
from sitegen.render.away import AwayLinks
from sitegen.render.mail import compose as mail
from sitegen.render.mail import message as mail_message
from sitegen.render.mail.portraits import portrait_addresses

ROOT = Path(__file__).parents[2]
POSTING = mail_message.Posting(datetime(2026, 9, 25, 9, 0, tzinfo=UTC), KeyedTokens(sealer(bytes(range(32)))))
PAGE = "/m/7k3m9qxaw2pd4/"
ENGLISH: dict[str, Value] = {
    "first_name": "Zoë",
    "full_name": "Zoë Müller",
    "adviser_name": "Wiebke Petersen",
    "adviser_signature": "Wiebke Petersen",
    "adviser_first_name": "Wiebke",
    "adviser_title": "Senior adviser, bed linen",
    "adviser_phone": "+49 40 66969 011",
    "adviser_email": "wiebke.petersen@lantern-loom.example.com",
    "store_name": "Lantern & Loom Hamburg",
}
CHINESE: dict[str, Value] = {
    "first_name": "美玲",
    "full_name": "林美玲",
    "adviser_name": "沈月",
    "adviser_signature": "沈月 Yue Shen",
    "adviser_first_name": "月",
    "adviser_title": "资深顾问，念珠",
    "adviser_phone": "+86 129 0000 0011",
    "adviser_email": "yue.shen@lantern-loom.example.com",
    "store_name": "Lantern & Loom Shanghai",
}
SAID: dict[str, Value] = {
    "member_since": date(2019, 4, 2),
    "tier": "Gold",
    "points": 1240,
    "to_next_tier": Decimal("120.50"),
    "last_order": date(2026, 3, 14),
    "city": "Hamburg",
}


@dataclass(frozen=True, slots=True)
class Made:
    """A campaign's e-mail with somebody who gets it."""

    campaign: Campaign
    template: mail.MailTemplate
    recipient: Recipient

    @property
    def filled(self) -> mail_message.Filled:
        """Its readable parts."""
        return mail_message.fill(self.template, self.recipient, POSTING)

    @property
    def message(self) -> bytes:
        """The message as it leaves."""
        return mail_message.message(self.template, self.recipient, POSTING)

    @property
    def name(self) -> str:
        """What a file that holds it may be called."""
        return self.campaign.id.replace("/", "-")


@cache
def project() -> Project:
    """The sample shop."""
    return read_project(ROOT)


@cache
def sample_mails() -> tuple[Made, ...]:
    """Every campaign that goes by mail, for a reader who sees all of its blocks."""
    return tuple(made(campaign) for campaign in project().campaigns if Channel.MAIL in campaign.channels)


def made(campaign: Campaign, **changes: Value) -> Made:
    """The campaign's e-mail for one reader of its language; `changes` are merge values."""
    shop = project().shop
    reader = recipient(campaign, changes)
    links = AwayLinks(shop, f"campaigns/{campaign.id}.md", campaign.body.file, lambda _: PAGE, project().assets, {})
    setting = mail.MailSetting(shop, theme.templates(project().theme, {}), links, f"{shop.url}/")
    page = shop.origin + PAGE if Channel.PAGE in campaign.channels else ""
    return Made(campaign, mail.compose(campaign, mail.variant(campaign, reader), setting, page), reader)


def recipient(campaign: Campaign, changes: dict[str, Value] | None = None) -> Recipient:
    """Somebody who reads the campaign's language and all of its blocks, with an adviser."""
    chinese = campaign.language == "zh"
    photo = portrait_addresses(project().assets, project().shop)[
        f"advisers/{'yue-shen' if chinese else 'wiebke-petersen'}.png"
    ]
    values = {**(CHINESE if chinese else ENGLISH), **SAID, "adviser_photo": photo, **(changes or {})}
    return Recipient(
        customer_id="C-00001",
        campaign=campaign.id,
        edition=f"{campaign.id}/2026-09-25",
        channel=Channel.MAIL,
        day=date(2026, 9, 25),
        reason="您常来坐坐" if chinese else "you have bought from us within the last year",
        address="zoe@example.org",
        language=campaign.language or "en",
        segments=frozenset(campaign.body.audiences),
        values={name: value for name, value in values.items() if value != ""},
    )


def named(name: str) -> Campaign:
    """The sample's campaign of that id below 2026/."""
    found = project().campaign(f"2026/{name}")
    assert found, name
    return replace(found)
