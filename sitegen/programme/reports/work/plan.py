"""Report the retention plan: its goals with what was reached, and the calendar of the year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sitegen.model.report import Alert, Amount, Chart, ChartKind, Figure, Grid, Head, Measure, Report, Series, Window
from sitegen.model.report_setting import Goal
from sitegen.programme.reports.compared import Numbers, Said, figures
from sitegen.programme.reports.ground import Ground
from sitegen.programme.reports.months import YEAR
from sitegen.programme.reports.spelling import month_text, plain, several
from sitegen.programme.reports.work.calendar import Entry, calendar, gathered

OWN_PLAN = "own plan to convert the new customers you introduce into old customers"
FOUR = "VIP gatherings at least four times a year"
MONTH = "'Old Customer Maintenance Month' or 'Old Customer Maintenance Competition'"


@dataclass(frozen=True, slots=True)
class Judged:
    """A goal with the figure that it names: None where there is none. `reached` None: it can't be reckoned."""

    goal: Goal
    figure: Figure | None
    reached: bool | None


def report(ground: Ground, made: Mapping[str, Report]) -> Report:
    """The goals against what the other reports found (`made`, by name), and what the year holds."""
    judged = tuple(_judged(goal, made) for goal in ground.setting.plan.goals)
    entries = calendar(ground)
    now, before = _numbers(ground, judged, entries), _month_before(judged)
    year = _year(ground.today)
    return Report(
        name="plan",
        title=ground.setting.plan.title or "Retention plan",
        question="What do we do this year to keep our customers, and does it work?",
        answer=_answer(now),
        window=year,
        figures=_figures(ground, (now, before)),
        charts=_chart(entries, year),
        grids=(_goal_grid(ground, judged), _calendar_grid(entries, year)),
        alerts=_alerts(ground, judged, now),
        sources=(OWN_PLAN, FOUR, MONTH),
    )


def _year(today: date) -> Window:
    return Window(date(today.year, 12, 31), date(today.year, 1, 1))


def _judged(goal: Goal, made: Mapping[str, Report]) -> Judged:
    report = made.get(goal.report)
    figure = next((one for one in report.figures if one.name == goal.figure), None) if report else None
    return Judged(goal, figure, _reached(goal, figure.value) if figure else None)


def _reached(goal: Goal, value: Amount) -> bool | None:
    if not isinstance(value, int | Decimal) or isinstance(value, bool):
        return None
    return value >= goal.number if goal.at_least else value <= goal.number


def _numbers(ground: Ground, judged: tuple[Judged, ...], entries: tuple[Entry, ...]) -> Numbers:
    met = gathered(ground)
    filled = {one.month for one in entries}
    return {
        "goals": len(judged),
        "reached": sum(1 for one in judged if one.reached),
        "unknown": sum(1 for one in judged if one.reached is None),
        "gatherings": met.planned,
        "held": met.held,
        "least": met.least,
        "entries": len(entries),
        "this-month": sum(1 for one in entries if one.month == ground.today.month),
        "empty-months": YEAR - len(filled),
    }


def _month_before(judged: tuple[Judged, ...]) -> Numbers:
    """What is known of the month before: the goals, by the figures' own values of that day."""
    before = [_reached(one.goal, one.figure.before) for one in judged if one.figure]
    return {"reached": sum(1 for one in before if one)} if any(one is not None for one in before) else {}


def _answer(now: Numbers) -> str:
    goals = f"{now['reached']:,} of {now['goals']:,} goals are reached" if now["goals"] else "No goal is set yet"
    return (
        f"{goals}; {now['gatherings']:,} VIP gatherings stand in this year's calendar, {now['held']:,} of them held,"
        f" where {now['least']:,} are the least."
    )


def _figures(ground: Ground, numbers: tuple[Numbers, Numbers]) -> tuple[Figure, ...]:
    now, year = numbers[0], _year(ground.today)
    no_past = "The calendar of a month ago is not kept."
    said = (
        Said("reached", "Goals reached", Measure.COUNT,
             f"Of the {now['goals']:,} goals of the plan: those whose figure is as good as wanted, or better;"
             f" {now['unknown']:,} can't be reckoned.", 1, OWN_PLAN),
        Said("goals", "Goals of the plan", Measure.COUNT, f"Goals that the shop set itself. {no_past}", 0, OWN_PLAN),
        Said("gatherings", "VIP gatherings this year", Measure.COUNT,
             f"Events for VIP members in the calendar year {ground.today.year}; {now['least']:,} are the least."
             f" {no_past}",
             1, FOUR),
        Said("held", "Of these held", Measure.COUNT,
             f"Of the {now['gatherings']:,} VIP gatherings of the year: those of today or before. {no_past}", 1, FOUR),
        Said("this-month", "In this month's calendar", Measure.COUNT,
             f"Campaigns, gatherings, own days, actions and maintenance months of this month. {no_past}", 0, OWN_PLAN),
        Said("empty-months", "Months with nothing planned", Measure.COUNT,
             f"Months of {ground.today.year} in whose calendar nothing stands. {no_past}", -1, OWN_PLAN),
    )  # fmt: skip
    return figures(year, numbers, said)


