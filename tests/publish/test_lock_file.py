"""sitegen.lock is read back as it was written, or refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import Mistakes, Problem
from sitegen.model.lock import Lock
from sitegen.publish.lock_file import DEV_LOCK, LOCK_FILE, read_lock, write_lock

LOCK = Lock("ab" * 16, 2, {"content": "01234567"}, 3, 576, 16, {"cd" * 16: 2}, frozenset({"ef" * 16, "01" * 16}))
HEX = st.text("0123456789abcdef", min_size=32, max_size=32)
LOCKS = st.builds(
    Lock,
    site_id=HEX,
    epoch=st.integers(1, 2**32 - 1),
    checks=st.dictionaries(st.sampled_from(["content", "card", "sign"]), HEX),
    pack_bits=st.integers(0, 16),
    slot=st.integers(0, 4096),
    capacity=st.integers(0, 65535),
    serials=st.dictionaries(HEX, st.integers(1, 1000), max_size=4),
    revoked=st.frozensets(HEX, max_size=4),
)


def problem_of(root: Path, text: bytes) -> Problem:
    (root / "sitegen.lock").write_bytes(text)
    with pytest.raises(Mistakes) as caught:
        read_lock(root)
    (problem,) = caught.value.problems
    return problem


def changed(**values: object) -> bytes:
    return json.dumps({"site_id": "ab" * 16, **values}).encode()


def test_a_shop_may_have_no_lock_yet(tmp_path: Path) -> None:
    assert read_lock(tmp_path) is None


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_lock(tmp_path, LOCK)
    assert read_lock(tmp_path) == LOCK
    text = (tmp_path / "sitegen.lock").read_text()
    assert text.endswith("}\n")
    write_lock(tmp_path, LOCK)
    assert (tmp_path / "sitegen.lock").read_text() == text


@given(LOCKS, st.sampled_from([LOCK_FILE, DEV_LOCK]))
def test_any_lock_is_read_as_it_was_written(tmp_path_factory: pytest.TempPathFactory, lock: Lock, file: str) -> None:
    root = tmp_path_factory.mktemp("shop")
    (root / ".sitegen").mkdir()
    write_lock(root, lock, file)
    assert read_lock(root, file) == lock


def test_who_was_revoked_stands_in_one_order(tmp_path: Path) -> None:
    write_lock(tmp_path, LOCK)
    assert json.loads((tmp_path / "sitegen.lock").read_text())["revoked"] == ["01" * 16, "ef" * 16]


def test_a_lock_from_before_there_were_revocations_is_read(tmp_path: Path) -> None:
    (tmp_path / "sitegen.lock").write_bytes(changed(epoch=3))
    assert read_lock(tmp_path) == Lock("ab" * 16, 3)


def test_the_lock_of_development_builds_may_be_thrown_away(tmp_path: Path) -> None:
    (tmp_path / ".sitegen").mkdir()
    (tmp_path / DEV_LOCK).write_text("{")
    with pytest.raises(Mistakes, match=r"\.sitegen/dev-lock.*\nhint: remove it"):
        read_lock(tmp_path, DEV_LOCK)


@pytest.mark.parametrize(
    "text",
    [
        b"", b"[]", b"null", b"{}", b"\xff", b"<<<<<<< HEAD\n{}", changed(site="x"), changed(site_id="xy" * 16),
        changed(site_id="AB" * 16), changed(site_id=" ab" * 10 + "ab"), changed(site_id=5), changed(epoch=0),
        changed(epoch="1"), changed(epoch=True), changed(epoch=1.5), changed(pack_bits=-1), changed(slot=None),
        changed(checks=[]), changed(checks={"content": 1}), changed(serials={"a": "2"}), changed(serials={"a": 0}),
        changed(revoked={"a": 1}), changed(revoked=[1]), changed(revoked="ab"),
    ],
)  # fmt: skip
def test_a_damaged_lock_is_refused_with_a_way_out(tmp_path: Path, text: bytes) -> None:
    problem = problem_of(tmp_path, text)
    assert (problem.file, problem.code) == ("sitegen.lock", "damaged-lock")
    assert "restore it from git" in problem.hint


def test_broken_json_is_told_with_its_line(tmp_path: Path) -> None:
    assert problem_of(tmp_path, b'{\n "site_id": \n}').line == 3


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=4,
)


@given(st.sampled_from(["site_id", "epoch", "checks", "pack_bits", "slot", "capacity", "serials", "revoked"]), JSON)
def test_any_value_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, key: str, value: object) -> None:
    root = tmp_path_factory.mktemp("shop")
    (root / "sitegen.lock").write_bytes(changed(**{key: value}))
    try:
        lock = read_lock(root)
    except Mistakes:
        return
    assert lock
    assert getattr(lock, key) == (frozenset(map(str, value)) if isinstance(value, list) else value)
