"""A new campaign begins with the message that fits its days."""

from __future__ import annotations

from datetime import date

from sitegen.audience.calendar.occasions import Occasions
from sitegen.model.body import Block, Body
from sitegen.model.channel import Kind
from sitegen.model.message import Message
from sitegen.model.tree import Place
from sitegen.programme.library import Fit, Wanted, fitting
from tests.render.mail_shop import campaign

NOVEMBER = date(2026, 11, 22)


def message(name: str, kind: Kind = Kind.SEASONAL, season: str = "", tags: tuple[str, ...] = ()) -> Message:
    body = Body(f"content/messages/{name}.md", (Block(f"The words of {name}.", 7),), ())
    return Message(name, name, kind, body, Place(body.file, 1, 1), "en", season, tags)


def fit(*library: Message, today: date = NOVEMBER, kind: Kind = Kind.SEASONAL, country: str = "DE") -> Fit | None:
    said = campaign("The words of said.", Kind.SEASONAL)
    return fitting(Wanted(kind, "en", today, country), library, Occasions(), (said,))


def test_the_nearest_occasion_goes_before_the_season() -> None:
    solstice = message("solstice", tags=("dark", "winter-solstice"))
    snow = message("snow", tags=("major-snow",))
    autumn = message("autumn", season="autumn")
    assert fit(autumn, solstice, snow) == Fit(snow, "major-snow")
    assert fit(autumn, solstice) == Fit(solstice, "winter-solstice")


def test_an_occasion_that_is_far_away_does_not_fit_though_its_season_does() -> None:
    double_ninth = message("ninth", season="autumn", tags=("double-ninth",))
    assert fit(double_ninth) is None
    assert fit(double_ninth, today=date(2026, 10, 1)) == Fit(double_ninth, "double-ninth")


def test_an_occasion_of_today_is_next_years() -> None:
    assert fit(message("snow", tags=("minor-snow",))) is None


def test_a_season_is_that_of_the_shops_half_of_the_earth() -> None:
    autumn, spring = message("autumn", season="autumn"), message("spring", season="spring")
    assert fit(spring, autumn) == Fit(autumn)
    assert fit(autumn, spring, country="NZ") == Fit(spring)
    assert fit(autumn, message("any"), country="NZ") == Fit(message("any"))


def test_words_that_no_campaign_has_said_go_first() -> None:
    assert fit(message("said"), message("zest")) == Fit(message("zest"))
    assert fit(message("said")) == Fit(message("said"))


def test_kind_and_language_must_be_those_that_are_wanted() -> None:
    assert fit(message("birthday", Kind.BIRTHDAY)) is None
    chinese = Wanted(Kind.SEASONAL, "zh", NOVEMBER)
    assert fitting(chinese, (message("english"),), Occasions(), ()) is None


def test_a_birthday_is_no_matter_of_occasions() -> None:
    tagged = message("birthday", Kind.BIRTHDAY, tags=("christmas",))
    assert fit(tagged, kind=Kind.BIRTHDAY) == Fit(tagged)
