"""Where a machine can't print, a notice says why, and all else is made."""

from __future__ import annotations

import builtins
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from sitegen.build.desk.printing import no_printer, printer
from tests.theme.sample import theme_of

INSTANT = datetime(2026, 9, 8, tzinfo=UTC)


def test_without_pango_nothing_is_printed_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def lacking(name: str, *arguments: Any, **named: Any) -> Any:
        if name == "sitegen.render.cards.office":
            raise OSError("cannot load library 'libpango-1.0-0'")
        return real(name, *arguments, **named)

    monkeypatch.setattr(builtins, "__import__", lacking)
    notices: list[str] = []
    assert printer(theme_of("hearth"), INSTANT, notices)("<p>", "x") is None
    assert notices == ["pages of the house are not printed: Pango is missing; `sitegen doctor` says how to get it"]


def test_without_fonts_for_paper_nothing_is_printed_and_it_is_said() -> None:
    notices: list[str] = []
    made = printer(replace(theme_of("hearth"), designs=()), INSTANT, notices)
    assert made is no_printer
    assert len(notices) == 1


def test_a_page_becomes_a_file_for_paper() -> None:
    notices: list[str] = []
    made = printer(theme_of("gallery"), INSTANT, notices)("<html><body><h1>A day</h1>", "A day")
    assert made is not None
    assert made.startswith(b"%PDF-1.")
    assert notices == []
