"""One build of a shop at a time."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.errors import Unusable
from sitegen.publish.hold import hold

HOLD = """
import sys, pathlib
from sitegen.publish.hold import hold
with hold(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def holder(root: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(root)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_a_second_holder_is_refused(tmp_path: Path) -> None:
    with hold(tmp_path), pytest.raises(Unusable, match="another build"), hold(tmp_path):
        pass
    with hold(tmp_path):
        pass


def test_another_process_is_refused_until_the_first_one_dies(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        with pytest.raises(Unusable, match="another build"), hold(tmp_path):
            pass
        process.kill()
        process.wait()
    with hold(tmp_path):
        pass


def test_other_shops_are_free(tmp_path: Path) -> None:
    with hold(tmp_path / "one"), hold(tmp_path / "two"):
        pass


def test_the_folder_of_the_hold_is_for_its_owner_alone(tmp_path: Path) -> None:
    (tmp_path / ".sitegen").mkdir(mode=0o755)
    with hold(tmp_path):
        assert (tmp_path / ".sitegen").stat().st_mode & 0o777 == 0o700
