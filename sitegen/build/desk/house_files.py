"""Make the house's pages as files of a build: printed on paper too, with links to the receiver's forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sitegen.build.order import Order
from sitegen.build.people import People
from sitegen.build.record import Tally
from sitegen.model.artifact import PrivateArtifact
from sitegen.model.project import Project
from sitegen.protect.tokens import sealer

COUNTED = {
    "advisers' days": re.compile(r"work/desk/[^/]+/day\.html"),
    "reports": re.compile(r"work/reports/(?!index\.)[^/]+\.html"),
}
"""Pages that people count, by what they call them."""


def house_files(root: Path, project: Project, people: People, order: Order, tally: Tally) -> Iterator[PrivateArtifact]:
    """Everything below output/work/desk/ and output/work/reports/; nothing where the programme has no `desk:`.

    The tally learns how many pages of COUNTED there are, and what can't be printed.
    """
    if project.programme.desk is None:
        return
    # Only a shop with a desk pays for what its pages are made with.
    from sitegen.build.desk.house import Beside, house_pages  # noqa: PLC0415 - only a shop with a desk needs it
    from sitegen.build.desk.office import open_office  # noqa: PLC0415 - only a shop with a desk needs it
    from sitegen.build.desk.printing import printing  # noqa: PLC0415 - only a shop with a desk needs it

    office = open_office(root, project, people.today)
    seals = sealer(order.receiver) if order.receiver is not None and project.shop.receiver else None
    with printing(office.templates.theme, datetime.fromtimestamp(order.instant, UTC), tally.notices) as printed:
        for file in house_pages(root, project, people, office, Beside(seals, printed)):
            for name, path in COUNTED.items():
                if path.fullmatch(file.path):
                    tally.count(name)
            yield file
