"""Read the shop, and where it has mistakes, tell those of its customer file in the same breath."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sitegen.content.project import read_project
from sitegen.content.shelf import Shelf
from sitegen.content.shop.shop_file import shop_of
from sitegen.errors import Mistakes, Problem, Unusable
from sitegen.model.project import Project


def read_shop(root: Path, database: str = "", shelf: Shelf | None = None) -> Project:
    """The shop of a command that will open the customer file next; `database` is the secret address of one.

    Pages that stand on the `shelf` as they are need no reading.

    Raises Mistakes with everything that is wrong in content, themes and customer file.
    """
    try:
        return read_project(root, shelf)
    except Mistakes as mistakes:
        wrong = _customer_mistakes(root, database)
        if wrong:
            raise Mistakes((*mistakes.problems, *wrong)) from None
        raise


def with_all_mistakes(root: Path, database: str, read: Callable[[], Project]) -> Project:
    """What `read` comes back with; where it finds mistakes in some tables, those of all the others are told too."""
    try:
        return read()
    except Mistakes:
        wrong = _customer_mistakes(root, database)
        if wrong:
            raise Mistakes(wrong) from None
        raise


def _customer_mistakes(root: Path, database: str) -> tuple[Problem, ...]:
    from sitegen.data.engine import customer_problems  # noqa: PLC0415 - a build of pages alone never needs the engine

    try:
        return customer_problems(root, shop_of(root), database)
    except Mistakes as mistakes:
        return mistakes.problems
    except Unusable:
        return ()  # whoever mends the mistakes hears of it next
