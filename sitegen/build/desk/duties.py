"""Work out the duties of a day over the opened customers, once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import ibis

from sitegen.build.people import People
from sitegen.data import ledger
from sitegen.model.project import Project
from sitegen.programme.duties.asked import Asked
from sitegen.programme.duties.instances import instances
from sitegen.programme.reports.ground import no_duties


def duty_table(root: Path, project: Project, people: People, today: date, name: str) -> ibis.Table:
    """Every duty of the day, with INSTANCE_COLUMNS, kept in the engine under `name`; of people opened for messages.

    No row where the shop has no duties. Who is in which segment is what `people` know, on their own day.
    """
    programme, engine = project.programme, people.engine
    if programme.desk is None or not programme.duties:
        return engine.keep(name, no_duties())
    by_letter = any(duty.campaign for duty in programme.duties)
    left = ledger.deliveries(engine, root / project.shop.ledger, f"{name}: what left") if by_letter else None
    asked = Asked(programme.duties, programme.desk, today, people.members, project.shop.schema, left)
    return engine.keep(name, instances(people.tables, asked))
