"""Report the lost customers: who, when, why, and what it costs."""

from __future__ import annotations

import ibis

from sitegen.audience.facts.rows import table_of
from sitegen.model.report import Alert, Amount, Chart, ChartKind, Grid, Head, Measure, Report, Series, Window
from sitegen.programme.reports.compared import Numbers, Said, figures, mean
from sitegen.programme.reports.ground import Ground, Row, month_before, per_cent
from sitegen.programme.reports.loss.causes import CAUSES, SIGNS, YEAR, Cause
from sitegen.programme.reports.loss.losses import Losses, first_losses, last_words, losses
from sitegen.programme.reports.loss_rate import Loss, loss_alerts, loss_said, yearly_loss
from sitegen.programme.reports.purchases import cents, outside
from sitegen.programme.reports.registers import WHO
from sitegen.programme.reports.spelling import in_currency, several, share
from sitegen.programme.reports.spells import loss_in_words

SOURCE = "don't know which customers they lost, when they lost them, or why they lost them, let alone what impact"
SURVEY = "study why our lost customers will buy other companies' products"
ANSWERS = 50
HALF = 50
_REGISTER = (
    *WHO,
    Head("lost", "Lost on", Measure.DAY),
    Head("why", "Why"),
    Head("words", "In their words", personal=True),
    Head("last-order", "Last order", Measure.DAY),
    Head("orders", "Orders in the last year", Measure.ORDERS),
    Head("spent", "Spent in it", Measure.MONEY),
    Head("profit", "Profit of it", Measure.MONEY),
    Head("years", "Years to come", Measure.COUNT),
    Head("to-come", "Profit of these", Measure.MONEY),
)
_CAUSES = (
    Head("cause", "Why"),
    Head("customers", "Lost in a year", Measure.CUSTOMERS),
    Head("share", "Of all these", Measure.PER_CENT),
    Head("spent", "Spent in their last year", Measure.MONEY),
    Head("profit", "Profit of it", Measure.MONEY),
    Head("to-come", "Profit of the years to come", Measure.MONEY),
)
_WORDS = (Head("words", "What they said", personal=True), Head("customers", "Customers", Measure.CUSTOMERS))
_ANSWERS = (
    Head("survey", "Survey"),
    Head("question", "Question"),
    Head("answer", "Answer", personal=True),
    Head("customers", "Customers", Measure.CUSTOMERS),
    Head("score", "Average score", Measure.SCORE),
)


def report(ground: Ground) -> Report:
    """The register of the lost, the loss of a year beside the benchmark, its causes, and what a survey tells."""
    earlier = ground.on(month_before(ground.today))
    now, loss = losses(ground), yearly_loss(ground)
    window = ground.last(YEAR)
    numbers = (_numbers(now, loss), _numbers(losses(earlier), yearly_loss(earlier)))
    return Report(
        name="lost",
        title="Lost customers",
        question="Whom did we lose, when, why, and what does it cost?",
        answer=_answer(ground, now, loss),
        window=window,
        figures=figures(window, numbers, (*_said(ground, now), loss_said(ground, loss))),
        charts=(_chart(now, window),) if now.recent.customers else (),
        grids=(_register(ground, now), _causes(now, window), _words(ground), _answers(ground)),
        alerts=(*loss_alerts(ground, loss), *_alerts(now)),
        sources=(SOURCE, SURVEY, ground.setting.benchmarks["yearly loss"].source),
    )


def _numbers(at: Losses, loss: Loss) -> Numbers:
    silent = at.by_cause[Cause.SILENT].customers
    return {
        "lost-in-a-year": at.recent.customers,
        "loss-rate": loss.rate,
        "lost-ever": at.ever,
        "spent": at.recent.spent,
        "profit": at.recent.profit,
        "to-come": at.recent.to_come,
        "silent": per_cent(silent, at.recent.customers),
    }


def _answer(ground: Ground, now: Losses, loss: Loss) -> str:
    if not now.ever:
        return "Nobody is lost."
    rate = "" if loss.rate is None else f" ({share(loss.rate)} of those who were customers a year ago)"
    return (
        f"{several(now.recent.customers, 'customer')} became lost in the last {YEAR} days and stayed away{rate}; they"
        f" brought {in_currency(now.recent.profit, ground.currency)} of profit in their last year, and"
        f" {now.by_cause[Cause.SILENT].customers:,} left without a word."
    )


