"""A build that dies at any point does no harm, and the next one works."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Protocol

import pytest

OLD, NEW = ("--on", "2026-09-01"), ("--on", "2026-09-08")
QUICK, SITE = ("--only", "site,mail,texts,work"), ("--only", "site")
FOLDERS = ("site", "host", "mail", "texts", "work")
"""In the order of their exchange."""
CHANGED = tuple(name for name in FOLDERS if name != "host")
"""Host rules stay the same from day to day."""
DIES_AT_AN_EXCHANGE = """
import os, signal, sys
import sitegen.publish.tree as tree
from sitegen.cli.main import run
real, left = tree.exchange, [int(sys.argv[1])]
def exchange(first, second):
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left[0] -= 1
    real(first, second)
tree.exchange = exchange
run(sys.argv[2:])
"""

Tree = dict[str, tuple[bytes, int, int]]


class Shop(Protocol):
    root: Path
    output: Path

    def command(self, *arguments: str) -> list[str]: ...
    def environment(self) -> dict[str, str]: ...
    def build(self, *arguments: str) -> None: ...
    def tree(self, part: str = ...) -> Tree: ...


def folders(shop: Shop) -> dict[str, Tree]:
    return {name: shop.tree(name) for name in FOLDERS}


def kill_after(shop: Shop, seconds: float, *arguments: str) -> bool:
    """Start a build and kill it; False where it had ended before."""
    process = subprocess.Popen(
        shop.command("build", "--quiet", *arguments), cwd=shop.root, env=shop.environment(), stderr=subprocess.DEVNULL
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
    return process.returncode == -signal.SIGKILL


@pytest.mark.slow
def test_a_build_killed_between_two_exchanges_leaves_whole_folders(shop: Shop, twin: Shop) -> None:
    twin.build(*NEW, *QUICK)
    new = folders(twin)
    shop.build(*OLD, *QUICK)
    old, record = folders(shop), (shop.output / "build.json").read_bytes()
    command = [sys.executable, "-c", DIES_AT_AN_EXCHANGE, "3", "build", "--quiet", *NEW, *QUICK]
    died = subprocess.run(command, cwd=shop.root, env=shop.environment(), check=False)

    assert died.returncode == -signal.SIGKILL
    left = folders(shop)
    assert [left[name] == new[name] for name in CHANGED] == [True, True, False, False]
    assert [left[name] == old[name] for name in CHANGED] == [False, False, True, True]
    assert (shop.output / "build.json").read_bytes() == record

    shop.build(*NEW, *QUICK)
    assert folders(shop) == new
    assert {path.name for path in shop.output.iterdir()} == {*FOLDERS, "build.json"}


def test_a_build_killed_before_the_first_exchange_leaves_everything_as_it_was(shop: Shop) -> None:
    shop.build(*OLD, *SITE)
    old, record = folders(shop), (shop.output / "build.json").read_bytes()
    command = [sys.executable, "-c", DIES_AT_AN_EXCHANGE, "0", "build", "--quiet", *NEW, *SITE]
    died = subprocess.run(command, cwd=shop.root, env=shop.environment(), check=False)
    assert died.returncode == -signal.SIGKILL
    assert folders(shop) == old
    assert (shop.output / "build.json").read_bytes() == record


@pytest.mark.slow
def test_a_build_killed_at_any_moment_leaves_whole_folders(shop: Shop, twin: Shop) -> None:
    started = time.monotonic()
    twin.build(*NEW, *QUICK)
    whole = time.monotonic() - started
    new = folders(twin)
    shop.build(*OLD, *QUICK)
    old = folders(shop)
    moments = random.Random(2)
    killed = 0
    for _ in range(12):
        killed += kill_after(shop, moments.uniform(0.1, whole), *NEW, *QUICK)
        left = folders(shop)
        assert all(left[name] in (old[name], new[name]) for name in FOLDERS)
    assert killed > 3
    shop.build(*NEW, *QUICK)
    assert folders(shop) == new
    assert {path.name for path in shop.output.iterdir()} == {*FOLDERS, "build.json"}


def test_of_two_builds_at_once_the_second_says_that_another_is_running(shop: Shop) -> None:
    first = subprocess.Popen(
        shop.command("build", *NEW, "--only", "pages"),
        cwd=shop.root,
        env=shop.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert first.stderr
    # The first line comes when the lock is held; stopped, the first build can't end before the second has asked.
    assert first.stderr.readline().startswith("reading content")
    first.send_signal(signal.SIGSTOP)
    second = subprocess.run(
        shop.command("build", *NEW), cwd=shop.root, env=shop.environment(), capture_output=True, text=True, check=False
    )
    first.send_signal(signal.SIGCONT)
    first.communicate()

    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr == "another build of this shop is running\nhint: wait until it has ended\n"
    assert first.returncode == 0
    assert (shop.output / "build.json").is_file()
