"""`texts:` of site.yaml."""

from __future__ import annotations

from decimal import Decimal

import pytest

from sitegen.content.shop.shop_file import read_shop
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Problem
from sitegen.model.text_setting import PLAIN, TextSetting
from tests.content.shop_folder import SITE


def read(lines: str) -> tuple[TextSetting, list[Problem]]:
    """The setting of the shop with these lines more, and its mistakes."""
    problems: list[Problem] = []
    return read_shop(read_yaml(SITE + lines, "content/site.yaml"), problems).texts, problems


def test_a_shop_says_who_sends_its_texts_and_what_they_cost() -> None:
    setting = TextSetting("LanternLoom", Decimal("0.075"), 2)
    assert read("texts: {sender: LanternLoom, price: 0.075, most_segments: 2}\n") == (setting, [])


def test_without_a_line_the_provider_knows_best() -> None:
    assert read("") == (PLAIN, [])
    assert (PLAIN.sender, PLAIN.price, PLAIN.most_segments) == ("", 0, 3)


@pytest.mark.parametrize(
    ("sender", "read_as", "hears"),
    [
        ("Øresund 4U", "Øresund 4U", False),
        ("+49 40 66969-001", "+494066969001", True),
        ("12345", "12345", True),
        ("", "", True),
    ],
)
def test_a_sender_is_a_name_or_a_number(sender: str, read_as: str, hears: bool) -> None:
    setting, problems = read(f"texts: {{sender: '{sender}'}}\n")
    assert (setting.sender, setting.hears, problems) == (read_as, hears, [])


@pytest.mark.parametrize("sender", ["Lantern & Loom", "灯与织", "[Loom]", "!", "+0401", "04066969001", "Loom 🏮"])
def test_what_no_telephone_shows_is_no_sender(sender: str) -> None:
    _, (problem,) = read(f"texts: {{sender: '{sender}'}}\n")
    assert (problem.code, problem.line, problem.column) == ("bad-sender", 7, 17)
    assert sender in problem.message


def test_mistakes_in_texts_have_their_places() -> None:
    _, problems = read("texts:\n  price: -1\n  most_segments: 0\n  sendr: Loom\n")
    assert [(problem.line, problem.code) for problem in problems] == [
        (8, "wrong-value"),
        (9, "wrong-value"),
        (10, "unknown-key"),
    ]
