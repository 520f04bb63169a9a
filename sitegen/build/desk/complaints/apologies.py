"""Hold apologies against all that the shop ever made, and against what everybody writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import chain
from pathlib import Path

import ibis

from sitegen.content.law_file import shop_law
from sitegen.data.engine import Engine
from sitegen.model.complaint_desk import ComplaintDesk, Step
from sitegen.model.ledger import DeskWord
from sitegen.model.project import Project
from sitegen.programme.complaints.apologies import Apology, Mechanical, Tongue, mechanical
from sitegen.programme.complaints.rows import apology_rows


def judged(
    root: Path, project: Project, engine: Engine, apologies: Sequence[Apology], today: date
) -> Mapping[str, Mechanical]:
    """Those of the apologies that are mechanical, by complaint: held against each other, and against all that were made
    until today, which are streamed."""
    if not apologies:
        return {}
    desk = project.programme.complaint_desk or ComplaintDesk()
    tongue = Tongue(shop_law(root), project.shop.language, desk.likeness)
    others = known(engine, apology_rows(engine.tables, today, project.shop.schema))
    return mechanical(apologies, chain(others, apologies), tongue)


def known(engine: Engine, rows: ibis.Table) -> Iterator[Apology]:
    """The apologies of `apology_rows`, as a stream."""
    for row in chain.from_iterable(engine.rows(rows)):
        yield Apology(row["complaint_id"], row["done_on"], row["evidence"])


def apology_notices(
    root: Path, project: Project, engine: Engine, words: Iterable[DeskWord], today: date
) -> tuple[str, ...]:
    """What whoever brings steps in is told of the apologies among them. A warning: the step counts all the same."""
    apologies = [
        Apology(word.about, date.fromisoformat(word.fields["done_on"]), word.fields["evidence"])
        for word in words
        if word.fields.get("step") == Step.APOLOGISE
    ]
    found = judged(root, project, engine, apologies, today)
    return tuple(f"the apology to {complaint} is mechanical: it {why}" for complaint, why in sorted(found.items()))
