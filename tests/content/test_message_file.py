"""The message library, and campaigns that draw their words from it."""

from __future__ import annotations

from pathlib import Path

from sitegen.content.project import read_project
from sitegen.model.message import Message
from tests.content.shop_folder import mistakes_of, page, write_shop

MOON = page(
    "title: 同一轮月亮\nkind: holiday\nlanguage: zh\nseason: autumn\ntags: [moon]", "{{ first_name or '您' }}好"
)
FRONT = "kind: holiday\naudience: everyone\nchannels: [mail]\non: 2026-09-25\n"


def test_a_message_has_its_season_language_and_tags(tmp_path: Path) -> None:
    project = read_project(write_shop(tmp_path, messages__holiday__moon=MOON))
    (message,) = project.messages
    assert isinstance(message, Message)
    assert (message.id, message.language, message.season, message.tags) == ("holiday/moon", "zh", "autumn", ("moon",))


def test_a_campaign_says_the_words_of_the_message_that_it_names(tmp_path: Path) -> None:
    wish = page(FRONT + "message: holiday/moon", "")
    project = read_project(write_shop(tmp_path, messages__holiday__moon=MOON, campaigns__wish=wish))
    (campaign,), (message,) = project.campaigns, project.messages
    assert campaign.body == message.body
    assert campaign.body.file == "content/messages/holiday/moon.md"
    assert (campaign.title, campaign.subject, campaign.language) == ("同一轮月亮", "同一轮月亮", "zh")


def test_what_a_campaign_writes_itself_goes_before_what_the_message_says(tmp_path: Path) -> None:
    wish = page(FRONT + "title: Moon\nlanguage: en\nsubject: For {{ first_name or 'you' }}\nmessage: holiday/moon", "")
    (campaign,) = read_project(write_shop(tmp_path, messages__holiday__moon=MOON, campaigns__wish=wish)).campaigns
    assert (campaign.title, campaign.language) == ("Moon", "en")
    assert [use.place.file.rpartition("/")[2] for use in campaign.body.fields] == ["moon.md", "wish.md"]


def test_a_campaign_without_message_needs_a_title(tmp_path: Path) -> None:
    assert set(mistakes_of(write_shop(tmp_path, campaigns__wish=page(FRONT)))) == {"missing-key"}


def test_a_field_of_the_message_that_the_campaigns_channel_may_not_show_is_told_in_the_message(tmp_path: Path) -> None:
    message = page("title: A\nkind: holiday", "Dear {{ last_name or 'friend' }}")
    wish = page(FRONT.replace("[mail]", "[page]") + "message: holiday/moon", "")
    problem = mistakes_of(write_shop(tmp_path, messages__holiday__moon=message, campaigns__wish=wish))["hidden-field"]
    assert (problem.file, problem.line) == ("content/messages/holiday/moon.md", 5)


def test_a_message_that_cannot_be_read_is_not_told_a_second_time_as_unknown(tmp_path: Path) -> None:
    wish = page(FRONT + "title: A\nmessage: holiday/moon", "")
    root = write_shop(tmp_path, messages__holiday__moon="no front matter", campaigns__wish=wish)
    assert set(mistakes_of(root)) == {"no-front-matter"}
