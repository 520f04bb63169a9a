"""Start a web server for a test: a free port, a folder of its own, gone afterwards."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SECONDS = 20
"""A server that doesn't listen by then is broken: it takes a tenth of a second."""


def free_port() -> int:
    """A port of the loopback that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@contextmanager
def listening(command: Sequence[str], port: int, folder: Path, **how: Any) -> Iterator[str]:
    """The origin of a server that this command starts in the foreground; only its own process is ended."""
    log = folder / "server.log"
    with log.open("wb") as heard:
        process = subprocess.Popen(command, cwd=folder, stdout=heard, stderr=subprocess.STDOUT, **how)
    try:
        _wait(process, port, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(SECONDS)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(SECONDS * 50):
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    said = log.read_text(encoding="utf-8", errors="replace")
    raise AssertionError(f"{process.args!r} does not listen; it said:\n{said}")
