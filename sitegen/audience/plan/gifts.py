"""Plan the cards of gifts: the giver is the customer of the line, but what stands in its way is the recipient's."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import ibis

from sitegen.audience.calendar.due import Period
from sitegen.audience.language.catalogue import UNDONE
from sitegen.audience.plan.addresses import address_of, is_written
from sitegen.audience.plan.candidates import member_value
from sitegen.audience.plan.suppressions import with_suppression
from sitegen.audience.selection.matches import flagged
from sitegen.model.campaign import Campaign
from sitegen.model.channel import Channel
from sitegen.model.gift import EDITION
from sitegen.model.plan import PLAN_COLUMNS

GIVEN = "you give this present"
"""Why a gift's card is in the plan."""

CARD = ibis.literal(Channel.CARD.value)


@dataclass(frozen=True, slots=True)
class Giving:
    """All that the cards of gifts depend on. `lead` is the number of days in which a card is printed."""

    gifts: ibis.Table
    orders: ibis.Table
    members: ibis.Table
    customers: ibis.Table
    suppressions: ibis.Table
    deliveries: ibis.Table
    lead: int


def gift_cards(campaigns: tuple[Campaign, ...], giving: Giving, days: Period) -> ibis.Table:
    """A row for each gift that is due and each campaign, with PLAN_COLUMNS and `code` and `why_not` as in the plan.

    A card leaves `lead` days before its box; one that was asked for later than that leaves on the day after it was
    asked for, so that no gift is forgotten. The recipient is no customer: of them the plan knows only the gift's
    number in its edition. What may be in the way: the card left before; the gift is in another language than the
    campaign; its order was cancelled or came back; nothing may go to the recipient's address; their name or address
    is missing; there are no words; there is no such design. Whether the giver wants cards of care is not asked: this
    one they ordered.
    """
    table = reduce(lambda above, below: above.union(below), (_of_campaign(one, giving, days) for one in campaigns))
    table = with_suppression(table, giving.suppressions)
    left = giving.deliveries.select(sent_edition="edition", sent_to="customer_id").distinct()
    table = flagged(table, left, {"edition": "sent_edition", "customer_id": "sent_to"}, "sent")
    table = table.mutate(barred=table["barred"].notnull())
    checks = _checks(table)
    return table.select(
        *PLAN_COLUMNS,
        code=ibis.cases(*((holds, code) for holds, code, _ in checks)),
        why_not=ibis.cases(*((holds, words) for holds, _, words in checks)),
    )


def _of_campaign(campaign: Campaign, giving: Giving, days: Period) -> ibis.Table:
    members, customers = giving.members, giving.customers
    givers = members.filter(member_value(members, campaign.audience)).select(giver="customer_id")
    advisers = customers.select("adviser_id", advised="customer_id")
    gifts = giving.gifts.inner_join(givers, [("customer_id", "giver")])
    gifts = gifts.left_join(advisers, [("customer_id", "advised")])
    undone = giving.orders.filter(giving.orders["status"].isin(UNDONE)).select(undone_order="order_id")
    gifts = flagged(gifts, undone, {"order_id": "undone_order"}, "undone")
    in_time = (gifts["send_on"] - ibis.interval(days=giving.lead)).cast("date")
    gifts = gifts.mutate(leaves=ibis.greatest(in_time, (gifts["asked_on"] + ibis.interval(days=1)).cast("date")))
    gifts = gifts.filter(gifts["leaves"].between(ibis.date(days.since), ibis.date(days.last)))
    gifts = gifts.mutate(day=ibis.greatest(gifts["leaves"], ibis.date(days.first)))
    gifts = gifts.filter(_is_open(campaign, gifts["day"]))
    wish, words = _text(gifts["card"]), _text(gifts["words"])
    return gifts.select(
        "customer_id",
        "adviser_id",
        "day",
        campaign=ibis.literal(campaign.id),
        edition=ibis.literal(campaign.id + EDITION) + gifts["gift_id"],
        channel=CARD,
        occasion_day=gifts["send_on"],
        design=wish.coalesce(ibis.literal(campaign.cards[0])),
        reason=ibis.literal(GIVEN),
        leaves_at=ibis.null("string"),
        message_class=ibis.literal(campaign.message_class.value),
        address=address_of(gifts, Channel.CARD),
        unwritten=~is_written(gifts, Channel.CARD),
        nameless=_text(gifts["recipient_name"]).isnull(),
        strange=~_speaks(campaign, gifts["language"]),
        undone=gifts["undone"],
        wordless=words.isnull() & ibis.literal(not any(block.markdown.strip() for block in campaign.body.blocks)),
        undesigned=wish.notnull() & ~wish.isin(campaign.cards),
    )


def _is_open(campaign: Campaign, day: ibis.Value) -> ibis.Value:
    """Whether the campaign is visible on that day: Window.contains, for a column."""
    window = campaign.window
    begun = ibis.literal(True) if window.publish_on is None else day >= ibis.date(window.publish_on)
    return begun if window.expire_on is None else begun & (day < ibis.date(window.expire_on))


def _text(column: ibis.Value) -> ibis.Value:
    return column.strip().nullif("")


def _speaks(campaign: Campaign, language: ibis.Value) -> ibis.Value:
    """Whether the campaign is for gifts in that language; one without a language is for all."""
    if not campaign.language:
        return ibis.literal(True)
    meant, spoken = campaign.language.lower(), language.strip().lower()
    return ((spoken == meant) | spoken.startswith(meant + "-")).fill_null(False)


def _checks(table: ibis.Table) -> list[tuple[ibis.Value, str, ibis.Value]]:
    """Condition, code and words of each obstacle, in the order in which they are told."""
    told = [
        ("sent", "already-sent", "this card has left before"),
        ("strange", "other-language", "the gift's words are in another language than this campaign"),
        ("undone", "undone", "the order of this gift was cancelled or came back"),
        ("barred", "suppressed", "nothing may go to the recipient's address any more"),
        ("nameless", "no-recipient", "the recipient's name is missing"),
        ("unwritten", "no-address", "street, postcode, city or country of the recipient is missing"),
        ("wordless", "no-words", "the giver wrote nothing, and the campaign has no words of its own"),
    ]
    checks = [(table[name], code, ibis.literal(words)) for name, code, words in told]
    no_design = ibis.literal("this campaign has no design '") + table["design"] + "'"
    return [*checks, (table["undesigned"], "no-such-design", no_design)]
