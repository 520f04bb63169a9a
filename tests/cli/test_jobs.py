"""Pages, keyrings and cards as separate jobs, each with its own keys: together they are one build."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.model.lock import Lock
from sitegen.publish.lock_file import read_lock, write_lock
from tests.remembered import said

Done = subprocess.CompletedProcess[str]
Sitegen = Callable[..., Done]
Build = Callable[..., Done]
DAY, NEXT_MONTH = "2026-09-08", "2026-10-08"
LOCK = Lock("ab" * 16)
Tree = dict[str, bytes]


@pytest.fixture
def build(inside: Sitegen, real_keys: dict[str, str]) -> Build:
    """Build parts of a shop in a job that holds these roots only."""

    def run(shop: Path, only: str, *roots: str, on: str = DAY) -> Done:
        env = {f"SITEGEN_{root}_KEY": real_keys[f"SITEGEN_{root}_KEY"] for root in roots}
        return inside("build", "--on", on, "--only", only, "--quiet", at=shop, env=env)

    return run


@pytest.fixture
def locked(shop: Path) -> Path:
    """The small shop with a lock, so that two of them are the same site."""
    write_lock(shop, LOCK)
    return shop


def tree(shop: Path) -> Tree:
    """What could be deployed, and the rules for its host."""
    top = shop / "output"
    files = [path for part in ("site", "host") for path in (top / part).rglob("*") if path.is_file()]
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in sorted(files)}


def recorded(shop: Path) -> set[str]:
    return {f"site/{path}" for path in json.loads((shop / "output/build.json").read_text())["site"]}


def site_of(shop: Path) -> set[str]:
    return {path for path in tree(shop) if path.startswith("site/")}


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for a site that one job built once for all tests."""
    return tmp_path_factory.mktemp("standing") / "shop"


@pytest.fixture
def whole(standing: Path, locked: Path, build: Build) -> Tree:
    """The site as one job builds it. In `locked` nothing is built yet."""
    if not standing.exists():
        shutil.copytree(locked, standing)
        done = build(standing, "site", "CONTENT", "CARD", "SIGN")
        assert done.returncode == 0, done.stderr
    return tree(standing)


@pytest.fixture
def built(whole: Tree, standing: Path, locked: Path) -> Path:
    """The shop with its whole site."""
    assert whole
    shutil.copytree(standing, locked, dirs_exist_ok=True)
    return locked


@pytest.mark.slow
def test_three_jobs_with_separate_keys_make_what_one_build_makes(locked: Path, whole: Tree, build: Build) -> None:
    customers, away = locked / "content" / "customers", locked.parent / "customers"
    customers.rename(away)
    pages = build(locked, "pages", "CONTENT", "SIGN")
    assert (pages.returncode, pages.stderr) == (0, ""), "pages need no customer"
    assert not any("/k/" in path or path.endswith("site.json") for path in tree(locked))
    away.rename(customers)
    keyrings = build(locked, "keyrings", "CONTENT", "CARD", "SIGN")
    assert (keyrings.returncode, keyrings.stderr) == (0, "")
    assert tree(locked) == whole
    assert recorded(locked) == site_of(locked)

    cards = build(locked, "cards", "CARD")
    assert (cards.returncode, cards.stderr) == (0, "")
    assert [path.name for path in (locked / "output/cards").rglob("cards-*.pdf")] == ["cards-001.pdf"]
    assert tree(locked) == whole
    assert recorded(locked) == site_of(locked)
    lock = read_lock(locked)
    assert lock
    assert set(lock.checks) == {"content", "card", "sign"}


def test_keyrings_for_pages_of_another_period_are_refused(locked: Path, build: Build) -> None:
    assert build(locked, "pages", "CONTENT").returncode == 0
    before = tree(locked)
    done = build(locked, "keyrings", "CONTENT", "CARD", "SIGN", on=NEXT_MONTH)
    assert done.returncode == 1
    assert done.stderr.startswith("the pages in output/ are of another period than 2026-10, so keyrings made now would")
    assert "hint: make the pages first" in done.stderr
    assert tree(locked) == before


@pytest.mark.slow
def test_keyrings_for_pages_of_another_epoch_are_refused(locked: Path, build: Build) -> None:
    assert build(locked, "pages", "CONTENT").returncode == 0
    write_lock(locked, Lock(LOCK.site_id, epoch=2))
    before = tree(locked)
    done = build(locked, "keyrings", "CONTENT", "CARD", "SIGN")
    assert done.returncode == 1
    assert done.stderr.startswith("the pages in output/ are of another epoch than 2, so keyrings")
    assert tree(locked) == before


@pytest.mark.slow
def test_keyrings_for_pages_of_another_key_are_refused(locked: Path, build: Build, real_keys: dict[str, str]) -> None:
    assert build(locked, "pages", "CONTENT").returncode == 0
    real_keys["SITEGEN_CONTENT_KEY"] = real_keys["SITEGEN_RECEIVER_KEY"]
    write_lock(locked, LOCK)
    before = tree(locked)
    done = build(locked, "keyrings", "CONTENT", "CARD", "SIGN")
    assert done.returncode == 1
    assert done.stderr.startswith("the pages in output/ are of another content key or another site, so keyrings")
    assert tree(locked) == before


def test_new_pages_do_not_stand_beside_keyrings_that_do_not_open_them(built: Path, build: Build) -> None:
    assert build(built, "pages", "CONTENT", on=NEXT_MONTH).returncode == 0
    assert not any("/k/" in path or path.endswith("site.json") for path in tree(built))
    assert recorded(built) == site_of(built)
    assert build(built, "keyrings", "CONTENT", "CARD", "SIGN", on=NEXT_MONTH).returncode == 0
    assert said(built / "output" / "site")["period"] == "2026-10"
    assert recorded(built) == site_of(built)


def test_pages_of_the_same_period_keep_the_keyrings_that_open_them(built: Path, build: Build, whole: Tree) -> None:
    assert build(built, "pages", "CONTENT", on="2026-09-09").returncode == 0
    kept = {path for path in whole if "/k/" in path or path.endswith("site.json")}
    assert kept
    assert {path: tree(built)[path] for path in kept} == {path: whole[path] for path in kept}
    assert recorded(built) == site_of(built)


@pytest.mark.parametrize(
    ("job", "missing", "parts"),
    [
        ("pages: SIGN", "CONTENT", "pages"),
        ("keyrings: CONTENT SIGN", "CARD", "keyrings"),
        ("site: CONTENT CARD", "SIGN", "keyrings"),
        ("site,cards: CONTENT SIGN", "CARD", "keyrings and cards"),
        ("cards: CONTENT", "CARD", "cards"),
        ("mail,texts: CARD", "CONTENT", "mail and texts"),
    ],
)
def test_a_job_without_a_key_that_it_needs_says_which_and_what_for(
    locked: Path, build: Build, job: str, missing: str, parts: str
) -> None:
    only, held = job.split(": ")
    done = build(locked, only, *held.split())
    assert done.returncode == 1
    assert done.stderr.startswith(f"'SITEGEN_{missing}_KEY' is missing; it takes that to make {parts}\nhint: ")
    assert not (locked / "output").exists()


def test_all_missing_keys_are_told_at_once(locked: Path, build: Build) -> None:
    done = build(locked, "site", "CARD")
    assert [line.split("'")[1] for line in done.stderr.splitlines() if "is missing" in line] == [
        "SITEGEN_CONTENT_KEY",
        "SITEGEN_SIGN_KEY",
    ]
