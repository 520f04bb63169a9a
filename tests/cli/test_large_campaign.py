"""A campaign with many messages: its lines lie in several files, which read as one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sitegen.build.post import mails, message_files
from sitegen.build.post.outbox import built_mails
from sitegen.content.project import read_project
from tests.cli.conftest import DAY, Sitegen


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of two lines."""
    monkeypatch.setattr(mails, "PART", 2)
    monkeypatch.setattr(message_files, "PART", 2)


@pytest.mark.usefixtures("small_parts")
def test_the_lines_of_a_large_campaign_lie_in_files_that_read_as_one(shop: Path, inside: Sitegen) -> None:
    assert inside("build", "--on", DAY, "--only", "mail", "--quiet", at=shop).returncode == 0

    folder = shop / "output/mail/autumn-mail"
    files = message_files.message_files(folder)
    rows = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    written = {path.relative_to(shop / "output/mail").as_posix() for path in (shop / "output/mail").rglob("*.eml")}
    campaign = read_project(shop).campaign("autumn-mail")
    assert campaign
    assert [file.name for file in files] == ["messages.jsonl", "messages-000002.jsonl"]
    assert [len(file.read_bytes().splitlines()) for file in files] == [2, len(rows) - 2]
    assert {row["file"] for row in rows} == written
    assert [row["customer_id"] for row in built_mails(shop, campaign).lines()] == [row["customer_id"] for row in rows]
