"""Tests of the lines of an envelope."""

from __future__ import annotations

import pytest

from sitegen.data.postal import Address, postal_lines

HAMBURG = Address("Gärtnerstraße 27", "20253", "Hamburg", "Hamburg", "DE")
SHANGHAI = Address("静安区愚园路361号502室", "200040", "上海市", "上海", "CN")


@pytest.mark.parametrize("home", ["DE", "Germany", "germany"])
def test_a_letter_that_stays_at_home_names_no_country(home: str) -> None:
    assert postal_lines(HAMBURG, home) == "Gärtnerstraße 27\n20253 Hamburg"


def test_a_letter_abroad_ends_with_the_country_in_english_capitals() -> None:
    assert postal_lines(HAMBURG, "CN") == "Gärtnerstraße 27\n20253 Hamburg\nGERMANY"


def test_a_chinese_address_goes_from_big_to_small() -> None:
    assert postal_lines(SHANGHAI, "CN") == "200040\n上海市静安区愚园路361号502室"
    assert postal_lines(SHANGHAI, "DE") == "200040\n上海市静安区愚园路361号502室\nCHINA"


def test_the_province_stands_before_a_city_that_does_not_name_it() -> None:
    address = Address("拱墅区湖墅南路9号", "310005", "杭州市", "浙江省", "CN")
    assert postal_lines(address, "CN") == "310005\n浙江省杭州市拱墅区湖墅南路9号"


def test_a_chinese_address_in_latin_letters_keeps_the_western_order() -> None:
    address = Address("361 Yuyuan Road", "200040", "Shanghai", "", "CN")
    assert postal_lines(address, "CN") == "361 Yuyuan Road\n200040 Shanghai"


def test_postcodes_of_britain_stand_on_a_line_of_their_own() -> None:
    address = Address("4 Mill Lane", "YO1 7HH", "York", "", "GB")
    assert postal_lines(address, "DE") == "4 Mill Lane\nYork\nYO1 7HH\nUNITED KINGDOM"


def test_american_cities_stand_before_state_and_postcode() -> None:
    address = Address("12 Elm Street", "05401", "Burlington", "VT", "US")
    assert postal_lines(address, "US") == "12 Elm Street\nBurlington VT 05401"


def test_unknown_parts_leave_no_empty_lines() -> None:
    assert postal_lines(Address("Hof 3", "", "", "", ""), "DE") == "Hof 3"
    assert postal_lines(Address("Hof 3", "", "", "", "XK"), "DE") == "Hof 3\nXK"
