"""The receiver as it runs: a process behind nginx, asked to stop, asked too slowly, and not alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.protect.keys import decode_root
from sitegen.protect.tokens import seal, sealer
from tests.golden.sample_shop import keys
from tests.send.receiving import CLAIM, ONE_CLICK
from tests.servers import nginx
from tests.servers.receiver import KEY, REPOSITORY, Receiver, answer, connected, environment, heard, request, running
from tests.servers.receiver import small_shop as make_shop

SEALER = sealer(decode_root(KEY, "KEY"))


def unsubscribing(number: int = 0) -> str:
    """Where somebody unsubscribes."""
    return f"/unsubscribe?token={seal(SEALER, replace(CLAIM, customer_id=f'C-{number}', address_key=f'{number:064x}'))}"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return make_shop(tmp_path / "shop")


@pytest.fixture
def receiver(shop: Path) -> Iterator[Receiver]:
    with running(shop, "--proxy-headers") as found:
        yield found


def rules(folder: Path, port: int) -> Path:
    """The rules for nginx as the manual prints them, with another port and without the wall around /health."""
    manual = (REPOSITORY / "docs" / "receiver.md").read_text(encoding="utf-8")
    printed = manual.partition("```nginx\n")[2].partition("```")[0]
    file = folder / "receiver.conf"
    file.write_text(printed.replace("8025", str(port)))
    return file


def test_one_click_goes_through_the_manuals_nginx_and_nothing_is_redirected_or_logged(
    receiver: Receiver, tmp_path: Path
) -> None:
    with nginx.running(tmp_path, rules(tmp_path, receiver.port)) as origin:
        port = int(origin.rpartition(":")[2])
        asked = answer(port, request(unsubscribing(), method="GET"))
        assert (asked.status, receiver.rows("suppressions")) == (200, [])
        done = answer(port, request(unsubscribing(), ONE_CLICK))
        assert (done.status, done.header("location"), done.header("set-cookie")) == (200, "", "")
        assert "uvicorn" not in str(done.headers)
        assert len(receiver.rows("suppressions")) == 1
        assert answer(port, request("/complaint", b"words=" + b"x" * 65536)).status == 413
        assert answer(port, request("/health", method="GET")).status == 200
        # nginx says who asks; who claims to be another is counted as what they are.
        asking = [request("/unsubscribe?token=x", b"", "GET", f"X-Forwarded-For: 192.0.2.{n}") for n in range(23)]
        assert {answer(port, sent).status for sent in asking} == {404, 429}
    assert receiver.stop() == 0
    assert "token" not in receiver.said
    assert "127.0.0.1 -" not in receiver.said


def test_what_is_running_is_brought_to_its_end_before_the_receiver_stops(receiver: Receiver) -> None:
    whole = request(unsubscribing(), ONE_CLICK)
    with connected(receiver.port) as connection:
        connection.sendall(whole[:-5])
        # The server has read the first part once it answers somebody who came later.
        assert answer(receiver.port, request("/health", method="GET")).status == 200
        receiver.process.terminate()
        with pytest.raises(subprocess.TimeoutExpired):
            receiver.process.wait(0.5)
        connection.sendall(whole[-5:])
        assert heard(connection).status == 200
    assert receiver.process.wait(20) == 0
    assert len(receiver.rows("suppressions")) == 1
    assert "Ended; what was running is done." in receiver.said


def test_two_receivers_write_to_one_ledger_and_lose_nothing(shop: Path) -> None:
    with running(shop) as one, running(shop) as other, ThreadPoolExecutor(8) as crowd:

        def click(number: int) -> int:
            return answer((one, other)[number % 2].port, request(unsubscribing(number // 3), ONE_CLICK)).status

        assert set(crowd.map(click, range(60))) == {200}
        assert [len(one.rows(table)) for table in ("suppressions", "consents", "responses")] == [20, 20, 20]


def test_who_sends_no_request_or_half_of_one_is_not_waited_for(shop: Path) -> None:
    with running(shop, quick=True) as receiver:
        for beginning in (b"", b"GET /complaint HTTP/1.1\r\nHost: x\r\nX-"):
            with connected(receiver.port) as connection:
                connection.sendall(beginning)
                assert connection.recv(100) == b""
        with connected(receiver.port) as connection:
            connection.sendall(request("/complaint", b"words=half")[:-3])
            assert heard(connection).status == 408
        # A second request on the same line is not waited for either.
        with connected(receiver.port) as connection:
            connection.sendall(request("/health", b"", "GET").replace(b"Connection: close\r\n", b"") + b"GET /slow")
            assert heard(connection).status == 200
        assert answer(receiver.port, request("/complaint", b"words=whole")).status == 200
        assert len(receiver.rows("submissions")) == 1


@pytest.mark.parametrize("more", [keys(), {"SITEGEN_RECEIVER_KEY": ""}])
def test_the_receiver_does_not_start_beside_the_sites_own_keys_or_without_its_own(
    more: dict[str, str], shop: Path
) -> None:
    given = environment(**more)
    if not given["SITEGEN_RECEIVER_KEY"]:
        del given["SITEGEN_RECEIVER_KEY"]
    command = [sys.executable, "-m", "sitegen", "receive", "--port", "1"]
    ended = subprocess.run(command, cwd=shop, env=given, capture_output=True, text=True, timeout=60, check=False)
    said = "does not start beside 'SITEGEN_CONTENT_KEY'" if len(more) > 1 else "'SITEGEN_RECEIVER_KEY' is missing"
    assert ended.returncode == 1
    assert said in ended.stderr
