"""A yearly day of the shop's own can time a campaign."""

from __future__ import annotations

from pathlib import Path

from sitegen.content.project import read_project
from sitegen.model.campaign import EveryYear
from tests.content.shop_folder import SITE, write_shop

OWN = "data:\n  columns: {customers: {wedding_day: {type: yearly, meaning: day of the wedding}}}\n"
WISH = (
    "---\ntitle: Your day\nkind: thanks\naudience: everyone\nchannels: [mail]\nevery: wedding day\n---\nDear friend,\n"
)


def test_a_campaign_may_leave_on_a_day_of_the_shops_own(tmp_path: Path) -> None:
    more = {"site.yaml": SITE + OWN, "campaigns/wish.md": WISH}
    project = read_project(write_shop(tmp_path, **more))
    assert project.campaigns[0].timing == EveryYear("wedding day", 0)
