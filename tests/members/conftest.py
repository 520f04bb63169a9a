"""The sample shop as it is built for the table's day, and its pages as each of the ten sees them in Chromium."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
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
"""The member's own room: whoever comes in by the card stands in it."""


@dataclass
class Visits:
    """Each member's way through the site: they come in once, and each page is looked at once."""

    house: House
    browser: Browser
    rooms: ExitStack
    inside: dict[str, Visit] = field(default_factory=dict)
    menus: dict[str, dict[str, str]] = field(default_factory=dict)
    pages: dict[tuple[str, str], Seen] = field(default_factory=dict)

    def menu(self, member: str) -> dict[str, str]:
        """Titles and addresses of what a member finds in the menu."""
        self.page(member, HOME)
        return self.menus[member]

    def page(self, member: str, title: str) -> Seen:
        """The room (HOME), a page of the menu, or news, as the member sees it. Nothing on it may go wrong."""
        if member not in self.inside:
            self._come_in(member)
        if (member, title) not in self.pages:
            visit = self.inside[member]
            visit.page.goto(self.menus[member].get(title) or self.pages[member, HOME].news[title])
            self.pages[member, title] = read(visit)
            assert visit.complaints == []
        return self.pages[member, title]

    def _come_in(self, member: str) -> None:
        visit = self.rooms.enter_context(visiting(self.house, self.browser))
        visit.context.clock.set_fixed_time(MORNING)
        visit.open(f"#{code(self.house.shop, member)}")
        visit.page.wait_for_url(f"{self.house.url}m/*/")
        visit.wait("open")
        self.inside[member] = visit
        self.pages[member, HOME] = read(visit)
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
    with served(autumn) as house, ExitStack() as rooms:
        yield Visits(house, browser, rooms)


@pytest.fixture(scope="session")
def model(autumn: Built) -> Model:
    """The shop on the table's day, as its files say."""
    assert TABLE
    return Model(Shop(autumn.root), TODAY)
