"""Print pages of the house on paper, where this machine has what that takes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from sitegen.model.theme import Theme

Printer: TypeAlias = Callable[[str, str], bytes | None]
"""Makes the PDF of a page from its HTML and its title; None where it can't be made."""
STYLE = "work/print.css"
"""The theme's style sheet for paper."""


def no_printer(_html: str, _title: str) -> None:
    """Prints nothing: for pages that are shown elsewhere."""


def printer(theme: Theme, instant: datetime, notices: list[str]) -> Printer:
    """A printer with the fonts that the theme has for cards; `instant` (UTC) is the time that files give themselves.

    Without Pango, or without any design to take fonts from, it prints nothing, and `notices` say so.
    """
    style = theme.source(STYLE) or ""
    if not theme.designs:
        notices.append("pages of the house are not printed: the theme has no card design whose fonts they could take")
        return no_printer
    try:
        # WeasyPrint takes most of a second to import and needs Pango.
        from sitegen.render.cards.office import office_file, press_for_office  # noqa: PLC0415
    except OSError:
        notices.append("pages of the house are not printed: Pango is missing; `sitegen doctor` says how to get it")
        return no_printer
    press = press_for_office(theme.designs, style)
    return lambda html, title: office_file(html, press, (title, instant))
