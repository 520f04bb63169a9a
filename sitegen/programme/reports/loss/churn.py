"""Report the loss by group, and how cohorts of customers come again."""

from __future__ import annotations

from decimal import Decimal

from sitegen.model.report import Alert, Chart, ChartKind, Grid, Head, Measure, Report, Series, Window
from sitegen.programme.reports.compared import Numbers, Said, figures
from sitegen.programme.reports.ground import Ground, month_before
from sitegen.programme.reports.loss.churn_groups import FINAL, INTERMEDIATE, NEW, OLD, Group, groups
from sitegen.programme.reports.loss.cohorts import COHORTS, Cohort, cohorts, cohorts_window, together
from sitegen.programme.reports.loss_rate import Loss, loss_alerts, loss_said
from sitegen.programme.reports.spelling import ORDERS_KEPT, plain, several, share
from sitegen.programme.reports.spells import YEAR, loss_in_words

SOURCE = "churn: new vs old; intermediate vs final; elderly vs young; men vs women"
COHORT = "Calmly studying and analyzing customer churn"
FAIR = "Age and gender are only what customers gave freely: reported, never used to treat anybody otherwise."
TITLES = {
    "history": "New or old",
    "trade": "Place in the trade",
    "tier": "Tier of spending",
    "region": "Region",
    "store": "Store",
    "age": "Age",
    "gender": "Gender",
}
DRAWN = ("history", "trade", "tier", "region")
NEWEST = 3
_GROUPS = (
    Head("by", "By"),
    Head("group", "Group"),
    Head("held", "Customers a year ago", Measure.CUSTOMERS),
    Head("lost", "Lost today", Measure.CUSTOMERS),
    Head("rate", "Lost", Measure.PER_CENT),
)


def report(ground: Ground) -> Report:
    """The yearly loss of each group that is large enough, and the cohorts by quarter."""
    found, before = groups(ground), groups(ground.on(month_before(ground.today)))
    shown = tuple(group for group in found if group.held >= ground.setting.least)
    loss, window, quarters = _all(found), ground.last(YEAR), cohorts(ground)
    return Report(
        name="churn",
        title="Who leaves, and who comes again",
        question="Which customers do we lose most, and how long do new ones stay?",
        answer=_answer(found, shown),
        window=window,
        figures=figures(window, (_numbers(found), _numbers(before)), (loss_said(ground, loss), *_said(ground, found))),
        charts=(*_bars(ground, shown, loss), *_lines(ground, quarters)),
        grids=(_groups(ground, shown, window), _cohorts(ground, quarters)),
        alerts=(*loss_alerts(ground, loss), *_alerts(ground, shown)),
        sources=(SOURCE, COHORT, ground.setting.benchmarks["yearly loss"].source),
    )


def _all(found: tuple[Group, ...]) -> Loss:
    """Everybody is new or old."""
    of = [group for group in found if group.kind == "history"]
    return Loss(sum(group.held for group in of), sum(group.lost for group in of))


def _group(found: tuple[Group, ...], kind: str, name: str) -> Group:
    return next((group for group in found if (group.kind, group.name) == (kind, name)), Group(kind, name, 0, 0))


def _numbers(found: tuple[Group, ...]) -> Numbers:
    return {
        "loss-rate": _all(found).rate,
        "loss-new": _group(found, "history", NEW).rate,
        "loss-old": _group(found, "history", OLD).rate,
        "loss-final": _group(found, "trade", FINAL).rate,
        "loss-intermediate": _group(found, "trade", INTERMEDIATE).rate,
    }


def _answer(found: tuple[Group, ...], shown: tuple[Group, ...]) -> str:
    new, old = _group(found, "history", NEW), _group(found, "history", OLD)
    if not new.held and not old.held:
        return "A year ago there were no customers, so nobody could be lost."
    words = f"Of the customers of a year ago, {share(new.rate)} of the new and {share(old.rate)} of the old are lost"
    worst = _worst(shown)
    return (
        f"{words}; most, by {TITLES[worst.kind].lower()}: {worst.name} ({share(worst.rate)})." if worst else f"{words}."
    )


def _worst(shown: tuple[Group, ...]) -> Group | None:
    """Of the groups whom the shop may treat otherwise: not by age or gender."""
    fair = [group for group in shown if group.kind not in ("age", "gender")]
    return max(fair, key=lambda group: (group.rate or Decimal(0), group.held), default=None)


