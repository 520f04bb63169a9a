"""Say which files a build of the site reads beside content and themes."""

from __future__ import annotations

from sitegen.build.order import SITE_PARTS, Order, Part
from sitegen.model.project import Project
from sitegen.model.shop import FolderSource, PostgresSource, SqliteSource
from sitegen.render.parts import shelves_of


def inputs_beside(project: Project, order: Order) -> tuple[str, ...] | None:
    """The files that a build of the site reads beside content and themes; None where that can't be known."""
    if not order.parts or order.parts - SITE_PARTS or order.folder.startswith("/"):
        return None
    if order.parts == {Part.PAGES} and not shelves_of(project) and not project.staff:
        return ()
    ledger = project.shop.ledger
    match project.shop.source:
        case FolderSource(folder):
            return (ledger, f"{ledger}-wal") if folder.startswith("content/") else None
        case SqliteSource(file):
            return (ledger, f"{ledger}-wal", file, f"{file}-wal")
        case PostgresSource():
            return None
