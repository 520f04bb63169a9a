"""Files appear whole, and two folders change places."""

from __future__ import annotations

import ctypes
import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.publish.atomic import exchange, write_file


def two_folders(root: Path) -> tuple[Path, Path]:
    first, second = root / "next/site", root / "site"
    for folder in (first, second):
        folder.mkdir(parents=True)
        (folder / "name").write_text(folder.relative_to(root).as_posix())
    return first, second


def swapped(first: Path, second: Path) -> bool:
    return (first / "name").read_text() == "site" and (second / "name").read_text() == "next/site"


def test_a_file_is_written_with_its_mode_and_replaces_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("a longer text")
    write_file(path, b"new", 0o600)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new", 0o600)
    assert [other.name for other in tmp_path.iterdir()] == ["a.json"]


def test_what_a_killed_write_left_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / ".a.json.new").write_text("a longer text, half writ")
    write_file(tmp_path / "a.json", b"new")
    assert (tmp_path / "a.json").read_bytes() == b"new"
    assert not (tmp_path / ".a.json.new").exists()


def test_two_folders_change_places(tmp_path: Path) -> None:
    folders = two_folders(tmp_path)
    exchange(*folders)
    assert swapped(*folders)


class Library:
    """A C library whose exchange answers with an error, or that has none."""

    def __init__(self, code: int | None) -> None:
        if code is not None:
            self.renameat2: Callable[..., int] = lambda *_: (ctypes.set_errno(code), -1)[1]


@pytest.mark.parametrize("code", [None, errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM])
def test_where_the_system_cannot_exchange_three_renames_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int | None
) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: Library(code))
    folders = two_folders(tmp_path)
    exchange(*folders)
    assert swapped(*folders)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["name", "name", "next", "site", "site"]


def test_another_error_of_the_exchange_is_raised(tmp_path: Path) -> None:
    first, second = two_folders(tmp_path)
    with pytest.raises(FileNotFoundError):
        exchange(first, second.with_name("none"))
    assert not swapped(first, second)
