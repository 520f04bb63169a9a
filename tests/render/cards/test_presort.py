"""Tests of the bundles of a stack of cards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.render.cards.presort import Bundle, bundle, bundles


@pytest.mark.parametrize(
    ("country", "postcode", "name"),
    [
        ("DE", "20253", "DE 20"),
        ("US", "05401-1234", "US 054"),
        ("CN", "200040", "CN 200"),
        ("GB", "yo1 7hh", "GB YO"),
        ("GB", "M1 1AA", "GB M"),
        ("CA", "K1A 0B1", "CA K1A"),
        ("SE", "SE-722 11", "SE 72"),
        ("NL", "3011 AB", "NL 30"),
        ("HK", "", "HK"),
        ("", "", ""),
    ],
)
def test_a_bundle_is_the_region_that_a_postcode_begins_with(country: str, postcode: str, name: str) -> None:
    assert bundle(country, postcode) == name


def test_bundles_break_where_the_region_changes() -> None:
    cards = [(1, "DE 20"), (2, "DE 20"), (3, "DE 22"), (4, "NL 30")]
    assert bundles(cards) == (Bundle("DE 20", 1, 2, 2), Bundle("DE 22", 3, 3, 1), Bundle("NL 30", 4, 4, 1))


@given(st.lists(st.sampled_from(["DE 20", "DE 22", "NL 30"])))
def test_every_card_of_a_stack_is_in_one_bundle(names: list[str]) -> None:
    cards = list(enumerate(names, start=1))
    found = bundles(cards)
    assert [one.name for one in found for _ in range(one.cards)] == names
    assert [number for one in found for number in range(one.first, one.last + 1)] == [record for record, _ in cards]
