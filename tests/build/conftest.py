"""Shops that are built for real, with the same keys and the same lock each time."""

from __future__ import annotations

import base64
import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from unittest.mock import patch

import pytest

from sitegen.cli.main import run

ROOT = Path(__file__).parents[2]
SMALL_SHOP = ROOT / "tests" / "broken" / "base"
SAMPLE_SHOP = ROOT / "content"
NAMES = ("SITEGEN_CONTENT_KEY", "SITEGEN_CARD_KEY", "SITEGEN_SIGN_KEY", "SITEGEN_RECEIVER_KEY")
KEYS = {name: base64.b64encode(bytes([97 + number]) * 32).decode() for number, name in enumerate(NAMES)}
LOCK = {
    "site_id": "5a" * 16,
    "epoch": 1,
    "checks": {},
    "pack_bits": 0,
    "slot": 0,
    "capacity": 0,
}

Tree: TypeAlias = dict[str, tuple[bytes, int, int]]


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop in a folder of its own, and the real command in it.

    A command runs in this process, which has loaded the engine already: a fresh one takes three times as long. Who
    gives it variables of its own, or asks for `command`, has a process of its own.
    """

    root: Path

    @property
    def output(self) -> Path:
        return self.root / "output"

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "sitegen", *arguments]

    def environment(self, more: Mapping[str, str] = {}) -> dict[str, str]:
        ours = ("SITEGEN_", "SOURCE_DATE_EPOCH", "PYTHONHASHSEED")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
        return {**kept, **KEYS, **more}

    def run(self, *arguments: str, env: Mapping[str, str] = {}) -> subprocess.CompletedProcess[str]:
        return self.run_apart(*arguments, env=env) if env else self.run_here(*arguments)

    def run_here(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        told, wrong = io.StringIO(), io.StringIO()
        with (
            patch.dict(os.environ, self.environment(), clear=True),
            contextlib.chdir(self.root),
            contextlib.redirect_stdout(told),
            contextlib.redirect_stderr(wrong),
        ):
            left = run(list(arguments))
        return subprocess.CompletedProcess(arguments, left, told.getvalue(), wrong.getvalue())

    def run_apart(self, *arguments: str, env: Mapping[str, str] = {}) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*arguments),
            cwd=self.root,
            env=self.environment(env),
            capture_output=True,
            text=True,
            check=False,
        )

    def build(self, *arguments: str, env: Mapping[str, str] = {}) -> None:
        done = self.run("build", "--quiet", *arguments, env=env)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr

    def tree(self, part: str = "") -> Tree:
        """Every file and folder of the output: content, mode, and in the site the time of its last change."""
        top = self.output / part
        return {
            path.relative_to(top).as_posix(): (
                path.read_bytes() if path.is_file() else b"",
                path.stat().st_mode,
                path.stat().st_mtime_ns if path.is_relative_to(self.output / "site") else 0,
            )
            for path in top.rglob("*")
        }


def new_shop(folder: Path, content: Path) -> Shop:
    folder.mkdir(parents=True)
    shutil.copytree(content, folder / "content")
    (folder / "sitegen.lock").write_text(json.dumps(LOCK))
    return Shop(folder)


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return new_shop(tmp_path / "here" / "shop", SMALL_SHOP / "content")


@pytest.fixture
def twin(tmp_path: Path) -> Shop:
    """The same shop in another folder."""
    return new_shop(tmp_path / "quite elsewhere" / "über" / "shop", SMALL_SHOP / "content")


@pytest.fixture
def sample(tmp_path: Path) -> Shop:
    return new_shop(tmp_path / "sample", SAMPLE_SHOP)


@pytest.fixture
def sample_twin(tmp_path: Path) -> Shop:
    return new_shop(tmp_path / "another place" / "sample", SAMPLE_SHOP)
