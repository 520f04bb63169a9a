"""Mails, texts and cards say in their own language what the shop's data has in another one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sitegen.audience.language.words import CUSTOMER, IN_GROUP, group_in
from sitegen.model.channel import Channel
from sitegen.model.plan import Recipient
from sitegen.model.shop import Shop
from sitegen.model.theme import Theme
from sitegen.render.mail import compose as mail
from sitegen.render.mail import message as mail_message
from sitegen.render.mail.export import exported, row
from sitegen.render.mail.greeting import greeting, greeting_template
from sitegen.render.mail.voice import voice
from sitegen.render.text import text
from tests.render.mail_shop import POSTING, SETTING, SHOP, SiteLinks, campaign, hearth, parts, read, recipient

LOCALE = Path(__file__).parents[2] / "themes/hearth/locale"
SPOKEN = replace(
    SHOP,
    words={
        "zh": {
            "Lantern & Loom": "织灯坊",
            "Gold": "金卡会员",
            "Senior adviser": "资深顾问",
            "Gold friends": "金卡之友",
            "you have bought from us within the last year": "您近一年在我们这里选购过",
        }
    },
)
WISH = '亲爱的{{ first_name or "朋友" }}：您是我们的{{ tier }}。'


def reader(reason: str = CUSTOMER) -> Recipient:
    plain = recipient(reason=reason)
    return replace(plain, language="zh", values={**plain.values, "tier": "Gold"})


def parts_of(markdown: str, whose: Recipient, shop: Shop = SPOKEN, language: str = "zh") -> tuple[bytes, str, str]:
    """A mail as it leaves, its text and its HTML."""
    made = campaign(markdown, language=language)
    template = mail.compose(made, mail.variant(made, whose), replace(SETTING, shop=shop))
    content = mail_message.message(template, whose, POSTING)
    return (content, *parts(content))


def theme_with(language: str) -> Theme:
    words = {code: yaml.safe_load((LOCALE / f"mail.{code}.yaml").read_text("utf-8")) for code in ("en", language)}
    return replace(hearth(), strings=words)


def test_a_chinese_mail_for_everyone_gives_its_reason_in_chinese() -> None:
    _, plain, html = parts_of(WISH, reader(), SHOP)

    assert "您收到这封信，是因为您是我们的顾客。" in plain
    assert "您收到这封信，是因为您是我们的顾客。" in html
    assert CUSTOMER not in plain + html


@pytest.mark.parametrize(
    ("language", "for_everybody", "for_a_group"),
    [
        ("en", "you are one of our customers", "you belong to our group ‘Gold friends’"),
        ("de", "Sie bei uns Kunde sind", "Sie zu unserem Kreis „Gold friends“ gehören"),
        ("zh", "您是我们的顾客", "您属于我们的“Gold friends”顾客群"),
        ("nl", "you are one of our customers", "you belong to our group ‘Gold friends’"),
    ],
)
def test_reasons_of_our_own_are_given_in_the_languages_of_the_theme(
    language: str, for_everybody: str, for_a_group: str
) -> None:
    theme = theme_with("en" if language == "nl" else language)

    said = voice(SHOP, theme, language)

    assert said.reason(CUSTOMER) == for_everybody
    assert said.reason(IN_GROUP.replace("{group}", "Gold friends")) == for_a_group


def test_a_theme_without_words_for_reasons_gives_them_in_english() -> None:
    said = voice(SHOP, replace(hearth(), strings={}), "zh")

    assert said.reason(CUSTOMER) == CUSTOMER
    assert said.reason("you belong to our group 'Gold'") == "you belong to our group 'Gold'"


def test_words_of_the_shop_reach_a_mail() -> None:
    content, plain, html = parts_of(WISH, reader("you have bought from us within the last year"))

    assert read(content)["From"].addresses[0].display_name == "织灯坊"
    for part in (plain, html):
        assert "您是我们的金卡会员。" in part
        assert "资深顾问" in part
        assert "是因为您近一年在我们这里选购过。" in part
        assert "Gold" not in part
        assert "Lantern & Loom" not in part


def test_a_group_is_called_by_the_shops_word_for_it() -> None:
    _, plain, _ = parts_of(WISH, reader(IN_GROUP.replace("{group}", "Gold friends")))

    assert "是因为您属于我们的“金卡之友”顾客群。" in plain


def test_a_mail_in_the_shops_own_language_says_its_own_words() -> None:
    content, plain, _ = parts_of("You are {{ tier }}.", reader(), language="en")

    assert read(content)["From"].addresses[0].display_name == "Lantern & Loom"
    assert "You are Gold." in plain
    assert "Senior adviser, Lantern & Loom" in plain


def test_another_senders_list_holds_the_words_of_the_shop() -> None:
    made, whose = campaign(WISH, language="zh"), reader()
    template = mail.compose(made, mail.variant(made, whose), replace(SETTING, shop=SPOKEN))

    line = row(exported(template), template, whose, POSTING)

    assert {"金卡会员", "资深顾问", "您是我们的顾客"} <= set(line)


def test_words_of_the_shop_reach_a_text_and_its_signature() -> None:
    made = campaign("您是{{ tier }}。", channels=(Channel.TEXT,), language="zh")
    template = text.compose(made, frozenset(), SPOKEN, hearth(), SiteLinks())

    assert text.message(template, reader()).text == "您是金卡会员。\nWiebke Petersen，织灯坊"


def test_words_of_the_shop_reach_a_card() -> None:
    made = greeting_template(campaign("{{ tier | upper }}，{{ tier }}"), frozenset())

    assert greeting(made, reader(), "zh", SPOKEN) == "<p>金卡会员，金卡会员</p>"
    assert greeting(made, reader(), "en", SPOKEN) == "<p>GOLD，Gold</p>"


@given(st.text())
def test_the_group_of_a_reason_is_the_title_that_made_it(title: str) -> None:
    assert group_in(IN_GROUP.replace("{group}", title)) == title
    assert group_in(f"x{IN_GROUP.replace('{group}', title)}") == ""
