"""Values are spelled as people of a language write them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.field import FORMATS, FieldUse
from sitegen.model.plan import Value
from sitegen.model.tree import Place
from sitegen.render.fields import day_text, is_language, remembering, said_values, spell, speller
from tests.plain_shop import SHOP

DAY = date(2026, 9, 25)


def spelled(value: Value, style: str, language: str) -> str:
    return (
        spell(FieldUse("x", Place("a.md"), style), value, language, "EUR").replace("\xa0", " ").replace("\u202f", " ")
    )


@pytest.mark.parametrize(
    ("value", "style", "english", "chinese"),
    [
        ("Ann", "", "Ann", "Ann"),
        ("Ann", "upper", "ANN", "ANN"),
        (1250, "", "1250", "1250"),
        (1250, "number", "1,250", "1,250"),
        (1250, "money", "\u20ac1,250.00", "\u20ac1,250.00"),
        (Decimal("12.5"), "", "\u20ac12.50", "\u20ac12.50"),
        (Decimal("12.5"), "number", "12.5", "12.5"),
        (DAY, "", "25 September 2026", "2026\u5e749\u670825\u65e5"),
        (DAY, "date", "25 September 2026", "2026\u5e749\u670825\u65e5"),
        (DAY, "month", "September", "\u4e5d\u6708"),
        (DAY, "year", "2026", "2026"),
    ],
)
def test_a_value_in_english_and_chinese(value: Value, style: str, english: str, chinese: str) -> None:
    assert (spelled(value, style, "en"), spelled(value, style, "zh")) == (english, chinese)


def test_every_format_is_known_here() -> None:
    assert set(FORMATS) == {"number", "money", "date", "month", "year", "upper"}


def test_other_languages_have_their_own_habits() -> None:
    assert spelled(Decimal("1234.5"), "", "de") == "1.234,50 \u20ac"
    assert spelled(DAY, "", "pt-BR") == "25 de setembro de 2026"


def test_a_speller_knows_language_and_currency() -> None:
    assert speller("en", "CNY")(FieldUse("x", Place("a.md")), Decimal(5)) == "CN\xa55.00"


@pytest.mark.parametrize(("language", "text"), [("en", "25 September 2026"), ("zh-Hant", "2026\u5e749\u670825\u65e5")])
def test_a_day_in_words(language: str, text: str) -> None:
    assert day_text(DAY, language) == text
    assert day_text(None, language) == ""


@pytest.mark.parametrize("code", ["en", "zh", "zh-Hant", "de"])
def test_a_language_is_known(code: str) -> None:
    assert is_language(code)


@pytest.mark.parametrize("code", ["english", "", "xx", "../en", "en en"])
def test_other_words_are_no_language(code: str) -> None:
    assert not is_language(code)


@given(
    st.one_of(
        st.decimals(-2000, 2_000_000, places=2),
        st.decimals(-20, 20, allow_nan=False, places=4),
        st.integers(-5000, 2_000_000),
        st.dates(date(1900, 1, 1)),
        st.text(max_size=5),
    ),
    st.sampled_from(("", "number", "money")),
    st.sampled_from(("en", "zh", "de", "fr", "nl", "hi", "ar-EG", "de-CH", "pl")),
    st.sampled_from(("EUR", "JPY", "KWD", "CHF")),
)
def test_who_remembers_spells_as_who_does_not(value: Value, style: str, language: str, currency: str) -> None:
    style = style if isinstance(value, int | Decimal) else ""
    use, plain = FieldUse("x", Place("a.md"), style), speller(language, currency)
    assert remembering(plain)(use, value) == plain(use, value)


def test_what_is_alike_is_spelled_once() -> None:
    asked: list[Value] = []

    def spelling(use: FieldUse, value: Value) -> str:
        asked.append(value)
        return speller("en", "EUR")(use, value)

    spell_once, use = remembering(spelling), FieldUse("x", Place("a.md"))
    sums = [spell_once(use, Decimal(f"1234.{cents:02}")) for cents in range(100)]
    assert sums == [f"\u20ac1,234.{cents:02}" for cents in range(100)]
    assert asked == [Decimal("1234.00")]
    assert [spell_once(use, 7), spell_once(use, DAY), spell_once(use, 7)] == ["7", "25 September 2026", "7"]
    assert asked == [Decimal("1234.00"), 7, DAY]


def test_coupons_and_gifts_are_said_in_the_words_that_the_shop_has_for_them() -> None:
    shop = replace(SHOP, words={"zh": {"tea for two": "双人茶", "A tin": "一罐茶", "TEA-1": "no code"}})
    values: dict[str, Value] = {"coupons": "TEA-1 (tea for two), BOX-2 (a box)", "next_gift": "A tin", "city": "A tin"}
    assert said_values(values, shop, "zh") == {
        "coupons": "TEA-1 (双人茶), BOX-2 (a box)", "next_gift": "一罐茶", "city": "A tin",
    }  # fmt: skip
    assert said_values(values, shop, "en") == values
