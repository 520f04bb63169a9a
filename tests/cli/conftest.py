"""A small real shop, and the real command run in it."""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeAlias

import pytest

from sitegen.cli.main import run

SMALL_SHOP = Path(__file__).parents[1] / "broken" / "base"
DAY = "2026-09-08"

Done: TypeAlias = subprocess.CompletedProcess[str]
Sitegen: TypeAlias = Callable[..., Done]


def clean_environment(**more: str) -> dict[str, str]:
    ours = ("SITEGEN_", "NO_COLOR", "FORCE_COLOR", "SOURCE_DATE_EPOCH", "PYTHONHASHSEED", "COLUMNS")
    return {**{name: value for name, value in os.environ.items() if not name.startswith(ours)}, **more}


def run_sitegen(*arguments: str, at: Path, env: Mapping[str, str] | None = None) -> Done:
    command = [sys.executable, "-m", "sitegen", *arguments]
    given = clean_environment(**(env or {}))
    return subprocess.run(command, cwd=at, env=given, capture_output=True, text=True, check=False)


def copy_of_the_small_shop(folder: Path) -> Path:
    shop = folder / "shop"
    shutil.copytree(SMALL_SHOP, shop)
    return shop


@pytest.fixture
def sitegen() -> Sitegen:
    return run_sitegen


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Sitegen:
    """Run a command like `sitegen`, but in this process: where many commands follow each other, it is far quicker."""

    def told(*arguments: str, at: Path, env: Mapping[str, str] | None = None) -> Done:
        with monkeypatch.context() as patch:
            for name in set(os.environ) - set(clean_environment()):
                patch.delenv(name)
            for name, value in (env or {}).items():
                patch.setenv(name, value)
            patch.chdir(at)
            capsys.readouterr()
            code = run(list(arguments))
        out, err = capsys.readouterr()
        return Done(arguments, code, out, err)

    return told


@pytest.fixture
def environment() -> Callable[..., dict[str, str]]:
    """The environment without anything that steers sitegen, and with what is named."""
    return clean_environment


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return copy_of_the_small_shop(tmp_path)


@pytest.fixture(scope="session")
def built_shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small shop with its site and mails; tests must leave it as it is."""
    shop = copy_of_the_small_shop(tmp_path_factory.mktemp("built"))
    done = run_sitegen("build", "--on", DAY, "--only", "site,mail,work", "--quiet", at=shop)
    assert done.returncode == 0, done.stderr
    return shop


@pytest.fixture
def real_keys() -> dict[str, str]:
    """Keys as a real shop hands them over: base64 of 32 bytes each."""
    names = ("SITEGEN_CONTENT_KEY", "SITEGEN_CARD_KEY", "SITEGEN_SIGN_KEY", "SITEGEN_RECEIVER_KEY")
    return {name: base64.b64encode(bytes([65 + number]) * 32).decode() for number, name in enumerate(names)}
