"""The sample shop on its preview server, and somebody who comes to it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.visits import House, Visit, served, visiting
from tests.golden.sample_shop import Shop

CHECKER = "vnu-jar@26.9.27"


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


@pytest.fixture(scope="session")
def jar(pytestconfig: pytest.Config) -> Path:
    """The W3C's checker of HTML, in pytest's cache."""
    folder = pytestconfig.cache.mkdir("npm-" + CHECKER.partition("@")[0])
    if not list(folder.rglob("vnu.jar")):
        assert shutil.which("npm"), "npm is missing; `make test-all` installs it"
        command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", CHECKER]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return next(folder.rglob("vnu.jar"))
