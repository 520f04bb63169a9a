"""Tokens in links: only the shop makes them, only for one purpose, and they say nothing to anybody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.channel import Channel, MessageClass
from sitegen.model.claim import Claim, Purpose
from sitegen.protect import tokens

SEALER = tokens.sealer(bytes(range(32)))
CLAIM = Claim(
    purpose=Purpose.UNSUBSCRIBE,
    customer_id="C-00001",
    channel=Channel.MAIL,
    message_class=MessageClass.PROMOTION,
    campaign="2026/members-prices",
    edition="2026/members-prices/2026-09-15",
    address_key="ab" * 32,
    day=date(2026, 9, 15),
)
CLAIMS = st.builds(
    Claim,
    purpose=st.sampled_from(Purpose),
    customer_id=st.text(max_size=40),
    channel=st.sampled_from(Channel),
    message_class=st.sampled_from(MessageClass),
    campaign=st.text(max_size=40),
    edition=st.text(max_size=60),
    address_key=st.binary(min_size=32, max_size=32).map(bytes.hex),
    day=st.dates(),
    about=st.just("") | st.text(max_size=40),
)


@given(CLAIMS)
def test_a_token_opens_to_what_was_sealed_into_it(claim: Claim) -> None:
    token = tokens.seal(SEALER, claim)

    assert tokens.unseal(SEALER, token, claim.purpose) == claim
    assert token == tokens.seal(SEALER, claim)


@pytest.mark.parametrize("purpose", [purpose for purpose in Purpose if purpose is not CLAIM.purpose])
def test_a_token_serves_no_other_purpose(purpose: Purpose) -> None:
    assert tokens.unseal(SEALER, tokens.seal(SEALER, CLAIM), purpose) is None


@given(st.data())
def test_a_token_with_one_character_changed_opens_nothing(data: st.DataObject) -> None:
    token = tokens.seal(SEALER, CLAIM)
    place = data.draw(st.integers(0, len(token) - 2))
    other = data.draw(st.characters(categories=["L", "N", "P", "S"]).filter(lambda one: one != token[place]))

    assert tokens.unseal(SEALER, token[:place] + other + token[place + 1 :], CLAIM.purpose) is None


@given(st.text(max_size=300))
def test_what_is_no_token_opens_nothing(text: str) -> None:
    assert tokens.unseal(SEALER, text, CLAIM.purpose) is None


def test_the_token_of_another_shop_opens_nothing() -> None:
    assert tokens.unseal(tokens.sealer(bytes(32)), tokens.seal(SEALER, CLAIM), CLAIM.purpose) is None


def test_a_token_shows_neither_the_customer_nor_the_campaign_and_fits_a_link() -> None:
    token = tokens.seal(SEALER, CLAIM)

    assert "C-00001" not in token
    assert len(token) < 200
    assert token != tokens.seal(SEALER, replace(CLAIM, customer_id="C-00002"))


def test_a_message_has_one_name_for_each_edition_channel_and_address() -> None:
    name = tokens.message_token(SEALER, "a/1", Channel.MAIL, "ab" * 32)
    others = {
        tokens.message_token(SEALER, "a/2", Channel.MAIL, "ab" * 32),
        tokens.message_token(SEALER, "a/1", Channel.TEXT, "ab" * 32),
        tokens.message_token(SEALER, "a/1", Channel.MAIL, "cd" * 32),
    }

    assert len(name) == 26
    assert name == tokens.message_token(SEALER, "a/1", Channel.MAIL, "ab" * 32)
    assert name not in others
    assert len(others) == 3


def test_a_sealer_does_not_show_its_keys() -> None:
    assert repr(SEALER) == "Sealer()"
