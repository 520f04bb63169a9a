"""The real command against Postfix's smtp-sink: mails that arrive, are refused, put off, lost, or killed on the way."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path

import pytest

from sitegen.errors import Exit
from tests.send.mail_shop import CAMPAIGN, MailShop, built_shop, clean_environment
from tests.servers import smtp_sink
from tests.servers.smtp_sink import Sink
from tests.servers.web import free_port

READERS = sorted(f"reader{number}@mail.example.com" for number in range(1, 26) if number % 10)
TWINS = {"duplicate-address": 2}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> MailShop:
    return built_shop(tmp_path_factory.mktemp("sink") / "shop", people=25)


@pytest.fixture
def shop(built: MailShop, tmp_path: Path) -> MailShop:
    return built.copy(tmp_path / "shop")


def test_everybody_gets_the_edition_once_however_often_it_is_sent(shop: MailShop) -> None:
    with smtp_sink.running() as sink:
        shop.at(sink.port)
        shop.run("send", CAMPAIGN)
        assert sink.recipients() == READERS
        assert shop.status() == {"accepted": 23, "excluded": TWINS, "candidates": 25}
        shop.run("send", CAMPAIGN)
        assert sink.count() == 23
        for message in sink.messages():
            token = str(message["Message-ID"]).strip("<>").partition("@")[0]
            assert message["X-Mail-Args"] == f"<letters+{token}@smallloom.example>"


@pytest.mark.parametrize(
    ("options", "code", "states"),
    [
        (["-q", "."], Exit.MESSAGE, {"unknown": 6, "planned": 17}),
        (["-f", "RCPT"], Exit.MESSAGE, {"refused": 6, "planned": 17}),
        (["-f", "."], Exit.MESSAGE, {"refused": 6, "planned": 17}),
        (["-A", "0"], Exit.MESSAGE, {"refused": 6, "planned": 17}),
        (["-f", "MAIL"], Exit.MISTAKE, {"planned": 23}),
        (["-f", "CONNECT"], Exit.MISTAKE, {"planned": 23}),
        (["-Q", "CONNECT"], Exit.MISTAKE, {"planned": 23}),
    ],
)
def test_a_server_that_only_fails_is_soon_left_alone(
    shop: MailShop, options: list[str], code: Exit, states: dict[str, int]
) -> None:
    """The sixth failure is one too many; nobody is tried who needn't be, and all may leave once it is mended."""
    with smtp_sink.running(*options) as sink:
        shop.at(sink.port)
        shop.run("send", CAMPAIGN, code=code)
        assert shop.status() == {**states, "excluded": TWINS, "candidates": 25}
        port = sink.port
    with smtp_sink.running(port=port) as sink:
        shop.run("send", CAMPAIGN)
        left = 23 - states.get("unknown", 0) - states.get("refused", 0)
        assert len(sink.recipients()) == len(set(sink.recipients())) == left
