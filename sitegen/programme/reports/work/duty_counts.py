"""Count duties by how they stand on a day: `programme.duties.standing` over whole tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import ibis

from sitegen.model.duty import Desk, Escalation, Standing
from sitegen.model.report import Window
from sitegen.programme.reports.compared import days_between, how_many, known, within
from sitegen.programme.reports.ground import Ground, Row


@dataclass(frozen=True, slots=True)
class DutyCounts:
    """Duties of one adviser, of one rule, or of all.

    `open` are not due yet or due today, `late` are past it; `region` and `head_office` of the late ones are shown there
    too. Of those that were due in the window: `in_time` and `done_late` were done, `excused` excused, and `missed` are
    late ones. `longest` is how many days the latest one is late.
    """

    open: int = 0
    today: int = 0
    late: int = 0
    region: int = 0
    head_office: int = 0
    in_time: int = 0
    done_late: int = 0
    excused: int = 0
    missed: int = 0
    longest: int = 0

    @property
    def judged(self) -> int:
        """Those due in the window of which one knows whether they were done in time."""
        return self.in_time + self.done_late + self.missed


NO_DUTIES = DutyCounts()


def standings(ground: Ground) -> ibis.Table | None:
    """The duties that had begun, with `standing` (a word of Standing) and `days_late`; None: there is no such table.

    What became of a duty after the day is not known yet. Whether it is void is known as of today alone.
    """
    if ground.duties is None:
        return None
    rows = ground.duties.filter(known(ground.duties["began"], ground.today))
    day = ibis.date(ground.today)
    excused = known(rows["excused_on"], ground.today)
    done = known(rows["done_on"], ground.today) & (~excused | (rows["done_on"] <= rows["excused_on"]).fill_null(True))
    standing = ibis.cases(
        (done, Standing.DONE.value),
        (rows["void"].notnull(), Standing.VOID.value),
        (excused, Standing.EXCUSED.value),
        (rows["due"] < day, Standing.LATE.value),
        (rows["due"] == day, Standing.TODAY.value),
        else_=Standing.OPEN.value,
    )
    return rows.mutate(standing=standing, days_late=days_between(rows["due"], day))


def duty_counts(ground: Ground, window: Window, by: str) -> Mapping[str, DutyCounts]:
    """The counts by a column of the duties ("duty", "adviser_id"); "" where it is unknown."""
    rows = standings(ground)
    if rows is None:
        return {}
    measures = _measures(rows, ground.programme.desk, window)
    found = rows.group_by(key=rows[by].fill_null("")).aggregate(**measures)
    return {row["key"]: _counts(row) for row in ground.ask(found)}


def together(counts: Mapping[str, DutyCounts]) -> DutyCounts:
    """All of them as one."""
    names = [field.name for field in fields(DutyCounts) if field.name != "longest"]
    sums = {name: sum(getattr(one, name) for one in counts.values()) for name in names}
    return DutyCounts(**sums, longest=max((one.longest for one in counts.values()), default=0))


def _measures(rows: ibis.Table, desk: Desk | None, window: Window) -> dict[str, ibis.Value]:
    escalation = desk.escalation if desk else Escalation()
    standing, due = rows["standing"], within(rows["due"], window)
    late = standing == Standing.LATE.value
    done = standing == Standing.DONE.value
    in_time = (rows["done_on"] <= rows["due"]).fill_null(False)
    return {
        "open": how_many(standing.isin([Standing.OPEN.value, Standing.TODAY.value])),
        "today": how_many(standing == Standing.TODAY.value),
        "late": how_many(late),
        "region": how_many(late & (rows["days_late"] > escalation.region)),
        "head_office": how_many(late & (rows["days_late"] > escalation.head_office)),
        "in_time": how_many(done & due & in_time),
        "done_late": how_many(done & due & ~in_time),
        "excused": how_many((standing == Standing.EXCUSED.value) & due),
        "missed": how_many(late & due),
        "longest": rows["days_late"].max(where=late).fill_null(0),
    }


def _counts(row: Row) -> DutyCounts:
    return DutyCounts(**{name: int(value) for name, value in row.items() if name != "key"})
