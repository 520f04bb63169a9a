"""What the shop promises is said in the reader's words: answers, standards, returns, complaints, people."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sitegen.model.care import AnswerPromise, Care
from sitegen.model.goods import Adviser, Goods, Store
from sitegen.model.part import Arguments, BadArgument, On, Part, Terms
from sitegen.model.programme import Programme
from sitegen.model.service import Complaints, Payer, Returns, Standard, Unit, Within
from sitegen.model.shop import Hotline
from sitegen.model.tree import Place
from sitegen.programme.care.answering import answer_by
from sitegen.programme.parts import advisers, answer, complaints, promises, returns, standards
from sitegen.programme.parts.advisers import AdviserView
from sitegen.programme.parts.answer import AnswerView, days_for
from sitegen.programme.parts.complaints import ComplaintsView
from sitegen.programme.parts.names import language_names, weekday_runs
from sitegen.programme.parts.registry import maker
from sitegen.programme.parts.returns import ReturnsView
from sitegen.programme.parts.standards import StandardView
from sitegen.programme.parts.ways import Way
from tests.plain_shop import SHOP
from tests.programme.parts.readers import TODAY, parsed

HERE = Place("service.yaml", 2)
PROMISE = AnswerPromise(8, (0, 1, 2, 3, 4, 5), time(10), time(18), ("call", "mail", "form"))
PROGRAMME = Programme(
    care=Care(HERE, PROMISE),
    standards=(Standard("An answer", "The same day.", "A person.", "each Monday", HERE, Within(1, Unit.WORKING_DAYS)),),
    returns=Returns(HERE, Within(30, Unit.DAYS), "Unwashed.", Payer.SHOP, ("Tell us.",), None, ("blessed beads",)),
    complaints=Complaints(
        HERE, ("call", "card", "form", "shop"), Within(1, Unit.WORKING_DAYS), "Tell us.", ("We listen.",)
    ),
)
WORDS = {
    "zh": {
        "An answer": "回音",
        "Unwashed.": "没洗过。",
        "blessed beads": "开过光的珠子",
        "We listen.": "我们听着。",
        "Consumer Advice Line": "消费者热线",
        "Adviser, quilts": "顾问 · 被子",
    }
}
SPEAKING = replace(SHOP, words=WORDS, receiver="https://hello.example")
PEOPLE = Goods(
    advisers=(
        Adviser(
            "A-1", "沈月", "月", "沈", "Adviser, quilts", "+86 1", "s@x.example", ("zh", "en"), "advisers/s.png", "sh"
        ),
        Adviser("A/2", "Emre Y", "Emre", "Y", store_id="hh"),
        Adviser("A-3", "Lu", store_id="closed"),
    ),
    stores=(Store("hh", "Hamburg", "Straße 1", "Hamburg", phone="+49 40"), Store("sh", "Shanghai", phone="+86 0")),
)


def on(language: str = "en", programme: Programme = PROGRAMME) -> On:
    return On(programme, SPEAKING, TODAY, language, PEOPLE)


def test_an_answer_is_promised_in_words_that_need_no_clock() -> None:
    assert answer.part(on(), {}) == Part(
        AnswerView(
            hours=8,
            days=(("Monday", "Saturday"),),
            opens=time(10),
            closes=time(18),
            same_day=time(10),
            later=1,
            ways=(
                Way("call", "+49 40 66969 001", "tel:+494066969001"),
                Way("mail", "letters@lanternandloom.example", "mailto:letters@lanternandloom.example"),
            ),
        )
    )


@given(
    some.integers(1, 60),
    some.sets(some.integers(0, 6), min_size=1),
    some.integers(0, 20),
    some.integers(1, 3),
    some.datetimes(datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2026-03-01")),
)
def test_these_words_agree_with_the_answer_of_each_instant(
    hours: int, days: set[int], opens: int, span: int, asked: datetime
) -> None:
    promise = AnswerPromise(hours, tuple(days), time(opens), time(opens + span), ())
    same_day, later = days_for(promise)
    due = answer_by(promise, asked).date()
    open_days = [day for day in range((due - asked.date()).days + 1) if (asked + timedelta(day)).weekday() in days]
    if asked.weekday() in days and same_day and asked.time() <= same_day:
        assert due == asked.date()
    after = [day for day in open_days if day > 0]
    assert len(after) <= later


def test_the_standards_say_what_to_expect_and_not_how_the_house_finds_out() -> None:
    expected = StandardView("回音", "The same day.", "A person.", Within(1, Unit.WORKING_DAYS))
    assert standards.part(on("zh"), {}) == Part((expected,))


def test_the_way_back_is_told_in_the_readers_language() -> None:
    assert returns.part(on("zh"), {}) == Part(
        ReturnsView(Within(30, Unit.DAYS), "没洗过。", Payer.SHOP, ("Tell us.",), None, ("开过光的珠子",))
    )


def test_a_complaint_has_its_ways_its_steps_and_a_third_party() -> None:
    assert complaints.part(on("zh"), {}) == Part(
        ComplaintsView(
            invite="Tell us.",
            ways=(
                Way("call", "+49 40 66969 001", "tel:+494066969001"),
                Way("card", "Große Bergstraße 41, 22767 Hamburg"),
                Way("form", "", "complaint:"),
                Way("shop"),
            ),
            steps=("我们听着。",),
            answer=Within(1, Unit.WORKING_DAYS),
            hotline="消费者热线",
            hotline_phone="+49 30 23125 400",
            hotline_link="tel:+493023125400",
        )
    )


def test_ways_that_the_shop_does_not_have_are_not_named() -> None:
    bare = replace(on(), shop=replace(SHOP, phone="", hotline=Hotline("", "")))
    found = complaints.part(bare, {}).view
    assert isinstance(found, ComplaintsView)
    assert [way.channel for way in found.ways] == ["card", "shop"]
    assert (found.hotline, found.hotline_link) == ("", "")


def test_people_are_shown_with_their_stores_and_ways() -> None:
    found = advisers.part(on("zh"), {}).view
    assert isinstance(found, tuple)
    assert [replace(one, vcard="") for one in found] == [
        AdviserView(
            name="沈月",
            title="顾问 · 被子",
            store="Shanghai",
            photo="/assets/advisers/s.png",
            languages=("中文", "英语"),
            phone="+86 1",
            phone_link="tel:+861",
            email="s@x.example",
            file_name="advisers/A-1.vcf",
            vcard="",
        ),
        AdviserView("Emre Y", "", "Hamburg", "", (), "+49 40", "tel:+4940", "", "advisers/A-2.vcf", ""),
        AdviserView("Lu", "", "", "", (), "+49 40 66969 001", "tel:+494066969001", "", "advisers/A-3.vcf", ""),
    ]


def test_the_contact_card_is_the_same_in_all_languages() -> None:
    def cards(language: str) -> list[str]:
        found = advisers.part(on(language), {}).view
        assert isinstance(found, tuple)
        return [one.vcard for one in found]

    assert cards("zh") == cards("en")
    assert "TITLE:Adviser\\, quilts\r\n" in cards("zh")[0]
    assert "ADR;TYPE=work:;;Straße 1;Hamburg;;;\r\n" in cards("en")[1]


def test_a_line_may_ask_for_the_people_of_one_store() -> None:
    found = advisers.part(on(), {"store": "hh"}).view
    assert isinstance(found, tuple)
    assert [(one.name, one.store) for one in found] == [("Emre Y", "")]
    with pytest.raises(BadArgument, match="there is no store 'hamburg'"):
        advisers.part(on(), {"store": "hamburg"})
    assert advisers.part(replace(on(), goods=Goods()), {"store": "hamburg"}) == Part(())


def test_an_open_promise_is_one_cell_for_those_who_wait() -> None:
    (cell,) = promises.part(on(), {}).cells
    assert promises.rules(Terms(PROGRAMME, SHOP), {}) == (cell.rule,)
    assert parsed(cell.rule) == parsed("all:\n  - promised: {at least: 1, with: {kept_on: is empty}}\n")


@pytest.mark.parametrize("name", ["advisers", "answer", "complaints", "returns", "standards"])
def test_what_all_may_read_has_no_cells_and_no_rules(name: str) -> None:
    arguments: Arguments = {}
    made = maker(name)
    assert made.rules(Terms(PROGRAMME, SHOP), arguments) == ()
    assert made.part(on(), arguments).cells == ()


@pytest.mark.parametrize("name", ["answer", "complaints", "returns"])
def test_without_its_section_a_part_shows_nothing(name: str) -> None:
    assert maker(name).part(on(programme=Programme()), {}) == Part()
    assert standards.part(on(programme=Programme()), {}) == Part(())


@pytest.mark.parametrize(
    ("days", "language", "runs"),
    [
        ((0, 1, 2, 4), "en", (("Monday", "Wednesday"), ("Friday", ""))),
        ((5, 6), "de", (("Samstag", "Sonntag"),)),
        ((6, 0), "zh", (("星期一", ""), ("星期日", ""))),
    ],
)
def test_weekdays_are_said_in_runs(days: tuple[int, ...], language: str, runs: tuple[tuple[str, str], ...]) -> None:
    assert weekday_runs(days, language) == runs


def test_languages_are_said_by_their_names_and_unknown_ones_by_their_codes() -> None:
    assert language_names(("en", "zh-Hant", "xx"), "de") == ("Englisch", "Chinesisch (Traditionell)", "xx")
