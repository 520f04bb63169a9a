"""The console that tables and trees are printed on."""

from __future__ import annotations

import os

from rich.console import Console


def console() -> Console:
    """A console as wide as the terminal; a pipe has no width of its own, and gets 120 columns or COLUMNS."""
    made = Console(highlight=False)
    return made if made.is_terminal or "COLUMNS" in os.environ else Console(highlight=False, width=120)
