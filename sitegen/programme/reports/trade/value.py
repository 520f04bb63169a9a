"""Report what a customer is worth, what losing one costs, and what winning another costs instead."""

from __future__ import annotations

from decimal import Decimal

from sitegen.model.report import Amount, Chart, ChartKind, Grid, Head, Measure, Report, Series, Window
from sitegen.programme.reports.arithmetic import churn_cost, kept_for_the_price, with_word
from sitegen.programme.reports.compared import Numbers, Said, figures
from sitegen.programme.reports.ground import Ground, month_before
from sitegen.programme.reports.loss_rate import Loss, loss_alerts, loss_said, yearly_loss
from sitegen.programme.reports.purchases import cents
from sitegen.programme.reports.spelling import ORDERS_KEPT, in_currency, plain, several
from sitegen.programme.reports.trade.customer_value import YEAR, Trade, Trades, trades

VALUE = "once a week ... 100 yuan ... 50 weeks ... 5,000 ... 10 years ... 50,000 ... profit of 10 [%] ... 5,000"
COST = "5,000 customers ... 5 % ... 250 ... 8,000 ... 2 million ... 10 % ... 200,000"
WORD = "The loss is also underestimated if we consider ... bad communication"
_HEADS = (
    Head("history", "Customers"),
    Head("customers", "How many", Measure.CUSTOMERS),
    Head("average-order", "Average order", Measure.MONEY),
    Head("orders-a-year", "Orders a year", Measure.TIMES),
    Head("spent-a-year", "Spent a year", Measure.MONEY),
    Head("value", "Spent over the years", Measure.MONEY),
    Head("margin", "Margin", Measure.PER_CENT),
    Head("profit", "Profit over the years", Measure.MONEY),
)


def report(ground: Ground) -> Report:
    """Lifetime values of new and old customers, what one lost customer costs, and what the loss of a year costs."""
    earlier = ground.on(month_before(ground.today))
    now, before = trades(ground), trades(earlier)
    loss, loss_before = yearly_loss(ground), yearly_loss(earlier)
    window, marks = ground.last(YEAR), ground.setting.benchmarks
    numbers = (_numbers(ground, now, loss), _numbers(ground, before, loss_before))
    said = (*_of_value(ground, now), *_of_one(ground), loss_said(ground, loss), *_of_all(ground, now, loss))
    return Report(
        name="value",
        title="What a customer is worth",
        question="What is a customer worth, and what does it cost to lose one?",
        answer=_answer(ground, now),
        window=window,
        figures=figures(window, numbers, said),
        charts=(_chart(ground, now),) if now.everybody.customers else (),
        grids=(_grid(ground, now, window),),
        alerts=loss_alerts(ground, loss),
        sources=(VALUE, COST, WORD, marks["acquisition cost"].source, marks["old profit"].source),
    )


def _answer(ground: Ground, now: Trades) -> str:
    one = now.everybody
    if one.value is None or one.profit is None:
        return f"Nobody ordered in the last {YEAR} days, so no customer's value can be reckoned."
    over = several(one.years, "year")
    word = with_word(one.profit, ground.setting.benchmarks["won"].value)
    return (
        f"A customer spends {in_currency(one.value, ground.currency)} over {over} and brings"
        f" {in_currency(one.profit, ground.currency)} of profit; who leaves with a bad word takes"
        f" {in_currency(word, ground.currency)} of it along."
    )


def _numbers(ground: Ground, trade: Trades, loss: Loss) -> Numbers:
    marks, one = ground.setting.benchmarks, trade.everybody
    old, new = trade.old.profit_a_year, trade.new.profit_a_year
    cost = None
    if one.per_year is not None and loss.held:
        cost = churn_cost(loss.held, Decimal(loss.lost) * 100 / loss.held, one.per_year, one.margin)
    return {
        "value": one.value,
        "profit": one.profit,
        "value-old": trade.old.value,
        "profit-old": trade.old.profit,
        "value-new": trade.new.value,
        "profit-new": trade.new.profit,
        "loss-with-word": None if one.profit is None else cents(with_word(one.profit, marks["won"].value)),
        "old-to-new": None if old is None or not new else _tenth(old / new),
        "loss-rate": loss.rate,
        "lost-revenue": None if cost is None else cents(cost.revenue),
        "lost-profit": None if cost is None else cents(cost.profit),
        "kept-instead": int(kept_for_the_price(loss.lost, marks["acquisition cost"].value)),
    }


