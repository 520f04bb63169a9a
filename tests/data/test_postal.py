"""Tests of the lines of an envelope, and of what an address lacks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.data.checking.codes import countries
from sitegen.data.postal import lacking, postal_lines
from sitegen.model.postal import WITH_POSTCODE, WITHOUT_CITY, Address

HAMBURG = Address("Gärtnerstraße 27", "20253", "Hamburg", "Hamburg", "DE")
SHANGHAI = Address("静安区愚园路361号502室", "200040", "上海市", "上海", "CN")
BURLINGTON = Address("12 Elm Street", "05401", "Burlington", "VT", "US")


def test_the_plan_asks_each_country_for_the_same_parts_as_the_envelope() -> None:
    """The plan can't ask the library, so the model holds its answer; a new version may have a new one."""
    bare = {code: lacking(Address("1 Main Street", "", "", "", code)) for code in countries()}
    assert {code for code, said in bare.items() if "no postcode" in said} == WITH_POSTCODE
    assert {code for code, said in bare.items() if "no city" not in said} == WITHOUT_CITY


@pytest.mark.parametrize("home", ["DE", "Germany", "germany"])
def test_a_letter_that_stays_at_home_names_no_country(home: str) -> None:
    assert postal_lines(HAMBURG, home) == "Gärtnerstraße 27\n20253 Hamburg"


def test_a_letter_abroad_ends_with_the_country_in_english_capitals() -> None:
    assert postal_lines(HAMBURG, "CN") == "Gärtnerstraße 27\n20253 Hamburg\nGERMANY"


def test_a_chinese_address_goes_from_big_to_small() -> None:
    assert postal_lines(SHANGHAI, "CN") == "200040\n上海市静安区愚园路361号502室"
    assert postal_lines(SHANGHAI, "DE") == "200040\n上海市静安区愚园路361号502室\nCHINA"


@pytest.mark.parametrize("region", ["浙江省", "浙江"])
def test_the_province_stands_before_a_city_that_does_not_name_it(region: str) -> None:
    address = Address("拱墅区湖墅南路9号", "310005", "杭州市", region, "CN")
    assert postal_lines(address, "CN") == f"310005\n{region}杭州市拱墅区湖墅南路9号"


def test_a_chinese_address_in_latin_letters_keeps_the_western_order() -> None:
    address = Address("361 Yuyuan Road", "200040", "Shanghai", "", "CN")
    assert postal_lines(address, "CN") == "361 Yuyuan Road\nShanghai\n200040"


def test_addresses_of_hong_kong_and_taiwan_go_from_big_to_small_too() -> None:
    assert postal_lines(Address("彌敦道77號12樓", "", "尖沙咀", "九龍", "HK"), "HK") == "九龍尖沙咀彌敦道77號12樓"
    taipei = Address("忠孝東路四段9號", "106", "大安區", "台北市", "TW")
    assert postal_lines(taipei, "TW") == "106\n台北市大安區忠孝東路四段9號"


def test_a_japanese_address_keeps_the_city_that_the_format_has_no_place_for() -> None:
    assert postal_lines(Address("神宮前1-2-3", "150-0001", "渋谷区", "東京都", "JP"), "JP") == (
        "〒150-0001\n東京都\n渋谷区神宮前1-2-3"
    )
    assert postal_lines(Address("1-2-3 Jingumae", "150-0001", "Shibuya-ku", "Tokyo", "JP"), "DE") == (
        "1-2-3 Jingumae, Shibuya-ku, TOKYO\n150-0001\nJAPAN"
    )


def test_postcodes_of_britain_stand_on_a_line_of_their_own_below_the_town_in_capitals() -> None:
    address = Address("4 Mill Lane", "yo1 7hh", "York", "", "GB")
    assert postal_lines(address, "DE") == "4 Mill Lane\nYORK\nYO1 7HH\nUNITED KINGDOM"


@pytest.mark.parametrize("region", ["VT", "Vermont", "vermont"])
def test_american_cities_stand_before_state_and_postcode(region: str) -> None:
    address = Address("12 Elm Street", "05401", "Burlington", region, "US")
    assert postal_lines(address, "US") == "12 Elm Street\nBURLINGTON, VT 05401"


def test_a_state_is_named_beside_the_city_of_the_same_name() -> None:
    assert postal_lines(Address("1 Pine Street", "10005", "New York", "New York", "US"), "US").endswith(
        "\nNEW YORK, NY 10005"
    )


