"""The command line as a person meets it."""

import subprocess
import sys


def sitegen(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "sitegen", *arguments], capture_output=True, text=True, check=False)


def test_help_says_what_the_tool_is_for() -> None:
    done = sitegen("--help")
    assert done.returncode == 0
    assert "Keep a shop's old customers" in done.stdout


def test_an_unknown_verb_is_a_usage_error() -> None:
    assert sitegen("dance").returncode == 2
