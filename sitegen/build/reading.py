"""Read the shop, and where it has mistakes, tell those of its customer file in the same breath."""

from __future__ import annotations

from pathlib import Path

from sitegen.content.project import read_project
from sitegen.content.shop_file import shop_of
from sitegen.errors import Mistakes, Problem
from sitegen.model.project import Project


def read_shop(root: Path) -> Project:
    """The shop of a command that will open the customer file next.

    Raises Mistakes with everything that is wrong in content, themes and customer file.
    """
    try:
        return read_project(root)
    except Mistakes as mistakes:
        wrong = _customer_mistakes(root)
        if wrong:
            raise Mistakes((*mistakes.problems, *wrong)) from None
        raise


def _customer_mistakes(root: Path) -> tuple[Problem, ...]:
    # The engine is asked only here and where the customers are read: a build of pages alone never needs it.
    from sitegen.data.engine import open_tables  # noqa: PLC0415

    try:
        folder = shop_of(root).source.folder
        with open_tables(root / folder, folder):
            return ()
    except Mistakes as mistakes:
        return mistakes.problems
