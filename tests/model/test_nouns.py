"""The nouns that know a little of themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import Exit, Mistakes, Problem, exit_for
from sitegen.model.campaign import Window
from sitegen.model.channel import Channel, Kind, MessageClass, message_class
from sitegen.model.field import FIELDS, FORMATS, field
from sitegen.model.page import linked_page
from sitegen.model.tree import Entry, Mapping, Place, Scalar
from tests.render.mail_shop import SHOP

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


def test_a_problem_is_told_with_what_is_known_of_its_place() -> None:
    assert str(Problem("a.md", 4, 11, "x", "unknown segment 'vipp'", "did you mean 'vip'?")) == (
        "a.md:4:11: unknown segment 'vipp'\nhint: did you mean 'vip'?"
    )
    assert str(Problem("a.md", 4, 0, "x", "said")) == "a.md:4: said"
    assert str(Problem("a.md", 0, 5, "x", "said")) == "a.md: said"
    assert str(Problem("", 0, 0, "x", "said")) == "said"


def test_mistakes_are_sorted_by_place_and_each_stands_once() -> None:
    first, second = Problem("a.md", 2, 1, "x", "one"), Problem("b.md", 1, 1, "x", "two")
    assert Mistakes([second, first, second]).problems == (first, second)


def test_broken_links_alone_have_an_exit_code_of_their_own() -> None:
    link, other = Problem("a.md", 1, 1, "broken-link", "x"), Problem("a.md", 1, 1, "unknown-key", "x")
    assert (exit_for([link]), exit_for([link, other])) == (Exit.BROKEN_LINK, Exit.MISTAKE)


@given(DAYS, DAYS, DAYS)
def test_a_window_holds_its_first_day_and_not_its_last(first: date, last: date, day: date) -> None:
    assert Window(first, last).contains(day) == (first <= day < last)
    assert Window(first).contains(day) == (first <= day)
    assert Window(None, last).contains(day) == (day < last)
    assert Window().contains(day)
    assert Window(day, day + timedelta(1)).contains(day)


@pytest.mark.parametrize(
    ("target", "page"),
    [
        ("linen.md", "pages/care/linen.md"),
        ("../about.md#stores", "pages/about.md"),
        ("/about.md", "pages/about.md"),
        ("./x/../linen.md", "pages/care/linen.md"),
        ("../../campaigns/2026/tea.md", "campaigns/2026/tea.md"),
    ],
)
def test_a_link_means_a_file_seen_from_its_own(target: str, page: str) -> None:
    assert linked_page(target, "pages/care/index.md") == page


def test_a_shop_may_lie_below_a_path() -> None:
    shops = [replace(SHOP, url=url) for url in ("https://a.example", "https://a.example/", "https://a.example/x/y")]
    assert [shop.base_path for shop in shops] == ["/", "/", "/x/y/"]
    assert {shop.origin for shop in shops} == {"https://a.example"}


def test_a_shop_that_names_no_countries_keeps_the_holidays_of_its_own() -> None:
    homes = [replace(SHOP, address=replace(SHOP.address, country=country)) for country in ("DE", "nl", "Germany", "")]
    assert [shop.holiday_countries for shop in homes] == [("DE",), ("NL",), (), ()]
    assert replace(homes[0], countries=("CN", "FR")).holiday_countries == ("CN", "FR")


def test_cards_leave_two_weeks_early_and_other_messages_on_the_day() -> None:
    assert [SHOP.lead(channel) for channel in Channel] == [0, 0, 0, 14]


def test_every_kind_has_a_class_and_only_events_ask_whether_they_sell() -> None:
    promotions = {kind for kind in Kind if message_class(kind) is MessageClass.PROMOTION}
    assert promotions == {Kind.PROMOTION, Kind.NEWS, Kind.EVENT}
    changed = {kind for kind in Kind if message_class(kind, sales=False) is not message_class(kind)}
    assert changed == {Kind.EVENT}
    assert message_class(Kind.SURVEY) is MessageClass.SURVEY


def test_fields_have_known_kinds_and_one_name_each() -> None:
    assert len({known.name for known in FIELDS}) == len(FIELDS)
    assert {known.kind for known in FIELDS} <= set().union(*FORMATS.values())
    assert field("first_name") is FIELDS[0]
    assert field("nothing") is None


def test_names_and_addresses_of_people_never_enter_a_page() -> None:
    off_site = {known.name for known in FIELDS if Channel.PAGE not in known.channels}
    assert off_site == {
        "last_name", "full_name", "salutation", "last_order", "city", "adviser_signature", "adviser_photo",
    }  # fmt: skip


def test_a_mapping_answers_by_key() -> None:
    place = Place("a.yaml", 1, 1)
    value = Scalar("1", place)
    mapping = Mapping((Entry(Scalar("a", place), value),), place)
    assert (mapping.get("a"), mapping.get("b")) == (value, None)
