"""Build copies of the sample shop with keys that never change."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sitegen.content.project import read_project
from sitegen.protect.keys import decode_root
from sitegen.protect.member_link import MemberLink, member_link
from sitegen.publish.lock_file import read_lock

REPOSITORY = Path(__file__).parents[2]
KEY_FILE = REPOSITORY / "tests" / "keys.env"
DAYS = "2026-09-08..2026-10-07"
PARTS = "site,mail,texts,work"
SOURCES = ("content", "themes", "sitegen.lock")


@dataclass(frozen=True, slots=True)
class Shop:
    """A copy of the sample shop in a folder of its own."""

    root: Path

    @property
    def site(self) -> Path:
        """What may be deployed."""
        return self.root / "output" / "site"

    def files(self) -> dict[str, bytes]:
        """Every file of the site by its path."""
        found = sorted(path for path in self.site.rglob("*") if path.is_file())
        return {path.relative_to(self.site).as_posix(): path.read_bytes() for path in found}

    def build(self, parts: str = PARTS, days: str = DAYS) -> None:
        """Build it as a user would, in a process of its own."""
        self.run("build", "--on", days, "--only", parts, "--quiet")

    def plan(self, days: str = DAYS) -> Any:
        """The plan as `sitegen plan --json` prints it."""
        return json.loads(self.run("plan", "--on", days, "--json"))

    def run(self, *arguments: str) -> str:
        """What a command prints. Fails with its words where it fails."""
        command = [sys.executable, "-m", "sitegen", *arguments]
        made = subprocess.run(command, cwd=self.root, env=environment(), capture_output=True, text=True, check=False)
        assert made.returncode == 0, f"sitegen {arguments[0]} said:\n{made.stdout}{made.stderr}"
        return made.stdout

    def link(self, customer: str) -> MemberLink:
        """A member's code and link."""
        lock = read_lock(self.root)
        assert lock
        key = decode_root(keys()["SITEGEN_CARD_KEY"], "SITEGEN_CARD_KEY")
        return member_link(key, lock, customer, read_project(self.root).shop.url)


def copy_of_the_sample(root: Path) -> Shop:
    """The sources of the sample shop in a new folder, not yet built."""
    root.mkdir(parents=True, exist_ok=True)
    for name in SOURCES:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=shutil.ignore_patterns(".*", "*.preview.png"))
        else:
            shutil.copy(source, root / name)
    return Shop(root)


def keys() -> dict[str, str]:
    """The fixed keys by the names of their variables."""
    lines = KEY_FILE.read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))


def environment() -> dict[str, str]:
    """This process's environment, with nothing of it that could change a build, and with the fixed keys."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SITEGEN_", "SOURCE_DATE"))}
    return {**kept, **keys(), "PYTHONPATH": str(REPOSITORY), "NO_COLOR": "1", "COLUMNS": "100"}