def _said(ground: Ground, now: Losses) -> tuple[Said, ...]:
    lost, years = several(now.recent.customers, "customer"), ground.setting.years
    who = f"{lost} lost in the last {YEAR} days who have not come back. {loss_in_words(ground)}"
    last = f"their last {YEAR} days up to the last order"
    stayed = f"{years} less the full years of {YEAR} days from their first to their last order, at least one"
    come = f"The profit of {last}, times the years to come: {stayed}."
    silent = f"{now.by_cause[Cause.SILENT].customers:,} of {lost}. {SIGNS}"
    return (
        Said("lost-in-a-year", "Lost in the last year", Measure.CUSTOMERS, who, -1, SOURCE),
        Said(
            "lost-ever",
            "Lost in all",
            Measure.CUSTOMERS,
            "Everybody who is lost today.",
            -1,
            SOURCE,
            Window(ground.today),
        ),
        Said("spent", "They spent in a year", Measure.MONEY, f"What the {lost} spent in {last}.", -1, SOURCE),
        Said("profit", "They brought in a year", Measure.MONEY, f"What the {lost} brought in {last}.", -1, SOURCE),
        Said("to-come", "They would have brought", Measure.MONEY, f"{come} Of the {lost}.", -1, SOURCE),
        Said("silent", "Left without a word", Measure.PER_CENT, silent, -1, SOURCE),
    )


def _chart(now: Losses, window: Window) -> Chart:
    told = max(now.by_cause, key=lambda cause: (now.by_cause[cause].customers, -cause))
    return Chart(
        name="causes",
        title="Why customers were lost",
        kind=ChartKind.LYING,
        across="Customers lost in a year",
        up="Why",
        measure=Measure.CUSTOMERS,
        labels=tuple(CAUSES[cause] for cause in Cause),
        series=(Series("Customers", tuple(now.by_cause[cause].customers for cause in Cause)),),
        says=f"Most often it is: {CAUSES[told]} ({now.by_cause[told].customers:,} of {now.recent.customers:,}).",
        source="customers, orders, complaints, responses, consents, suppressions",
        window=window,
    )


def _register(ground: Ground, now: Losses) -> Grid:
    last = f"The last year: the {YEAR} days up to the last order; its orders, what they spent and brought in it."
    come = f"Years to come: {ground.setting.years} less the full years from the first to the last order, at least one."
    definition = f"Everybody who is lost today, those first who would have brought most. {last} {come} {SIGNS}"
    rows = tuple(_line(row) for row in first_losses(ground))
    return Grid("register", "Who, when, why", definition, Window(ground.today), _REGISTER, rows, now.ever)


def _line(row: Row) -> tuple[Amount, ...]:
    return (
        *(row[name] for name in ("customer_id", "name", "adviser", "lost")),
        CAUSES[Cause(row["cause"])],
        *(row[name] for name in ("words", "day", "orders")),
        *(cents(row[name]) for name in ("spent", "profit")),
        row["years"],
        cents(row["to_come"]),
    )


def _causes(now: Losses, window: Window) -> Grid:
    rows = tuple(
        (CAUSES[cause], of.customers, per_cent(of.customers, now.recent.customers), of.spent, of.profit, of.to_come)
        for cause, of in now.by_cause.items()
    )
    definition = f"Customers lost in the last {YEAR} days who have not come back. {SIGNS}"
    return Grid("causes", "Why customers were lost", definition, window, _CAUSES, rows, len(rows))


def _words(ground: Ground) -> Grid:
    rows = tuple((row["words"], row["customers"]) for row in last_words(ground))
    definition = "What those who are lost said at the goodbye, the most frequent first."
    return Grid("words", "What they said when they left", definition, Window(ground.today), _WORDS, rows, len(rows))


def _answers(ground: Ground) -> Grid:
    """Source: SURVEY."""
    answers = outside(ground, table_of(ground.tables, "survey_answers", ground.schema))
    answers = answers.filter(
        answers["survey"].lower().contains("lost"), answers["answered_on"] <= ibis.date(ground.today)
    )
    told = answers.group_by("survey", "question", "answer").aggregate(
        customers=answers["customer_id"].nunique(),
        scores=answers["score"].count(),
        total=answers["score"].sum().cast("int64"),
    )
    order = [told["survey"], told["question"], told["customers"].desc(), told["answer"]]
    rows = tuple(
        (row["survey"], row["question"], row["answer"], row["customers"], mean(row["total"], row["scores"]))
        for row in ground.ask(told.order_by(order).limit(ANSWERS))
    )
    definition = "Answers to surveys whose name has 'lost' in it; empty where there was none."
    title = "Why they buy elsewhere"
    return Grid("elsewhere", title, definition, Window(ground.today), _ANSWERS, rows, len(rows))


def _alerts(now: Losses) -> tuple[Alert, ...]:
    silent = per_cent(now.by_cause[Cause.SILENT].customers, now.recent.customers)
    if silent is None or silent <= HALF:
        return ()
    text = f"{share(silent)} of those lost in a year left without a word, so nobody knows why."
    return (Alert("silent", text, "ask them: call some, or send a survey whose name begins with 'lost'"),)
