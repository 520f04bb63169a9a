"""Report the leaky bucket: how many customers come in each week, and how many run out below."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import accumulate

from sitegen.model.report import Alert, Chart, ChartKind, Grid, Head, Measure, Report, Series, Window
from sitegen.programme.reports.compared import Numbers, Said, figures
from sitegen.programme.reports.ground import Ground, month_before, per_cent
from sitegen.programme.reports.loss.bucket_weeks import STONES, WEEKS, Bucket, Week, bucket, milestones, weeks_window
from sitegen.programme.reports.spelling import day_text, several, share
from sitegen.programme.reports.spells import loss_in_words

SOURCE = "100 customers were lost and 100 customers were obtained ... 'leaky bucket'"
GROWTH = "from 0-10, from 10-100, accumulate their own old customers"
_WEEKS = (
    Head("week", "Week from Monday", Measure.DAY),
    Head("new", "New", Measure.CUSTOMERS),
    Head("back", "Won back", Measure.CUSTOMERS),
    Head("lost", "Lost", Measure.CUSTOMERS),
    Head("net", "Net", Measure.CUSTOMERS),
    Head("customers", "Customers on Sunday", Measure.CUSTOMERS),
)
_STONES = (
    Head("milestone", "Milestone", Measure.CUSTOMERS),
    Head("reached", "So many had ordered", Measure.DAY),
    Head("again", "So many had ordered again", Measure.DAY),
)


def report(ground: Ground) -> Report:
    """New, won back and lost customers by week, what is left of them, and the milestones of growth."""
    now, before = bucket(ground), bucket(ground.on(month_before(ground.today)))
    window = weeks_window(ground.today)
    numbers = (_numbers(now), _numbers(before))
    return Report(
        name="bucket",
        title="The leaky bucket",
        question="Do as many customers run out below as we pour in above?",
        answer=_answer(now),
        window=window,
        figures=figures(window, numbers, _said(ground, now)),
        charts=_charts(now, window) if now.before or any(_moved(now)) else (),
        grids=(_weeks(now, window), _stones(*milestones(ground), Window(ground.today))),
        alerts=_alerts(now),
        sources=(SOURCE, GROWTH),
    )


def _moved(of: Bucket) -> tuple[int, int, int]:
    """All who came for the first time, came back and were lost."""
    weeks = of.weeks
    return sum(week.new for week in weeks), sum(week.back for week in weeks), sum(week.lost for week in weeks)


def _numbers(of: Bucket) -> Numbers:
    new, back, lost = _moved(of)
    return {
        "new": new,
        "won-back": back,
        "lost": lost,
        "net": new + back - lost,
        "customers": of.before + new + back - lost,
        "leak": per_cent(lost, new + back),
    }


def _answer(now: Bucket) -> str:
    new, back, lost = _moved(now)
    if not new and not back and not lost:
        return f"In the last {WEEKS} weeks nobody came and nobody was lost."
    net = new + back - lost
    left = "as many as before" if not net else f"{abs(net):,} {'more' if net > 0 else 'fewer'} than before"
    return (
        f"In {WEEKS} weeks {several(new, 'new customer')} came, {back:,} came back and {lost:,} were lost:"
        f" {now.before + net:,} customers, {left}."
    )


def _said(ground: Ground, now: Bucket) -> tuple[Said, ...]:
    new, back, lost = _moved(now)
    count, over = Measure.CUSTOMERS, f"in the last {WEEKS} whole weeks, Monday to Sunday"
    gone = loss_in_words(ground)
    came = f"Customers whose first order lies {over}."
    again = f"Times that a lost customer ordered again {over}. {gone}"
    leaving = f"Times that a customer became lost {over}, whether they came back later or not. {gone}"
    left = f"{new:,} new and {back:,} won back, less {lost:,} lost."
    there = f"Customers on the last Sunday: {now.before:,} before the first week, {new + back - lost:+,} since."
    leak = f"{lost:,} lost for {new + back:,} who came or came back {over}; 100 % and more empty the bucket."
    return (
        Said("new", "New customers", count, came, 1, SOURCE),
        Said("won-back", "Won back", count, again, 1, SOURCE),
        Said("lost", "Lost", count, leaving, -1, SOURCE),
        Said("net", "Net", count, left, 1, SOURCE),
        Said("customers", "Customers", count, there, 1, SOURCE),
        Said("leak", "Lost for each 100 who came", Measure.PER_CENT, leak, -1, SOURCE),
    )


def _level(now: Bucket) -> tuple[int, ...]:
    """How many customers there are on each Sunday."""
    return tuple(accumulate((week.net for week in now.weeks), initial=now.before))[1:]


def _charts(now: Bucket, window: Window) -> tuple[Chart, Chart]:
    new, back, lost = _moved(now)
    labels = tuple(week.monday.isoformat() for week in now.weeks)
    level = _level(now)
    worst = max(now.weeks, key=lambda week: week.lost)
    most = f"most, {worst.lost:,}, in the week from {day_text(worst.monday)}" if lost else "none in any week"
    return (
        Chart(
            name="weeks",
            title="Who came and who was lost, week by week",
            kind=ChartKind.BARS,
            across="Week, by its Monday",
            up="Customers",
            measure=Measure.CUSTOMERS,
            labels=labels,
            series=(
                Series("New", tuple(week.new for week in now.weeks)),
                Series("Won back", tuple(week.back for week in now.weeks)),
                Series("Lost", tuple(week.lost for week in now.weeks)),
            ),
            says=f"{new:,} came, {back:,} came back, {lost:,} were lost: {most}.",
            source="orders, customers",
            window=window,
        ),
        Chart(
            name="level",
            title="How full the bucket is",
            kind=ChartKind.LINE,
            across="Week, by its Monday",
            up="Customers on its Sunday",
            measure=Measure.CUSTOMERS,
            labels=labels,
            series=(Series("Customers", level),),
            says=f"From {level[0]:,} customers in the first week to {level[-1]:,} in the last.",
            source="orders, customers",
            window=window,
        ),
    )


def _weeks(now: Bucket, window: Window) -> Grid:
    rows = tuple(_line(week, level) for week, level in zip(now.weeks, _level(now), strict=True))
    definition = "New: the first order. Won back: an order after they were lost. Net: new and won back, less lost."
    return Grid("weeks", "Week by week", definition, window, _WEEKS, rows, len(rows))


def _line(week: Week, level: int) -> tuple[date | int, ...]:
    return week.monday, week.new, week.back, week.lost, week.net, level


def _stones(first: Mapping[int, date], second: Mapping[int, date], window: Window) -> Grid:
    """The milestones that were reached, and the next one."""
    shown = [stone for number, stone in enumerate(STONES) if not number or STONES[number - 1] in first]
    rows = tuple((stone, first.get(stone), second.get(stone)) for stone in shown)
    definition = "The day on which so many customers had ordered, and had ordered on a second day; whether lost or not."
    return Grid("milestones", "Milestones of growth", definition, window, _STONES, rows, len(rows))


def _alerts(now: Bucket) -> tuple[Alert, ...]:
    new, back, lost = _moved(now)
    if not lost or lost < new + back:
        return ()
    rate = per_cent(lost, new + back)
    told = "" if rate is None else f" ({share(rate)})"
    text = f"{lost:,} were lost in {WEEKS} weeks and {new + back:,} came or came back{told}: the bucket runs empty."
    return (Alert("leak", text, "stop the leak first: keeping a customer costs a fifth of winning one"),)
