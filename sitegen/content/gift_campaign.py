"""Check a campaign for gifts: its cards go to third persons, so nothing of the giver may stand in it."""

from __future__ import annotations

from sitegen.content.keys import Keys
from sitegen.model.campaign import Campaign, EachGift
from sitegen.model.channel import Channel, Kind
from sitegen.model.tree import Place

GIFT = "gift"
"""What `every:` says of a campaign that has a card for each gift."""
_OWN_WORDS = "write words that suit every gift; the giver's own words and name come with the gift"


def check_gift(campaign: Campaign, keys: Keys) -> None:
    """Report what a campaign with `every: gift` can't have; any other campaign is left alone."""
    if not isinstance(campaign.timing, EachGift):
        return
    report = keys.problems.append
    if campaign.kind is not Kind.GIFT and keys.node("kind") is not None:
        message = f"'every: gift' can't be of the kind '{campaign.kind}'"
        report(keys.place("kind").problem("not-a-gift", message, "write 'kind: gift'"))
    for channel in campaign.channels:
        if channel is not Channel.CARD:
            message = f"'every: gift' can't go by {channel}: only a card lies in the box"
            report(keys.place("channels").problem("not-a-gift", message, "write 'channels: [card]'"))
    for use in campaign.body.fields:
        message = f"a card for a third person can't say the giver's '{use.name}'"
        report(use.place.problem("not-a-gift", message, _OWN_WORDS))
    for block in campaign.body.blocks:
        if block.audience:
            message = "a card for a third person can't hold words for some of our customers"
            report(Place(campaign.body.file, block.audience_line).problem("not-a-gift", message, _OWN_WORDS))