def _chart(entries: tuple[Entry, ...], year: Window) -> tuple[Chart, ...]:
    if not entries:
        return ()
    kinds = tuple(dict.fromkeys(sorted(one.kind for one in entries)))
    counts = [sum(1 for one in entries if one.month == month) for month in range(1, YEAR + 1)]
    fullest = counts.index(max(counts)) + 1
    labels = tuple(f"{year.last.year}-{month:02d}" for month in range(1, YEAR + 1))
    chart = Chart(
        name="year",
        title="The year, month by month",
        kind=ChartKind.STACKED,
        across="Month",
        up="Entries of the calendar",
        measure=Measure.COUNT,
        labels=labels,
        series=tuple(
            Series(
                kind[:1].upper() + kind[1:],
                tuple(
                    sum(1 for one in entries if one.month == month and one.kind == kind) for month in range(1, YEAR + 1)
                ),
            )
            for kind in kinds
        ),
        says=f"{several(len(entries), 'entry', 'entries')} in the year; the fullest month is"
        f" {month_text(labels[fullest - 1])} with {max(counts):,}.",
        source="content/campaigns, events, content/programme/reports.yaml",
        window=year,
    )
    return (chart,)


def _goal_grid(ground: Ground, judged: tuple[Judged, ...]) -> Grid:
    heads = (
        Head("goal", "Goal"),
        Head("wanted", "Wanted"),
        Head("actual", "Today"),
        Head("before", "A month before"),
        Head("reached", "Reached", Measure.YES_NO),
        Head("definition", "What is counted"),
    )
    rows = tuple(
        (one.goal.title, _wanted(one), _spelled(one.figure, "value"), _spelled(one.figure, "before"), one.reached,
         one.figure.definition if one.figure else _nowhere(one.goal))
        for one in judged
    )  # fmt: skip
    definition = "The goals that the shop set itself, each with the figure of the report that it names."
    return Grid("goals", "The goals", definition, Window(ground.today), heads, rows, len(rows))


def _wanted(one: Judged) -> str:
    unit = one.figure.measure if one.figure else None
    return f"{'at least' if one.goal.at_least else 'at most'} {_with_unit(one.goal.number, unit)}"


def _spelled(figure: Figure | None, which: str) -> str | None:
    value = None if figure is None else figure.value if which == "value" else figure.before
    if figure is None or value is None:
        return None
    return _with_unit(value, figure.measure) if isinstance(value, int | Decimal) else str(value)


_UNITS = {Measure.PER_CENT: " %", Measure.DAYS: " days", Measure.TIMES: " times", Measure.SCORE: " of 5"}


def _with_unit(value: int | Decimal, unit: Measure | None) -> str:
    spelled = f"{value:,.2f}" if unit is Measure.MONEY else plain(value)
    return spelled + (_UNITS.get(unit, "") if unit else "")


def _where(goal: Goal) -> str:
    return f"{goal.place.file}:{goal.place.line}:{goal.place.column}"


def _nowhere(goal: Goal) -> str:
    return f"there is no figure '{goal.figure}' in the report '{goal.report}'"


def _calendar_grid(entries: tuple[Entry, ...], year: Window) -> Grid:
    heads = (
        Head("month", "Month", Measure.MONTH),
        Head("on", "Day", Measure.DAY),
        Head("what", "What"),
        Head("kind", "Kind"),
        Head("who", "Who"),
    )
    rows = tuple((f"{year.last.year}-{one.month:02d}", one.on, one.title, one.kind, one.who) for one in entries)
    definition = "Campaigns, gatherings, own days, the plan's actions and maintenance months of the calendar year."
    return Grid("calendar", "The year", definition, year, heads, rows, len(rows))


def _alerts(ground: Ground, judged: tuple[Judged, ...], now: Numbers) -> tuple[Alert, ...]:
    told = [
        Alert(
            "unknown-figure",
            f"{_nowhere(one.goal)[:1].upper()}{_nowhere(one.goal)[1:]}.",
            f"{_where(one.goal)}: `sitegen report {one.goal.report}` shows its figures",
        )
        for one in judged
        if one.figure is None
    ]
    told += [
        Alert("goal", f"'{one.goal.title}' is not reached: {_spelled(one.figure, 'value')}, wanted {_wanted(one)}.",
              f"read the report '{one.goal.report}', and say who does what by when")
        for one in judged
        if one.reached is False
    ]  # fmt: skip
    planned, least = now["gatherings"], now["least"]
    if isinstance(planned, int) and isinstance(least, int) and planned < least:
        text = (
            f"{several(planned, 'VIP gathering stands', 'VIP gatherings stand')} in the calendar of {ground.today.year}"
        )
        told.append(
            Alert("gatherings", f"{text}, where {least:,} are the least.", "invite to another one before the year ends")
        )
    return tuple(told)
