"""What a campaign for gifts may hold: a card, and nothing of the giver."""

from __future__ import annotations

from pathlib import Path

from sitegen.content.project import read_project
from sitegen.model.campaign import EachGift, EveryYear
from sitegen.model.channel import Channel, MessageClass
from tests.content.shop_folder import SITE, mistakes_of, page, write_shop

FRONT = "title: A\nkind: gift\naudience: everyone\nchannels: [card]\ncard: crane\nevery: gift"
HOME = "themes/hearth/cards/crane"
DESIGN = {
    f"{HOME}/design.yaml": "title: Crane\nwidth: 105\nheight: 148\nbleed: 3\nsafe: 5\nslots: {}\n",
    f"{HOME}/card.html": "",
    f"{HOME}/card.css": "",
}


def test_every_gift_has_a_card_of_care(tmp_path: Path) -> None:
    write_shop(tmp_path, **DESIGN, campaigns__a=page(FRONT, "Chosen for you."))
    (campaign,) = read_project(tmp_path).campaigns
    assert (campaign.timing, campaign.channels) == (EachGift(), (Channel.CARD,))
    assert campaign.message_class is MessageClass.CARE


def test_a_misspelt_day_is_told_that_gifts_have_one(tmp_path: Path) -> None:
    write_shop(tmp_path, **DESIGN, campaigns__a=page(FRONT + "s"))
    assert mistakes_of(tmp_path)["unknown-fact"].hint == "did you mean 'gift'?"


def test_a_shop_with_a_yearly_day_called_gift_keeps_its_word(tmp_path: Path) -> None:
    own = "data:\n  columns: {customers: {gift: {type: yearly, meaning: the day on which we give each other things}}}\n"
    write_shop(tmp_path, **DESIGN, **{"site.yaml": SITE + own}, campaigns__a=page(FRONT))
    assert read_project(tmp_path).campaigns[0].timing == EveryYear("gift", 0)
