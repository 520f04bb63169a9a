"""Report complaints and duties at a glance: what is open, what is late, how it ends."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.model.complaint_desk import ComplaintDesk, Step
from sitegen.model.report import Alert, Amount, Chart, ChartKind, Figure, Grid, Head, Measure, Report, Series, Window
from sitegen.programme.complaints.machine import Case, Open
from sitegen.programme.reports.compared import Numbers, Said, compared, figures, mean
from sitegen.programme.reports.ground import Ground, per_cent
from sitegen.programme.reports.months import this_month
from sitegen.programme.reports.spelling import several
from sitegen.programme.reports.work.complaint_cases import came, cases, solved
from sitegen.programme.reports.work.duty_counts import NO_DUTIES, DutyCounts, duty_counts, together

YEAR = 365
NINE = "listen, talk, apologise, analyse, explain, process, compensate, result, feedback"
DUTIES = "duties, not wishes: an order over 2000 earns a call within a week, a referral two thank-yous the same day"
_OF_DUTIES = ("open", "late", "region", "head-office", "in-time")
NOT_KEPT = "How they stood a month ago is not kept."
VOID = "Void ones (the order came back, the customer is no longer meant) don't count."


def report(ground: Ground) -> Report:
    """What waits on the advisers' desk and on the complaint desk, how late it is, and how complaints ended."""
    now, before = compared(ground, _numbers)
    # Some duties are others after a visit, so today's table no longer holds all that were open a month ago.
    numbers = now, {name: value for name, value in before.items() if name not in _OF_DUTIES}
    by_duty, open_cases = duty_counts(ground, this_month(ground.today), "duty"), cases(ground)
    return Report(
        name="desk",
        title="The desk at a glance",
        question="Which duties and complaints wait, and which of them wait too long?",
        answer=_answer(numbers[0]),
        window=Window(ground.today),
        figures=_figures(ground, numbers),
        charts=(*_duty_chart(ground, by_duty), *_step_chart(ground, open_cases)),
        grids=(_duty_grid(ground, by_duty), _step_grid(ground, open_cases)),
        alerts=_alerts(numbers[0]),
        sources=(DUTIES, NINE),
    )


def _numbers(ground: Ground) -> Numbers:
    counts = together(duty_counts(ground, this_month(ground.today), "duty"))
    known = cases(ground)
    waiting = [one.state for one in known if isinstance(one.state, Open)]
    ended, again = solved(ground, ground.last(YEAR)), [one.again for one in known if one.again]
    return {
        "open": counts.open,
        "due-today": counts.today,
        "late": counts.late,
        "region": counts.region,
        "head-office": counts.head_office,
        "in-time": per_cent(counts.in_time, counts.judged),
        "done-in-time": counts.in_time,
        "judged": counts.judged,
        "complaints-open": len(waiting),
        "complaints-late": sum(1 for one in waiting if one.late),
        "complaints-came": came(ground, ground.last(YEAR)),
        "days-to-solve": mean(ended.days, ended.complaints, 1),
        "solved": ended.complaints,
        "content": ended.content,
        "solved-content": per_cent(ended.content, ended.complaints),
        "second-chances": len(again),
        "second-chances-late": sum(1 for one in again if one.late),
    }


def _answer(now: Numbers) -> str:
    late = f"{_number(now, 'late'):,} of them late" if _number(now, "late") else "none late"
    waiting = _number(now, "open") + _number(now, "late")
    told = f"{several(waiting, 'duty waits', 'duties wait')}, {late}" if waiting else "No duty waits"
    complaints = _number(now, "complaints-open")
    if not complaints:
        return f"{told}; no complaint is open."
    verb = "complaint is" if complaints == 1 else "complaints are"
    return f"{told}; {complaints:,} {verb} open, {_number(now, 'complaints-late'):,} behind their time."


def _number(now: Numbers, name: str) -> int:
    value = now[name]
    assert isinstance(value, int)
    return value


