"""Send through a real Postfix into real mailboxes, by STARTTLS with a certificate that is looked at."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes
from pathlib import Path

import pytest

from sitegen.errors import Exit
from sitegen.send.ledger import open_ledger
from tests.send.mail_shop import CAMPAIGN, MailShop, built_shop
from tests.send.scripted_server import certificate
from tests.servers import postfix
from tests.servers.postfix import Postfix

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.geteuid() != 0, reason="Postfix starts as root only"),
]
READERS = tuple(f"reader{number}" for number in range(1, 5))


@pytest.fixture(scope="module")
def server() -> Iterator[Postfix]:
    with postfix.running("mail.example.com", READERS) as running:
        yield running


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> MailShop:
    return built_shop(tmp_path_factory.mktemp("postfix") / "shop")


@pytest.fixture
def shop(built: MailShop, tmp_path: Path, server: Postfix) -> MailShop:
    made = built.copy(tmp_path / "shop")
    shutil.copy(server.authority, made.root / "ca.pem")
    made.at(server.port, security="starttls", ca="ca.pem")
    return made


def test_a_certificate_that_is_not_the_servers_stops_everything(shop: MailShop, server: Postfix) -> None:
    stranger, _ = certificate(shop.root, "127.0.0.1")
    stranger.replace(shop.root / "ca.pem")
    said = shop.run("send", CAMPAIGN, code=Exit.MISTAKE)
    assert "shows a certificate that is not to be trusted" in said
    assert shop.status()["planned"] == 5
    assert not arrived(server)


def test_mails_arrive_once_and_what_is_unknown_is_found(shop: MailShop, server: Postfix) -> None:
    shop.run("send", CAMPAIGN)
    assert shop.status() == {"accepted": 4, "refused": 1, "excluded": {}, "candidates": 5}
    wait_for(lambda: len(arrived(server)) == 4)
    shop.run("send", CAMPAIGN)
    assert sorted(arrived(server)) == sorted(READERS)
    with open_ledger(shop.ledger) as ledger:
        suppressed = ledger.connection.execute("SELECT reason, scope, evidence FROM suppressions").fetchall()
        assert suppressed == [("bounced", "all", "550 5.1.1")]
        ledger.connection.execute("UPDATE deliveries SET state = 'unknown' WHERE state = 'accepted'")
    found = shop.copy(shop.root.parent / "other").run("send", "reconcile", CAMPAIGN, "--log", str(server.log))
    assert found.count("status=sent 250 2.0.0 Ok") + found.count("status=sent delivered to maildir") == 4
    assert "4 found, 0 still unknown" in found
    found = shop.run("send", "reconcile", CAMPAIGN, "--maildir", str(server.mail))
    assert found.count("it lies in new/") == 4
    assert shop.status() == {"accepted": 4, "refused": 1, "excluded": {}, "candidates": 5}


def arrived(server: Postfix) -> list[str]:
    """Whose mailbox each message lies in; each in its reader's own, with its return path."""
    found: list[str] = []
    for path in server.mail.glob("*/new/*"):
        message = message_from_bytes(path.read_bytes())
        reader = path.parent.parent.name
        token = str(message["Message-ID"]).strip("<>").partition("@")[0]
        assert message["Delivered-To"] == f"{reader}@mail.example.com"
        assert message["Return-Path"] == f"<letters+{token}@smallloom.example>"
        found.append(reader)
    return found


def wait_for(happened: Callable[[], bool]) -> None:
    """Wait a minute at most."""
    end = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.05)
