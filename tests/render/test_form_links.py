"""Tests of links to the receiver's forms in mails, texts and exports, and where they lead without a token."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.channel import Channel, Kind
from sitegen.model.claim import Claim, Purpose
from sitegen.model.form_link import FormLink, form_link
from sitegen.model.shop import Shop
from sitegen.protect.tokens import sealer, unseal
from sitegen.render.form_links import open_address
from sitegen.render.mail import compose as mail
from sitegen.render.mail import message as mail_message
from sitegen.render.mail.export import exported, row
from sitegen.render.text import text
from tests.render.mail_shop import POSTING, SETTING, SHOP, TOKENS, SiteLinks, campaign, hearth, recipient

HOUSE = replace(SHOP, receiver="https://hello.example")
WORDS = "Dear friend, [yes or no](rsvp:), [this](complaint:), [that](suggestion:), [ask](survey:) [more](survey:tea/a)."
FORMS = (
    FormLink(Purpose.RSVP),
    FormLink(Purpose.COMPLAINT),
    FormLink(Purpose.SUGGESTION),
    FormLink(Purpose.SURVEY),
    FormLink(Purpose.SURVEY, "tea/a"),
)
ADDRESS = re.compile(r"https://hello\.example/([a-z/]+)\?token=([\w-]+)")


def made(words: str = WORDS, shop: Shop = HOUSE, kind: Kind = Kind.EVENT) -> mail.MailTemplate:
    setting = replace(SETTING, shop=shop)
    return mail.compose(campaign(words, kind), mail.Variant(frozenset(), frozenset()), setting)


def opened(token: str, purpose: Purpose) -> Claim:
    claim = unseal(sealer(bytes(range(32))), token, purpose)
    assert claim
    return claim


@pytest.mark.parametrize("part", ["html", "text"])
def test_each_form_of_a_mail_has_the_readers_own_token_in_both_parts(part: str) -> None:
    filled = mail_message.fill(made(), recipient(), POSTING)
    found = {path: token for path, token in ADDRESS.findall(getattr(filled, part)) if path in PATHS}
    assert sorted(found) == sorted(PATHS)
    for path, token in found.items():
        claim = opened(token, Purpose(path.partition("/")[0]))
        assert (claim.customer_id, claim.campaign) == ("C-00001", "2026/wish")
        assert claim.about == ("tea/a" if path == "survey/tea/a" else "")


PATHS = ("rsvp", "complaint", "suggestion", "survey", "survey/tea/a")


def test_a_mail_without_such_links_makes_no_token_for_them() -> None:
    template = made("Only words.")
    assert template.forms == ()
    assert mail_message.reader_links(template, recipient(), POSTING).forms == {}


def test_two_readers_never_share_a_link() -> None:
    template = made()
    one, other = (
        mail_message.reader_links(template, recipient(customer_id=id_), POSTING).forms for id_ in ("C-00001", "C-00002")
    )
    assert one.keys() == other.keys() == {form.field for form in FORMS}
    assert not set(one.values()) & set(other.values())


def test_a_promotion_counts_no_visits_of_a_readers_own_link() -> None:
    filled = mail_message.fill(made(kind=Kind.PROMOTION), recipient(), POSTING)
    assert not re.search(r"hello\.example[^\"\s]*utm_", filled.html + filled.text)


def test_an_export_has_a_column_for_each_form() -> None:
    template = made()
    message = exported(template)
    assert {"{{form_rsvp}}", "{{form_survey_tea_a}}"} <= set(re.findall(r"\{\{\w+\}\}", message.html))
    line = row(message, template, recipient(), POSTING)
    assert sum("hello.example/survey/tea/a?token=" in cell for cell in line) == 1


def test_a_text_carries_the_readers_token_too() -> None:
    what = campaign("Will you come? [Tell us](rsvp:)", Kind.CONTACT)
    template = text.compose(what, frozenset(), HOUSE, hearth(), SiteLinks())
    reader = recipient(channel=Channel.TEXT, address="+49 40 123 45")
    ((path, token),) = ADDRESS.findall(text.message(template, reader, TOKENS).text)
    assert path == "rsvp"
    assert opened(token, Purpose.RSVP).channel is Channel.TEXT


@pytest.mark.parametrize(
    ("target", "with_receiver", "without", "without_telephone"),
    [
        ("complaint:", "https://hello.example/complaint", "tel:+494012345", "mailto:letters@x.example"),
        ("suggestion:", "https://hello.example/suggestion", "tel:+494012345", "mailto:letters@x.example"),
        ("rsvp:", "tel:+494012345", "tel:+494012345", "mailto:letters@x.example"),
        ("survey:tea", "tel:+494012345", "tel:+494012345", "mailto:letters@x.example"),
        ("https://x.example/rsvp:", "", "", ""),
        ("../events/rsvp.md", "", "", ""),
    ],
)
def test_without_a_token_only_open_forms_open_and_the_others_become_the_telephone(
    target: str, with_receiver: str, without: str, without_telephone: str
) -> None:
    sender = replace(SHOP.sender, address="letters@x.example")
    house = replace(HOUSE, phone="+49 (40) 123-45", sender=sender)
    assert open_address(target, house) == with_receiver
    assert open_address(target, replace(house, receiver="")) == without
    assert open_address(target, replace(house, receiver="", phone="")) == without_telephone


def test_a_mail_of_a_shop_without_a_receiver_leads_where_its_links_say() -> None:
    template = made("[Come](https://x.example/)", shop=replace(HOUSE, receiver=""))
    assert template.forms == ()


@given(st.text(max_size=20))
def test_only_the_four_words_before_a_colon_are_forms(target: str) -> None:
    form = form_link(target)
    named = target.partition(":")[0] in {"rsvp", "survey", "complaint", "suggestion"} and ":" in target
    assert (form is not None) == named


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_what_stands_behind_the_colon_is_the_name(name: str) -> None:
    assert form_link(f"survey:{name}") == FormLink(Purpose.SURVEY, name)
