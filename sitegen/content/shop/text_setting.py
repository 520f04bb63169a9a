"""Read how texts leave: the `texts:` of site.yaml."""

from __future__ import annotations

import re
from decimal import Decimal

from sitegen.content.keys import Keys
from sitegen.model.text_setting import PLAIN, TextSetting
from sitegen.render.text.alphabet import BASIC

LONGEST_NAME = 11
"""Characters of an alphanumeric sender (3GPP TS 23.040, 9.1.2.5)."""
NUMBER = re.compile(r"\+[1-9][0-9]{6,14}|[0-9]{3,8}")
"""A number in E.164, or a short code."""
LONGEST_TEXT = 10
"""Segments beyond which networks drop parts of a text."""


def read_texts(keys: Keys) -> TextSetting:
    """How texts leave; what is wrong is added to the keys' problems."""
    inner = keys.keys("texts")
    if inner is None:
        return PLAIN
    setting = TextSetting(
        sender=_sender(inner),
        price=_price(inner),
        most_segments=inner.integer("most_segments", PLAIN.most_segments, 1, LONGEST_TEXT),
    )
    inner.finish()
    return setting


def _sender(keys: Keys) -> str:
    sender = keys.text("sender")
    number = re.sub(r"[ ()./-]", "", sender)
    if NUMBER.fullmatch(number):
        return number
    if not sender or (_is_name(sender) and len(sender) <= LONGEST_NAME):
        return sender
    if _is_name(sender):
        message = f"the sender '{sender}' has {len(sender)} characters, and telephones show {LONGEST_NAME}"
    else:
        message = f"'{sender}' can't be the sender of a text"
    hint = "write a name of at most 11 plain letters and digits, like LanternLoom, or a number like +494066969001"
    keys.problems.append(keys.place("sender").problem("bad-sender", message, hint))
    return ""


def _is_name(sender: str) -> bool:
    # Extended characters take two places each, and many networks show none of them.
    return BASIC.issuperset(sender) and "\n" not in sender and any(letter.isalpha() for letter in sender)


def _price(keys: Keys) -> Decimal:
    price = keys.decimal("price")
    if price < 0:
        message = f"a segment can't cost '{price}'"
        keys.problems.append(keys.place("price").problem("wrong-value", message, "write a number like 0.075"))
        return Decimal(0)
    return price
