"""The shop's own occasions: every form that a day may have, and what is said of one that can't be read."""

from textwrap import dedent

import pytest

from sitegen.content.programme.read import read_programme
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Problem
from sitegen.model.occasion import (
    EasterDay,
    FixedDay,
    HolidayDay,
    LunarDay,
    NthWeekday,
    Occasion,
    SolarTermDay,
    WeatherDay,
)

FILE = "content/programme/occasions.yaml"


def read(text: str) -> tuple[tuple[Occasion, ...], list[Problem]]:
    problems: list[Problem] = []
    tree = read_yaml(dedent(text).lstrip("\n"), FILE)
    return read_programme({FILE: tree}, problems).occasions, problems


def test_a_day_has_one_of_seven_forms() -> None:
    found, problems = read("""
        occasions:
          birthday-of-the-shop: {month: 10, day: 18}
          leap: {month: 2, day: 29}
          weavers-sunday: {nth: 2, weekday: sunday, month: 11}
          last-friday: {nth: -1, weekday: friday, month: 11}
          eve: {lunar: 12-30}
          tea: {solar_term: start-of-winter}
          shrove-monday: {easter: -48}
          unity: {holiday: de-german-unity-day}
          umbrella: {weather: rain}
    """)
    assert problems == []
    assert found == (
        Occasion("birthday-of-the-shop", FixedDay(10, 18)),
        Occasion("leap", FixedDay(2, 29)),
        Occasion("weavers-sunday", NthWeekday(2, 6, 11)),
        Occasion("last-friday", NthWeekday(-1, 4, 11)),
        Occasion("eve", LunarDay(12, 30)),
        Occasion("tea", SolarTermDay("start-of-winter")),
        Occasion("shrove-monday", EasterDay(-48)),
        Occasion("unity", HolidayDay("DE", "german-unity-day")),
        Occasion("umbrella", WeatherDay("rain")),
    )


FORMS = (
    "write {month: 10, day: 18}, {nth: 2, weekday: sunday, month: 5}, {lunar: 8-15}, {solar_term: NAME}, {easter: 1},"
    " {holiday: de-german-unity-day} or {weather: rain}"
)
KNOWN_WEATHER = "known are: clear, cloudy, fog, frost, heat, rain, snow, storm"


@pytest.mark.parametrize(
    ("form", "column", "message", "hint"),
    [
        ("{month: 4, day: 31}", 8, "the day of 'one' can't be read", FORMS),
        ("{month: 13, day: 1}", 8, "the day of 'one' can't be read", FORMS),
        ("{day: 1}", 8, "the day of 'one' can't be read", FORMS),
        ("{nth: 6, weekday: sunday, month: 5}", 8, "the day of 'one' can't be read", FORMS),
        ("{nth: 0, weekday: sunday, month: 5}", 8, "the day of 'one' can't be read", FORMS),
        ("{nth: 1, weekday: sonday, month: 5}", 26, "unknown weekday 'sonday'", "did you mean 'sunday'?"),
        ("{lunar: 13-1}", 8, "the day of 'one' can't be read", FORMS),
        ("{lunar: 8-31}", 8, "the day of 'one' can't be read", FORMS),
        ("{lunar: full moon}", 8, "the day of 'one' can't be read", FORMS),
        ("{solar_term: start-of-wintr}", 21, "unknown solar term 'start-of-wintr'", "did you mean 'start-of-winter'?"),
        (
            "{holiday: de-german-unity}", 18, "unknown holiday 'de-german-unity'",
            "did you mean 'de-german-unity-day'?",
        ),
        (
            "{holiday: german-unity-day}", 18, "unknown holiday 'german-unity-day'",
            "begin with a country, as in de-german-unity-day",
        ),
        (
            "{holiday: DE-german-unity-day}", 18, "unknown holiday 'DE-german-unity-day'",
            "did you mean 'de-german-unity-day'?",
        ),
        ("{weather: rainy}", 18, "unknown weather 'rainy'", "did you mean 'rain'?"),
        ("{weather: hail}", 18, "unknown weather 'hail'", KNOWN_WEATHER),
        ("{easter: 400}", 17, "'easter' can't be '400'", "write a whole number from -250 to 250"),
        ("{wether: rain}", 9, "unknown key 'wether' in 'one'", "did you mean 'weather'?"),
    ],
)  # fmt: skip
def test_a_form_that_cant_be_read_is_told_once(form: str, column: int, message: str, hint: str) -> None:
    found, problems = read(f"occasions:\n  one: {form}\n")
    assert found in {(), (Occasion("one", EasterDay(0)),), (Occasion("one", NthWeekday(1, 6, 5)),)}
    assert [(problem.line, problem.column, problem.message, problem.hint) for problem in problems] == [
        (2, column, message, hint)
    ]
