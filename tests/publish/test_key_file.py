"""Key files are for their owner alone and are never replaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.errors import Mistakes, Problem, Unusable
from sitegen.publish.key_file import read_keys, write_keys

KEYS = {"SITEGEN_CONTENT_KEY": "YWJj=", "SITEGEN_CARD_KEY": "ZGVm="}


def problem_of(path: Path) -> Problem:
    with pytest.raises(Mistakes) as caught:
        read_keys(path)
    (problem,) = caught.value.problems
    return problem


def test_what_is_written_is_read(tmp_path: Path) -> None:
    path = tmp_path / ".sitegen/dev-keys"
    write_keys(path, KEYS, "Development keys.")
    assert read_keys(path) == KEYS
    assert path.read_text().startswith("# Development keys.\n")
    assert [path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777] == [0o600, 0o700]
    assert [other.name for other in path.parent.iterdir()] == ["dev-keys"]


def test_a_key_file_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    write_keys(path, KEYS, "First.")
    with pytest.raises(Unusable, match="already"):
        write_keys(path, {"SITEGEN_CONTENT_KEY": "eHl6="}, "Second.")
    assert read_keys(path) == KEYS
    assert [other.name for other in tmp_path.iterdir()] == ["keys"]


def test_a_folder_that_is_there_keeps_its_rights(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    write_keys(tmp_path / "keys", KEYS, "Keys.")
    assert tmp_path.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644, 0o620])
def test_a_file_that_others_may_read_or_write_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "keys"
    write_keys(path, KEYS, "Keys.")
    path.chmod(mode)
    problem = problem_of(path)
    assert problem.code == "open-key-file"
    assert "chmod 600" in problem.hint


@pytest.mark.parametrize("content", [b"# a\nNAME value\n", b"A=1\n= \nB\n", b"\xff\xfe=1\n"])
def test_a_line_that_names_no_key_is_told_without_its_words(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "keys"
    path.write_bytes(content)
    path.chmod(0o600)
    problem = problem_of(path)
    assert problem.code == "key-file"
    assert "value" not in problem.message


def test_remarks_and_blank_lines_are_no_keys(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text("# remark\n\n A = b= \r\n")
    path.chmod(0o600)
    assert read_keys(path) == {"A": "b="}
