"""Write the cards of gifts in their givers' words, and the slips that lie on the packing table beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING

from sitegen.build.messages import Desk
from sitegen.model.artifact import PrivateArtifact
from sitegen.model.campaign import Campaign
from sitegen.model.card import Card
from sitegen.model.gift import Gift
from sitegen.model.plan import Recipient
from sitegen.model.shop import Shop
from sitegen.render.cards.refusal import Refused
from sitegen.render.greeting import greeting, greeting_template, own_words

if TYPE_CHECKING:
    from sitegen.render.cards.slips import Slip


def gift_card(card: Card, gift: Gift, words: tuple[str, str]) -> Card:
    """The card of a gift's line, turned into one for the recipient: their name, and `words` as `words_of` gives them.

    What a line says of its customer is empty for gifts already; the code of a member's door is taken off here.
    """
    said, language = words
    return replace(card, name=gift.name, greeting=said, language=language, giver=gift.giver, code="")


def words_of(gift: Gift, line: Recipient, campaign: Campaign, shop: Shop) -> tuple[str, str]:
    """What the gift's card says (trusted HTML), and in which language: the giver's own words, else the campaign's.

    Givers write in any language, also in one that the shop does not.
    """
    if gift.words:
        return own_words(gift.words), gift.language
    language = campaign.language or shop.language
    return greeting(greeting_template(campaign, line.segments), line, language, shop), language


@dataclass(slots=True)
class Packing:
    """Notes the gifts among the lines of cards that pass by, and makes a file of slips for each campaign."""

    desk: Desk
    noted: dict[str, list[tuple[int, Recipient, Gift]]] = field(default_factory=dict)

    def noting(self, lines: Iterator[Recipient]) -> Iterator[Recipient]:
        """The same lines. Records are counted as cards are: from 1 in each campaign."""
        for name, group in groupby(lines, key=lambda line: line.campaign):
            for record, line in enumerate(group, start=1):
                if line.gift:
                    self.noted.setdefault(name, []).append((record, line, line.gift))
                yield line

    def artifacts(self, instant: datetime, refused: Mapping[str, Sequence[Refused]]) -> Iterator[PrivateArtifact]:
        """cards/CAMPAIGN/slips.pdf of each campaign that has gifts, without those whose cards were `refused`.

        Raises CardsRefused where a slip can't be printed.
        """
        # Only a build that prints gifts pays for WeasyPrint's import.
        from sitegen.render.cards.slips import slip_file  # noqa: PLC0415

        project = self.desk.project
        for name, gifts in self.noted.items():
            campaign, gone = self.desk.campaign(name), {one.record for one in refused.get(name, ())}
            kept = [(record, line, gift) for record, line, gift in gifts if record not in gone]
            if kept:
                design = project.theme.design(kept[0][1].design)
                assert design, name
                slips = [_slip(*one, words_of(one[2], one[1], campaign, project.shop)) for one in kept]
                made = slip_file(slips, design, project.shop.language, (campaign.title, instant))
                yield PrivateArtifact(f"cards/{name}/slips.pdf", made)


def _slip(record: int, line: Recipient, gift: Gift, words: tuple[str, str]) -> Slip:
    from sitegen.render.cards.slips import Slip  # noqa: PLC0415 - as in Packing.artifacts

    said, language = words
    return Slip(
        record=record,
        customer_id=line.customer_id,
        gift_id=gift.gift_id,
        order_id=gift.order_id,
        send_on=gift.send_on.isoformat(),
        wrapping=gift.wrapping,
        name=gift.name,
        lines=tuple(line.address.split("\n")),
        giver=gift.giver,
        words=said,
        language=language,
    )
