"""Write the cards of gifts in their givers' words, and the slips that lie on the packing table beside them."""

from __future__ import annotations

from dataclasses import replace

from sitegen.model.campaign import Campaign
from sitegen.model.card import Card
from sitegen.model.gift import Gift, Slip
from sitegen.model.plan import Recipient
from sitegen.model.shop import Shop
from sitegen.render.mail.greeting import greeting, greeting_template, own_words


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


def slip_of(card: Card, gift: Gift) -> Slip:
    """The slip that lies on the packing table beside the gift's card, and says the same words."""
    return Slip(
        record=card.record,
        customer_id=card.customer_id,
        gift_id=gift.gift_id,
        order_id=gift.order_id,
        send_on=gift.send_on.isoformat(),
        wrapping=gift.wrapping,
        name=card.name,
        lines=card.lines,
        giver=card.giver,
        words=card.greeting,
        language=card.language,
    )
