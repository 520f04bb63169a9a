"""Reckon again: gold-medal customers, from the printed definitions."""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate
from math import ceil

from tests.desk.reports_oracle.book import Book, Sheet, per_cent, rounded, total


def sheet(book: Book) -> Sheet:
    """Figures, the Pareto curve and the table of the gold customers."""
    lately = {
        who: rows
        for who in book.sales_of
        if (rows := [row for row in book.sales_of[who] if book.lately(row["ordered_at"])])
    }
    profit = {who: total(rows, "profit") for who, rows in lately.items()}
    ranked = sorted((who for who in profit if profit[who] > 0), key=lambda who: (-profit[who], who))
    sums = list(accumulate((profit[who] for who in ranked), initial=Decimal(0)))
    need = sums[-1] * 80 / 100
    gold = ranked[: next(number for number, reached in enumerate(sums) if reached >= need)]
    silent = [who for who in gold if (last := book.last_order(who)) and last <= book.back(180)]
    fifth = sums[min(ceil(len(lately) / 5), len(ranked))]
    losing = [value for value in profit.values() if value < 0]
    figures = {
        "gold-customers": len(gold),
        "gold-share": per_cent(len(gold), len(lately)),
        "fifth-share": per_cent(fifth, sums[-1]),
        "gold-profit": rounded(sums[len(gold)]),
        "gold-silent": len(silent),
        "customers": len(lately),
        "profit": rounded(sum(profit.values(), Decimal(0))),
        "losing": len(losing),
        "cost": rounded(-sum(losing, Decimal(0))),
    }
    rows = [
        (
            place + 1,
            who,
            book.name(who),
            book.adviser(who),
            len(lately[who]),
            total(lately[who], "amount"),
            profit[who],
            per_cent(sums[place + 1], sums[-1]),
            book.last_order(who),
        )
        for place, who in enumerate(gold[:100])
    ]
    return Sheet(figures, {"pareto": _curve(sums, len(lately))}, {"gold-customers": rows})


def _curve(sums: list[Decimal], count: int) -> tuple[list[str], dict[str, list[Decimal | None]]]:
    """A point for each hundredth of the customers, rounded up to whole ones, and called by the hundredth."""
    points = [ceil(Decimal(count) * step / 100) for step in range(101)]
    across = [per_cent(point, count) or Decimal(0) for point in points]
    return [str(step) for step in range(101)], {
        "Profit of these customers": [per_cent(sums[min(point, len(sums) - 1)], sums[-1]) for point in points],
        "If all brought the same": list(across),
    }
