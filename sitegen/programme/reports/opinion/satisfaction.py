"""Report the satisfaction trap: who is content and yet does not buy again, and what brings people back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sitegen.model.report import Alert, Amount, Chart, ChartKind, Figure, Grid, Head, Measure, Report, Series, Window
from sitegen.programme.reports.compared import Numbers, Said, figures, how_often, mean
from sitegen.programme.reports.ground import Ground, month_before, per_cent
from sitegen.programme.reports.opinion.recovery import (
    AFTER,
    LEFT_WITHIN,
    Group,
    Leavers,
    events_window,
    leavers,
    recovery,
)
from sitegen.programme.reports.opinion.recovery_shown import GROUPS, again, recovery_chart, recovery_grid
from sitegen.programme.reports.registers import WHO
from sitegen.programme.reports.spelling import ORDERS_KEPT, several, share
from sitegen.programme.reports.survey_scores import FACTORS, Factor, Trap, factor_scores, trap, trapped
from sitegen.programme.reports.worth import WORTH, WORTH_HEAD, bought, first_by_worth, worth

YEAR = 365
TRAP = "90% satisfied, only 40% buy again"
FIVE = "five main factors: product quality, service, price, innovation and competitive image"
BEYOND = "desired vs excited: beyond expectation is more than satisfied"
LOYAL = "customers whose problems are solved are more loyal than those who never encountered a problem"
SILENT = "most dissatisfied customers will leave silently; 2/3 feel that nobody is really interested in them"
SATISFIED = "Satisfied: the scores of the latest day on which they answered are 4 or more on average"


def report(ground: Ground) -> Report:
    """How many are satisfied, how many of these bought again, and what the five factors and complaints do to them."""
    now = _found(ground)
    factors, groups = now.factors, now.groups
    numbers = _numbers(ground, now), _numbers(ground, _found(ground.on(month_before(ground.today))))
    return Report(
        name="satisfaction",
        title="Satisfaction and coming back",
        question="Do satisfied customers buy again, and do those whose trouble we mended?",
        answer=_answer(ground, numbers[0]),
        window=Window(ground.today),
        figures=_figures(ground, numbers),
        charts=(_trap_chart(ground, numbers[0]), *_factor_chart(ground, factors), *recovery_chart(ground, groups)),
        grids=(_factor_grid(ground, factors), recovery_grid(ground, groups), _trapped_grid(ground)),
        alerts=_alerts(ground, numbers[0]),
        sources=(TRAP, FIVE, BEYOND, LOYAL, SILENT),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """What is known on a day."""

    trap: Trap
    factors: tuple[Factor, ...]
    groups: Mapping[str, Group]
    left: Leavers


def _found(ground: Ground) -> _Found:
    return _Found(trap(ground), factor_scores(ground), recovery(ground), leavers(ground))


def _numbers(ground: Ground, found: _Found) -> Numbers:
    trapping, factors, groups, left = found.trap, found.factors, found.groups, found.left
    least = ground.setting.least
    answers, beyond = sum(one.answers for one in factors), sum(one.beyond for one in factors)
    return {
        "answered": trapping.answered,
        "content": trapping.satisfied,
        "satisfied": per_cent(trapping.satisfied, trapping.answered),
        "rebuying": per_cent(trapping.bought, trapping.satisfied),
        "bought": trapping.bought,
        "waiting": trapping.waiting,
        "trapped": trapping.satisfied - trapping.bought - trapping.waiting,
        "beyond": per_cent(beyond, answers),
        **{f"again-{kind}": again(groups[kind], least) for kind in GROUPS},
        "silent": per_cent(left.silent, left.customers),
        "left": left.customers,
        "left-silent": left.silent,
    }


def _benchmark(ground: Ground) -> Decimal:
    return ground.setting.benchmarks["satisfied rebuying"].value


def _answer(ground: Ground, now: Numbers) -> str:
    if not now["answered"]:
        return "Nobody has answered a survey yet, so nobody can say who is satisfied."
    satisfied, bought = now["content"], now["bought"]
    return (
        f"{satisfied:,} of {now['answered']:,} who answered are satisfied ({_said(now['satisfied'])}), and {bought:,}"
        f" of them have bought again since ({_said(now['rebuying'])}; the texts say {share(_benchmark(ground))})."
    )


def _said(value: Amount) -> str:
    return share(value) if isinstance(value, Decimal) else "no share"


def _figures(ground: Ground, numbers: tuple[Numbers, Numbers]) -> tuple[Figure, ...]:
    now, setting = numbers[0], ground.setting
    days, least = setting.lost_after, f"Groups of fewer than {setting.least} customers are not shown."
    year, events = ground.last(YEAR), events_window(ground)
    bought = f"an order after the day of their answers and at most {days} days after it. {ORDERS_KEPT}"
    after = f"who bought again within {AFTER} days"
    said = (
        Said("satisfied", "Satisfied among those who answered", Measure.PER_CENT,
             f"{now['content']:,} satisfied of {now['answered']:,} customers who ever answered with scores."
             f" {SATISFIED}.",
             1, TRAP),
        Said("answered", "Customers who answered", Measure.CUSTOMERS,
             "Customers with at least one score in a survey, at any time.", 1, FIVE),
        Said("rebuying", "Satisfied who bought again", Measure.PER_CENT,
             f"{now['bought']:,} of {now['content']:,} satisfied customers bought again: {bought}", 1, TRAP),
        Said("waiting", "Satisfied who still have time", Measure.CUSTOMERS,
             f"Satisfied customers who have not bought since their answers, of which {days} days or fewer have passed.",
             0, TRAP),
        Said("trapped", "Satisfied, and did not come back", Measure.CUSTOMERS,
             f"Satisfied customers who let {days} days pass after their answers without an order.", -1, TRAP),
        Said("beyond", "Answers beyond expectation", Measure.PER_CENT,
             f"Scores of 5 (beyond expectation) among all scores of the five factors in the last {YEAR} days.",
             1, BEYOND, year),
        Said("again-solved", "Bought again after a solved complaint", Measure.PER_CENT,
             f"Customers whose first complaint of the window was solved to their content, {after} of the solution."
             f" {least}", 1, LOYAL, events),
        Said("again-never", "Bought again without ever complaining", Measure.PER_CENT,
             f"Customers who never complained, {after} of their first order of the window. {least}", 0, LOYAL, events),
        Said("again-unsolved", "Bought again after an unsolved complaint", Measure.PER_CENT,
             f"Customers whose first complaint of the window was not solved to their content, {after} of the day on"
             f" which it came. {least}", 0, LOYAL, events),
        Said("silent", "Lost, and not heard of since the last order", Measure.PER_CENT,
             f"{now['left-silent']:,} of {now['left']:,} customers who were lost in the last {LEFT_WITHIN} days (no"
             f" order for {days} days, or a goodbye) had from their last order on no complaint, no answer to a"
             " question, no contact that they began, and gave no reason.", -1, SILENT, ground.last(LEFT_WITHIN)),
    )  # fmt: skip
    return figures(Window(ground.today), numbers, said)


def _trap_chart(ground: Ground, now: Numbers) -> Chart:
    counts = tuple(_count(now[name]) for name in ("answered", "content", "bought"))
    return Chart(
        name="trap",
        title="From satisfied to buying again",
        kind=ChartKind.BARS,
        across="What they did",
        up="Customers",
        measure=Measure.CUSTOMERS,
        labels=("Answered", "Satisfied", "Satisfied and bought again"),
        series=(Series("Customers", counts),),
        says=f"Of {several(counts[0], 'customer')} who answered, {counts[1]:,} are satisfied, and {counts[2]:,} of"
        " these have bought again.",
        source="survey_answers, orders",
        window=Window(ground.today),
    )


def _count(value: Amount) -> int:
    return value if isinstance(value, int) else 0


def _shown(ground: Ground, factor: Factor) -> bool:
    return factor.customers >= ground.setting.least


def _factor_chart(ground: Ground, factors: tuple[Factor, ...]) -> tuple[Chart, ...]:
    shown = [one for one in factors if _shown(ground, one)]
    if not shown:
        return ()
    means = [(mean(one.total, one.answers) or Decimal(0), FACTORS[one.factor]) for one in shown]
    best, worst = max(means), min(means)
    chart = Chart(
        name="factors",
        title="The five factors of satisfaction",
        kind=ChartKind.LYING,
        across="Average score",
        up="Factor",
        measure=Measure.SCORE,
        labels=tuple(title for _, title in means),
        series=(Series("Average score", tuple(score for score, _ in means)),),
        says=f"{best[1]} scores best with {best[0]}, {worst[1].lower()} least with {worst[0]}; 4 is as hoped.",
        source="survey_answers",
        window=ground.last(YEAR),
        marks=(("as hoped", Decimal(4)),),
    )
    return (chart,)


def _factor_grid(ground: Ground, factors: tuple[Factor, ...]) -> Grid:
    heads = (
        Head("factor", "Factor"),
        Head("customers", "Customers", Measure.CUSTOMERS),
        Head("answers", "Answers", Measure.COUNT),
        Head("score", "Average score", Measure.SCORE),
        Head("beyond", "Beyond expectation", Measure.PER_CENT),
        Head("low", "1 or 2", Measure.PER_CENT),
    )
    rows: list[tuple[Amount, ...]] = []
    for one in factors:
        told: tuple[Amount, ...] = (None, None, None)
        if _shown(ground, one):
            told = (mean(one.total, one.answers), per_cent(one.beyond, one.answers), per_cent(one.low, one.answers))
        rows.append((FACTORS[one.factor], one.customers, one.answers, *told))
    definition = (
        f"Scores of the last {YEAR} days by factor; 4 is as hoped, 5 beyond expectation. Scores of fewer than"
        f" {ground.setting.least} customers are not shown."
    )
    return Grid("factors", "The five factors", definition, ground.last(YEAR), heads, tuple(rows), len(rows))


def _trapped_grid(ground: Ground) -> Grid:
    silent = trapped(ground)
    rich = worth(ground, silent)
    rich = rich.select("worth", "last_order", buyer="customer_id")
    rows = silent.inner_join(rich, silent["customer_id"] == rich["buyer"]).drop("buyer")
    heads = (
        *WHO,
        WORTH_HEAD,
        Head("score", "Average score", Measure.SCORE),
        Head("answered-on", "Answered on", Measure.DAY),
        Head("last-order", "Last order", Measure.DAY),
    )
    total = how_often(ground, silent.semi_join(bought(ground), "customer_id"))
    listed = tuple(
        (row["customer"], row["name"], row["adviser"], row["worth"], mean(row["total"], row["answers"]),
         row["answered_on"], row["last_order"])
        for row in ground.ask(first_by_worth(ground, rows))
    )  # fmt: skip
    definition = (
        f"Satisfied customers without an order since their answers, for {ground.setting.warned_after} days or more;"
        f" the worth is {WORTH}. {SATISFIED}."
    )
    title = "Satisfied, and not seen since"
    return Grid("trapped", title, definition, Window(ground.today), heads, listed, total)


def _alerts(ground: Ground, now: Numbers) -> tuple[Alert, ...]:
    rate, wanted = now["rebuying"], _benchmark(ground)
    if (
        now["waiting"]
        or not isinstance(rate, Decimal)
        or rate >= wanted
        or _count(now["content"]) < ground.setting.least
    ):
        return ()
    text = f"Only {share(rate)} of the satisfied customers bought again, where the texts reckon with {share(wanted)}"
    return (Alert("trap", f"{text}.", "ask those in the list what they missed, before asking what they want"),)
