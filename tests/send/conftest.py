"""A shop that is built once for all tests of sending."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.send.mail_shop import MailShop, built_shop


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> MailShop:
    """The shop with five readers; tests must leave it as it is."""
    return built_shop(tmp_path_factory.mktemp("mail") / "shop")


@pytest.fixture
def shop(built: MailShop, tmp_path: Path) -> MailShop:
    """A copy of it for one test."""
    return built.copy(tmp_path / "shop")
