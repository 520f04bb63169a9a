"""The real command against Postfix's smtp-sink: mails that arrive, are refused, put off, lost, or killed on the way."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sitegen.errors import Exit
from tests.send.mail_shop import CAMPAIGN, MailShop, built_shop, clean_environment
from tests.servers import smtp_sink
from tests.servers.smtp_sink import Sink

pytestmark = pytest.mark.slow

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
        # It hangs up each time, so every other message meets a closed door and may come again.
        (["-A", "0"], Exit.MESSAGE, {"refused": 6, "deferred": 5, "planned": 12}),
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


def test_a_server_that_puts_everything_off_is_asked_again_later(shop: MailShop) -> None:
    with smtp_sink.running("-r", "RCPT") as sink:
        shop.at(sink.port)
        with started(shop) as sending:
            wait_for(lambda: shop.status().get("deferred") == 20)
            sending.send_signal(signal.SIGINT)
            said = sending.communicate(timeout=60)
        assert sending.returncode == Exit.INTERRUPTED, said
        assert shop.status() == {"deferred": 20, "planned": 3, "excluded": TWINS, "candidates": 25}
        port = sink.port
    with smtp_sink.running(port=port) as sink:
        shop.run("send", CAMPAIGN)
        assert sink.recipients() == READERS


def test_ctrl_c_ends_between_two_messages_and_the_next_run_goes_on(shop: MailShop) -> None:
    with smtp_sink.running("-w", "1") as sink:
        shop.at(sink.port)
        with started(shop) as sending:
            wait_for(lambda: sink.count() >= 2)
            sending.send_signal(signal.SIGINT)
            _, said = sending.communicate(timeout=60)
        assert sending.returncode == Exit.INTERRUPTED, said
        assert "stopping after the message that is on its way" in said
        assert "Traceback" not in said
        there, port = sink.recipients(), sink.port
    rest = {"planned": 23 - len(there), "excluded": TWINS, "candidates": 25}
    assert shop.status() == {"accepted": len(there), **rest}
    with smtp_sink.running(port=port) as sink:
        shop.run("send", CAMPAIGN)
        assert sorted([*there, *sink.recipients()]) == READERS


def test_of_two_runs_at_once_one_refuses(shop: MailShop) -> None:
    with smtp_sink.running("-w", "1") as sink:
        shop.at(sink.port)
        with started(shop):
            wait_for(lambda: sink.count() >= 1)
            told = shop.run("send", CAMPAIGN, code=Exit.MISTAKE)
        assert told.startswith("this shop is sending already\nhint: wait until it has ended")
        assert len(sink.recipients()) == len(set(sink.recipients()))


def test_a_run_that_is_killed_at_any_moment_sends_nobody_two(tmp_path: Path) -> None:
    shop = built_shop(tmp_path / "shop", people=1500)
    chance, kills = random.Random(20260925), 50
    with smtp_sink.running() as sink:
        shop.at(sink.port)
        for _ in range(kills):
            kill_after(shop, sink, chance.randrange(0, 24), chance.random() / 100)
        shop.run("send", CAMPAIGN)
        copies, status = Counter(sink.recipients()), shop.status()
        shop.run("send", CAMPAIGN)
        assert Counter(sink.recipients()) == copies
    assert set(copies.values()) == {1}
    assert status["candidates"] == 1500
    assert status["excluded"] == {"duplicate-address": 150}
    assert status["accepted"] + status.get("unknown", 0) == 1350
    assert 1 <= status.get("unknown", 0) <= kills
    assert status["accepted"] <= len(copies) <= 1350


def test_ten_thousand_readers_are_sent_one_each(tmp_path: Path) -> None:
    """A thousand of them have an address that another has too, in other letters."""
    shop = built_shop(tmp_path / "shop", people=10_000)
    with smtp_sink.running() as sink:
        shop.at(sink.port)
        shop.run("send", CAMPAIGN)
        recipients = sink.recipients()
    assert len(recipients) == len(set(recipients)) == 9000
    assert shop.status() == {"accepted": 9000, "excluded": {"duplicate-address": 1000}, "candidates": 10_000}


def kill_after(shop: MailShop, sink: Sink, messages: int, seconds: float) -> None:
    """Start a run, and kill it some time after so many more messages have begun."""
    before = sink.count()
    with started(shop) as sending:
        wait_for(lambda: sink.count() > before + messages or sending.poll() is not None)
        time.sleep(seconds)
        sending.kill()
        said = sending.communicate()
    assert sending.returncode == -signal.SIGKILL, said


@contextmanager
def started(shop: MailShop) -> Iterator[subprocess.Popen[str]]:
    """A run in a process of its own, which does not outlive the test."""
    command, pipe = shop.command("send", CAMPAIGN), subprocess.PIPE
    with subprocess.Popen(
        command, cwd=shop.root, env=clean_environment(), stdout=pipe, stderr=pipe, text=True
    ) as sending:
        try:
            yield sending
        finally:
            sending.kill()


def wait_for(happened: Callable[[], bool]) -> None:
    """Wait two minutes at most."""
    end = time.monotonic() + 120
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.002)
