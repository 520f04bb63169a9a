"""A build that dies or fails, at whatever moment, leaves nothing in the open that is protected."""

from __future__ import annotations

import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.golden.sample_shop import Shop, copy_of_the_sample, environment
from tests.leaks.canaries import Canaries, plant_all
from tests.leaks.layers import layers

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("leaks")]
KILLS = 20
CANARY = re.compile(rb"(?=(zq[a-z]{10}))")
BUILD = (sys.executable, "-m", "sitegen", "build", "--quiet", "--on", "2026-09-08", "--only", "site,mail,texts,work")


def canaries_in(folder: Path, canaries: Canaries, deep: bool = False) -> list[str]:
    """Where canaries are, in names, bytes and (`deep`) all layers of the files of a folder."""
    found = []
    for path in sorted(folder.rglob("*")):
        said = [str(path.relative_to(folder)).encode()]
        if path.is_file():
            said += layers(path.read_bytes()) if deep else [path.read_bytes().lower()]
        words = {word.decode() for layer in said for word in CANARY.findall(layer)}
        found += [f"{canaries.secret[word]} in {path}" for word in words & canaries.secret.keys()]
    return found


def kill_after(shop: Shop, seconds: float) -> bool:
    """Start a build and kill it; False where it had ended before."""
    process = subprocess.Popen(BUILD, cwd=shop.root, env=environment(), stderr=subprocess.DEVNULL)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
    return process.returncode == -signal.SIGKILL


def test_goal_1_no_canary_is_in_the_open_after_twenty_kills(tmp_path: Path) -> None:
    shop = copy_of_the_sample(tmp_path / "shop")
    shop.build()
    canaries = plant_all(shop.root)
    started = time.monotonic()
    # A first build says how long one takes; it is killed at its end at the latest.
    assert subprocess.run(BUILD, cwd=shop.root, env=environment(), check=False).returncode == 0
    whole = time.monotonic() - started
    moments = random.Random(4)
    killed = 0
    leaks: list[str] = []
    for _ in range(3 * KILLS):
        killed += kill_after(shop, moments.uniform(0.2, whole))
        for folder in (shop.site, shop.root / "output/.next/site"):
            leaks += canaries_in(folder, canaries)
        if killed == KILLS:
            break
    assert (killed, leaks) == (KILLS, [])
    assert canaries_in(shop.site, canaries, deep=True) == []
    assert subprocess.run(BUILD, cwd=shop.root, env=environment(), check=False).returncode == 0
    assert canaries_in(shop.site, canaries, deep=True) == []


def test_no_canary_is_in_the_open_after_a_build_that_failed(tmp_path: Path) -> None:
    shop = copy_of_the_sample(tmp_path / "shop")
    shop.build()
    canaries = plant_all(shop.root)
    before = shop.files()
    gated = next(shop.root.glob("content/pages/gold/workshop.md")).read_text(encoding="utf-8").split("---\n", 2)[2]
    leaky = shop.root / "content/pages/leaky.md"
    leaky.write_text(f"---\ntitle: Leaky\naudience: public\n---\n{gated}", encoding="utf-8")
    done = subprocess.run(BUILD, cwd=shop.root, env=environment(), capture_output=True, text=True, check=False)
    assert done.returncode == 5
    assert "content/pages/gold/workshop.md:8 -> content/pages/leaky.md:5: anybody can read" in done.stderr
    assert shop.files() == before
    assert not (shop.root / "output/.next").exists()
    assert canaries_in(shop.root / "output", canaries) == []
