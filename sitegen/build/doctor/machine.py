"""Say what this machine lacks."""

from __future__ import annotations

import importlib
import sys
import zoneinfo
from collections.abc import Callable, Iterator

from sitegen import __version__
from sitegen.build.doctor.checks import Check, fine, problem, warning

Find = Callable[[str], str | None]
"""Finds a program by its name, as shutil.which does."""


def machine_checks(find: Find) -> Iterator[Check]:
    """Python, the libraries that others bring, the programs that single verbs call."""
    yield fine("sitegen", f"{__version__}, Python {sys.version.partition(' ')[0]}")
    yield _library(
        "data engine", ("ibis", "duckdb"), "customers can be read", "`pip install --force-reinstall sitegen`"
    )
    yield _pango()
    yield _zones()
    yield _program(find, "rsync", "`sitegen deploy ssh://...` needs it", "apt-get install rsync")
    yield _program(find, "ssh", "`sitegen deploy ssh://...` needs it", "apt-get install openssh-client")


def _library(name: str, modules: tuple[str, ...], good: str, todo: str) -> Check:
    try:
        for module in modules:
            importlib.import_module(module)
    except (ImportError, OSError) as error:
        return problem(name, f"can't be loaded: {_first_line(error)}", todo)
    return fine(name, good)


def _pango() -> Check:
    try:
        importlib.import_module("weasyprint")
    except (ImportError, OSError) as error:
        todo = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 (macOS: brew install pango)"
        return warning("Pango", f"cards can't be printed here: {_first_line(error)}", todo)
    return fine("Pango", "cards can be printed")


def _zones() -> Check:
    if "Europe/Berlin" in zoneinfo.available_timezones():
        return fine("time zones", "known")
    return problem("time zones", "this machine knows none, so no day can be told", "pip install tzdata")


def _program(find: Find, name: str, why: str, todo: str) -> Check:
    return fine(name, "is there") if find(name) else warning(name, f"is missing; {why}", todo)


def _first_line(error: BaseException) -> str:
    return str(error).strip().partition("\n")[0][:200]
