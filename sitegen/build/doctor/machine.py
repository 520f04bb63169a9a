"""Say what this machine lacks."""

from __future__ import annotations

import contextlib
import importlib
import io
import os
import sys
import zoneinfo
from collections.abc import Callable, Iterator

from sitegen import __version__
from sitegen.build.doctor.checks import Check, fine, problem, warning

Find = Callable[[str], str | None]
"""Finds a program by its name, as shutil.which does."""
OLDEST = (3, 11)
MANAGERS = {
    "apt-get": "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "dnf": "dnf install pango",
    "pacman": "pacman -S pango",
    "brew": "brew install pango",
}
"""How Pango comes to a machine, by the program that brings it. Source: WeasyPrint, "First Steps"."""
WITHOUT_ANY = "install Pango 1.44 or newer with your system's programs"
WITHOUT_RIGHTS = frozenset({"brew"})


def machine_checks(find: Find) -> Iterator[Check]:
    """Python, the libraries that others bring, the programs that single verbs call."""
    yield _python()
    why = "without it no customer can be read, so only public pages can be built"
    yield _library("data engine", ("ibis", "duckdb"), "customers can be read", why)
    yield _pango(find)
    yield from zone_checks("Europe/Berlin")
    yield _program(find, "rsync")
    yield _program(find, "ssh", "openssh-client")


def zone_checks(zone: str) -> Iterator[Check]:
    """Whether the days of that time zone can be told."""
    if zone in zoneinfo.available_timezones():
        yield fine("time zones", f"{zone} is known")
    else:
        why = "a day begins and ends by the shop's clock: without it nobody knows whose birthday it is"
        yield problem("time zones", f"this machine does not know '{zone}'", why, "pip install tzdata")


def _python() -> Check:
    version = sys.version.partition(" ")[0]
    if sys.version_info >= OLDEST:
        return fine("sitegen", f"{__version__}, Python {version}")
    said = f"Python {version} is older than {OLDEST[0]}.{OLDEST[1]}"
    todo = "make the environment with a newer one: python3.11 -m venv .venv (or `uv venv --python 3.11`)"
    return problem("sitegen", said, "sitegen is written for the newer language", todo)


def _library(name: str, modules: tuple[str, ...], good: str, why: str) -> Check:
    try:
        for module in modules:
            importlib.import_module(module)
    except (ImportError, OSError) as error:
        return problem(name, f"can't be loaded: {_first_line(error)}", why, "pip install --force-reinstall sitegen")
    return fine(name, good)


def _pango(find: Find) -> Check:
    try:
        # It prints a banner where a library is missing, also into what should be one JSON document.
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            importlib.import_module("weasyprint")
    except (ImportError, OSError) as error:
        why = "cards are set with it; pages, letters and texts are made without it"
        return warning("Pango", f"is missing: {_first_line(error)}", why, _install(find, MANAGERS, WITHOUT_ANY))
    return fine("Pango", "cards can be printed")


def _install(find: Find, commands: dict[str, str], else_: str) -> str:
    """The command that this machine has for it, with the rights that it takes; `else_` where it has none."""
    manager = next((name for name in commands if find(name)), "")
    if not manager:
        return else_
    command = commands[manager]
    if manager in WITHOUT_RIGHTS or os.geteuid() == 0:
        return command
    if find("sudo"):
        return f"sudo {command}"
    return f"ask whoever looks after this machine for: {command}"


def _program(find: Find, name: str, debian: str = "") -> Check:
    """`debian`: what apt-get calls it, where that is another name."""
    if find(name):
        return fine(name, "is there")
    commands = {manager: f"{manager} install {name}" for manager in ("apt-get", "dnf", "brew")}
    commands |= {"apt-get": f"apt-get install {debian or name}"}
    why = "`sitegen deploy ssh://...` needs it; deploying to a folder does not"
    return warning(name, "is missing", why, _install(find, commands, f"install {name}"))


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0][:200]
