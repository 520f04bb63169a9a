"""Show problems where they stand: the lines of the source around each, for the error overlay."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote

from sitegen.errors import Problem

BEFORE, AFTER = 2, 2
LONGEST = 400
"""Characters of a line that are shown."""
LARGEST = 4_000_000
"""Bytes of a file that is looked into."""


def told(problem: Problem, root: Path) -> dict[str, Any]:
    """A problem for a browser of whoever may see everything, with the lines around its place."""
    file = (root / problem.file).resolve()
    is_ours = bool(problem.file) and file.is_relative_to(root.resolve())
    lines = _lines(file) if is_ours and problem.line else ()
    first = max(problem.line - BEFORE, 1)
    shown = lines[first - 1 : problem.line + AFTER]
    place = ":".join(str(part) for part in (problem.file, problem.line, problem.column) if part)
    return {
        "place": place,
        "column": problem.column,
        "code": problem.code,
        "message": problem.message,
        "hint": problem.hint,
        "lines": [
            {"number": number, "text": text[:LONGEST], "here": number == problem.line}
            for number, text in enumerate(shown, start=first)
        ],
        "open": _link(file, problem) if is_ours and file.is_file() else "",
    }


def _lines(file: Path) -> tuple[str, ...]:
    try:
        if file.stat().st_size > LARGEST:
            return ()
        return tuple(file.read_text(encoding="utf-8", errors="replace").splitlines())
    except OSError:
        return ()


def _link(file: Path, problem: Problem) -> str:
    """An address that editors take which have registered themselves for it."""
    return f"vscode://file{quote(str(file))}:{problem.line or 1}:{problem.column or 1}"
