"""Show the goods with the most defects: what came back, or was complained of."""

from __future__ import annotations

from sitegen.model.report import Grid, Head, Measure
from sitegen.programme.complaints.registers import YEAR, defect_rows
from sitegen.programme.reports.compared import how_often
from sitegen.programme.reports.ground import Ground, per_cent

FIRST = 20
SOURCE = "zero defect products"
_COUNTS = ("orders", "returned", "complained", "defects")
_HEADS = (
    Head("product", "Product"),
    Head("name", "Name"),
    Head("orders", "Orders with it", Measure.ORDERS),
    Head("returned", "Of these came back", Measure.ORDERS),
    Head("complaints", "Complaint about quality", Measure.ORDERS),
    Head("defects", "Either of them", Measure.ORDERS),
    Head("share", "Share", Measure.PER_CENT),
    Head("rated-low", "Beside: 1 or 2 stars", Measure.ORDERS),
)


def defect_grid(ground: Ground) -> Grid:
    """The first FIRST goods of the desk's register of defects (`defect_rows`). Source: SOURCE."""
    rows = defect_rows(ground.tables, ground.today, ground.schema)
    rows = rows.filter(rows["defects"] > 0)
    found = ground.ask(rows.limit(FIRST))
    listed = tuple(
        (
            row["product_id"],
            row["name"],
            *(int(row[name]) for name in _COUNTS),
            per_cent(int(row["defects"]), int(row["orders"])),
            int(row["rated_low"]),
        )
        for row in found
    )
    definition = (
        f"Orders of the last {YEAR} days that were not cancelled, by the goods in them: those that came back, or"
        " brought a complaint about quality; low evaluations stand beside, since they may mean the courier. An order"
        " with several goods counts for each of them, for nobody wrote down which one it was. Orders of people of the"
        " house count too. The most defects come first, among equals those of fewer orders."
    )
    return Grid("defects", "Goods with defects", definition, ground.last(YEAR), _HEADS, listed, how_often(ground, rows))
