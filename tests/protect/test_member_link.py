"""The code and the link of a card agree, and a reissued card has others."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sitegen.model.lock import Lock
from sitegen.protect import code
from sitegen.protect.member_link import Revoked, member_link
from sitegen.protect.serials import revoked, serial_name
from tests.protect.tinysite import CARD_KEY, SITE_ID

LOCK = Lock(SITE_ID.hex())
URL = "https://members.example/shop"


def test_link_and_typed_code_open_the_same_door() -> None:
    link = member_link(CARD_KEY, LOCK, "C-00001", URL)
    assert link.url == f"{URL}/#{link.spelled}"
    assert link.grouped.replace("-", "") == link.spelled
    assert code.parse(link.grouped) == code.parse(link.spelled) == code.member_code(CARD_KEY, SITE_ID, "C-00001", 1)


def test_a_slash_at_the_end_of_the_address_changes_nothing() -> None:
    assert member_link(CARD_KEY, LOCK, "C-00001", URL + "/") == member_link(CARD_KEY, LOCK, "C-00001", URL)


def test_a_reissued_card_has_another_code_and_others_keep_theirs() -> None:
    reissued = replace(LOCK, serials={serial_name(CARD_KEY, SITE_ID, "C-00001"): 2})
    assert member_link(CARD_KEY, reissued, "C-00001", URL) != member_link(CARD_KEY, LOCK, "C-00001", URL)
    assert member_link(CARD_KEY, reissued, "C-00002", URL) == member_link(CARD_KEY, LOCK, "C-00002", URL)


def test_a_new_epoch_leaves_the_printed_cards_valid() -> None:
    assert member_link(CARD_KEY, replace(LOCK, epoch=7), "C-00001", URL) == member_link(CARD_KEY, LOCK, "C-00001", URL)


def test_a_link_is_never_shown_by_accident() -> None:
    link = member_link(CARD_KEY, LOCK, "C-00001", URL)
    assert link.spelled not in repr(link)
    assert link.grouped not in repr(link)


def test_who_was_revoked_has_no_link_and_is_told_how_to_get_one() -> None:
    lock = revoked(LOCK, CARD_KEY, ["C-00001"])
    with pytest.raises(Revoked, match="'C-00001' was revoked\nhint: `sitegen members reissue C-00001`"):
        member_link(CARD_KEY, lock, "C-00001", URL)
    assert member_link(CARD_KEY, lock, "C-00002", URL) == member_link(CARD_KEY, LOCK, "C-00002", URL)
