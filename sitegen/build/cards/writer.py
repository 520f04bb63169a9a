"""Write the plan's lines down as cards, numbered in the order in which the post wants them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby, islice

from sitegen.build.cards.folders import card_folder
from sitegen.build.cards.gifts import gift_card, slip_of, words_of
from sitegen.build.cards.print_job import Job
from sitegen.build.post.messages import Desk
from sitegen.build.site import CARD_KEY
from sitegen.data.postal import postal_lines
from sitegen.model.campaign import Campaign
from sitegen.model.card import Card
from sitegen.model.channel import Kind
from sitegen.model.plan import Recipient, Value
from sitegen.model.postal import Address
from sitegen.protect.keys import require
from sitegen.protect.member_link import MemberLink, member_link
from sitegen.render.cards.presort import bundle
from sitegen.render.fields import day_text, said_values
from sitegen.render.mail.greeting import greeting, greeting_template
from sitegen.render.merge import MergeTemplate
from sitegen.render.variant import variant


def jobs(desk: Desk, lines: Iterator[Recipient]) -> Iterator[Job]:
    """The print files of each campaign: one design to a file, in whose name it stands where there are several.

    Records count from 1 in each campaign, in the order of the lines.
    """
    card_key = require(desk.order.roots.card, CARD_KEY)
    instant = datetime.fromtimestamp(desk.order.instant, UTC)
    for name, group in groupby(lines, key=lambda line: line.campaign):
        campaign = desk.campaign(name)
        writer = _Writer(desk, campaign, card_key)
        for design, dealt in groupby(group, key=lambda line: line.design):
            mark = f"-{design}" if len(campaign.cards) > 1 else ""
            for number, batch in enumerate(_batches(dealt, desk.project.print_house.records), start=1):
                cards = tuple(writer.card(line) for line in batch)
                yield Job(
                    campaign=name,
                    folder=card_folder(campaign, desk.order.first),
                    file=f"cards{mark}-{number:03d}.pdf",
                    title=campaign.title,
                    design=design,
                    cards=cards,
                    lacking=tuple(line.lacks for line in batch),
                    bundles=tuple(bundle(line.country, line.postcode) for line in batch),
                    days=tuple(line.day for line in batch),
                    instant=instant,
                    slips=tuple(slip_of(card, line.gift) for card, line in zip(cards, batch, strict=True) if line.gift),
                )


def _batches(lines: Iterator[Recipient], size: int) -> Iterator[tuple[Recipient, ...]]:
    while batch := tuple(islice(lines, size)):
        yield batch


@dataclass(slots=True)
class _Writer:
    """Writes the cards of one campaign, with record numbers from 1."""

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
        values = said_values(line.values, shop, language)
        card = Card(
            record=self.record,
            customer_id=line.customer_id,
            name=str(line.values.get("full_name", "")),
            lines=tuple(line.address.split("\n")),
            greeting=greeting(self.template(line), line, language, shop),
            link=link.url,
            code=link.grouped,
            adviser=str(line.values.get("adviser_name", "")),
            adviser_title=str(values.get("adviser_title", "")),
            adviser_phone=str(line.values.get("adviser_phone", "")),
            store=str(values.get("store_name", "")),
            shop=shop.name,
            hotline=shop.hotline.phone,
            language=language,
            tier=str(values.get("tier", "")),
            since=_spelled(line.values.get("member_since"), language),
            shop_lines=(shop.name, *self.own_address(line.country)),
            site=shop.url.partition("://")[2].rstrip("/"),
            country=line.country,
            edition=line.edition,
        )
        return gift_card(card, line.gift, words_of(line.gift, line, self.campaign, shop)) if line.gift else card

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

    def own_address(self, reader: str) -> list[str]:
        """The shop's address as somebody in the country `reader` writes it on an answer."""
        own = self.desk.project.shop.address
        address = Address(street=own.street, postcode=own.postcode, city=own.city, region="", country=own.country)
        return postal_lines(address, reader or own.country).split("\n")


def _spelled(day: Value | None, language: str) -> str:
    return day_text(day, language) if isinstance(day, date) else ""
