"""The plan's e-mails: each line filled and hashed, and what `sitegen send` will compare itself with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sitegen.build.order import Order
from sitegen.build.post.mail_exports import Exports
from sitegen.build.post.message_files import PART, part_name
from sitegen.build.post.tokens import KeyedTokens
from sitegen.model.artifact import Artifact, PrivateArtifact
from sitegen.model.campaign import Campaign
from sitegen.model.plan import Recipient
from sitegen.protect.keys import require
from sitegen.protect.tokens import sealer
from sitegen.render.mail import compose as mail
from sitegen.render.mail import message as mail_message
from sitegen.render.mail.preview import Sample, label, preview
from sitegen.render.parts import Offers
from sitegen.render.theme import templates

if TYPE_CHECKING:
    from sitegen.build.post.messages import Desk

SAMPLES = 3
"""Recipients in the preview of a campaign's mail."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One message of the plan. `posting` holds its instant; `content` are the bytes that leave."""

    recipient: Recipient
    variant: mail.Variant
    template: mail.MailTemplate
    posting: mail_message.Posting
    content: bytes = field(repr=False)


@dataclass(slots=True)
class Writer:
    """Fills the mails of one campaign: templates are composed once for each variant of its readers."""

    campaign: Campaign
    setting: mail.MailSetting
    page_url: str
    tokens: mail_message.Tokens
    zone: ZoneInfo
    made: dict[mail.Variant, mail.MailTemplate] = field(default_factory=dict)

    def write(self, recipient: Recipient) -> Mail:
        """The recipient's message. Raises Mistakes (exit 6) for what may not be sent."""
        found = mail.variant(self.campaign, recipient)
        if found not in self.made:
            self.made[found] = mail.compose(self.campaign, found, self.setting, self.page_url)
        template, posting = self.made[found], self.posting(recipient)
        return Mail(recipient, found, template, posting, mail_message.message(template, recipient, posting))

    def notices(self) -> tuple[str, ...]:
        """What had better be mended in the mails that were written, each once."""
        return tuple(dict.fromkeys(str(notice) for made in self.made.values() for notice in made.notices))

    def posting(self, recipient: Recipient) -> mail_message.Posting:
        """How the recipient's message leaves: at its planned instant, told by the shop's clock."""
        assert recipient.leaves_at, recipient
        return mail_message.Posting(recipient.leaves_at.astimezone(self.zone), self.tokens)


def writer(desk: Desk, campaign: Campaign, tokens: mail_message.Tokens | None = None) -> Writer:
    """The writer of a campaign's mails; `tokens` are those of the receiver key where none are given."""
    (made,) = writers(desk, (campaign,), tokens).values()
    return made


def writers(
    desk: Desk, campaigns: tuple[Campaign, ...], tokens: mail_message.Tokens | None = None
) -> Mapping[str, Writer]:
    """The writers of several campaigns by id, which share what all mails of a build share."""
    shop = desk.project.shop
    tokens = tokens or KeyedTokens(sealer(require(desk.order.receiver, "SITEGEN_RECEIVER_KEY")))
    sheets = templates(desk.project.theme, {})
    addresses, files = desk.addresses(), desk.files()
    offers = Offers(desk.project, desk.order.first)
    return {
        campaign.id: Writer(
            campaign=campaign,
            setting=mail.MailSetting(shop, sheets, desk.links(campaign, addresses, files), shop.url + "/", offers),
            page_url=desk.page_url(campaign, addresses),
            tokens=tokens,
            zone=ZoneInfo(shop.timezone),
        )
        for campaign in campaigns
    }


def mails(desk: Desk, lines: Iterator[Recipient], done: Callable[[], None]) -> Iterator[Artifact]:
    """For each campaign its first messages as .eml, a line on every message, and a page that shows a few of them."""
    known = writers(desk, desk.project.campaigns)
    for name, group in groupby(lines, key=lambda line: line.campaign):
        samples: dict[mail.Variant, Sample] = {}
        rows: list[bytes] = []
        exports = Exports(desk, name)
        for number, line in enumerate(group):
            made = known[name].write(line)
            file = mail_message.file_name(line) if number < desk.project.shop.output.messages else ""
            if file:
                yield PrivateArtifact(f"mail/{file}", made.content)
            if number and number % PART == 0:
                yield PrivateArtifact(f"mail/{name}/{part_name(number - PART)}", b"".join(rows))
                rows.clear()
            rows.append(_row(made, file, desk.order))
            if desk.project.shop.output.export:
                exports.note(made)
            if made.variant not in samples:
                samples[made.variant] = Sample(label(desk.titled(made.variant)), made.template, line)
            done()
        shown = tuple(samples.values())[:SAMPLES]
        posting = known[name].posting(shown[0].recipient)
        yield PrivateArtifact(f"mail/{name}/index.html", preview(known[name].campaign.title, shown, posting).encode())
        yield PrivateArtifact(f"mail/{name}/{part_name(number - number % PART)}", b"".join(rows))
        desk.tally.notices += known[name].notices()
        yield from exports.artifacts()


def _row(made: Mail, file: str, order: Order) -> bytes:
    """One message as a line of JSON: `file` is below output/mail/, "" where only the hash is kept.

    `reason` and the days of the build are what it takes to make the same message again.
    """
    line = made.recipient
    values = {
        "edition": line.edition,
        "customer_id": line.customer_id,
        "address_key": line.address_key,
        "day": line.day.isoformat(),
        "reason": line.reason,
        "built_for": f"{order.first}..{order.last}",
        "leaves_at": made.posting.instant.astimezone(UTC).isoformat(timespec="seconds"),
        "token": made.posting.tokens.message(line),
        "sha256": sha256(made.content).hexdigest(),
        "bytes": len(made.content),
        "file": file,
    }
    return (json.dumps(values, ensure_ascii=False) + "\n").encode()
