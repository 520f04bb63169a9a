"""The sample shop as it is built for the table's day, and its pages as each of the ten sees them in Chromium."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time

import pytest
from playwright.sync_api import Browser

from sitegen.protect.keys import decode_root
from sitegen.protect.member_link import member_link
from sitegen.publish.lock_file import read_lock
from tests.browser.visits import House, Visit, served, visiting
from tests.golden.sample_shop import Shop as Built
from tests.golden.sample_shop import copy_of_the_sample, keys
from tests.members.model import Model, Shop
from tests.members.reading import Seen, read
from tests.members.table import TABLE, TODAY

MORNING = datetime.combine(TODAY, time(9), UTC)
HOME = ""
"""The path of the member's own room: whoever comes in by the card stands in it."""


@dataclass
class Visits:
    """Each member's way through the site, made once: the pages by their titles in the menu, "" for the room."""

    house: House
    browser: Browser
    menus: dict[str, dict[str, str]] = field(default_factory=dict)
    pages: dict[tuple[str, str], Seen] = field(default_factory=dict)

    def menu(self, member: str) -> dict[str, str]:
        """Titles and addresses of what a member finds in the menu."""
        self.page(member, HOME)
        return self.menus[member]

    def page(self, member: str, title: str) -> Seen:
        """A page of the menu as the member sees it. Nothing on it may go wrong."""
        if (member, title) not in self.pages:
            self._go(member, (HOME, title))
        return self.pages[member, title]

    def tour(self, member: str) -> None:
        """Look at all pages of the menu in one visit."""
        self._go(member, (HOME, *self.menu(member)))

    def _go(self, member: str, titles: tuple[str, ...]) -> None:
        with visiting(self.house, self.browser) as visit:
            visit.context.clock.set_fixed_time(MORNING)
            self._come_in(visit, member)
            for title in titles:
                if (member, title) in self.pages:
                    continue
                if title:
                    visit.page.goto(self.menus[member][title])
                self.pages[member, title] = read(visit)
            assert visit.complaints == []

    def _come_in(self, visit: Visit, member: str) -> None:
        visit.open(f"#{code(self.house.shop, member)}")
        visit.page.wait_for_url(f"{self.house.url}m/*/")
        visit.wait("open")
        self.menus[member] = visit.menu()


def code(shop: Built, member: str) -> str:
    """The letters on a member's card, as `sitegen members link` prints them."""
    lock = read_lock(shop.root)
    assert lock
    key = decode_root(keys()["SITEGEN_CARD_KEY"], "SITEGEN_CARD_KEY")
    return member_link(key, lock, member, "https://members.lanternandloom.example").spelled


@pytest.fixture(scope="session")
def autumn(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sample shop on the table's day, built once for all workers."""
    own = tmp_path_factory.getbasetemp()
    everybodys = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "autumn-of-all-workers"
    everybodys.mkdir(exist_ok=True)
    built = everybodys / "shop"
    with (everybodys / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (built / "output" / "build.json").is_file():
            shutil.rmtree(built, ignore_errors=True)
            copy_of_the_sample(built).build("site", f"{TODAY}")
    # Whoever looks only reads it; a server of its own has each worker.
    return Built(built)


@pytest.fixture(scope="session")
def visits(autumn: Built, browser: Browser) -> Iterator[Visits]:
    """The members' ways through the site."""
    with served(autumn) as house:
        yield Visits(house, browser)


@pytest.fixture(scope="session")
def model(autumn: Built) -> Model:
    """The shop on the table's day, as its files say."""
    assert TABLE
    return Model(Shop(autumn.root), TODAY)
