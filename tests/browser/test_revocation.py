"""Somebody's card is revoked while two members are reading."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.visits import served, visiting
from tests.cli.conftest import copy_of_the_small_shop
from tests.golden.sample_shop import Shop


@pytest.mark.slow
def test_goal_12_the_others_stay_in_without_their_code_and_who_was_revoked_is_out(
    tmp_path: Path, browser: Browser
) -> None:
    shop = Shop(copy_of_the_small_shop(tmp_path))
    shop.build("site", "2026-09-08")
    with served(shop) as house, visiting(house, browser) as ada, visiting(house, browser) as ben:
        ada.unlock("C-1")
        ben.unlock("C-2")
        assert "How good that you are here, Ada" in ada.content()
        assert "How good that you are here, Ben" in ben.content()

        shop.run("members", "revoke", "C-1")
        shop.build("site", "2026-09-08")
        ada.page.reload()
        ben.page.reload()

        ben.wait("open")
        assert "How good that you are here, Ben" in ben.content()
        assert ada.rest() in {"locked", "error"}
        assert "Ada" not in ada.page.content()
        assert ben.strangers() + ada.strangers() == []
