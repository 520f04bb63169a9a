"""Run the real `sitegen receive` in a process of its own, for a small shop."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.servers.hosted import Answer, _read
from tests.servers.web import SECONDS, _wait, free_port

REPOSITORY = Path(__file__).parents[2]
BASE = Path(__file__).parents[1] / "broken" / "base"
KEY = "STW+gzF5upWDu3Wd/BhCAZZ6r2Sb0Bx5rW5UOKH1fM0="
QUICK = (
    "import sys; from sitegen.send.receiver import guard, patience, server; from sitegen.cli.main import run; "
    "patience.HEAD_SECONDS = guard.BODY_SECONDS = 0.4; server.KEEP_SECONDS = 1; sys.exit(run(sys.argv[1:]))"
)
"""The same program with short patience, for tests of it."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """A running receiver."""

    root: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def said(self) -> str:
        """All that it wrote to its output so far."""
        return (self.root / f"receiver-{self.port}.log").read_text(encoding="utf-8")

    def stop(self) -> int:
        """Ask it to end, and wait: its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(SECONDS)

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        """What stands in a table of the ledger."""
        with closing(sqlite3.connect(self.root / ".sitegen" / "ledger.sqlite")) as connection:
            return connection.execute(f"SELECT * FROM {table}").fetchall()


def small_shop(root: Path) -> Path:
    """A shop that has a receiver."""
    shutil.copytree(BASE, root)
    settings = root / "content" / "site.yaml"
    with settings.open("a", encoding="utf-8") as file:
        file.write("receiver: https://hello.smallloom.example\n")
    return root


@contextmanager
def running(root: Path, *options: str, quick: bool = False) -> Iterator[Receiver]:
    """A receiver of the shop in `root`; only its own process is ended."""
    port = free_port()
    program = ("-c", QUICK) if quick else ("-m", "sitegen")
    command = [sys.executable, *program, "receive", "--port", str(port), *options]
    log = root / f"receiver-{port}.log"
    with log.open("wb") as heard:
        process = subprocess.Popen(command, cwd=root, env=environment(), stdout=heard, stderr=subprocess.STDOUT)
    try:
        _wait(process, port, log)
        yield Receiver(root, port, process)
    finally:
        process.terminate()
        process.wait(SECONDS)


def environment(**more: str) -> dict[str, str]:
    """This process's, with the receiver's key and no other secret."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SITEGEN_")}
    return {**kept, "SITEGEN_RECEIVER_KEY": KEY, "PYTHONPATH": str(REPOSITORY), "PYTHONUNBUFFERED": "1", **more}


def request(target: str, body: bytes = b"", method: str = "POST", *more: str) -> bytes:
    """The bytes of a request; one with a method POST carries a form."""
    lines = [f"{method} {target} HTTP/1.1", "Host: hello.smallloom.example", "Connection: close", *more]
    if method == "POST":
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join((*lines, "", "")).encode() + body


def answer(port: int, sent: bytes) -> Answer:
    """What a server answers to these bytes."""
    with connected(port) as connection:
        connection.sendall(sent)
        return heard(connection)


def connected(port: int) -> socket.socket:
    """A connection to a server of this machine."""
    return socket.create_connection(("127.0.0.1", port), SECONDS)


def heard(connection: socket.socket) -> Answer:
    """The answer that comes until the server hangs up."""
    return _read(b"".join(iter(lambda: connection.recv(1 << 16), b"")))
