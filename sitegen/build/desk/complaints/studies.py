"""Make the case library: complaints that taught the house something, without anybody's name."""

from __future__ import annotations

from collections import defaultdict

from sitegen.build.desk.complaints.cases import DeskCase, DeskCases
from sitegen.programme.complaints.library import anonymous
from sitegen.programme.complaints.machine import Closed
from sitegen.render.desk.complaint_views import MarkView, StudiesView, StudyView


def studies(desk: DeskCases) -> tuple[StudiesView, ...]:
    """The cases by what they are about, the latest first. Source: "giving examples to study and discuss"."""
    groups: defaultdict[str, list[DeskCase]] = defaultdict(list)
    for one in desk.studies:
        groups[one.row["factor"] or ""].append(one)
    found: list[StudiesView] = []
    number = 0
    for factor in sorted(groups, key=lambda name: (not name, name)):
        views = tuple(_study(one, desk, number + place) for place, one in enumerate(groups[factor], start=1))
        number += len(views)
        found.append(StudiesView(factor, views))
    return tuple(found)


def _study(one: DeskCase, desk: DeskCases, number: int) -> StudyView:
    row, case = one.row, one.case
    over = case.state.on if isinstance(case.state, Closed) else row["solved_on"]
    return StudyView(
        number=number,
        factor=row["factor"] or "",
        channel=row["channel"] or "",
        text=_plain(one, desk, row["text"] or ""),
        lesson=_plain(one, desk, row["lesson"] or ""),
        compensation=_plain(one, desk, row["compensation"] or ""),
        satisfied=case.state.satisfied if isinstance(case.state, Closed) else row["satisfied"],
        marks=tuple(
            MarkView(step.step, "done", after=(step.on - case.complaint.opened_on).days) for step in case.taken
        ),
        days=(over - case.complaint.opened_on).days if over else None,
    )


def _plain(one: DeskCase, desk: DeskCases, text: str) -> str:
    """A text without the customer's name, the advisers' names, or a number by which one could look them up."""
    row = one.row
    names = [(row["first_name"] or "", row["last_name"] or "")]
    staff = {one.adviser_id, one.manager_id, *(step.adviser_id for step in one.case.taken)}
    names += [_parts(desk.advisers[id_]) for id_ in sorted(staff) if id_ in desk.advisers]
    return anonymous(text, names, (one.case.complaint.id, row["customer_id"], row["order_id"] or ""))


def _parts(name: str) -> tuple[str, str]:
    given, _, family = name.rpartition(" ")
    return (given, family) if given else ("", name)
