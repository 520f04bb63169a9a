"""Single keys on a terminal while the preview runs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from select import select
from threading import Event

import click

QUIT = "q"
LOOK = 0.5


def hear(actions: Mapping[str, Callable[[], object]], ended: Event) -> None:
    """Do what each key asks for, until `q`, or until `ended` is set. Without a terminal, only wait."""
    if not sys.stdin.isatty():
        while not ended.wait(LOOK):
            pass
        return
    click.echo("Keys: o opens it, r builds everything again, q ends it.")
    with _single_keys():
        while not ended.is_set():
            if not select([sys.stdin], [], [], LOOK)[0]:
                continue
            key = sys.stdin.read(1).lower()
            if key in {QUIT, ""}:
                return
            if key in actions:
                actions[key]()


@contextmanager
def _single_keys() -> Iterator[None]:
    """Let keys come one by one and unseen; the terminal is as before at the end. Ctrl-C stays what it is."""
    import termios
    import tty

    number = sys.stdin.fileno()
    before = termios.tcgetattr(number)
    tty.setcbreak(number)
    try:
        yield
    finally:
        termios.tcsetattr(number, termios.TCSADRAIN, before)
