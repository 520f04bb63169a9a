"""From a mail that was built, through its links, to what the ledger holds: an answer, votes, a complaint."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import urlencode

import pytest

from sitegen.build.post.receiver import prepare
from sitegen.cli.main import run
from sitegen.model.claim import Purpose
from sitegen.protect.keys import decode_root
from sitegen.protect.tokens import seal
from sitegen.send.receiver.app import application
from tests.golden.sample_shop import keys
from tests.send.receiving import CLAIM, FORM, ask
from tests.servers.receiver import small_shop

DAY = date(2026, 9, 8)
NOW = datetime(2026, 9, 9, 6, tzinfo=UTC)
LETTER = """---
title: Tea at the loom
kind: event
sales: no
audience: everyone
channels: [mail]
on: 2026-09-08
event: {start: 2026-09-26 15:00, id: E-1}
---
Please come: [yes or no](rsvp:). [What would you like next?](survey:wishes) [A complaint](complaint:) is welcome too.
"""
POLL = """title: What would you like?
ideas:
  G-1: A night on a lightship
  G-2: Bread
tried: {by: Ada, on: 2026-09-01}
"""


def test_the_links_of_a_mail_lead_its_reader_to_forms_that_know_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = small_shop(tmp_path / "shop")
    (shop / "content/campaigns/tea.md").write_text(LETTER)
    (shop / "content/surveys").mkdir()
    (shop / "content/surveys/wishes.yaml").write_text(POLL)
    (shop / "content/customers/consents.csv").write_text(
        "customer_id,channel,purpose,status,given_on\nC-1,mail,promotion,given,2026-01-05\n"
    )
    monkeypatch.chdir(shop)
    os.environ.update(keys())
    assert run(["build", "--on", DAY.isoformat(), "--only", "mail", "--quiet"]) == 0
    key = decode_root(keys()["SITEGEN_RECEIVER_KEY"], "SITEGEN_RECEIVER_KEY")
    app = application(prepare(shop, key, lambda: NOW, lambda: 0.0), pytest.fail)

    mail = message_from_bytes((shop / f"output/mail/tea/{DAY}/C-1.eml").read_bytes(), policy=policy.default)
    plain = mail.get_body(("plain",))
    assert plain
    links = dict(re.findall(r"https://hello\.smallloom\.example(/([a-z/]+)\?token=[\w-]+)", plain.get_content()))
    targets = {path: target for target, path in links.items()}

    def send(path: str, fields: dict[str, str]) -> None:
        assert ask(app, targets[path]).status == 200
        body = urlencode(fields).encode()
        assert ask(app, targets[path], "POST", [body], {"content-type": FORM}).status == 200

    send("rsvp", {"answer": "yes", "party": "2", "share": "yes"})
    send("survey/wishes", {"idea:G-2": "yes", "idea:G-9": "yes", "words": "With cheese."})
    send("complaint", {"words": "The tea was cold."})

    with closing(sqlite3.connect(shop / ".sitegen/ledger.sqlite")) as ledger:
        rows = ledger.execute("SELECT form, customer_id, campaign, about, fields FROM submissions").fetchall()
        told = ledger.execute("SELECT campaign, customer_id, answer FROM responses").fetchall()
    assert {(form, who, campaign, about): json.loads(said) for form, who, campaign, about, said in rows} == {
        ("rsvp", "C-1", "tea", "E-1"): {"answer": "yes", "party": "2", "share": "yes", "turn": "0"},
        ("survey", "C-1", "tea", "wishes"): {"G-1": "no", "G-2": "yes", "words": "With cheese."},
        ("complaint", "C-1", "tea", ""): {"words": "The tea was cold."},
    }
    # Votes are no answer to the letter; the yes to its event is.
    assert told == [("tea", "C-1", "accepted")]


def test_a_token_for_one_survey_opens_no_other(tmp_path: Path) -> None:
    shop = small_shop(tmp_path / "shop")
    (shop / "content/surveys").mkdir()
    for name in ("wishes", "tea"):
        (shop / f"content/surveys/{name}.yaml").write_text(POLL)
    key = decode_root(keys()["SITEGEN_RECEIVER_KEY"], "SITEGEN_RECEIVER_KEY")
    setting = prepare(shop, key, lambda: NOW, lambda: 0.0)
    app = application(setting, pytest.fail)
    claim = replace(CLAIM, purpose=Purpose.SURVEY, campaign="spring", day=DAY, about="wishes")
    token = seal(setting.sealer, claim)
    assert ask(app, f"/survey/wishes?token={token}").status == 200
    assert ask(app, f"/survey?token={token}").status == 200
    assert ask(app, f"/survey/tea?token={token}").status == 404
