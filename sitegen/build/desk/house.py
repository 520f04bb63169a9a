"""Make everything that lies on the house's desk: the front page, each adviser's day, dossiers, complaints, reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sitegen.build.desk.advisers.day import day
from sitegen.build.desk.advisers.dossiers import dossiers
from sitegen.build.desk.advisers.front import front_page
from sitegen.build.desk.advisers.unowned import unowned_files
from sitegen.build.desk.complaints.cases import DeskCases, open_desk
from sitegen.build.desk.complaints.pages import complaint_pages, steps_due
from sitegen.build.desk.complaints.registers import register_pages, register_path, registers_there
from sitegen.build.desk.duties import duty_table
from sitegen.build.desk.ground import Ground, ground
from sitegen.build.desk.owners.report_files import report_files
from sitegen.build.desk.owners.reports import open_ground
from sitegen.build.desk.printing import NoPrinter, Printer
from sitegen.build.desk.tokens import step_link
from sitegen.build.people import People
from sitegen.model.artifact import PrivateArtifact
from sitegen.model.duty import Dossiers
from sitegen.model.project import Project
from sitegen.programme.desk.steps import StepDue
from sitegen.programme.reports import registry
from sitegen.protect.tokens import Sealer
from sitegen.render.desk.kit import Office
from sitegen.render.desk.paths import CASES, COMPLAINTS, REPORTS, UNOWNED
from sitegen.render.desk.views import FileView

PLAN = "plan/planned.csv"
"""What else this build makes for the house."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What a build has beside the shop: who seals links to the receiver's forms, who prints on paper, and whether
    anybody asks for reports."""

    sealer: Sealer | None = field(default=None, repr=False)
    printed: Printer = field(default_factory=NoPrinter)
    reports: bool = True


def house_pages(
    root: Path, project: Project, people: People, office: Office, beside: Beside = Beside()
) -> Iterator[PrivateArtifact]:
    """Every file below output/work/desk/ and output/work/reports/; nothing where the programme has no `desk:`.

    Tables are kept in the engine of `people` (opened for messages, on that day), so this may be asked once. Reports
    come first: they are the longest to print, and all else is made meanwhile.
    """
    if project.programme.desk is None:
        return
    today = people.today
    cases = open_desk(root, project, people, today)
    waiting = steps_due(cases, project.programme.desk.ahead)
    duties = duty_table(root, project, people, today, "duties")
    if beside.reports:
        with open_ground(project, people, duties) as owners:
            yield from report_files(tuple(registry.made(owners)), office, beside.printed)
    here = ground(project, people, duties, waiting, beside.sealer)
    front, shown = front_page(here, office, _links(people, cases))
    yield front
    for adviser in here.advisers.values():
        made = day(here, office, adviser, beside.printed)
        yield from made.files
        shown |= made.shown
    files, alone = unowned_files(here, office)
    yield from files
    shown |= alone
    yield from dossiers(here, office, shown)
    known = _with_dossier(here, shown)
    yield from complaint_pages(office, cases, known, lambda due: _form(project, beside.sealer, due, today))
    yield from register_pages(office, project, people, today, known)
    yield from beside.printed.files()


def _form(project: Project, sealer: Sealer | None, due: StepDue, today: date) -> str:
    return step_link(project.shop, sealer, (due.complaint_id, due.step), (due.customer_id, due.adviser_id), today)


def _with_dossier(here: Ground, shown: frozenset[str]) -> frozenset[str]:
    """The customers of whom there is a dossier, as far as pages ask; those of all customers are too many to name."""
    return frozenset() if here.desk.dossiers is Dossiers.NONE else shown


def _links(people: People, cases: DeskCases) -> tuple[FileView, ...]:
    desk = (FileView(COMPLAINTS, "complaints"), FileView(CASES, "cases")) if cases.there else ()
    registers = tuple(FileView(register_path(name), f"register.{name}") for name in registers_there(people))
    return (*desk, *registers, FileView(REPORTS, "reports"), FileView(UNOWNED, "unowned"), FileView(PLAN, "plan"))
