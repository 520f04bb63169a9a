"""Pages are printed beside the build; where a machine can't print, a notice says why, and all else is made."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sitegen.build.desk.printing import printing
from sitegen.errors import Unusable
from tests.theme.sample import theme_of

INSTANT = datetime(2026, 9, 8, tzinfo=UTC)


def test_without_pango_nothing_is_printed_and_it_is_said_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lacking = tmp_path / "weasyprint.py"
    lacking.write_text("raise OSError(\"cannot load library 'libpango-1.0-0'\")", encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    notices: list[str] = []
    with printing(theme_of("hearth"), INSTANT, notices) as printer:
        begun = [printer.begin(f"work/{name}.pdf", "<p>", "x") for name in ("one", "two")]
        files = list(printer.files())
    assert (begun, files) == ([False, False], [])
    assert notices == ["pages of the house are not printed: Pango is missing; `sitegen doctor` says how to get it"]


def test_without_fonts_for_paper_nothing_is_printed_and_it_is_said() -> None:
    notices: list[str] = []
    with printing(replace(theme_of("hearth"), designs=()), INSTANT, notices) as printer:
        assert not printer.begin("work/a.pdf", "<p>", "x")
        assert list(printer.files()) == []
    assert len(notices) == 1


def test_pages_become_files_for_paper_in_the_order_in_which_they_were_begun() -> None:
    notices: list[str] = []
    with printing(theme_of("gallery"), INSTANT, notices) as printer:
        begun = [printer.begin(f"work/{name}.pdf", f"<html><body><h1>{name}</h1>", name) for name in ("b", "a")]
        files = list(printer.files())
    assert (begun, notices) == ([True, True], [])
    assert [file.path for file in files] == ["work/b.pdf", "work/a.pdf"]
    assert all(file.content.startswith(b"%PDF-1.") for file in files)


def test_a_page_that_can_not_be_printed_stops_the_build_with_its_reason() -> None:
    with printing(theme_of("gallery"), INSTANT, []) as printer:
        printer.begin("work/a.pdf", '<html><body><img src="no-such-picture.png">', "Anna, Monday")
        with pytest.raises(Unusable) as told:
            list(printer.files())
    said = "'Anna, Monday' can't be printed, because it needs the file 'no-such-picture.png'"
    assert str(told.value).splitlines()[0] == said
