"""Report the goods that lie in stock and that nobody buys."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import ibis

from sitegen.model.report import Alert, Amount, Chart, ChartKind, Figure, Grid, Head, Measure, Report, Series, Window
from sitegen.programme.products import product_rows
from sitegen.programme.reports.compared import MONEY, Numbers, Said, figures
from sitegen.programme.reports.ground import Ground, Row, per_cent
from sitegen.programme.reports.purchases import cents
from sitegen.programme.reports.spelling import in_currency, plain, several

SHOWN = 100
DRAWN = 10
SOURCE = "allows products with zero sales volume to increase sales"
STOCK_OF_TODAY = "The stock of a month ago is not known."
_HEADS = (
    Head("product", "Product"),
    Head("name", "Name"),
    Head("group", "Group"),
    Head("stock", "In stock", Measure.COUNT),
    Head("value", "Stock value", Measure.MONEY),
    Head("last-sold", "Last sale", Measure.DAY),
    Head("launched-on", "On the shelf since", Measure.DAY),
    Head("days", "Days without a sale", Measure.DAYS),
    Head("proposal", "Proposal"),
)


def report(ground: Ground) -> Report:
    """What lies in stock without a sale for `unsold_days`, what it is worth, and what to do with it."""
    rows = _unsold(ground)
    numbers, first = _numbers(ground, rows), ground.ask(_listed(rows))
    window = _window(ground)
    return Report(
        name="unsold",
        title="Goods that nobody buys",
        question="Which goods lie in stock without a sale, and what may members do for them?",
        answer=_answer(ground, numbers),
        window=window,
        figures=_figures(ground, numbers),
        charts=_chart(first, window, ground.currency),
        grids=(_grid(ground, first, numbers),),
        alerts=_alerts(ground, numbers),
        sources=(SOURCE,),
    )


def _window(ground: Ground) -> Window:
    return ground.last(ground.setting.unsold_days)


def _in_stock(ground: Ground) -> ibis.Table:
    """The products in stock with `value`, and `since`: their last sale, or the day on which they came."""
    products = product_rows(ground.tables, ground.today)
    products = products.filter((products["stock"] > 0).fill_null(False))
    launched, sold = products["launched_on"].cast("date"), products["last_sold"].cast("date")
    products = products.filter((launched <= ibis.date(ground.today)).fill_null(True))
    piece = ibis.coalesce(products["cost"], products["price"]).fill_null(Decimal(0)).cast(MONEY)
    return products.mutate(
        value=(piece * products["stock"]).cast(MONEY),
        since=ibis.greatest(ibis.coalesce(sold, launched), ibis.coalesce(launched, sold)),
    )


def _unsold(ground: Ground) -> ibis.Table:
    rows, first = _in_stock(ground), _window(ground).first
    assert first is not None
    return rows.filter((rows["since"] < ibis.date(first)).fill_null(True))


def _listed(rows: ibis.Table) -> ibis.Table:
    return rows.order_by(ibis.desc("value"), "product_id").limit(SHOWN)


def _numbers(ground: Ground, rows: ibis.Table) -> Numbers:
    everything = _in_stock(ground)
    (unsold,) = ground.ask(rows.aggregate(goods=rows.count(), value=rows["value"].sum().cast(MONEY)))
    (stock,) = ground.ask(everything.aggregate(goods=everything.count(), value=everything["value"].sum().cast(MONEY)))
    return {
        "unsold": int(unsold["goods"]),
        "in-stock": int(stock["goods"]),
        "unsold-share": per_cent(int(unsold["goods"]), int(stock["goods"])),
        "value": cents(unsold["value"]),
        "stock-value": cents(stock["value"]),
        "value-share": per_cent(unsold["value"], stock["value"]),
    }


def _answer(ground: Ground, now: Numbers) -> str:
    days = ground.setting.unsold_days
    if not now["in-stock"]:
        return "The list of products says of none that it is in stock."
    if not now["unsold"]:
        return f"Everything in stock ({now['in-stock']:,} products) was sold in the last {days} days, or is newer."
    return (
        f"{now['unsold']:,} of {now['in-stock']:,} products in stock had no sale in the last {days} days; that stock is"
        f" worth {_spelled(ground, now, 'value')} ({now['value-share']} % of the stock)."
    )


def _figures(ground: Ground, now: Numbers) -> tuple[Figure, ...]:
    days = ground.setting.unsold_days
    meant = f"in stock, on the shelf before the last {days} days began, and without a sale in these"
    value = "pieces in stock times cost, or times the list price where no cost is known"
    said = (
        Said("unsold", "Products without a sale", Measure.COUNT,
             f"Products {meant}. Returned and cancelled orders are no sales. {STOCK_OF_TODAY}", -1, SOURCE),
        Said("unsold-share", "Their share of the products", Measure.PER_CENT,
             f"{now['unsold']:,} of {now['in-stock']:,} products in stock. {STOCK_OF_TODAY}", -1, SOURCE),
        Said("value", "What they are worth", Measure.MONEY,
             f"Over products {meant}: {value}. {STOCK_OF_TODAY}", -1, SOURCE),
        Said("value-share", "Their share of the stock's value", Measure.PER_CENT,
             f"{_spelled(ground, now, 'value')} of {_spelled(ground, now, 'stock-value')}: {value}."
             f" {STOCK_OF_TODAY}", -1, SOURCE),
    )  # fmt: skip
    return figures(_window(ground), (now, {}), said)


def _chart(first: Sequence[Row], window: Window, currency: str) -> tuple[Chart, ...]:
    if not first:
        return ()
    drawn = first[:DRAWN]
    chart = Chart(
        name="unsold",
        title="Where the money lies",
        kind=ChartKind.LYING,
        across="Stock value",
        up="Product",
        measure=Measure.MONEY,
        labels=tuple(row["name"] or row["product_id"] for row in drawn),
        series=(Series("Stock value", tuple(cents(row["value"]) for row in drawn)),),
        says=f"Most lies in {drawn[0]['name'] or drawn[0]['product_id']}:"
        f" {in_currency(cents(drawn[0]['value']), currency)}.",
        source="products, order_lines, orders",
        window=window,
    )
    return (chart,)


def _grid(ground: Ground, first: Sequence[Row], now: Numbers) -> Grid:
    rows = tuple(
        (row["product_id"], row["name"], row["group"], row["stock"], cents(row["value"]), row["last_sold"],
         row["launched_on"], (ground.today - row["since"]).days if row["since"] else None, _proposal(ground, row))
        for row in first
    )  # fmt: skip
    definition = (
        f"Products in stock without a sale in the last {ground.setting.unsold_days} days, the dearest stock first; the"
        " value is pieces times cost, or times the list price where no cost is known."
    )
    total = now["unsold"]
    assert isinstance(total, int)
    return Grid("unsold", "Goods without a sale", definition, _window(ground), _HEADS, rows, total)


def _proposal(ground: Ground, row: Row) -> str:
    """What the members' area may do for a product."""
    offered = ground.programme.prices.unsold
    if offered is None:
        return "show it in the members' area: `unsold` in content/programme/prices.yaml"
    since = row["since"]
    if since is not None and (ground.today - since).days < offered.days:
        return f"the members' area shows it after {offered.days} days without a sale"
    if not offered.discount:
        return "the members' area shows it; tell its story, or name a price for members"
    if row["cost"] is not None and row["price"] is not None and _reduced(row["price"], offered.discount) < row["cost"]:
        return f"the members' area offers it with {plain(offered.discount)} % off, which is below its cost"
    return f"the members' area offers it with {plain(offered.discount)} % off; invite those who bought of its group"


def _reduced(price: Decimal, discount: Decimal) -> Decimal:
    return price * (100 - discount) / 100


def _alerts(ground: Ground, now: Numbers) -> tuple[Alert, ...]:
    if not now["unsold"] or ground.programme.prices.unsold is not None:
        return ()
    text = f"{several(_count(now['unsold']), 'product')} had no sale in the last {ground.setting.unsold_days} days"
    return (Alert("unsold", f"{text}.", "offer them to members first: `unsold` in content/programme/prices.yaml"),)


def _spelled(ground: Ground, now: Numbers, name: str) -> str:
    value = now[name]
    assert isinstance(value, Decimal)
    return in_currency(value, ground.currency)


def _count(value: Amount) -> int:
    return value if isinstance(value, int) else 0
