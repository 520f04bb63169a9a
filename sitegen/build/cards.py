"""A campaign's cards: print files of a fixed number of records, and their manifest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby, islice

from sitegen.build.messages import Desk
from sitegen.build.site import CARD_KEY
from sitegen.model.artifact import Artifact, PrivateArtifact
from sitegen.model.campaign import Campaign
from sitegen.model.card import Card
from sitegen.model.channel import Kind
from sitegen.model.plan import Recipient
from sitegen.protect.keys import require
from sitegen.protect.member_link import MemberLink, member_link
from sitegen.render.cards.manifest import PageRecord, manifest
from sitegen.render.cards.reference import print_file
from sitegen.render.cards.refusal import CardsRefused, Refused
from sitegen.render.greeting import greeting, greeting_template
from sitegen.render.merge import MergeTemplate
from sitegen.render.variant import variant

RECORDS = 500
"""Cards in one print file: a damaged file costs little, and a press still reuses the art."""


def cards(desk: Desk, lines: Iterator[Recipient]) -> Iterator[Artifact]:
    """Print files and a manifest for each edition. Raises CardsRefused with every card that may not be printed."""
    card_key = require(desk.order.roots.card, CARD_KEY)
    instant = datetime.fromtimestamp(desk.order.instant, UTC)
    refused: list[Refused] = []
    for (name, edition), group in groupby(lines, key=lambda line: (line.campaign, line.edition)):
        campaign = desk.campaign(name)
        design = desk.project.theme.design(campaign.cards[0])
        assert design, campaign.cards
        writer = _Writer(desk, campaign, card_key)
        files: list[tuple[str, tuple[PageRecord, ...]]] = []
        try:
            for number, batch in enumerate(_batches(group), start=1):
                printed = print_file(design, tuple(writer.card(line) for line in batch), campaign.title, instant)
                file = f"cards-{number:03d}.pdf"
                files.append((file, printed.pages))
                yield PrivateArtifact(f"cards/{edition}/{file}", printed.pdf)
        except CardsRefused as error:
            refused.extend(error.refused)
            continue
        yield PrivateArtifact(f"cards/{edition}/manifest.csv", manifest(design.name, files))
    if refused:
        raise CardsRefused("all editions", refused)


def _batches(lines: Iterator[Recipient]) -> Iterator[tuple[Recipient, ...]]:
    while batch := tuple(islice(lines, RECORDS)):
        yield batch


@dataclass(slots=True)
class _Writer:
    """Writes the cards of one edition, with record numbers from 1."""

    desk: Desk
    campaign: Campaign
    card_key: bytes = field(repr=False)
    record: int = 0
    greetings: dict[frozenset[str], MergeTemplate] = field(default_factory=dict)

    def card(self, line: Recipient) -> Card:
        self.record += 1
        shop = self.desk.project.shop
        link = self.link(line)
        language = self.campaign.language or shop.language
        return Card(
            record=self.record,
            customer_id=line.customer_id,
            name=str(line.values.get("full_name", "")),
            lines=tuple(line.address.split("\n")),
            greeting=greeting(self.template(line), line, language, shop),
            link=link.url,
            code=link.grouped,
            adviser=str(line.values.get("adviser_name", "")),
            adviser_title=str(line.values.get("adviser_title", "")),
            adviser_phone=str(line.values.get("adviser_phone", "")),
            store=str(line.values.get("store_name", "")),
            shop=shop.name,
            hotline=shop.hotline.phone,
            language=language,
        )

    def link(self, line: Recipient) -> MemberLink:
        shop = self.desk.project.shop
        if self.campaign.kind is Kind.GIFT:
            # A gift card goes to a third person: it opens nobody's door.
            return MemberLink("", "", shop.url + "/")
        return member_link(self.card_key, self.desk.lock, line.customer_id, shop.url)

    def template(self, line: Recipient) -> MergeTemplate:
        found = variant(self.campaign.body, line.segments)
        if found not in self.greetings:
            self.greetings[found] = greeting_template(self.campaign, line.segments)
        return self.greetings[found]
