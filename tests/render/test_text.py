"""Text messages are counted as the networks count them."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.channel import Channel, Kind
from sitegen.render import text
from tests.render.mail_shop import SHOP, SiteLinks, campaign, hearth, recipient

READER = recipient(channel=Channel.TEXT, address="+49 (40) 123 45")


def made(markdown: str, kind: Kind = Kind.CONTACT, **changes: object) -> text.TextMessage:
    what = campaign(markdown, kind, **changes)
    return text.message(text.compose(what, READER.segments, SHOP, hearth(), SiteLinks()), READER)


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" + "a" * 152, 3),
        ("月" * 70, 1),
        ("月" * 71, 2),
        ("月" * 134, 2),
        ("月" * 135, 3),
        ("🏮" * 35, 1),
        ("🏮" * 36, 2),
        ("月" * 66 + "🏮" + "月" * 66, 3),
    ],
)
def test_segments(said: str, count: int) -> None:
    assert text.segments(said) == count


def test_the_alphabet_has_the_places_that_the_standard_gives_it() -> None:
    # 128 places of the default table without the escape; ten of the extension table.
    assert len(text.BASIC) == 127
    assert len(text.EXTENDED) == 10


@given(st.text(st.sampled_from(sorted(text.BASIC | text.EXTENDED)), max_size=700))
def test_text_of_the_alphabet_fills_its_segments(said: str) -> None:
    places = sum(2 if character in text.EXTENDED else 1 for character in said)

    count = text.segments(said)

    assert text.forcing_character(said) == ""
    assert count == 1 if places <= 160 else -(-places // 153) <= count <= -(-places // 152)


def test_a_message_is_merged_and_says_what_it_costs() -> None:
    message = made('Dear {{ adviser_first_name or "friend" }}, **your** [chair](window.md) is free.')

    assert message == text.TextMessage(
        customer_id="C-00001",
        to="+494012345",
        text="Dear Wiebke, your chair https://members.lanternandloom.example/window/ is free.",
        encoding="GSM-7",
        segments=1,
        forced_by="",
    )


def test_the_character_that_makes_a_text_dear_is_named() -> None:
    message = made("We’ve kept your chair.")

    assert (message.encoding, message.forced_by) == ("UCS-2", "’ U+2019 RIGHT SINGLE QUOTATION MARK")


def test_a_name_can_make_a_text_dear() -> None:
    assert made('Dear {{ first_name or "friend" }}').forced_by.startswith("ë U+00EB")


def test_only_a_promotion_says_how_to_stop() -> None:
    assert made("Prices!", Kind.PROMOTION).text == "Prices!\nReply STOP to end these texts."
    assert made("特价", Kind.PROMOTION, language="zh").text == "特价\n回复 TD 退订。"
    assert made("A wish.", Kind.HOLIDAY).text == "A wish."


def test_a_reader_sees_only_the_blocks_of_their_audiences() -> None:
    body = "Hello.\n\n::: audience gold\nGold!\n:::\n\n::: audience silver\nSilver!\n:::"

    assert made(body).text == "Hello.\nGold!"


def test_a_row_is_one_line_of_json() -> None:
    line = text.row(made("月亮\n\n圆了")).decode()

    assert line.endswith("\n")
    assert line.count("\n") == 1
    assert json.loads(line) == {
        "customer_id": "C-00001",
        "to": "+494012345",
        "text": "月亮\n圆了",
        "encoding": "UCS-2",
        "segments": 1,
    }
