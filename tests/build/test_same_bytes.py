"""The same inputs give the same bytes, wherever and however they are built."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Protocol

import pytest

from tests.build.conftest import SMALL_SHOP, new_shop


class Shop(Protocol):
    root: Path

    def build(self, *arguments: str, env: dict[str, str] = ...) -> None: ...
    def tree(self, part: str = ...) -> dict[str, tuple[bytes, int, int]]: ...


def differing(one: Shop, other: Shop) -> list[str]:
    """The names of all that is not alike; names say more than a megabyte of bytes."""
    first, second = one.tree(), other.tree()
    assert first
    return sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name))


@pytest.mark.slow
def test_goal_5_two_folders_and_two_hash_seeds_give_the_same_bytes(shop: Shop, twin: Shop) -> None:
    shop.build("--on", "2026-09-08", env={"PYTHONHASHSEED": "1"})
    twin.build("--on", "2026-09-08", env={"PYTHONHASHSEED": "4242", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"})
    assert any(name.endswith(".pdf") for name in shop.tree())
    assert differing(shop, twin) == []
    assert (shop.root / "sitegen.lock").read_bytes() == (twin.root / "sitegen.lock").read_bytes()


# In each run a build after a killed one proves it too: tests/build/test_killed.py.
@pytest.mark.slow
def test_a_build_over_an_old_output_gives_the_same_bytes_as_one_from_nothing(shop: Shop, twin: Shop) -> None:
    shop.build("--on", "2026-09-01", "--only", "site,mail,texts,work")
    shop.build("--on", "2026-09-08", "--only", "site,mail,texts,work")
    shutil.copy(shop.root / "sitegen.lock", twin.root / "sitegen.lock")
    twin.build("--on", "2026-09-08", "--only", "site,mail,texts,work")
    assert differing(shop, twin) == []


@pytest.fixture(scope="module")
def at_once(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, int, int]]:
    """The site of the small shop, whose pages and keyrings were built together."""
    made = new_shop(tmp_path_factory.mktemp("at once") / "shop", SMALL_SHOP / "content")
    made.build("--on", "2026-09-08", "--only", "site")
    return made.tree("site")


@pytest.mark.parametrize(("first", "second"), [("pages", "keyrings"), ("keyrings", "pages")])
def test_pages_and_keyrings_one_after_the_other_make_the_same_site_as_both_at_once(
    shop: Shop, at_once: dict[str, tuple[bytes, int, int]], first: str, second: str
) -> None:
    shop.build("--on", "2026-09-08", "--only", first)
    shop.build("--on", "2026-09-08", "--only", second)
    assert shop.tree("site") == at_once


@pytest.mark.slow
def test_goal_5_the_sample_shop_is_the_same_from_two_folders(sample: Shop, sample_twin: Shop) -> None:
    days = ("--on", "2026-09-08..2026-10-07", "--only", "site,mail,texts,work")
    sample.build(*days, env={"PYTHONHASHSEED": "7"})
    sample_twin.build(*days, env={"PYTHONHASHSEED": "8", "TZ": "America/New_York"})
    assert differing(sample, sample_twin) == []


def with_many_golden_friends(shop: Shop) -> None:
    customers, orders = ("content/customers/customers.csv", "content/customers/orders.csv")
    with (shop.root / customers).open("a", encoding="utf-8") as more:
        more.writelines(
            f"D-{number:02d},Dora,Number {number},dora{number}@mail.example.com,,Gartenweg {number},Hamburg,20253,DE,\n"
            for number in range(45)
        )
    with (shop.root / orders).open("a", encoding="utf-8") as more:
        more.writelines(f"P-{number:02d},D-{number:02d},2026-02-03,900.00\n" for number in range(45))


@pytest.mark.slow
def test_goal_5_one_process_and_two_print_the_same_cards(shop: Shop, twin: Shop) -> None:
    for one, jobs in ((shop, "1"), (twin, "2")):
        with_many_golden_friends(one)
        one.build("--on", "2026-09-08", "--only", "cards", "--jobs", jobs, env={"PYTHONHASHSEED": jobs})
    assert differing(shop, twin) == []
