"""Report the gold-medal customers: the few who bring most of the profit."""

from __future__ import annotations

from decimal import Decimal

from sitegen.model.report import Alert, Chart, ChartKind, Grid, Head, Measure, Report, Series, Window
from sitegen.programme.reports.compared import Numbers, Said, figures
from sitegen.programme.reports.ground import Ground, month_before, per_cent
from sitegen.programme.reports.purchases import cents
from sitegen.programme.reports.registers import FIRST, WHO, named
from sitegen.programme.reports.spelling import ORDERS_KEPT, in_currency, plain, several, share
from sitegen.programme.reports.trade.gold_curve import STEPS, YEAR, Curve, curve, gold_customers

SOURCE = "80% of the profits are brought by 20% of the customers; strive to maintain a lifetime relationship"
_HEADS = (
    Head("place", "Place", Measure.COUNT),
    *WHO,
    Head("orders", "Orders", Measure.ORDERS),
    Head("spent", "Spent", Measure.MONEY),
    Head("profit", "Profit", Measure.MONEY),
    Head("so-far", "Profit up to here", Measure.PER_CENT),
    Head("last-order", "Last order", Measure.DAY),
)


def report(ground: Ground) -> Report:
    """How many customers bring the gold share of the profit, who they are, and how the profit is spread."""
    now, before = curve(ground), curve(ground.on(month_before(ground.today)))
    window = ground.last(YEAR)
    return Report(
        name="gold",
        title="Gold-medal customers",
        question="Who are the few customers who bring most of our profit?",
        answer=_answer(now, _wanted(ground)),
        window=window,
        figures=figures(window, (_numbers(now), _numbers(before)), (*_of_gold(ground, now), *_of_all(ground, now))),
        charts=(_chart(now, window),) if now.earned else (),
        grids=(_grid(ground, now, window),),
        alerts=_alerts(ground, now),
        sources=(SOURCE,),
    )


def _wanted(ground: Ground) -> str:
    return share(ground.setting.benchmarks["gold share"].value)


def _answer(now: Curve, wanted: str) -> str:
    if not now.earned:
        return f"Nobody brought a profit in the last {YEAR} days, so nobody can be called a gold customer yet."
    bring = "brings" if now.gold == 1 else "bring"
    return (
        f"{several(now.gold, 'customer')} of {now.customers:,} ({share(per_cent(now.gold, now.customers))}) {bring}"
        f" {wanted} of the profit; the first 20 % bring {share(per_cent(now.fifth_profit, now.earned))} of it."
    )


def _numbers(at: Curve) -> Numbers:
    return {
        "gold-customers": at.gold,
        "gold-share": per_cent(at.gold, at.customers),
        "fifth-share": per_cent(at.fifth_profit, at.earned),
        "gold-profit": at.gold_profit,
        "gold-silent": at.quiet,
        "customers": at.customers,
        "profit": at.earned - at.cost,
        "losing": at.losing,
        "cost": at.cost,
    }


def _of_gold(ground: Ground, now: Curve) -> tuple[Said, ...]:
    all_of_it, part_of_it = (in_currency(one, ground.currency) for one in (now.earned, now.fifth_profit))
    earned = f"{all_of_it} that customers with a profit brought in the last {YEAR} days"
    least = f"The fewest customers who together bring {_wanted(ground)} of the {earned}, those with the most first."
    gold, ordered = several(now.gold, "gold customer"), several(now.customers, "customer")
    part = f"The {gold} in per cent of the {ordered} with an order in the last {YEAR} days."
    fifth = f"{part_of_it} from the first fifth of the customers, rounded up, in per cent of the {earned}."
    brought = f"What the {gold} brought of the {earned}."
    quiet = f"Gold customers whose last order is {ground.setting.warned_after} days ago or longer."
    return (
        Said("gold-customers", "Gold customers", Measure.CUSTOMERS, least, 0, SOURCE),
        Said("gold-share", "Gold customers among all", Measure.PER_CENT, part, 0, SOURCE),
        Said("fifth-share", "Profit from the first 20 %", Measure.PER_CENT, fifth, 0, SOURCE),
        Said("gold-profit", "Profit from gold customers", Measure.MONEY, brought, 1, SOURCE),
        Said("gold-silent", "Gold customers gone silent", Measure.CUSTOMERS, quiet, -1, SOURCE),
    )


def _of_all(ground: Ground, now: Curve) -> tuple[Said, ...]:
    ordered = f"Customers with an order in the last {YEAR} days. {ORDERS_KEPT}"
    margin = f"where one names none, {plain(ground.setting.margin)} % of its amount"
    profit = f"The profit of all orders of the last {YEAR} days; {margin}. {ORDERS_KEPT}"
    losing = f"Of the {several(now.customers, 'customer')} who ordered, those whose orders add up to a loss."
    cost = f"The losses of the {several(now.losing, 'customer')} whose orders add up to one."
    return (
        Said("customers", "Customers who ordered", Measure.CUSTOMERS, ordered, 1, SOURCE),
        Said("profit", "Profit of the year", Measure.MONEY, profit, 1, SOURCE),
        Said("losing", "Customers who bring a loss", Measure.CUSTOMERS, losing, -1, SOURCE),
        Said("cost", "What these customers cost", Measure.MONEY, cost, -1, SOURCE),
    )


def _chart(now: Curve, window: Window) -> Chart:
    points = ((Decimal(0), Decimal(0)), *now.points)
    gold = per_cent(now.gold, now.customers)
    return Chart(
        name="pareto",
        title="How the profit adds up, customer by customer",
        kind=ChartKind.LINE,
        across="Customers, those with the most profit first, in %",
        up="Profit, in %",
        measure=Measure.PER_CENT,
        labels=("0", *_steps(now)),
        series=(
            Series("Profit of these customers", tuple(profit for _, profit in points)),
            Series("If all brought the same", tuple(customers for customers, _ in points)),
        ),
        says=f"The curve lies above the even line: the first {share(gold)} of the customers bring"
        f" {share(per_cent(now.gold_profit, now.earned))} of the profit, the first 20 % bring"
        f" {share(per_cent(now.fifth_profit, now.earned))}.",
        source="orders",
        window=window,
    )


def _steps(now: Curve) -> tuple[str, ...]:
    """What the steps of the curve are called: per cent of the customers, of whom a step holds whole ones."""
    if len(now.points) == STEPS:
        return tuple(str(number) for number in range(1, STEPS + 1))
    return tuple(str(int(customers or 0)) for customers, _ in now.points)


def _grid(ground: Ground, now: Curve, window: Window) -> Grid:
    rows = named(ground, gold_customers(ground).order_by("place").limit(FIRST)).order_by("place")
    return Grid(
        name="gold-customers",
        title="The gold customers",
        definition=f"Customers who bring {_wanted(ground)} of the profit of the last {YEAR} days, by their profit.",
        window=window,
        heads=_HEADS,
        rows=tuple(
            (
                row["place"] + 1,
                *(row[name] for name in ("customer", "name", "adviser", "orders")),
                *(cents(row[name]) for name in ("spent", "profit")),
                per_cent(row["so_far"], row["total"]),
                row["last"],
            )
            for row in ground.ask(rows)
        ),
        total=now.gold,
    )


def _alerts(ground: Ground, now: Curve) -> tuple[Alert, ...]:
    if not now.quiet:
        return ()
    who = several(now.quiet, "gold customer has", "gold customers have")
    brought = in_currency(now.quiet_profit, ground.currency)
    text = f"{who} not ordered for {ground.setting.warned_after} days; they brought {brought} of profit."
    return (Alert("gold-silent", text, "let their advisers call them this week"),)