def test_a_province_that_is_named_like_its_city_is_not_said_twice() -> None:
    assert postal_lines(Address("Gül Sokağı No: 5", "35220", "İzmir", "İzmir", "TR"), "TR").endswith("\n35220 İzmir")
    assert postal_lines(Address("Calle Mayor, 67", "15001", "A Coruña", "Galicia", "ES"), "ES").endswith(
        "\n15001 A CORUÑA"
    )


@pytest.mark.parametrize("postcode", ["722 11", "SE-722 11", "se 722 11"])
def test_letters_before_a_postcode_are_written_on_letters_from_abroad_only(postcode: str) -> None:
    address = Address("Ängsvägen 127", postcode, "Västerås", "Västmanland", "SE")
    assert postal_lines(address, "SE") == "Ängsvägen 127\n722 11 Västerås"
    assert postal_lines(address, "DE") == "Ängsvägen 127\nSE-722 11 Västerås\nSWEDEN"
    assert lacking(address) == ()


def test_a_city_that_is_a_country_is_named_once_above_it() -> None:
    address = Address("9 Orchard Road", "238841", "Singapore", "", "SG")
    assert postal_lines(address, "DE") == "9 Orchard Road\nSINGAPORE 238841\nSINGAPORE"


def test_unknown_parts_leave_no_empty_lines() -> None:
    assert postal_lines(Address("Hof 3", "", "", "", ""), "DE") == "Hof 3"
    assert postal_lines(Address("Hof 3", "", "", "", "XK"), "DE") == "Hof 3\nXK"
    assert postal_lines(Address("Hof 3", "", "", "", "QQ"), "DE") == "Hof 3\nQQ"


@given(
    st.builds(Address, *(st.text(" aB1,-Ö上海", max_size=8) for _ in range(4)), st.sampled_from(sorted(countries()))),
    st.sampled_from(["DE", "CN", "US", "nowhere"]),
)
def test_an_address_of_any_country_keeps_its_street_and_city(address: Address, home: str) -> None:
    written = postal_lines(address, home)
    lines, name = written.split("\n"), countries()[address.country].upper()
    assert all(line == line.strip() for line in lines)
    assert all(lines) or written == ""
    known = "".join(written.upper().split())
    assert "".join(address.street.upper().split()) in known
    assert "".join(address.city.upper().split()) in known or address.city.upper() in name
    lacking(address)


@pytest.mark.parametrize("address", [HAMBURG, SHANGHAI, BURLINGTON])
def test_a_complete_address_lacks_nothing(address: Address) -> None:
    assert lacking(address) == ()


def test_what_is_missing_is_named_part_by_part() -> None:
    assert lacking(Address("", "", "", "", "DE")) == ("no street", "no city", "no postcode")
    assert lacking(Address("Hof 3", "20253", "Hamburg", "", "")) == ("no country",)


def test_a_state_is_required_where_the_post_asks_for_it() -> None:
    assert lacking(Address("12 Elm Street", "05401", "Burlington", "", "US")) == ("no region",)
    assert lacking(Address("Hof 3", "20253", "Hamburg", "", "DE")) == ()


def test_a_city_that_is_a_province_of_its_own_needs_no_region() -> None:
    assert lacking(Address("愚园路361号", "200040", "上海市", "", "CN")) == ()
    assert lacking(Address("361 Yuyuan Road", "200040", "Shanghai", "", "CN")) == ()
    assert lacking(Address("湖墅南路9号", "310005", "杭州市", "", "CN")) == ("no region",)


def test_a_country_without_postcodes_asks_for_none() -> None:
    assert lacking(Address("彌敦道77號12樓", "", "尖沙咀", "九龍", "HK")) == ()
    assert lacking(Address("12 Main Street", "", "Galway", "", "IE")) == ()


def test_a_postcode_of_another_country_is_told_with_one_that_would_do() -> None:
    assert lacking(Address("Gärtnerstraße 27", "2025", "Hamburg", "", "DE")) == (
        "the postcode '2025', which is none of Germany, where they look like 26133",
    )


def test_a_postcode_of_another_state_is_found() -> None:
    assert lacking(Address("12 Elm Street", "90210", "Burlington", "Vermont", "US")) == (
        "the postcode '90210', which is none of Vermont, United States",
    )
