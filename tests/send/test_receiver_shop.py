"""Tests of what the receiver takes from a shop's folder, and of its verb."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitegen.build.post.receiver import prepare
from sitegen.cli import receive_command
from sitegen.cli.main import run
from sitegen.content.shop.shop_file import shop_of
from sitegen.errors import Mistakes
from sitegen.model.care_tables import CONTACTS
from sitegen.model.channel import MessageClass
from sitegen.model.claim import Purpose
from sitegen.model.complaint_desk import Step
from sitegen.model.ledger import Form
from sitegen.model.survey import Factor
from sitegen.send.receiver.app import KINDS
from sitegen.send.receiver.forms import SUBJECTS
from sitegen.send.receiver.result import TROUBLES
from sitegen.send.receiver.rsvp import ANSWERS
from sitegen.send.receiver.wishes import CHANNELS, CHOICES
from tests.send.receiving import KEY, NOW, REPOSITORY, desk

BASE = REPOSITORY / "tests" / "broken" / "base"
SELECTED = ("channel", "outcome", "routed_to")
"""Columns of contacts among whose words an adviser chooses."""
OWN = "<!doctype html><title>{{ t('receive.' ~ kind ~ '.title') }}</title>\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    root = tmp_path / "shop"
    shutil.copytree(BASE, root)
    with (root / "content" / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("theme: ours\n")
    theme = root / "themes" / "ours"
    theme.mkdir(parents=True)
    (theme / "theme.yaml").write_text("name: ours\ntitle: Ours\n")
    return root


def test_a_theme_without_pages_for_the_receiver_borrows_those_that_come_along(shop: Path, tmp_path: Path) -> None:
    setting = prepare(shop, KEY, lambda: NOW, lambda: 0.0)
    house = desk(tmp_path, shop=setting.shop, theme=setting.theme, surveys=())
    answer = house.get("/complaint")
    assert answer.status == 200
    assert "The Small Loom" in answer.body
    assert 'class="receiver-languages"' not in answer.body, "it speaks one language"


def test_a_theme_with_pages_of_its_own_shows_those(shop: Path, tmp_path: Path) -> None:
    theme = shop / "themes" / "ours"
    (theme / "receiver").mkdir()
    (theme / "receiver" / "message.html").write_text(OWN)
    (theme / "locale").mkdir()
    (theme / "locale" / "receive.en.yaml").write_text("receive.lost.title: Lost in the woods\n")
    setting = prepare(shop, KEY, lambda: NOW, lambda: 0.0)
    house = desk(tmp_path, shop=setting.shop, theme=setting.theme)
    assert house.get("/nothing").body == "<!doctype html><title>Lost in the woods</title>\n"


def test_a_shop_that_cannot_be_read_has_no_receiver(shop: Path) -> None:
    (shop / "content" / "surveys").mkdir()
    (shop / "content" / "surveys" / "x.yaml").write_text("questions: {mood: How?}\n")
    with pytest.raises(Mistakes) as caught:
        prepare(shop, KEY, lambda: NOW, lambda: 0.0)
    assert {problem.code for problem in caught.value.problems} == {"missing-key", "unknown-word"}


def test_one_topic_has_words_in_each_language_or_the_same_in_all(shop: Path) -> None:
    with (shop / "content" / "site.yaml").open("a", encoding="utf-8") as file:
        file.write("languages: [en, zh]\nreceiver: https://x.example/hello/\n")
        file.write("topics: {linen: {en: Linen, zh: 亚麻}, beads: Beads}\n")
    found = shop_of(shop)
    assert found.receiver == "https://x.example/hello"
    assert [(topic.tag, topic.titles) for topic in found.topics] == [
        ("linen", {"en": "Linen", "zh": "亚麻"}),
        ("beads", {"en": "Beads", "zh": "Beads"}),
    ]


def test_the_verb_names_what_is_not_installed(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(shop)
    monkeypatch.setattr(receive_command, "NEEDED", ("starlette", "no_such.thing"))
    assert run(["receive"]) == 1
    assert "'no_such.thing' is not installed\nhint: run `pip install 'sitegen[receiver]'`" in capsys.readouterr().err


def test_the_verb_reads_a_mail_and_says_what_it_did(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(shop / "content")
    (shop / "one.eml").write_bytes(b"Subject: Hello\n\nHow are you?\n")
    assert run(["receive", "--mail", "../one.eml"]) == 0
    assert capsys.readouterr().out == "Read 1 mails: 1 say nothing about our messages.\n"
    assert run(["receive", "--mail", "none"]) == 1
    assert "the mailbox 'none' cannot be read" in capsys.readouterr().err


def test_the_themes_words_for_the_receiver_are_those_that_its_pages_say(tmp_path: Path) -> None:
    theme = desk(tmp_path).setting.theme
    sources = "\n".join(text for path, text in theme.templates.items() if path.startswith("receiver/"))
    said = {key for key in re.findall(r"""["'](receive\.[a-z.-]+)["']""", sources) if not key.endswith(".")}
    parts = {
        "what": tuple(MessageClass),
        **dict.fromkeys(("way", "channel"), CHANNELS),
        **{name: tuple(word or "any" for word in words) for name, words in CHOICES.items()},
        "factor": tuple(Factor),
        "about": (*SUBJECTS[Form.COMPLAINT], *SUBJECTS[Form.SUGGESTION]),
        "thanks": tuple(Form),
        "rsvp": tuple(ANSWERS),
        "trouble": ("long", "trap", "closed"),
        "result": ("yes", "no"),
        "step": (*Step, "yes", "no"),
        "step.asks": tuple(Step),
        "result.trouble": ("empty", *TROUBLES.values()),
        "step.trouble": ("day", "future", "evidence", "satisfied", "opinion", "taken"),
        **{f"result.{name.removesuffix('_to')}": ("none", *CONTACTS.column(name).allowed) for name in SELECTED},
        **dict.fromkeys((*KINDS.values(), "busy", "elsewhere", "unreadable", "closed", "late"), ("title", "text")),
    }
    said |= {f"receive.{name}.{word}" for name, words in parts.items() for word in words}
    said |= {f"receive.{name}.title" for name in CHOICES}
    for language in ("en", "de", "zh"):
        words = {key: word for key, word in theme.strings[language].items() if key.startswith("receive.")}
        assert set(words) == said
        assert all(words.values())


def test_every_purpose_of_a_token_has_its_page(tmp_path: Path) -> None:
    house = desk(tmp_path)
    house.clock.now = datetime(2026, 9, 14, tzinfo=UTC)
    for purpose in Purpose:
        campaign = "2026/vip-tea" if purpose is Purpose.RSVP else "2026/autumn-survey"
        about = {Purpose.RESULT: "big-order/O-1", Purpose.STEP: "B-1/talk"}.get(purpose, "")
        adviser = "A-1" if about else ""
        token = house.token(purpose, campaign=campaign, about=about, adviser_id=adviser)
        assert house.get(f"/{purpose}?token={token}").status == 200, purpose
