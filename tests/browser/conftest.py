"""The sample shop on its preview server, and somebody who comes to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.visits import House, Visit, served, visiting
from tests.golden.sample_shop import Shop


@pytest.fixture(scope="session")
def house(sample: Shop) -> Iterator[House]:
    """The built sample shop, open for visitors."""
    with served(sample) as house:
        yield house


@pytest.fixture
def visit(house: House, browser: Browser) -> Iterator[Visit]:
    """A visitor who has never been here."""
    with visiting(house, browser) as visit:
        yield visit
