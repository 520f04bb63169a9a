"""Cards whose printing is killed at any moment: the next run goes on where it was, and makes the same bytes."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from tests.build.conftest import SMALL_SHOP, Shop, Tree, new_shop

DAY = ("--on", "2026-09-08", "--only", "cards")
CAMPAIGN = "autumn-card"
FRIENDS, RECORDS = 43, 5
FILES = 9
HOUSE = f"""\
title: The printer round the corner
records: {RECORDS}
intent: {{identifier: FOGRA39, profile: fogra39}}
"""
ENDS_WITHIN = 20.0

Moment = Callable[[Shop], bool]


def busy_shop(folder: Path) -> Shop:
    """A shop whose cards fill a dozen print files."""
    shop = new_shop(folder, SMALL_SHOP / "content")
    content = shop.root / "content"
    with (content / "customers" / "customers.csv").open("a", encoding="utf-8") as more:
        more.writelines(
            f"D-{number:02d},Dora,Number {number},dora{number}@mail.example.com,,Gartenweg {number},Hamburg,20253,DE,\n"
            for number in range(FRIENDS)
        )
    with (content / "customers" / "orders.csv").open("a", encoding="utf-8") as more:
        more.writelines(f"P-{number:02d},D-{number:02d},2026-02-03,900.00\n" for number in range(FRIENDS))
    with (content / "site.yaml").open("a", encoding="utf-8") as more:
        more.write("print_house: corner\n")
    (content / "print").mkdir()
    (content / "print" / "corner.yaml").write_text(HOUSE)
    return shop


@pytest.fixture(scope="session")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """The same shop in another folder, built by this process alone, which has another hash seed."""
    shop = busy_shop(tmp_path_factory.mktemp("quite elsewhere") / "über" / "shop")
    shop.build(*DAY, "--jobs", "1")
    assert len(list((shop.output / "cards" / CAMPAIGN).glob("cards-*.pdf"))) == FILES
    return shop


@pytest.fixture(scope="session")
def undisturbed(calm: Shop) -> Tree:
    """What nobody killed."""
    return calm.tree()


@pytest.fixture
def busy(tmp_path: Path) -> Shop:
    return busy_shop(tmp_path / "shop")


def stored(number: int) -> Moment:
    """When so many print files are kept for the next run."""
    return lambda shop: len(names_in(shop.root / ".sitegen" / "print")) >= number


def staged(name: str) -> Moment:
    """When a file of that name lies beside the old output."""
    return lambda shop: name in names_in(shop.output / ".next" / "cards" / CAMPAIGN)


def locked(shop: Shop) -> bool:
    """When the build has hardly begun."""
    return (shop.root / ".sitegen" / "build.lock").exists()


def exchanged(shop: Shop) -> bool:
    """When the new folder has taken its place, and build.json perhaps not yet."""
    return (shop.output / "cards").exists()


def names_in(folder: Path) -> set[str]:
    try:
        return set(os.listdir(folder))  # noqa: PTH208 - looked at a thousand times a second
    except FileNotFoundError:
        return set()


def killed_at(shop: Shop, moment: Moment) -> bool:
    """Start a build with two processes, and kill it at that moment; False where it had ended before."""
    process = subprocess.Popen(
        shop.command("build", "--quiet", *DAY, "--jobs", "2"), cwd=shop.root, env=shop.environment()
    )
    while process.poll() is None and not moment(shop):
        time.sleep(0.001)
    children = children_of(process.pid)
    process.send_signal(signal.SIGKILL)
    process.wait()
    until = time.monotonic() + ENDS_WITHIN
    while left := [pid for pid in children if is_running(pid)]:
        assert time.monotonic() < until, f"{left} print on for nobody"
        time.sleep(0.05)
    return process.returncode == -signal.SIGKILL


def children_of(pid: int) -> list[int]:
    threads = Path(f"/proc/{pid}/task").glob("*/children")
    try:
        return [int(child) for thread in threads for child in thread.read_text().split()]
    except FileNotFoundError:
        return []


def is_running(pid: int) -> bool:
    """Whether a process is there that is not merely waiting to be collected."""
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def killed_and_resumed(shop: Shop, moments: Iterable[Moment]) -> int:
    """Kill a run at each moment, one after the other, then let one end; how many were killed."""
    killed = 0
    for moment in moments:
        killed += killed_at(shop, moment)
        if not exchanged(shop):
            assert not (shop.output / "build.json").exists()
    shop.build(*DAY, "--jobs", "2", env={"PYTHONHASHSEED": "7"})
    return killed


def nothing_is_left_over(shop: Shop) -> bool:
    beside = {path.name for path in shop.output.iterdir()} == {"cards", "build.json"}
    return beside and not (shop.root / ".sitegen" / "print").exists()


@pytest.mark.slow
def test_cards_killed_twice_are_the_same_bytes(busy: Shop, calm: Shop, undisturbed: Tree) -> None:
    # The design is compiled already, as it is in most builds: that is what takes longest.
    shutil.copytree(calm.root / ".sitegen" / "plates", busy.root / ".sitegen" / "plates")
    assert killed_and_resumed(busy, (stored(3), staged("proof.pdf"))) == 2
    assert busy.tree() == undisturbed
    assert nothing_is_left_over(busy)


MOMENTS: dict[str, Moment] = {
    "at the start": locked,
    "the design compiled": lambda shop: (shop.root / ".sitegen" / "plates").exists(),
    **{f"{number} files kept": stored(number) for number in range(1, FILES + 1)},
    **{f"file {number} staged": staged(f"cards-{number:03d}.pdf") for number in (1, 4, 7, FILES)},
    "a proof staged": staged("proof.pdf"),
    "the deliveries staged": staged("deliveries.jsonl"),
    "the manifest staged": staged("manifest.csv"),
    "the summary staged": staged("job.json"),
    "the output exchanged": exchanged,
}
"""Twenty of them."""


@pytest.mark.slow
@pytest.mark.parametrize("moment", MOMENTS)
def test_cards_killed_at_any_moment_are_the_same_bytes(busy: Shop, undisturbed: Tree, moment: str) -> None:
    killed = killed_and_resumed(busy, (MOMENTS[moment],))
    # The last moments pass within a millisecond: a run that ended before has nothing to resume, and is right too.
    assert killed or moment in {"the manifest staged", "the summary staged", "the output exchanged"}
    assert busy.tree() == undisturbed
    assert nothing_is_left_over(busy)


@pytest.mark.slow
def test_cards_killed_twenty_times_in_a_row_are_the_same_bytes(busy: Shop, undisturbed: Tree) -> None:
    assert killed_and_resumed(busy, MOMENTS.values()) >= len(MOMENTS) - 3
    assert busy.tree() == undisturbed
    assert nothing_is_left_over(busy)
