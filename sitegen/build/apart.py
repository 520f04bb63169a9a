"""Have a process of its own work: a short one over the customer file, or one of a pool."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import connection, get_context, parent_process
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from os import _exit
from threading import Thread
from typing import Protocol, TypeVar

from sitegen.errors import Mistakes, Problem, Unusable

Task = TypeVar("Task")
Result = TypeVar("Result")
Result_co = TypeVar("Result_co", covariant=True)
FAREWELL = 3.0
"""Seconds that the process has to put its things away when it is sent home."""


class Awaited(Protocol[Result_co]):
    """A result that is being made."""

    def result(self) -> Result_co:
        """Wait for it."""
        ...


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Why there is no result: what is wrong in the customer file, or why it can't be read."""

    problems: tuple[Problem, ...] = ()
    said: str = ""


def apart(work: Callable[[Task], Result], task: Task) -> Result:
    """What `work`, a function of a module, makes of the task. Raises Mistakes and Unusable as it does.

    Whoever asks may fork next, and where the engine ran its threads a fork would hang; or it may hold an engine already
    (check, serve), and then this very fork would. A spawned process is safe beside both. It pays for the imports of the
    engine, which nobody else in a build of pages needs, and gives their memory back.
    """
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(theirs, work, task), daemon=True)
    process.start()
    theirs.close()
    try:
        answer: Result | _Refusal = ours.recv()
    except EOFError:
        process.join()
        hint = "the machine may be short of memory; site.yaml says how much of it may be used: 'data: {memory: 1GB}'"
        raise Unusable(
            f"the process that reads the customer file ended early ({process.exitcode})\nhint: {hint}"
        ) from None
    finally:
        ours.close()
        _send_home(process)
    if not isinstance(answer, _Refusal):
        return answer
    if answer.problems:
        raise Mistakes(answer.problems)
    raise Unusable(answer.said)


def end_with_the_parent() -> None:
    """Let this process of a pool end when its parent does.

    A parent that is killed can't tell its processes to end, and they would wait for ever.
    """
    Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    if parent := parent_process():
        connection.wait([parent.sentinel])
        _exit(1)


def _send_home(process: BaseProcess) -> None:
    process.terminate()
    process.join(FAREWELL)
    if process.is_alive():
        process.kill()
        process.join()


def _answer(pipe: Connection, work: Callable[[Task], Result], task: Task) -> None:
    # Ctrl-C reaches every process of the terminal; only the one that asked decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    answer: Result | _Refusal
    try:
        answer = work(task)
    except Mistakes as mistakes:
        answer = _Refusal(problems=mistakes.problems)
    except Unusable as error:
        answer = _Refusal(said=str(error))
    with suppress(OSError):
        pipe.send(answer)
