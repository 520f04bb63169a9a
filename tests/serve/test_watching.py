"""What is watched, and what is passed over."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Queue

import pytest

from sitegen.serve.watching import Saved, _passes, watch

SMALL_SHOP = Path(__file__).parents[1] / "broken" / "base"


@pytest.fixture(params=[False, True], ids=["told", "polled"])
def heard(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Path, Queue[Saved]]]:
    """A shop that is watched, and what was heard of it; the first burst says that one hears."""
    shop, end, said = tmp_path / "shop", threading.Event(), Queue[Saved]()
    shutil.copytree(SMALL_SHOP, shop)

    def listen() -> None:
        for saved in watch(shop, end, request.param):
            said.put(saved)

    thread = threading.Thread(target=listen)
    thread.start()
    number = 0
    while said.empty():
        number += 1
        (shop / "content" / "first.txt").write_text(str(number))
        threading.Event().wait(0.3)
    while not said.empty():
        said.get()
    yield shop, said
    end.set()
    thread.join()


def test_pages_people_and_the_lock_are_heard_of(heard: tuple[Path, Queue[Saved]]) -> None:
    shop, said = heard
    expected = {
        "content/pages/index.md": False,
        "content/segments/friends.yaml": True,
        "content/customers/customers.csv": True,
        "content/site.yaml": True,
        "sitegen.lock": True,
    }
    for path, people in expected.items():
        file = shop / path
        file.write_text((file.read_text() if file.exists() else "") + "\n")
        found = said.get(timeout=30)
        while path not in found.paths:
            found = said.get(timeout=30)
        assert found.people is people


def test_themes_that_come_later_are_watched_too(heard: tuple[Path, Queue[Saved]]) -> None:
    shop, said = heard
    theme = shop / "themes" / "own"
    theme.mkdir(parents=True)
    # An older file may still be told of first.
    while said.get(timeout=30).paths != ("themes",):
        pass
    number = 0
    while said.empty():
        number += 1
        (theme / "theme.yaml").write_text(f"title: {number}")
        threading.Event().wait(0.3)
    assert "themes/own/theme.yaml" in said.get().paths


@pytest.mark.parametrize(
    "name", [".about.md.swp", "about.md~", "4913", "#about.md#", ".git/index", "about.md.tmp", "shop.sqlite-journal"]
)
def test_files_of_the_moment_are_passed_over(name: str) -> None:
    assert _passes(Path("/shop/content") / name, Path("/shop"))
    assert not _passes(Path("/shop/content/about.md"), Path("/shop"))
