"""A process beside the server that does one thing at a time, and keeps what it has learnt."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock
from typing import Any

FAREWELL = 3.0
"""Seconds that a worker has to put things away when it is sent home."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a worker says where it fell over a bug: the traceback, for the terminal, and its last line."""

    traceback: str
    last: str


class Worker:
    """Holds a process in which `make(*arguments)` made something; its methods are called there.

    A process of its own, because the server's threads should neither wait for a build nor be forked with it.
    """

    def __init__(self, make: Callable[..., Any], *arguments: object) -> None:
        self._make, self._arguments = make, arguments
        self._busy = Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._closed = False

    def ask(self, method: str, *arguments: object) -> Any:
        """What the method gives; a Fault where it fell over, or where its process has ended."""
        with self._busy:
            if self._closed:
                return Fault("", "the preview has ended")
            try:
                pipe = self._opened()
                pipe.send((method, arguments))
                return pipe.recv()
            except (EOFError, OSError):
                self._process = self._pipe = None
                return Fault("", "the process that builds has ended; the next change starts it again")

    def _opened(self) -> Connection:
        if self._pipe is None or self._process is None or not self._process.is_alive():
            context = get_context("spawn")
            self._pipe, theirs = context.Pipe()
            self._process = context.Process(target=_work, args=(theirs, self._make, self._arguments))
            self._process.start()
            theirs.close()
        return self._pipe

    def close(self) -> None:
        """Send the process home, whatever it is doing."""
        self._closed = True
        process = self._process
        if process and process.is_alive():
            process.terminate()
            process.join(FAREWELL)
            if process.is_alive():
                process.kill()
                process.join()


def _work(pipe: Connection, make: Callable[..., Any], arguments: tuple[object, ...]) -> None:
    # Ctrl-C reaches every process of the terminal; only the server decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    # A pool ends its processes by this signal, and waits for ever for one that would put things away first.
    os.register_at_fork(after_in_child=lambda: signal.signal(signal.SIGTERM, signal.SIG_DFL))
    made = make(*arguments)
    while True:
        try:
            method, given = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer = getattr(made, method)(*given)
        except Exception as error:  # noqa: BLE001 - a bug must not end the preview: it is told, and the next build may be good
            answer = Fault(traceback.format_exc(), f"{type(error).__name__}: {error}")
        with suppress(OSError):
            pipe.send(answer)
