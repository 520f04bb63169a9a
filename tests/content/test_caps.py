"""`caps:` and `countries:` of site.yaml."""

from __future__ import annotations

from sitegen.content.shop.shop_file import read_shop
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Problem
from sitegen.model.channel import MessageClass
from sitegen.model.shop import Cap, Shop

SHOP = """\
name: The Small Loom
url: https://members.smallloom.example
timezone: Europe/Berlin
currency: EUR
address: {street: Weberstraße 3, city: Hamburg, country: DE}
sender: {name: The Small Loom, address: letters@smallloom.example}
"""


def shop(lines: str) -> Shop:
    """The shop with these lines more."""
    problems: list[Problem] = []
    found = read_shop(read_yaml(SHOP + lines, "content/site.yaml"), problems)
    assert problems == []
    return found


def test_caps_are_read_by_class_and_period() -> None:
    found = shop("caps:\n  promotion: {month: 3, week: 1}\n  care:\n    day: 1\n  survey:\n")
    assert found.caps == (
        Cap(MessageClass.PROMOTION, "week", 1),
        Cap(MessageClass.PROMOTION, "month", 3),
        Cap(MessageClass.CARE, "day", 1),
    )


def test_without_a_line_there_are_no_caps_and_no_countries() -> None:
    assert (shop("").caps, shop("").countries) == ((), ())


def test_norway_is_a_country() -> None:
    assert shop("countries: [DE, NO, CN]\n").countries == ("DE", "NO", "CN")
