"""Make the house's pages as files of a build: printed on paper too, with links to the receiver's forms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sitegen.build.order import Order
from sitegen.build.people import People
from sitegen.model.artifact import PrivateArtifact
from sitegen.model.project import Project
from sitegen.protect.tokens import sealer


def house_files(
    root: Path, project: Project, people: People, order: Order, notices: list[str]
) -> Iterator[PrivateArtifact]:
    """Everything below output/work/desk/ and output/work/reports/; nothing where the programme has no `desk:`."""
    if project.programme.desk is None:
        return
    # Only a shop with a desk pays for what its pages are made with.
    from sitegen.build.desk.house import Beside, house_pages  # noqa: PLC0415 - only a shop with a desk needs it
    from sitegen.build.desk.office import open_office  # noqa: PLC0415 - only a shop with a desk needs it
    from sitegen.build.desk.printing import printing  # noqa: PLC0415 - only a shop with a desk needs it

    office = open_office(root, project, people.today)
    seals = sealer(order.receiver) if order.receiver is not None and project.shop.receiver else None
    with printing(office.templates.theme, datetime.fromtimestamp(order.instant, UTC), notices) as printed:
        yield from house_pages(root, project, people, office, Beside(seals, printed))
