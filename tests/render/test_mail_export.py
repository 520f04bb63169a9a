"""An e-mail for another sender: plain substitution of its tags says what sitegen itself would have said."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from sitegen.model.channel import Kind
from sitegen.model.plan import Recipient
from sitegen.render.mail import export as mail_export
from sitegen.render.mail.message import fill
from tests.render.mail_shop import NEWS, POSTING, campaign, compose, recipient

TWO_WAYS = (
    "Dear {{ first_name or 'friend' }}, since {{ member_since | year or 'long ago' }}; {{ first_name or 'you' }}."
)
CAMPAIGNS = [campaign(), campaign(NEWS, Kind.PROMOTION), campaign(TWO_WAYS, subject="Good evening")]


def substituted(text: str, tags: dict[str, str]) -> str:
    """What a sender makes of a template: nothing but putting values in the place of tags."""
    return re.sub(r"\{\{(\w+)\}\}", lambda found: tags[found[1]], text)


@pytest.mark.parametrize("what", CAMPAIGNS, ids=["care", "promotion", "two fallbacks of one field"])
@pytest.mark.parametrize("values", [dict(recipient().values), {"adviser_name": "Wiebke Petersen", "points": 3}])
def test_the_tags_filled_give_the_message_that_sitegen_sends(what: object, values: dict[str, str]) -> None:
    reader: Recipient = recipient(values=values)
    template = compose(what, reader)  # type: ignore[arg-type]
    made = mail_export.exported(template)

    line = mail_export.row(made, template, reader, POSTING)

    tags = dict(zip(made.tags.values(), line[3:], strict=True))
    own = fill(template, reader, POSTING)
    assert unescape(substituted(made.html, tags)) == unescape(own.html)
    assert substituted(made.subject, tags) == own.subject
    assert substituted(made.text, tags).split() == own.text.split()
    assert line[0] == reader.address


def test_each_way_of_using_a_field_has_a_tag_of_its_own() -> None:
    names = list(mail_export.exported(compose(CAMPAIGNS[2], recipient())).tags.values())

    assert {"first_name", "first_name_2", "member_since_year"} <= set(names)
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z0-9_]+", name) for name in names)


def test_a_name_can_bring_no_markup_into_another_senders_mail() -> None:
    template = compose(campaign(), recipient())
    hostile = replace(recipient(), values={**recipient().values, "first_name": "<script>\r\nBcc: x@y.example"})

    line = mail_export.row(mail_export.exported(template), template, hostile, POSTING)

    assert not any(set("<>\r\n") & set(cell) for cell in line)
