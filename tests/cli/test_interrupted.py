"""Ctrl-C at any moment."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest


def files(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize(
    "step", ["cards", *(pytest.param(step, marks=pytest.mark.slow) for step in ("reading customers", "pages", "mail"))]
)
def test_ctrl_c_leaves_the_old_output_whole(
    shop: Path, inside: Callable[..., object], environment: Callable[..., dict[str, str]], step: str
) -> None:
    inside("build", "--on", "2026-09-01", "--only", "site", "--quiet", at=shop)
    before = files(shop / "output")
    assert before

    command = [sys.executable, "-m", "sitegen", "build", "--on", "2026-09-08"]
    with subprocess.Popen(
        command, cwd=shop, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr
        for line in process.stderr:
            if line.startswith(step):
                process.send_signal(signal.SIGINT)
                break
        said, wrong = process.communicate(timeout=120)

    assert process.returncode == 130
    assert said == ""
    assert wrong.endswith("interrupted; nothing was half written\n")
    assert "Traceback" not in wrong
    assert files(shop / "output") == before
    assert not list((shop / "output").glob(".*"))
