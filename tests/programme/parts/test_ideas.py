"""Ideas that passed their gates stand with their votes, and never with a name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sitegen.model.gathering import Gatherings, Idea, Ideas
from sitegen.model.goods import Goods
from sitegen.model.part import On, Part, Terms
from sitegen.model.programme import Programme
from sitegen.model.tree import Place
from sitegen.programme.parts.ideas import MAKER, IdeasView, IdeaView
from tests.plain_shop import SHOP

TODAY = date(2026, 9, 8)
SETTING = Gatherings(Place("here"), ideas=Ideas(within=30, poll="wishes"))
HOUSE = replace(SHOP, words={"zh": {"Bread.": "面包。"}})


def idea(number: str, text: str | None, **more: Any) -> Idea:
    gates = {"fits_brand": True, "feasible": True, "no_conflict": True}
    return Idea(number, "C-7", date(2026, 7, 1), text, **{**gates, **more})


IDEAS = (
    idea("G-1", "Bread.", votes=3),
    idea("G-2", "A night on a lightship.", votes=5),
    idea("G-3", "bread."),
    idea("G-4", "A lottery.", fits_brand=False),
    idea("G-5", "Letters.", feasible=None),
    idea("G-6", "Calligraphy.", decision="taken"),
    idea("G-7", None),
)


def part(*ideas: Idea, language: str = "en", surveys: tuple[str, ...] = ("wishes",)) -> Part:
    programme = Programme(gatherings=SETTING)
    assert MAKER.rules(Terms(programme, HOUSE), {}) == ()
    on = On(programme, HOUSE, TODAY, language, Goods(ideas=ideas), surveys=frozenset(surveys))
    return MAKER.part(on, {})


def test_the_poll_shows_what_passed_by_its_votes_in_the_readers_language() -> None:
    found = part(*IDEAS, language="zh")
    assert found.cells == ()
    assert found.view == IdeasView(
        ideas=(
            IdeaView("A night on a lightship", 5, 1, is_taken=False),
            IdeaView("面包", 3, 2, is_taken=False),
            IdeaView("Calligraphy", 0, 1, is_taken=True),
        ),
        waiting=1,
        within=30,
        poll="survey:wishes",
        phone=HOUSE.phone,
        phone_link="tel:+494066969001",
    )


def test_whose_idea_it_was_is_nowhere() -> None:
    assert "C-7" not in repr(part(*IDEAS))


def test_nobody_is_led_to_a_poll_that_is_not_there_or_asks_nothing() -> None:
    for found in (part(*IDEAS, surveys=()), part()):
        assert isinstance(found.view, IdeasView)
        assert found.view.poll == ""


def test_a_shop_without_gatherings_has_no_poll() -> None:
    assert MAKER.part(On(Programme(), HOUSE, TODAY, "en", Goods(ideas=IDEAS)), {}) == Part()
