"""Make the complaint desk: its page, the list to fill in and give back, the case library, and what waits for whom."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import TypeAlias

from sitegen.build.desk.complaints.cases import DeskCase, DeskCases
from sitegen.build.desk.complaints.studies import studies
from sitegen.build.post.sheets import sheet
from sitegen.model.artifact import PrivateArtifact
from sitegen.model.complaint_desk import Step, Taken
from sitegen.programme.complaints.machine import STEPS, Case, Closed, Open
from sitegen.programme.desk.steps import StepDue
from sitegen.render.desk.complaint_views import (
    AgainView,
    ClosedView,
    ComplaintView,
    CustomerView,
    DeskView,
    EvidenceView,
    MarkView,
    MechanicalView,
    OpenView,
)
from sitegen.render.desk.kit import Office, safe_name
from sitegen.render.desk.paths import CASES, COMPLAINTS, COMPLAINTS_LIST, dossier_path

Form: TypeAlias = Callable[[StepDue], str]
"""The address of the form in which a step is written down, "" where there is none."""
MOST = 200
"""Open complaints that stand on the page, the most urgent ones; the list holds all of them."""
TOLD = ("due", "days_late", "customer", "phone", "factor", "text", "with", "route")
"""Columns of the list that are there to be read."""
GIVEN_BACK = (
    "complaint_id", "step", "done_on", "adviser_id", "evidence", "satisfied", "opinion_by", "opinion", "compensation",
)  # fmt: skip
"""Columns of the list that `sitegen import --as complaints` takes; a line without a day waits."""


def complaint_pages(
    office: Office, desk: DeskCases, dossiers: Collection[str], form: Form = lambda _: ""
) -> Iterator[PrivateArtifact]:
    """The files of the complaint desk below output/work/; none where the shop has no complaints.

    `dossiers` are the customers who have one; `form` gives the address at which a step that waits is written down.
    """
    if not desk.there:
        return
    page = office.page("work/complaints.html", COMPLAINTS, desk=_view(desk, dossiers, form))
    yield PrivateArtifact(f"work/{COMPLAINTS}", page.encode())
    yield sheet(f"work/{COMPLAINTS_LIST}", (*TOLD, *GIVEN_BACK), (tuple(_line(one, desk)) for one in desk.opened))
    page = office.page("work/cases.html", CASES, groups=studies(desk))
    yield PrivateArtifact(f"work/{CASES}", page.encode())


def steps_due(desk: DeskCases, ahead: int) -> tuple[StepDue, ...]:
    """The steps and the second chances that are late or due within so many days, by adviser, day and complaint."""
    horizon = desk.today + timedelta(days=ahead)
    found = [*map(_step_due, desk.opened), *map(_second_chance, desk.again)]
    return tuple(
        sorted(
            (one for one in found if one.due <= horizon), key=lambda one: (one.adviser_id, one.due, one.complaint_id)
        )
    )


def _step_due(one: DeskCase) -> StepDue:
    state = one.case.state
    assert isinstance(state, Open)
    return _due(one, state.next, state.due, state.late)


def _second_chance(one: DeskCase) -> StepDue:
    assert one.case.again
    return _due(one, Step.FEEDBACK, one.case.again.due, one.case.again.late, again=True)


def _due(one: DeskCase, step: Step, due: date, late: int, again: bool = False) -> StepDue:
    id_ = one.case.complaint.id
    path = f"{COMPLAINTS}#{safe_name(id_)}"
    return StepDue(id_, one.row["customer_id"], one.adviser_id, step, due, late, path, one.row["text"] or "", again)


def _line(one: DeskCase, desk: DeskCases) -> Iterator[object]:
    state = one.case.state
    assert isinstance(state, Open)
    row = one.row
    told = (state.due, state.late, row["name"], row["phone"], row["factor"], row["text"])
    yield from (value if value is not None else "" for value in told)
    yield desk.advisers.get(one.adviser_id, "")
    yield one.case.route
    yield from (one.case.complaint.id, state.next, "", one.adviser_id, "", "", "", "", "")


def _view(desk: DeskCases, dossiers: Collection[str], form: Form) -> DeskView:
    addresses = {due.complaint_id: form(due) for due in map(_step_due, desk.opened[:MOST])}
    opened = tuple(_open(one, desk, dossiers, addresses) for one in desk.opened[:MOST])
    return DeskView(
        opened=opened,
        more=len(desk.opened) - len(opened),
        late=sum(isinstance(one.case.state, Open) and one.case.state.late > 0 for one in desk.opened),
        again=tuple(_again(one, desk, dossiers) for one in desk.again),
        closed=tuple(_closed(one, desk, dossiers) for one in desk.closed),
        settled=desk.settled,
        total=len(desk.opened),
    )


def _open(one: DeskCase, desk: DeskCases, dossiers: Collection[str], addresses: Mapping[str, str]) -> OpenView:
    state = one.case.state
    assert isinstance(state, Open)
    view = _complaint(one, desk, dossiers)
    standing = _standing(state.due, desk.today)
    return OpenView(view, state.next, state.due, state.late, standing, addresses[view.id])


def _again(one: DeskCase, desk: DeskCases, dossiers: Collection[str]) -> AgainView:
    again, state = one.case.again, one.case.state
    assert again
    assert isinstance(state, Closed)
    result = next(step.on for step in one.case.taken if step.step is Step.RESULT)
    view = _complaint(one, desk, dossiers)
    return AgainView(view, result, state.satisfied, again.due, again.late, _standing(again.due, desk.today))


def _closed(one: DeskCase, desk: DeskCases, dossiers: Collection[str]) -> ClosedView:
    state = one.case.state
    assert isinstance(state, Closed)
    days = (state.on - one.case.complaint.opened_on).days
    return ClosedView(_complaint(one, desk, dossiers), state.on, days, state.satisfied)


def _standing(due: date, today: date) -> str:
    return "late" if due < today else "today" if due == today else "open"


def _complaint(one: DeskCase, desk: DeskCases, dossiers: Collection[str]) -> ComplaintView:
    row, case, found = one.row, one.case, one.mechanical
    return ComplaintView(
        id=case.complaint.id,
        anchor=safe_name(case.complaint.id),
        factor=row["factor"] or "",
        channel=row["channel"] or "",
        opened=case.complaint.opened_on,
        text=row["text"] or "",
        customer=_customer(one, dossiers),
        whose=desk.advisers.get(one.adviser_id, ""),
        manager=desk.advisers.get(one.manager_id, ""),
        route=case.route,
        region=row["region"] or "",
        marks=marks(case),
        evidence=tuple(_evidence(step, desk) for step in case.taken),
        compensation=row["compensation"] or "",
        order=row["order_id"] or "",
        claimed=case.claimed or "",
        refused=tuple((refused.step.step.value, refused.why) for refused in case.refused),
        mechanical=MechanicalView(found.phrases, found.like, found.share) if found else None,
    )


def _customer(one: DeskCase, dossiers: Collection[str]) -> CustomerView:
    id_ = one.row["customer_id"]
    dossier = dossier_path(id_) if id_ in dossiers else ""
    return CustomerView(id_, one.row["name"] or id_, one.row["phone"] or "", dossier)


def _evidence(step: Taken, desk: DeskCases) -> EvidenceView:
    by, manager = (desk.advisers.get(id_, id_) for id_ in (step.adviser_id, step.opinion_by))
    return EvidenceView(step.step, step.on, by, step.evidence, step.satisfied, step.opinion, manager)


def marks(case: Case) -> tuple[MarkView, ...]:
    """The nine steps in their order, each with its state."""
    done = {step.step: step.on for step in case.taken}
    opened = case.complaint.opened_on
    return tuple(
        MarkView(step, "done", done[step], after=(done[step] - opened).days) if step in done else _not_done(step, case)
        for step in STEPS
    )


def _not_done(step: Step, case: Case) -> MarkView:
    state = case.state
    if isinstance(state, Open) and state.next is step:
        return MarkView(step, "next", state.due, state.late > 0)
    return MarkView(step, "ahead")