def _figures(ground: Ground, numbers: tuple[Numbers, Numbers]) -> tuple[Figure, ...]:
    now, month, year = numbers[0], this_month(ground.today), ground.last(YEAR)
    chance = (ground.programme.complaint_desk or ComplaintDesk()).second_chance
    said = (
        Said("open", "Duties that wait", Measure.COUNT,
             f"Duties that have begun, are neither done nor excused, and are due today or later. {VOID}"
             f" {NOT_KEPT}", 0, DUTIES),
        Said("late", "Late duties", Measure.COUNT,
             f"Duties that are neither done nor excused, and whose day is over. {VOID} {NOT_KEPT}", -1, DUTIES),
        Said("region", "Shown to the region", Measure.COUNT,
             f"Of the {now['late']:,} late duties: those so late that the region sees them too."
             f" {NOT_KEPT}", -1, DUTIES),
        Said("head-office", "Shown to the head office", Measure.COUNT,
             f"Of the {now['late']:,} late duties: those so late that the head office sees them too."
             f" {NOT_KEPT}", -1, DUTIES),
        Said("in-time", "Duties done in time this month", Measure.PER_CENT,
             f"{now['done-in-time']:,} of {now['judged']:,} duties that were due this month until today and were done,"
             f" or are late, were done by their day; excused ones don't count. {VOID} {NOT_KEPT}", 1, DUTIES, month),
        Said("complaints-open", "Open complaints", Measure.COUNT,
             "Complaints that have not gone through all nine steps, each with its evidence; those settled before the"
             " desk began are over.", -1, NINE),
        Said("complaints-late", "Behind their time", Measure.COUNT,
             f"Of the {now['complaints-open']:,} open complaints: those whose next step was due before"
             " today.", -1, NINE),
        Said("complaints-came", "Complaints that came", Measure.COUNT,
             f"Complaints that came in the last {YEAR} days.", 0, NINE, year),
        Said("days-to-solve", "Days to a result", Measure.DAYS,
             f"Days from the complaint to its result on average, over the {now['solved']:,} with a result in the last"
             f" {YEAR} days.", -1, NINE, year),
        Said("solved-content", "Solved to the customer's content", Measure.PER_CENT,
             f"{now['content']:,} of {now['solved']:,} complaints with a result in the last {YEAR} days ended with a"
             " customer who is content.", 1, NINE, year),
        Said("second-chances", "Second chances that wait", Measure.COUNT,
             f"Complaints through all nine steps whose customer is still to be asked again, {chance} days after the"
             f" result; {now['second-chances-late']:,} of them are past that day.", 0, NINE),
    )  # fmt: skip
    return figures(Window(ground.today), numbers, said)


def _titles(ground: Ground) -> Mapping[str, str]:
    return {duty.name: duty.title for duty in ground.programme.duties}


def _duty_chart(ground: Ground, counts: Mapping[str, DutyCounts]) -> tuple[Chart, ...]:
    waiting = {name: one for name, one in _ordered(ground, counts) if one.open or one.late}
    if not waiting:
        return ()
    titles, all_of_them = _titles(ground), together(waiting)
    chart = Chart(
        name="duties",
        title="What waits on the advisers' desk",
        kind=ChartKind.LYING,
        across="Duties",
        up="What is to be done",
        measure=Measure.COUNT,
        labels=tuple(titles.get(name, name) for name in waiting),
        series=(
            Series("In time", tuple(one.open for one in waiting.values())),
            Series("Late", tuple(one.late for one in waiting.values())),
        ),
        says=f"{several(all_of_them.open, 'duty is', 'duties are')} in time, {all_of_them.late:,} late.",
        source="duties of content/programme/, with what proves them",
        window=Window(ground.today),
    )
    return (chart,)


def _ordered(ground: Ground, counts: Mapping[str, DutyCounts]) -> tuple[tuple[str, DutyCounts], ...]:
    """In the order in which the shop wrote them down; a rule without a duty counts as none."""
    names = [duty.name for duty in ground.programme.duties]
    return tuple((name, counts.get(name, NO_DUTIES)) for name in names)


