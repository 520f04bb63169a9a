"""Holidays of the shop's countries, by names that stay."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.audience.calendar.occasions import Occasions, holiday_named
from sitegen.audience.calendar.public_holidays import NAMED, countries, holiday, holiday_names
from sitegen.model.occasion import HolidayDay, Occasion
from sitegen.model.tree import Place
from tests.examples import examples

PLACE = Place("content/campaigns/unity.md", 4, 11)


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("de-german-unity-day", ["2026-10-03", "2027-10-03"]),
        ("de-easter-monday", ["2026-04-06", "2027-03-29"]),
        ("cn-national-day", ["2026-10-01", "2027-10-01"]),
        ("cn-chinese-new-year-spring-festival", ["2026-02-17", "2027-02-06"]),
        ("us-thanksgiving-day", ["2026-11-26", "2027-11-25"]),
        ("us-independence-day", ["2026-07-04", "2027-07-04"]),
        ("gb-boxing-day", ["2026-12-26", "2027-12-26"]),
        ("gb-coronation-of-charles-iii", []),
        ("de-reformation-day", []),
        ("tr-eid-al-fitr", ["2026-03-20", "2027-03-09"]),
    ],
)
def test_a_holiday_falls_on_its_own_day_and_not_on_the_free_day_instead(name: str, days: list[str]) -> None:
    shop = Occasions(countries=("CN", "DE", "GB", "TR", "US"))
    assert [day.isoformat() for day in shop.days(name, date(2026, 1, 1), date(2027, 12, 31))] == days


def test_a_holiday_that_was_held_once_has_one_day() -> None:
    assert Occasions(countries=("DE",)).days("de-reformation-day", date(2000, 1, 1), date(2040, 12, 31)) == (
        date(2017, 10, 31),
    )


def test_only_the_holidays_of_the_shops_countries_are_occasions() -> None:
    shop = Occasions(countries=("DE",))
    assert shop.problem("de-german-unity-day", PLACE) is None
    assert str(shop.problem("de-german-unity-dya", PLACE)).endswith("hint: did you mean 'de-german-unity-day'?")
    assert str(shop.problem("cn-tomb-sweeping-day", PLACE)) == (
        "content/campaigns/unity.md:4:11: unknown occasion 'cn-tomb-sweeping-day'\n"
        "hint: add CN to 'countries' in site.yaml"
    )
    with pytest.raises(KeyError):
        shop.days("cn-tomb-sweeping-day", date(2026, 1, 1), date(2026, 12, 31))


def test_a_shop_may_name_a_holiday_of_any_country_itself() -> None:
    shop = Occasions((Occasion("day-of-the-sea", HolidayDay("JP", "marine-day")),), ("DE",))
    assert shop.days("day-of-the-sea", date(2026, 1, 1), date(2026, 12, 31)) == (date(2026, 7, 20),)
    assert shop.names[0] == "day-of-the-sea"


@pytest.mark.parametrize("name", ["", "x", "de", "de-", "german-unity-day", "xx-new-years-day", "DE-new-years-day"])
def test_what_is_no_holiday_is_none(name: str) -> None:
    assert holiday_named(name) is None
    assert Occasions(countries=("DE",)).problem(name, PLACE) is not None


def test_of_an_unknown_country_no_holiday_is_known() -> None:
    assert (holiday_names("XX"), holiday("XX", "new-years-day", 2026)) == ((), None)
    assert {"CN", "DE", "GB", "NL", "US"} <= set(countries())


@examples(40)
@given(st.sampled_from(countries()), st.sampled_from(NAMED))
def test_a_name_is_plain_and_has_at_most_one_day_in_a_year(country: str, year: int) -> None:
    for name in holiday_names(country):
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
        assert not re.search("observed|estimated|substitut|day-off", name), name
        assert holiday_named(f"{country.lower()}-{name}") == HolidayDay(country, name)
        day = holiday(country, name, year)
        assert day is None or day.year == year


@examples(40)
@given(st.sampled_from(countries()), st.sampled_from(NAMED))
def test_a_range_of_a_year_holds_the_holidays_of_that_year(country: str, year: int) -> None:
    shop = Occasions(countries=(country,))
    for name in holiday_names(country):
        day = holiday(country, name, year)
        found = shop.days(f"{country.lower()}-{name}", date(year, 1, 1), date(year, 12, 31))
        assert found == (() if day is None else (day,))
