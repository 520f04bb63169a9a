"""Fixtures that every room's tests share."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, BrowserType, sync_playwright

from tests.golden.sample_shop import Shop, copy_of_the_sample
from tests.servers import postgres as postgres_server

if TYPE_CHECKING:
    from collections.abc import Iterator

# Machines are shared and noisy, so no example has a deadline. CI looks at the same examples each time; by hand, new
# ones are tried in each run.
settings.register_profile(
    "shop", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("shop")


# A name of this machine that is not loopback, so that a page below http:// counts as not secure.
ELSEWHERE = "--host-resolver-rules=MAP members.test 127.0.0.1"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium: one for all rooms, since a thread can hold only one Playwright."""
    with sync_playwright() as playwright:
        chromium = launched(playwright.chromium)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def keeper(browser: Browser) -> Iterator[Browser]:
    """The same Chromium, which puts pages aside and shows them again, as people's browsers do."""
    chromium = launched(browser.browser_type, ignore_default_args=["--disable-back-forward-cache"])
    yield chromium
    chromium.close()


def launched(kind: BrowserType, **options: Any) -> Browser:
    """Debian's Chromium, quiet."""
    executable = shutil.which("chromium")
    if executable is None:
        pytest.fail("Chromium is missing; `make test` installs it")
    quiet = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    arguments = ["--no-sandbox", "--no-first-run", ELSEWHERE, *quiet]
    return kind.launch(executable_path=executable, args=arguments, **options)


@pytest.fixture(scope="session")
def postgres() -> Iterator[postgres_server.Server]:
    """A real PostgreSQL server of this worker's own. Make a database in it before you use it."""
    with postgres_server.running() as server:
        yield server


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """The sample shop, built once for all who only look at it. Mark such tests with xdist_group("sample")."""
    shop = copy_of_the_sample(tmp_path_factory.mktemp("sample") / "shop")
    shop.build()
    return shop
