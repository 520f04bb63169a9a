"""Make an adviser's day: the page, the printed list, the lists to fill in and give back, the calendar."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sitegen.build.desk.advisers.day_lists import Lists
from sitegen.build.desk.advisers.knowing import known
from sitegen.build.desk.advisers.others import others
from sitegen.build.desk.advisers.tasks import task, town
from sitegen.build.desk.ground import Adviser, Ground
from sitegen.build.desk.printing import Printer
from sitegen.data.engine import Row
from sitegen.model.artifact import PrivateArtifact
from sitegen.model.duty import Standing
from sitegen.programme.duties.standing import standing
from sitegen.render.desk.kit import Office
from sitegen.render.desk.paths import adviser_path, day_path
from sitegen.render.desk.views import AdviserView, DayView, FileView, GroupView

MOST = 40
"""Lines of each group that stand on a page; the lists hold all of them."""
GROUPS = {Standing.LATE: "late", Standing.TODAY: "today", Standing.OPEN: "next"}
FILES = (("day.pdf", "pdf"), ("duties.csv", "duties"), ("results.csv", "results"), ("calendar.ics", "calendar"))
"""What lies beside the page, and what each is."""


@dataclass(frozen=True, slots=True)
class Made:
    """A day that was made: its files, and the customers who stand on its page."""

    files: tuple[PrivateArtifact, ...]
    shown: frozenset[str]


@dataclass(slots=True)
class Counted:
    """The first rows of a group, and how many it has."""

    rows: list[Row]
    total: int = 0


def day(ground: Ground, office: Office, adviser: Adviser, printed: Printer) -> Made:
    """All files of an adviser's day, but for day.pdf, which the printer has then."""
    lists = Lists(ground, adviser)
    groups, later = _gathered(ground, adviser, lists)
    rows = [row for group in groups.values() for row in group.rows]
    beside = others(ground, adviser, MOST)
    customers = frozenset({*(row["customer_id"] for row in rows), *beside.customers})
    seen = known(ground, customers, rows)
    shown = tuple(
        GroupView(name, tuple(task(ground, adviser, row, seen) for row in group.rows), group.total - len(group.rows))
        for name, group in groups.items()
    )
    files = tuple(FileView(adviser_path(adviser.id, name), kind) for name, kind in FILES)
    view = DayView(adviser_view(adviser), ground.desk.ahead, shown, later, never=ground.desk.never, files=files)
    view = beside.placed(ground, view, seen)
    made = (("day.html", _page(office, view, printed)), *lists.files(view.appointments))
    return Made(
        tuple(PrivateArtifact(f"work/{adviser_path(adviser.id, name)}", content) for name, content in made), customers
    )


def adviser_view(adviser: Adviser) -> AdviserView:
    """An adviser as pages name them."""
    place, path = town(adviser.zone), day_path(adviser.id)
    return AdviserView(adviser.id, adviser.name, adviser.title, adviser.phone, adviser.store, place, path)


def _gathered(ground: Ground, adviser: Adviser, lists: Lists) -> tuple[dict[str, Counted], int]:
    """The groups of the page, and how many duties are due after the days that it looks ahead; `lists` get all."""
    groups = {name: Counted([]) for name in GROUPS.values()}
    later = 0
    lines = ground.lines.filter(ground.lines["adviser_id"] == adviser.id).order_by("due", "duty", "subject")
    for batch in ground.engine.rows(lines):
        for row in batch:
            lists.add(row)
            if row["due"] > ground.horizon:
                later += 1
                continue
            group = groups[GROUPS[standing(row, ground.today)]]
            group.total += 1
            if len(group.rows) < MOST:
                group.rows.append(row)
    return groups, later


def _page(office: Office, view: DayView, printed: Printer) -> bytes:
    """The page; the same on paper is begun where there is a printer."""
    path = view.adviser.day
    html = office.page("work/day_print.html", path, day_view=view, light=True)
    paper = adviser_path(view.adviser.id, "day.pdf")
    if not printed.begin(f"work/{paper}", html, f"{view.adviser.name}, {office.today}"):
        view = replace(view, files=tuple(file for file in view.files if file.kind != "pdf"))
    return office.page("work/day.html", path, day_view=view).encode()
