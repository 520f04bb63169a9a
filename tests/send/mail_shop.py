"""A small real shop whose e-mails leave: built once, copied for each test."""

from __future__ import annotations

import base64
import io
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sitegen.build.post.outbox import built_mails
from sitegen.build.post.sending import Report, Run, send
from sitegen.build.reading import read_shop
from sitegen.cli.main import run
from sitegen.cli.send_command import _campaign, _desk
from sitegen.send.lease import Machine
from sitegen.send.round import Post
from tests.send.paper_post import Clock

SMALL_SHOP = Path(__file__).parents[1] / "broken" / "base"
DAY = (datetime.now(UTC) - timedelta(days=1)).date()
"""Yesterday, so that nine o'clock is past, and the message not too late."""
CAMPAIGN = "autumn-mail"
EDITION = f"{CAMPAIGN}/{DAY}"
SMTP = """
quiet_hours: none
smtp:
  host: 127.0.0.1
  port: 25
  security: none
  rate: 1000
"""
KEYS = {
    f"SITEGEN_{name}_KEY": base64.b64encode(bytes([65 + number]) * 32).decode()
    for number, name in enumerate(("CONTENT", "CARD", "SIGN", "RECEIVER"))
}
CUSTOMERS = "customer_id,first_name,last_name,email,phone,street,city,postcode,country,birthday"


@dataclass(frozen=True, slots=True)
class MailShop:
    """A shop in a folder of its own, whose messages are built."""

    root: Path

    @property
    def ledger(self) -> Path:
        """What left, and how far everybody is."""
        return self.root / ".sitegen" / "ledger.sqlite"

    def at(self, port: int, **settings: str) -> None:
        """Let it send to a server of this machine, with these settings under `smtp:`."""
        file = self.root / "content" / "site.yaml"
        text = re.sub(r"port: \d+", f"port: {port}", file.read_text(encoding="utf-8"))
        for name, value in settings.items():
            text = re.sub(rf"^  {name}: .*\n", "", text, flags=re.MULTILINE) + f"  {name}: {value}\n"
        file.write_text(text, encoding="utf-8")

    def command(self, *arguments: str) -> list[str]:
        """The real command."""
        return [sys.executable, "-m", "sitegen", *arguments]

    def run(self, *arguments: str, code: int = 0, **more: str) -> str:
        """What a command prints; fails where it ends with another code. It runs in this process, which is quicker."""
        said = io.StringIO()
        with (
            patch.dict(os.environ, clean_environment(**more), clear=True),
            chdir(self.root),
            redirect_stdout(said),
            redirect_stderr(said),
        ):
            left = run(list(arguments))
        assert left == code, f"{left}:\n{said.getvalue()}"
        return said.getvalue()

    def send(self, clock: Clock, post: Post, rate: float = 1000) -> Report:
        """What a run does at another time and with another server."""
        with patch.dict(os.environ, clean_environment(), clear=True):
            project = read_shop(self.root)
            built = built_mails(self.root, _campaign(project, CAMPAIGN))
            run = Run(
                self.ledger, Machine("1" * 32, "till"), clock.watch(), lambda: post, lambda content: content, rate, 0.05
            )
            return send(_desk(self.root, project, built, quiet=True), built, run)

    def build(self) -> None:
        """Build its e-mails and texts."""
        self.run("build", "--on", DAY.isoformat(), "--only", "mail,texts", "--quiet")

    def status(self) -> dict[str, Any]:
        """Where everybody of the e-mail's edition is, as `send status --json` prints it; {} before the first run."""
        found = json.loads(self.run("send", "status", CAMPAIGN, "--json"))
        if not found:
            return {}
        (edition,) = found
        assert sum(edition["states"].values()) + sum(edition["excluded"].values()) == edition["candidates"]
        return {name: number for name, number in edition["states"].items() if number} | {
            "excluded": edition["excluded"],
            "candidates": edition["candidates"],
        }

    def change(self, old: str, new: str, file: str = "content/customers/customers.csv") -> None:
        """Write something else into one of its files."""
        path = self.root / file
        text = path.read_text(encoding="utf-8")
        assert old in text, old
        path.write_text(text.replace(old, new), encoding="utf-8")

    def copy(self, folder: Path) -> MailShop:
        """The same shop in another folder, to do as one likes with."""
        shutil.copytree(self.root, folder)
        return MailShop(folder)


def built_shop(folder: Path, people: int = 5) -> MailShop:
    """A shop with so many customers who have an e-mail address; every tenth shares it with the one before."""
    shutil.copytree(SMALL_SHOP, folder)
    shop = MailShop(folder)
    for name in ("autumn-mail", "autumn-text"):
        shop.change("on: 2026-09-08", f"on: {DAY}", f"content/campaigns/{name}.md")
    (folder / "content" / "campaigns" / "autumn-card.md").unlink()
    site = folder / "content" / "site.yaml"
    site.write_text(site.read_text(encoding="utf-8") + SMTP, encoding="utf-8")
    rows = [CUSTOMERS, *_customers(people)]
    (folder / "content" / "customers" / "customers.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    shop.build()
    return shop


def _customers(people: int) -> Iterator[str]:
    for number in range(1, people + 1):
        # Twins differ in case only: they are one address.
        address = f"READER{number - 1}@Mail.Example.com" if number % 10 == 0 else f"reader{number}@mail.example.com"
        phone = f"+49 40 1000 {number:03d}" if number < 3 else ""
        yield f"C-{number},Reader,Number{number},{address},{phone},Weg {number},Hamburg,20253,DE,"


def clean_environment(**more: str) -> dict[str, str]:
    """This process's environment without what steers sitegen, and with the shop's keys; "" leaves one out."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SITEGEN_", "SOURCE_DATE"))}
    given = {**kept, **KEYS, "NO_COLOR": "1", "PYTHONPATH": str(Path(__file__).parents[2]), **more}
    return {name: value for name, value in given.items() if value}
