"""A small shop in a live preview: what is saved there is built, and what is said of it is kept."""

from __future__ import annotations

import shutil
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from playwright.sync_api import Page

from sitegen.build.order import Order, Part
from sitegen.cli.building import plain_order
from sitegen.cli.days import when
from sitegen.cli.secrets import held_keys
from sitegen.serve.house import House, open_house
from sitegen.serve.preview import Terminal

SMALL_SHOP = Path(__file__).parents[1] / "broken" / "base"
DAY = date(2026, 9, 8)
Found = TypeVar("Found")
LONG = 120.0
"""Seconds after which nothing comes any more."""


@dataclass
class LiveShop:
    """The shop's folder, its preview, and the lines of the terminal."""

    root: Path
    house: House
    said: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        return self.house.server.url

    def page(self, name: str) -> Path:
        """A file below content/pages/."""
        return self.root / "content" / "pages" / name

    def write(self, name: str, text: str, **front: str) -> Path:
        """A page with some front matter."""
        file = self.page(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        head = "".join(f"{key}: {value}\n" for key, value in {"audience": "public", **front}.items())
        file.write_text(f"---\n{head}---\n{text}\n")
        return file

    def builds(self) -> list[str]:
        """The lines on builds of pages, without their clock."""
        return [line[9:] for line in self.said if line[2:3] == ":" and "members" not in line]

    def built(self, action: Callable[[], object]) -> str:
        """Do something, and wait for the line that tells of the build."""
        before = len(self.builds())
        action()
        return until(lambda: self.builds()[before:])[-1]

    def get(self, path: str) -> tuple[int, str]:
        """The status and the text at a path below the shop's home."""
        try:
            with urllib.request.urlopen(self.url + path) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def has_keys(self) -> None:
        """Until the members' keys are made."""
        until(lambda: self.house.preview.news.keys)


def until(look: Callable[[], Found]) -> Found:
    """What `look` finds, once that is something."""
    end = time.monotonic() + LONG
    while not (found := look()):
        assert time.monotonic() < end, "nothing came"
        time.sleep(0.02)
    return found


@contextmanager
def live_shop(
    folder: Path, *, drafts: bool = True, start_as: str = "", keep: bool = False, port: int = 0, spoilt: str = ""
) -> Iterator[LiveShop]:
    """A copy of the small shop, built and watched. `keep`: the folder is a shop already; `spoilt`: a page with a
    mistake in it.
    """
    root = folder / "shop"
    if not keep:
        shutil.copytree(SMALL_SHOP, root)
    if spoilt:
        (root / "content" / "pages" / spoilt).write_text("---\ntitel: A mistake\n---\nWords.\n")
    said: list[str] = []
    keys = held_keys(root)

    def order(parts: frozenset[Part]) -> Order:
        plain = plain_order(when(root, (DAY, DAY)), keys, parts, 1)
        return replace(plain, instant=int(time.time()), drafts=drafts, guests=keys.dev)

    terminal = Terminal(said.append, said.append, lambda: datetime.now(UTC))
    with open_house(root, order, port, start_as, terminal) as house:
        house.serve(poll=False)
        shop = LiveShop(root, house, said)
        until(shop.builds)
        try:
            yield shop
        finally:
            house.server.shutdown()


def marked(page: Page) -> None:
    """Put a mark on the page that goes with a reload."""
    page.evaluate("window.isTheSame = true")


def is_the_same(page: Page) -> bool:
    """Whether the page was never loaded anew since it was marked."""
    return bool(page.evaluate("window.isTheSame === true"))
