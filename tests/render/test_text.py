"""Text messages: the words, the signature, the way to end them, and what each of them costs."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import Exit, Mistakes
from sitegen.model.channel import Channel, Kind
from sitegen.model.field import FieldUse
from sitegen.model.plan import Recipient
from sitegen.model.shop import Shop
from sitegen.model.text_setting import TextSetting
from sitegen.model.tree import Place
from sitegen.render.merge import MergeTemplate
from sitegen.render.text import text
from sitegen.render.text.alphabet import forcing_character
from tests.render.mail_shop import SHOP, SiteLinks, campaign, hearth, recipient

READER = recipient(channel=Channel.TEXT, address="+49 40 123 45", address_key="ab" * 32)
NAMED = replace(SHOP, texts=TextSetting(sender="LanternLoom", price=Decimal("0.075")))
SIGNED = "\n- Wiebke, Lantern & Loom"


def made(
    markdown: str, kind: Kind = Kind.CONTACT, shop: Shop = SHOP, reader: Recipient = READER, language: str = ""
) -> text.TextMessage:
    what = campaign(markdown, kind, language=language)
    return text.message(text.compose(what, reader.segments, shop, hearth(), SiteLinks()), reader)


def without_adviser() -> Recipient:
    return replace(READER, values={"first_name": "Anna"})


def test_a_message_is_merged_signed_and_says_what_it_costs() -> None:
    message = made('Dear {{ city or "friend" }}, **your** [chair](window.md) is free.', shop=NAMED)

    assert message == text.TextMessage(
        reference="326c6fa83d9839a3a902f08e63e62da8",
        recipient=READER,
        to="+494012345",
        text=f"Dear friend, your chair https://members.lanternandloom.example/window/ is free.{SIGNED}",
        encoding="GSM-7",
        segments=1,
        cost=Decimal("0.075"),
        forced_by="",
    )


def test_the_closest_adviser_signs_else_the_shop() -> None:
    assert made("A wish.").text == "A wish.\n- Wiebke, Lantern & Loom"
    assert made("A wish.", reader=without_adviser()).text == "A wish.\n- Lantern & Loom"
    assert made("祝好。", language="zh").text == "祝好。\nWiebke Petersen，Lantern & Loom"


def test_what_a_text_says_itself_is_not_signed_again() -> None:
    both = '{{ adviser_first_name or "we" }} of Lantern & Loom.'
    assert made(both).text == "Wiebke of Lantern & Loom."
    assert made(both, reader=without_adviser()).text == "we of Lantern & Loom."
    assert made("All of lantern &amp; loom.").text == "All of lantern & loom.\n- Wiebke"
    assert made("{{ adviser_name }} here.").text == "Wiebke Petersen here.\n- Lantern & Loom"


def test_the_character_that_makes_a_text_dear_is_named() -> None:
    message = made("We’ve kept your chair.")

    assert (message.encoding, message.forced_by) == ("UCS-2", "’ U+2019 RIGHT SINGLE QUOTATION MARK")


def test_a_name_that_makes_a_text_dear_is_named_with_its_field() -> None:
    assert made('Dear {{ first_name or "friend" }}').forced_by == (
        "ë U+00EB LATIN SMALL LETTER E WITH DIAERESIS in first_name"
    )
    # The words are to blame before a value is: they can be changed.
    assert made('Dear {{ first_name or "friend" }} — hello').forced_by == "— U+2014 EM DASH"


def test_an_accent_by_itself_does_not_make_a_text_dear() -> None:
    reader = replace(READER, values={"first_name": "Rene\u0301"})
    message = made("Dear {{ first_name }}", reader=reader)
    assert (message.text, message.encoding) == ("Dear René\n- Lantern & Loom", "GSM-7")


@given(st.text(), st.text())
def test_whatever_forces_a_text_is_found_in_one_of_its_parts(words: str, value: str) -> None:
    use = FieldUse("first_name", Place(""), fallback="")
    whole = MergeTemplate((words, use, "e", "."))
    message = text.message(text.TextTemplate("en", SHOP, whole, whole), replace(READER, values={"first_name": value}))
    assert bool(message.forced_by) == (message.encoding == "UCS-2") == bool(forcing_character(message.text))


def test_only_a_promotion_says_how_to_stop() -> None:
    assert made("Prices!", Kind.PROMOTION).text == f"Prices!{SIGNED}\nReply STOP to end these texts."
    assert made("特价", Kind.PROMOTION, language="zh").text.endswith("\n回复 TD 退订。")
    assert made("A wish.", Kind.HOLIDAY).text == f"A wish.{SIGNED}"


def test_nobody_is_asked_to_answer_a_sender_that_hears_nothing() -> None:
    assert made("Prices!", Kind.PROMOTION, NAMED).text.endswith("\nTo end these texts, call +49 40 66969 001.")
    numbered = replace(NAMED, texts=TextSetting(sender="+494066969001"))
    assert made("Prices!", Kind.PROMOTION, numbered).text.endswith("\nReply STOP to end these texts.")


def test_a_promotion_that_nobody_could_end_does_not_leave() -> None:
    with pytest.raises(Mistakes, match="nobody could end texts like '2026/wish'") as caught:
        made("Prices!", Kind.PROMOTION, replace(NAMED, phone=""))
    assert caught.value.exit_code is Exit.MESSAGE


def test_a_reader_sees_only_the_blocks_of_their_audiences() -> None:
    body = "Hello.\n\n::: audience gold\nGold!\n:::\n\n::: audience silver\nSilver!\n:::"

    assert made(body).text == f"Hello.\nGold!{SIGNED}"


def test_a_copy_of_a_message_has_the_same_reference_and_no_other_message_has_it() -> None:
    def reference(reader: Recipient) -> str:
        return made("A wish.", reader=reader).reference

    plain = reference(READER)
    assert made("Other words.").reference == reference(replace(READER, address="0049 40 12345")) == plain
    others = replace(READER, edition="2026/wish/2027"), replace(READER, address_key="cd" * 32)
    assert len({plain, *map(reference, others)}) == 3


def test_a_row_says_all_that_a_provider_needs() -> None:
    reader = replace(READER, leaves_at=datetime(2026, 9, 25, 9, tzinfo=ZoneInfo("Europe/Berlin")))
    message = made("月亮\n\n圆了", shop=NAMED, reader=reader, language="zh")

    assert dict(text.row(message, NAMED)) == {
        "reference": message.reference,
        "edition": "2026/wish/2026-09-25",
        "customer_id": "C-00001",
        "address_key": "ab" * 32,
        "day": "2026-09-25",
        "leaves_at": "2026-09-25T07:00:00+00:00",
        "from": "LanternLoom",
        "to": "+494012345",
        "text": "月亮\n圆了\nWiebke Petersen，Lantern & Loom",
        "sha256": hashlib.sha256(message.text.encode()).hexdigest(),
        "encoding": "UCS-2",
        "segments": 1,
        "cost": "0.075",
        "currency": "EUR",
        "forced_by": "月 U+6708 CJK UNIFIED IDEOGRAPH-6708",
    }
