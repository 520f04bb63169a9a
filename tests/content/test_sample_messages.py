"""The message library of the sample shop: enough of it, in both languages, and short enough to be texts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from sitegen.audience.calendar.occasions import Occasions
from sitegen.content.project import read_project
from sitegen.model.channel import Kind
from sitegen.model.message import Message
from sitegen.model.project import Project
from sitegen.render.text import text
from sitegen.render.text.alphabet import forcing_character
from tests.render.mail_shop import SiteLinks, campaign, hearth, recipient

KINDS = (Kind.HOLIDAY, Kind.BIRTHDAY, Kind.SEASONAL, Kind.CONTACT)
ANNA = recipient(values={"first_name": "Charlotte", "adviser_first_name": "Wiebke", "adviser_name": "Wiebke Petersen"})
MEILING = recipient(values={"first_name": "美玲", "adviser_first_name": "志远", "adviser_name": "唐志远"})


@pytest.fixture(scope="module")
def project() -> Project:
    return read_project(Path(__file__).parents[2])


def as_text(message: Message, project: Project) -> text.TextMessage:
    what = campaign(kind=message.kind, body=message.body, language=message.language)
    template = text.compose(what, frozenset(), project.shop, hearth(), SiteLinks())
    return text.message(template, MEILING if message.language == "zh" else ANNA)


def test_there_are_ten_messages_of_each_kind_and_as_many_chinese_as_english_ones(project: Project) -> None:
    counted = Counter((message.kind, message.language) for message in project.messages)
    assert {kind for kind, _ in counted} == set(KINDS)
    for kind in KINDS:
        english, chinese = counted[kind, "en"], counted[kind, "zh"]
        assert english + chinese >= 10
        assert abs(english - chinese) <= 1
    assert counted.total() >= 40


def test_no_message_is_longer_than_a_text_may_be_and_a_short_one_is_one_segment(project: Project) -> None:
    most = project.shop.texts.most_segments
    taken = {message.id: as_text(message, project).segments for message in project.messages}
    assert {name: count for name, count in taken.items() if count > most} == {}
    short = [message.id for message in project.messages if "short" in message.tags]
    assert len(short) >= 20
    assert {name: taken[name] for name in short if taken[name] != 1} == {}


def test_an_english_message_costs_no_more_than_its_letters(project: Project) -> None:
    english = [message for message in project.messages if message.language == "en"]
    assert {message.id for message in english if forcing_character(as_text(message, project).text)} == set()


def test_every_holiday_message_names_its_occasion_and_every_seasonal_one_its_season(project: Project) -> None:
    occasions = Occasions(project.programme.occasions, project.shop.holiday_countries)
    holidays = [message for message in project.messages if message.kind is Kind.HOLIDAY]
    assert [message.id for message in holidays if not set(message.tags) & set(occasions.names)] == []
    seasonal = [message for message in project.messages if message.kind is Kind.SEASONAL]
    assert [message.id for message in seasonal if not message.season] == []


def test_two_messages_never_say_the_same(project: Project) -> None:
    said = Counter(message.body.blocks[0].markdown for message in project.messages)
    assert {words for words, times in said.items() if times > 1} == set()


def test_a_campaign_of_the_sample_draws_from_the_library(project: Project) -> None:
    drawn = [one.id for one in project.campaigns if one.body.file.startswith("content/messages/")]
    assert drawn == ["2026/we-miss-you-zh"]
