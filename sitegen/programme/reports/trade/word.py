"""Report word of mouth: whom satisfied customers bring, and whom the others keep away."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from sitegen.model.report import Alert, Amount, Chart, ChartKind, Grid, Head, Measure, Report, Series, Window
from sitegen.model.report_setting import Benchmark
from sitegen.programme.reports.arithmetic import WordOfMouth, circle_of, new_by_satisfied, silent_behind, word_of_mouth
from sitegen.programme.reports.compared import Numbers, Said, figures
from sitegen.programme.reports.ground import Ground, month_before, per_cent
from sitegen.programme.reports.spelling import in_currency, plain, several, share
from sitegen.programme.reports.trade.moods import YEAR, Moods, moods

BRINGING = "Out of 100 satisfied customers, 25 new customers"
_CHAIN = ("influenced", "tempted", "won")
_OTHERS = ("circle", "new per 100 satisfied", "silent per complaint", "care gain", "sales gain")
_STEPS = (
    Head("step", "Who"),
    Head("satisfied", "By the satisfied", Measure.CUSTOMERS),
    Head("dissatisfied", "By the dissatisfied", Measure.CUSTOMERS),
    Head("source", "As the texts say"),
)


def report(ground: Ground) -> Report:
    """The projection of the texts for the satisfied and the dissatisfied, beside what is measured."""
    now, before = moods(ground), moods(ground.on(month_before(ground.today)))
    window, marks = ground.last(YEAR), ground.setting.benchmarks
    of = _chain(marks, now.satisfied), _chain(marks, now.dissatisfied)
    spoken = bool(now.satisfied or now.dissatisfied)
    said = (*_of_moods(ground), *_of_bringing(ground, now), *_of_complaints(ground, now))
    return Report(
        name="word",
        title="Word of mouth",
        question="Whom do our customers bring, and whom do they keep away?",
        answer=_answer(ground, now),
        window=window,
        figures=figures(window, (_numbers(ground, now), _numbers(ground, before)), said),
        charts=(_chart(ground, *of),) if spoken else (),
        grids=(_grid(ground, now, *of),),
        alerts=_alerts(ground, now),
        sources=tuple(dict.fromkeys(marks[name].source for name in (*_CHAIN, *_OTHERS))),
    )


def _chain(marks: Mapping[str, Benchmark], customers: int) -> WordOfMouth:
    return word_of_mouth(customers, *(marks[name].value for name in _CHAIN))


def _per_hundred(at: Moods) -> Decimal | None:
    return per_cent(at.ordered, at.satisfied)


def _numbers(ground: Ground, at: Moods) -> Numbers:
    marks = ground.setting.benchmarks
    high = marks["silent per complaint"].high
    return {
        "satisfied": at.satisfied,
        "dissatisfied": at.dissatisfied,
        "expected": int(new_by_satisfied(at.satisfied, marks["new per 100 satisfied"].value)),
        "referrals": at.referrals,
        "ordered": at.ordered,
        "per-hundred": _per_hundred(at),
        "complaints": at.complaints,
        "silent": int(silent_behind(at.complaints, marks["silent per complaint"].value)),
        "silent-at-most": None if high is None else int(silent_behind(at.complaints, high)),
        "sales-gain": (at.revenue * marks["sales gain"].value / 100).quantize(Decimal("0.01"), "ROUND_HALF_UP"),
    }


def _answer(ground: Ground, now: Moods) -> str:
    mark = ground.setting.benchmarks["new per 100 satisfied"].value
    came = f"{several(now.ordered, 'new customer')} came by a referral and ordered"
    if not now.satisfied:
        return f"{came} in the last {YEAR} days; nobody has said yet that they are satisfied."
    expected = int(new_by_satisfied(now.satisfied, mark))
    return (
        f"{several(now.satisfied, 'satisfied customer')} should bring {expected:,} new ones; {came} in the last {YEAR}"
        f" days, {plain(_per_hundred(now) or 0)} for each 100 satisfied."
    )


def _of_moods(ground: Ground) -> tuple[Said, ...]:
    count, always = Measure.CUSTOMERS, Window(ground.today)
    trap = "answers and evaluations of any day count, also of orders that came back; who said both is dissatisfied"
    good = f"Whose last answers average 4 of 5 or more, or whose last evaluation has 4 stars or more; {trap}."
    waits = "or who wait for the result of a complaint"
    bad = f"Whose last answers average 2 of 5 or less, whose last evaluation has 2 stars or less, {waits}; {trap}."
    return (
        Said("satisfied", "Satisfied customers", count, good, 1, BRINGING, always),
        Said("dissatisfied", "Dissatisfied customers", count, bad, -1, BRINGING, always),
    )


def _of_bringing(ground: Ground, now: Moods) -> tuple[Said, ...]:
    mark = ground.setting.benchmarks["new per 100 satisfied"]
    count, over = Measure.CUSTOMERS, f"in the last {YEAR} days"
    expected = f"{several(now.satisfied, 'satisfied customer')} x {plain(mark.value)} for each 100, rounded down."
    brought = f"Customers whom another one brought {over}."
    ordered = f"Of the {several(now.referrals, 'customer')} brought {over}, those with an order that stands."
    rate = f"{now.ordered:,} who came by a referral and ordered {over}, for {now.satisfied:,} satisfied customers."
    return (
        Said("expected", "New ones to be expected", count, expected, 1, mark.source),
        Said("referrals", "Brought by customers", Measure.COUNT, brought, 1, mark.source),
        Said("ordered", "Brought, and ordered", count, ordered, 1, mark.source),
        Said("per-hundred", "New ones for each 100 satisfied", Measure.PER_CENT, rate, 1, mark.source),
    )


def _of_complaints(ground: Ground, now: Moods) -> tuple[Said, ...]:
    marks = ground.setting.benchmarks
    mark, care, sales = marks["silent per complaint"], marks["care gain"], marks["sales gain"]
    told = f"{several(now.complaints, 'complaint')} of the last {YEAR} days"
    silent = f"{told} x {plain(mark.value)} who feel the same and say nothing."
    most = "" if mark.high is None else f"{told} x {plain(mark.high)}, as the text that sees most of them says."
    gain = f"The texts promise {plain(sales.value)} % more sales for care that is {plain(care.value)} % better."
    revenue = f"{gain} {in_currency(now.revenue, ground.currency)} were sold in the last {YEAR} days."
    return (
        Said("complaints", "Complaints", Measure.COUNT, f"{told}.", -1, mark.source),
        Said("silent", "Silent behind them", Measure.CUSTOMERS, silent, -1, mark.source),
        Said("silent-at-most", "Silent, at most", Measure.CUSTOMERS, most, -1, mark.source),
        Said("sales-gain", "What better care may bring", Measure.MONEY, revenue, 0, sales.source),
    )


def _chart(ground: Ground, good: WordOfMouth, bad: WordOfMouth) -> Chart:
    return Chart(
        name="chain",
        title="Whom the satisfied and the dissatisfied reach",
        kind=ChartKind.BARS,
        across="How far the word goes",
        up="People",
        measure=Measure.CUSTOMERS,
        labels=("Hear of it", "Come to want it, or not", "Buy, or don't"),
        series=(
            Series("By the satisfied", tuple(map(int, (good.influenced, good.tempted, good.won)))),
            Series("By the dissatisfied", tuple(map(int, (bad.influenced, bad.tempted, bad.won)))),
        ),
        says=f"{plain(good.customers)} satisfied customers reach {plain(good.influenced)} people and win"
        f" {plain(good.won)}; {plain(bad.customers)} dissatisfied ones reach {plain(bad.influenced)} and keep"
        f" {plain(bad.won)} away. A projection, not a measurement.",
        source="survey_answers, orders, complaints; 1:25:8:1",
        window=Window(ground.today),
    )


def _grid(ground: Ground, now: Moods, good: WordOfMouth, bad: WordOfMouth) -> Grid:
    marks = ground.setting.benchmarks
    circle = marks["circle"]
    rows: tuple[tuple[Amount, ...], ...] = (
        ("Customers", now.satisfied, now.dissatisfied, ""),
        ("Hear of it", int(good.influenced), int(bad.influenced), marks["influenced"].source),
        ("Come to want it, or not", int(good.tempted), int(bad.tempted), marks["tempted"].source),
        ("Buy, or don't", int(good.won), int(bad.won), marks["won"].source),
        (
            "Friends and relatives behind them",
            int(circle_of(now.satisfied, circle.value)),
            int(circle_of(now.dissatisfied, circle.value)),
            circle.source,
        ),
    )
    definition = "What the texts promise of so many customers: a projection, not a measurement."
    return Grid("chain", "As far as the word goes", definition, Window(ground.today), _STEPS, rows, len(rows))


def _alerts(ground: Ground, now: Moods) -> tuple[Alert, ...]:
    alerts = []
    rate, mark = _per_hundred(now), ground.setting.benchmarks["new per 100 satisfied"]
    if rate is not None and now.satisfied >= ground.setting.least and rate < mark.value:
        text = f"{plain(rate)} new customers for each 100 satisfied, where the texts expect {plain(mark.value)}."
        hint = "thank who brought somebody on the same day, and tell others that they may"
        alerts.append(Alert("per-hundred", text, hint))
    if now.dissatisfied > now.satisfied:
        text = f"{now.dissatisfied:,} are dissatisfied and {now.satisfied:,} satisfied ({share(_bad(now))})."
        alerts.append(Alert("dissatisfied", text, "see to the open complaints first"))
    return tuple(alerts)


def _bad(now: Moods) -> Decimal | None:
    return per_cent(now.dissatisfied, now.dissatisfied + now.satisfied)