def _said(ground: Ground, found: tuple[Group, ...]) -> tuple[Said, ...]:
    day, percent = f"{YEAR} days ago", Measure.PER_CENT
    told = (
        ("loss-new", "New customers lost", "history", NEW, f"whose first order was less than a year old {day}"),
        ("loss-old", "Old customers lost", "history", OLD, f"whose first order was older than a year {day}"),
        ("loss-final", "Final customers lost", "trade", FINAL, "who buy for themselves"),
        ("loss-intermediate", "Intermediate customers lost", "trade", INTERMEDIATE, "who sell on"),
    )
    said = []
    for name, title, kind, group, who in told:
        of = _group(found, kind, group)
        words = f"{of.lost:,} of {several(of.held, 'customer')} of {day} {who} are lost today. {loss_in_words(ground)}"
        said.append(Said(name, title, percent, words, -1, SOURCE))
    return tuple(said)


def _bars(ground: Ground, shown: tuple[Group, ...], loss: Loss) -> tuple[Chart, ...]:
    drawn = [group for group in shown if group.kind in DRAWN]
    if not drawn:
        return ()
    mark = ground.setting.benchmarks["yearly loss"]
    worst = max(drawn, key=lambda group: (group.rate or Decimal(0), group.held))
    chart = Chart(
        name="groups",
        title="Loss of a year by group",
        kind=ChartKind.LYING,
        across="Lost, in % of the customers of a year ago",
        up="Group",
        measure=Measure.PER_CENT,
        labels=tuple(f"{TITLES[group.kind]}: {group.name}" for group in drawn),
        series=(Series("Lost", tuple(group.rate for group in drawn)),),
        says=f"Most are lost in the group '{worst.name}', {share(worst.rate)}; of all it is {share(loss.rate)}.",
        source="orders, customers, stores",
        window=ground.last(YEAR),
        marks=((f"usual: {plain(mark.value)} %", mark.value),),
    )
    return (chart,)


def _lines(ground: Ground, quarters: tuple[Cohort, ...]) -> tuple[Chart, ...]:
    """All cohorts together, the oldest one, and the newest ones of which a line can be drawn."""
    rates = together(quarters)
    if not rates:
        return ()
    lines = {cohort.name: cohort.rates for cohort in (quarters[0], *quarters[1:][-NEWEST:])}
    gaps = len(rates)
    chart = Chart(
        name="cohorts",
        title="How many order again, by the quarter of the first order",
        kind=ChartKind.LINE,
        across="Quarters after that of the first order",
        up="Ordered in that quarter, in %",
        measure=Measure.PER_CENT,
        labels=tuple(str(number) for number in range(1, gaps + 1)),
        series=(
            Series("All", rates),
            *(Series(name, (*values, *[None] * (gaps - len(values)))) for name, values in lines.items()),
        ),
        says=f"In the first quarter after that of their first order {share(rates[0])} order again, in quarter {gaps}"
        f" after it {share(rates[-1])}.",
        source="orders",
        window=cohorts_window(ground.today),
    )
    return (chart,)


def _groups(ground: Ground, shown: tuple[Group, ...], window: Window) -> Grid:
    rows = tuple((TITLES[group.kind], group.name, group.held, group.lost, group.rate) for group in shown)
    definition = (
        f"Customers of {YEAR} days ago, and who of them is lost today. Groups of fewer than {ground.setting.least} are"
        " not shown, nor who has nothing noted; new: the first order was less than a year old; the tier: as of that"
        f" day; the age: as of today. {FAIR}"
    )
    return Grid("groups", "Loss by group", definition, window, _GROUPS, rows, len(rows))


def _cohorts(ground: Ground, quarters: tuple[Cohort, ...]) -> Grid:
    window, gaps = cohorts_window(ground.today), len(quarters[0].again) if quarters else 0
    later = (Head(f"after-{number}", f"+{number}", Measure.PER_CENT) for number in range(1, gaps + 1))
    heads = (Head("cohort", "First order in"), Head("customers", "Customers", Measure.CUSTOMERS), *later)
    rows = tuple(
        (cohort.name, cohort.customers, *cohort.rates, *[None] * (gaps - len(cohort.rates))) for cohort in quarters
    )
    definition = (
        "Of the customers whose first order lies in a quarter, the per cent who ordered in the first quarter after"
        f" it, the second, and so on; at most {COHORTS} quarters, and only those that are over. {ORDERS_KEPT}"
    )
    return Grid("cohorts", "Who orders again", definition, window, heads, rows, len(rows))


def _alerts(ground: Ground, shown: tuple[Group, ...]) -> tuple[Alert, ...]:
    """One for each group, but by age or gender, that loses more than the benchmark's upper end."""
    mark = ground.setting.benchmarks["yearly loss"]
    limit = mark.value if mark.high is None else mark.high
    worst = [group for group in shown if group.kind in DRAWN and group.rate is not None and group.rate > limit]
    hint = "find out what they miss: 'Lost customers' says why they left"
    return tuple(
        Alert(f"loss-{group.kind}", f"{TITLES[group.kind]}: {share(group.rate)} of '{group.name}' are lost.", hint)
        for group in worst
    )
