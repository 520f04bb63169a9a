"""Print pages of the house on paper, in a process of its own, where this machine has what that takes."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from multiprocessing import get_context
from typing import TYPE_CHECKING, Protocol

from sitegen.build.apart import Awaited, end_with_the_parent
from sitegen.model.artifact import PrivateArtifact
from sitegen.model.card import CardDesign
from sitegen.model.theme import Theme
from sitegen.render.cards.office_design import office_design

if TYPE_CHECKING:
    from sitegen.render.cards.press import Press

STYLE = "work/print.css"
"""The theme's style sheet for paper."""


class Printer(Protocol):
    """Whoever prints: pages are handed in while others are being printed, and fetched when all are."""

    def begin(self, path: str, html: str, title: str) -> bool:
        """Begin to print a page for that path below output/; False where nothing can be printed."""
        ...

    def files(self) -> Iterator[PrivateArtifact]:
        """Every file that was begun, in that order; waits for each."""
        ...


class NoPrinter:
    """Prints nothing: for pages that are shown elsewhere."""

    def begin(self, path: str, html: str, title: str) -> bool:  # noqa: ARG002 - as Printer
        """As Printer."""
        return False

    def files(self) -> Iterator[PrivateArtifact]:
        """As Printer."""
        return iter(())


@dataclass(slots=True)
class _Printer:
    pool: ProcessPoolExecutor
    ready: Awaited[bool]
    notices: list[str]
    sheets: list[tuple[str, Awaited[bytes]]] = field(default_factory=list)
    refused: bool = False

    def begin(self, path: str, html: str, title: str) -> bool:
        if not self.ready.result():
            self._refuse()
            return False
        self.sheets.append((path, self.pool.submit(_print, html, title)))
        return True

    def files(self) -> Iterator[PrivateArtifact]:
        return (PrivateArtifact(path, pdf.result()) for path, pdf in self.sheets)

    def _refuse(self) -> None:
        if not self.refused:
            said = "pages of the house are not printed: Pango is missing; `sitegen doctor` says how to get it"
            self.notices.append(said)
        self.refused = True


@contextmanager
def printing(theme: Theme, instant: datetime, notices: list[str]) -> Iterator[Printer]:
    """A printer with the fonts that the theme has for cards; `instant` (UTC) is the time that files give themselves.

    Without Pango, or without any design to take fonts from, it prints nothing, and `notices` say so. Whoever asks goes
    on with the next page while one is printed. The printer raises CardsRefused for a fault in the style or the fonts.
    """
    if not theme.designs:
        notices.append("pages of the house are not printed: the theme has no card design whose fonts they could take")
        yield NoPrinter()
        return
    design = office_design(theme.designs, theme.source(STYLE) or "")
    # WeasyPrint is not safe with threads, nor with a fork of a process that has threads: it is spawned.
    with ProcessPoolExecutor(1, get_context("spawn"), _open, (design, instant)) as pool:
        try:
            yield _Printer(pool, pool.submit(_ready), notices)
        finally:
            pool.shutdown(cancel_futures=True)


# A process of a pool gets its pages through functions: what stays between them can only lie here.
_design: CardDesign
_instant: datetime


def _open(design: CardDesign, instant: datetime) -> None:
    global _design, _instant
    end_with_the_parent()
    _design, _instant = design, instant


@cache
def _press() -> Press:
    from sitegen.render.cards.press import prepared  # noqa: PLC0415 - only the process that prints needs WeasyPrint

    return prepared(_design)


def _ready() -> bool:
    """Whether pages can be printed here; the first thing that a process is asked, so that it loads what takes time."""
    try:
        _press()
    except OSError:
        return False
    return True


def _print(html: str, title: str) -> bytes:
    from sitegen.render.cards.office import office_file  # noqa: PLC0415 - as in _press

    return office_file(html, _press(), (title, _instant))
