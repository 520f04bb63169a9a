"""Fixtures that every room's tests share."""

from __future__ import annotations

import fcntl
import gc
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, BrowserType, sync_playwright

from tests.golden.sample_shop import Shop, copy_of_the_sample
from tests.servers import postgres as postgres_server

if TYPE_CHECKING:
    from collections.abc import Iterator

QUICK_EXAMPLES = 20

# Machines are shared and noisy, so no example has a deadline. CI looks at the same examples each time; by hand, new
# ones are tried in each run.
settings.register_profile(
    "shop", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=bool(os.environ.get("CI"))
)
settings.load_profile("shop")
# Without the slow tests, a property that asks for no number of its own looks at fewer examples than with them.
settings.register_profile("quick", parent=settings.get_profile("shop"), max_examples=QUICK_EXAMPLES)


def pytest_configure(config: pytest.Config) -> None:
    if config.option.markexpr == "not slow":
        settings.load_profile("quick")


LONGEST_FIRST = (
    "leaks",
    "broken",
    "browser",
    "servers",
    "golden",
    "members",
    "theme",
    "build",
    "cli",
    "data",
    "send",
    "render",
)
"""Folders of tests whose files take long for each of their tests: begun last, one worker would wait for the other."""
BEGINNING = ("leaks/test_sample.py", "leaks/test_canaries.py")
"""The first of two workers builds the sample for all; meanwhile the second needs none."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    places = {name: number for number, name in enumerate((*BEGINNING, *LONGEST_FIRST))}
    root = Path(__file__).parent

    def place(item: pytest.Item) -> int:
        path = item.path.relative_to(root)
        return places.get(path.as_posix(), places.get(path.parts[0], len(places)))

    items.sort(key=place)


def pytest_collection_finish() -> None:
    # Thousands of tests and all that they import stay to the end: a tenth of the time went into looking through them.
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def pytest_unconfigure() -> None:
    # Libraries in C tell of what is left when Python ends.
    gc.unfreeze()


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
    """The sample shop for all who only look at it, built once: each worker of pytest has a copy of its own."""
    own = tmp_path_factory.getbasetemp()
    everybodys = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "sample-of-all-workers"
    everybodys.mkdir(exist_ok=True)
    built = everybodys / "shop"
    with (everybodys / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (built / "output" / "build.json").is_file():
            shutil.rmtree(built, ignore_errors=True)
            copy_of_the_sample(built).build()
    return Shop(Path(shutil.copytree(built, tmp_path_factory.mktemp("sample") / "shop")))