def _duty_grid(ground: Ground, counts: Mapping[str, DutyCounts]) -> Grid:
    heads = (
        Head("duty", "Duty"),
        Head("open", "In time", Measure.COUNT),
        Head("today", "Of these due today", Measure.COUNT),
        Head("late", "Late", Measure.COUNT),
        Head("longest", "Latest by", Measure.DAYS),
        Head("region", "Shown to the region", Measure.COUNT),
        Head("head-office", "Shown to the head office", Measure.COUNT),
        Head("in-time", "Done in time this month", Measure.COUNT),
        Head("done-late", "Done late this month", Measure.COUNT),
        Head("excused", "Excused this month", Measure.COUNT),
    )
    titles = _titles(ground)
    rows = tuple(
        (titles[name], one.open, one.today, one.late, one.longest if one.late else None, one.region, one.head_office,
         one.in_time, one.done_late, one.excused)
        for name, one in _ordered(ground, counts)
    )  # fmt: skip
    definition = f"Each duty of the shop. Done and excused: those that were due this month until today. {VOID}"
    return Grid("duties", "Duty by duty", definition, this_month(ground.today), heads, rows, len(rows))


def _step_chart(ground: Ground, known: tuple[Case, ...]) -> tuple[Chart, ...]:
    waiting = [one.state for one in known if isinstance(one.state, Open)]
    if not waiting:
        return ()
    chart = Chart(
        name="steps",
        title="Which step open complaints wait for",
        kind=ChartKind.STACKED,
        across="Next step",
        up="Complaints",
        measure=Measure.COUNT,
        labels=tuple(step.value for step in Step),
        series=(
            Series("In time", tuple(sum(1 for one in waiting if one.next is step and not one.late) for step in Step)),
            Series("Behind", tuple(sum(1 for one in waiting if one.next is step and one.late) for step in Step)),
        ),
        says=f"{several(len(waiting), 'complaint is', 'complaints are')} on the way,"
        f" {sum(1 for one in waiting if one.late):,} behind their time.",
        source="complaints, complaint_steps",
        window=Window(ground.today),
    )
    return (chart,)


def _step_grid(ground: Ground, known: tuple[Case, ...]) -> Grid:
    waiting = [(one.complaint, one.state) for one in known if isinstance(one.state, Open)]
    heads = (
        Head("step", "Next step"),
        Head("open", "Complaints", Measure.COUNT),
        Head("late", "Behind their time", Measure.COUNT),
        Head("longest", "Latest by", Measure.DAYS),
        Head("oldest", "Oldest came on", Measure.DAY),
    )
    rows: list[tuple[Amount, ...]] = []
    for step in Step:
        here = [(complaint, state) for complaint, state in waiting if state.next is step]
        late = [state.late for _, state in here if state.late]
        oldest = min((complaint.opened_on for complaint, _ in here), default=None)
        rows.append((step.value, len(here), len(late), max(late, default=None), oldest))
    definition = "Open complaints by the step that comes next; each step has its time after the one before it."
    title = "The nine steps"
    return Grid("steps", title, definition, Window(ground.today), heads, tuple(rows), len(rows))


def _alerts(now: Numbers) -> tuple[Alert, ...]:
    told: list[Alert] = []
    if high := _number(now, "head-office"):
        text = f"{several(high, 'duty is', 'duties are')} so late that the head office sees them"
        told.append(Alert("head-office", f"{text}.", "ask their advisers today, or give them to somebody else"))
    if late := _number(now, "complaints-late"):
        text = f"{several(late, 'complaint is', 'complaints are')} behind their time"
        told.append(Alert("complaints-late", f"{text}.", "take the next step today: somebody waits for it"))
    if chances := _number(now, "second-chances-late"):
        text = f"{several(chances, 'customer was', 'customers were')} not asked again after a complaint"
        told.append(Alert("second-chances", f"{text}.", "call, and ask whether it held"))
    return tuple(told)
