"""What a command does not import costs nobody anything."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HEAVY = ("ibis", "duckdb", "pyarrow", "pandas", "weasyprint", "jinja2", "rich", "cryptography", "PIL", "markdown")
PROBE = """
import sys
from sitegen.cli.main import run
code = run(sys.argv[1:])
print("imported:", *sorted(set(name.partition(".")[0] for name in sys.modules)), file=sys.stderr)
sys.exit(code)
"""

Environment = Callable[..., dict[str, str]]


def imported(at: Path, env: dict[str, str], *arguments: str) -> set[str]:
    command = [sys.executable, "-c", PROBE, *arguments]
    done = subprocess.run(command, cwd=at, env=env, capture_output=True, text=True, check=True)
    return set(done.stderr.rpartition("imported:")[2].split())


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--help"], ["segments", "list", "--help"], ["--version"]])
def test_help_imports_no_heavy_library(arguments: list[str], tmp_path: Path, environment: Environment) -> None:
    assert imported(tmp_path, environment(), *arguments) & set(HEAVY) == set()


def test_a_build_of_pages_needs_neither_data_engine_nor_press(shop: Path, environment: Environment) -> None:
    loaded = imported(shop, environment(), "build", "--on", "2026-09-08", "--only", "pages", "--quiet")
    assert loaded & {"ibis", "duckdb", "pyarrow", "pandas", "weasyprint", "rich"} == set()
    assert "jinja2" in loaded


def test_a_build_of_site_and_mail_needs_no_press(shop: Path, environment: Environment) -> None:
    loaded = imported(shop, environment(), "build", "--on", "2026-09-08", "--only", "site,mail", "--quiet")
    assert "weasyprint" not in loaded
    assert "ibis" in loaded