def _tenth(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"), "ROUND_HALF_UP")


def _of_value(ground: Ground, now: Trades) -> tuple[Said, ...]:
    """Of all customers, the old and the new ones: what one spends, and the profit of it."""
    all_of_them = several(now.everybody.customers, "customer")
    who = (
        ("", "A customer", f"{all_of_them} ordered in the last {YEAR} days", now.everybody),
        ("-old", "An old customer", f"{now.old.customers:,} of {all_of_them} had ordered before", now.old),
        ("-new", "A new customer", f"{now.new.customers:,} of {all_of_them} came in these days", now.new),
    )
    over = several(ground.setting.years, "year")
    told = []
    for key, title, words, trade in who:
        often = (
            f"an average order of {_said(ground, trade.per_order)}, {trade.orders_a_year or 0} orders a year, {over}"
        )
        spent = f"{words}: {often}. {ORDERS_KEPT}"
        brought = (
            f"{_said(ground, trade.value)} over {over}, of which {_percent(trade)} are profit. {_margin(ground, trade)}"
        )
        told += [
            Said(f"value{key}", f"{title} spends", Measure.MONEY, spent, 1, VALUE),
            Said(f"profit{key}", f"{title} brings", Measure.MONEY, brought, 1, VALUE),
        ]
    return tuple(told)


def _said(ground: Ground, number: Decimal | None) -> str:
    return "nothing" if number is None else in_currency(number, ground.currency)


def _percent(trade: Trade) -> str:
    return f"{plain(trade.margin.quantize(Decimal('0.01')))} %"


def _margin(ground: Ground, trade: Trade) -> str:
    if not trade.named:
        return "No order names its profit, so this is the margin that the shop sets."
    return f"Orders that name their profit brought {_said(ground, trade.named_profit)} of {_said(ground, trade.named)}."


def _of_one(ground: Ground) -> tuple[Said, ...]:
    """What goes with one customer, and how old ones compare with new ones."""
    won, old = (ground.setting.benchmarks[name] for name in ("won", "old profit"))
    word = f"The profit of a customer, and of {plain(won.value)} more whom a bad word keeps away ({won.source})."
    ratio = (
        f"What an old customer brings in a year, divided by what a new one brings; the texts say {plain(old.value)}."
    )
    return (
        Said("loss-with-word", "Lost with one customer", Measure.MONEY, word, 0, WORD),
        Said("old-to-new", "Old against new", Measure.TIMES, ratio, 0, old.source),
    )


def _of_all(ground: Ground, now: Trades, loss: Loss) -> tuple[Said, ...]:
    """What the loss of the year costs, and what it would cost to win as many."""
    mark, one = ground.setting.benchmarks["acquisition cost"], now.everybody
    lost = several(loss.lost, "customer")
    spent = None if one.per_year is None else cents(one.per_year)
    revenue = f"{lost} lost in a year, each of whom would spend {_said(ground, spent)} in a year, as the others do."
    profit = f"{_percent(one)} of what the {lost} lost would spend in a year. {_margin(ground, one)}"
    between = "" if mark.low is None or mark.high is None else f" ({plain(mark.low)} to {plain(mark.high)})"
    kept = f"Winning a customer costs {plain(mark.value)} times{between} what keeping one costs: {lost} were lost."
    return (
        Said("lost-revenue", "Revenue lost in a year", Measure.MONEY, revenue, -1, COST),
        Said("lost-profit", "Profit lost in a year", Measure.MONEY, profit, -1, COST),
        Said("kept-instead", "Could be kept for winning these anew", Measure.CUSTOMERS, kept, 0, mark.source),
    )


def _chart(ground: Ground, now: Trades) -> Chart:
    old, new, over = now.old, now.new, several(ground.setting.years, "year")
    return Chart(
        name="values",
        title=f"What a customer spends and brings over {over}",
        kind=ChartKind.BARS,
        across="Customers",
        up="Amount for one customer",
        measure=Measure.MONEY,
        labels=("New", "Old", "All"),
        series=(
            Series("Spent", (new.value, old.value, now.everybody.value)),
            Series("Profit", (new.profit, old.profit, now.everybody.profit)),
        ),
        says=f"Over {over} an old customer spends {_said(ground, old.value)} and brings {_said(ground, old.profit)};"
        f" a new one spends {_said(ground, new.value)} and brings {_said(ground, new.profit)}.",
        source="orders",
        window=ground.last(YEAR),
    )


def _grid(ground: Ground, now: Trades, window: Window) -> Grid:
    rows = (("New", now.new), ("Old", now.old), ("All", now.everybody))
    return Grid(
        name="by-history",
        title="New and old customers",
        definition=f"Who ordered in the last {YEAR} days; new: the first order lies in these days, so they have had"
        f" less than a year. The years: {ground.setting.years}, as the shop sets it.",
        window=window,
        heads=_HEADS,
        rows=tuple(_row(title, trade) for title, trade in rows),
        total=len(rows),
    )


def _row(title: str, trade: Trade) -> tuple[Amount, ...]:
    visits = trade.orders_a_year
    often = None if visits is None else _tenth(visits)
    spent = None if trade.per_year is None else cents(trade.per_year)
    margin = _tenth(trade.margin) if trade.customers else None
    return (title, trade.customers, trade.per_order, often, spent, trade.value, margin, trade.profit)
