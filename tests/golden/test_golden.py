"""The sample shop becomes what it became before, byte by byte: in another folder, with another hash seed."""

from __future__ import annotations

import difflib
import shutil
from pathlib import Path

import pytest

from tests.golden.record import FOLDER, RECORD, WHOLE, golden_files
from tests.golden.sample_shop import KEY_FILE, Shop, copy_of_the_sample

HOW = "if this was meant: `.venv/bin/python -m tests.golden.rewrite`, and read the diff before you commit it"


@pytest.fixture(scope="module")
def made(sample: Shop) -> dict[str, bytes]:
    """The golden files as they would be now."""
    return golden_files(sample)


@pytest.mark.xdist_group("sample")
@pytest.mark.parametrize("name", [RECORD, *WHOLE])
def test_the_sample_shop_is_as_it_was(made: dict[str, bytes], name: str) -> None:
    kept = (FOLDER / name).read_bytes().decode() if (FOLDER / name).exists() else ""
    lines = difflib.unified_diff(kept.splitlines(), made[name].decode().splitlines(), "kept", "now", lineterm="", n=1)
    changes = "\n".join(line[:200] for line in list(lines)[:60])
    assert made[name].decode() == kept, f"tests/golden/{name} has changed; {HOW}\n{changes}"


# The small shop proves both in each run: tests/build/test_same_bytes.py.
@pytest.mark.slow
@pytest.mark.xdist_group("sample")
def test_another_folder_and_hash_seed_give_the_same_bytes(
    sample: Shop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONHASHSEED", "4711")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("LC_ALL", "C")
    other = copy_of_the_sample(tmp_path / "quite" / "another folder")
    other.build("site")
    changed = {path for path, content in sample.files().items() if other.files().get(path) != content}
    assert changed == set()
    assert sample.files().keys() == other.files().keys()


@pytest.mark.slow
def test_a_second_build_on_top_of_another_day_gives_the_same_bytes(tmp_path: Path) -> None:
    twice = copy_of_the_sample(tmp_path / "twice")
    twice.build("site", "2026-11-20")
    twice.build("site")
    once = copy_of_the_sample(tmp_path / "once")
    # Members' records of November are longer, and slots never shrink again.
    shutil.copy(twice.root / "sitegen.lock", once.root)
    once.build("site")
    first, again = once.files(), twice.files()
    assert {path for path in first.keys() | again.keys() if first.get(path) != again.get(path)} == set()


def test_the_keys_of_the_tests_say_that_they_are_no_secret() -> None:
    assert KEY_FILE.read_text(encoding="utf-8").startswith("# Keys of the golden tests. Everybody knows them")
