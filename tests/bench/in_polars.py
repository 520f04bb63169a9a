"""The twenty segments of twenty.yaml written by hand in polars: what we are measured against."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import polars as pl

from sitegen.audience.calendar.lunar import lunar_keys
from tests.audience.little_shop import TODAY
from tests.bench.timing import Clock, Result

YEAR_AGO = TODAY - timedelta(365)
TWO_YEARS_AGO = date(TODAY.year - 2, TODAY.month, TODAY.day)
EIGHT_DAYS_AGO = TODAY - timedelta(8)
WEEK = tuple((TODAY + timedelta(number)).strftime("%m-%d") for number in range(8))
MOONS = tuple(key for number in range(4) for key in lunar_keys(TODAY + timedelta(number)))
COLUMNS = (
    *("customer_id", "class", "country", "city", "street", "email", "phone", "salutation", "company_address"),
    *("income", "birthday", "lunar_birthday", "member_since", "interests"),
)


def measure(root: Path) -> Result:
    """Lazy polars over the Parquet files."""
    clock = Clock()
    with clock.step("facts"):
        facts = facts_of(root / "customers").collect()
    with clock.step("counts"):
        segments = segments_of(facts)
        counts = facts.lazy().with_columns(**segments[0]).with_columns(**segments[1]).with_columns(**segments[2])
        names = [name for layer in segments for name in layer]
        row = counts.select(pl.col(names).sum()).collect().row(0, named=True)
    with clock.step("members"):
        table = facts.lazy().with_columns(**segments[0]).with_columns(**segments[1]).with_columns(**segments[2])
        assert table.select("customer_id", *names).collect().height == facts.height
    return Result(clock.taken, clock.worked, {name: int(number) for name, number in row.items()})


def facts_of(folder: Path) -> pl.LazyFrame:
    """One row for each customer."""
    c = pl.col
    day = c("ordered_at")
    orders = pl.scan_parquet(folder / "orders.parquet").filter(
        ~c("status").is_in(["returned", "cancelled"]).fill_null(False), day <= TODAY
    )
    trade = orders.group_by("customer_id").agg(
        orders=pl.len(),
        total_spent=c("amount").sum(),
        total_profit=c("profit").sum(),
        profit_last_year=c("profit").filter(day >= YEAR_AGO).sum(),
        first_order=day.min(),
        last_order=day.max(),
        average_order=(c("amount").sum().cast(pl.Float64) / pl.len()).round(2),
        web_spending=c("amount").filter((c("channel") == "web") & (day >= TWO_YEARS_AGO)).sum(),
        big_orders=(c("amount") >= 400).sum(),
        big_lately=((c("amount") > 300) & (day >= EIGHT_DAYS_AGO)).sum(),
    )
    complaints = pl.scan_parquet(folder / "complaints.parquet").filter(
        c("opened_on") <= TODAY, (c("solved_on") > TODAY).fill_null(True)
    )
    complaints = complaints.group_by("customer_id").agg(complaints_open=pl.len())
    answers = pl.scan_parquet(folder / "survey_answers.parquet").filter(c("answered_on") <= TODAY)
    answers = answers.filter(c("answered_on") == c("answered_on").max().over("customer_id"))
    answers = answers.group_by("customer_id").agg(satisfaction=c("score").mean().round(2))
    calls = pl.scan_parquet(folder / "contacts.parquet").filter(
        c("channel") == "call", c("direction") == "out", c("at").is_between(EIGHT_DAYS_AGO, TODAY)
    )
    calls = calls.group_by("customer_id").agg(called=pl.len())
    people = pl.scan_parquet(folder / "customers.parquet").select(COLUMNS)
    for part in (trade, complaints, answers, calls):
        people = people.join(part, on="customer_id", how="left")
    zero = ("orders", "total_spent", "total_profit", "profit_last_year", "web_spending", "big_orders", "big_lately")
    return people.with_columns(c(*zero, "complaints_open", "called").fill_null(0)).sort("customer_id")


def segments_of(facts: pl.DataFrame) -> tuple[dict[str, pl.Expr], ...]:
    """A boolean expression for each segment, in three layers; `facts` stand in the order of customer_id."""
    c, number = pl.col, facts.height
    staff = (c("class") == "staff").fill_null(False)
    first = {
        "gold": pl.lit(_bringing(facts, "profit_last_year")) & ~staff,
        "best-fifth": c("total_spent").rank("ordinal", descending=True) <= -(-number // 5),
        "first-hundred": c("total_profit").rank("ordinal", descending=True) <= 100,
        "regulars": (c("last_order") >= YEAR_AGO).fill_null(False) & ~staff,
        "lapsed": (c("orders") >= 2)
        & (c("last_order") < TODAY - timedelta(180)).fill_null(False)
        & ~(staff | (c("complaints_open") >= 1)),
        "new-friends": c("first_order").is_between(YEAR_AGO, TODAY).fill_null(False),
        "middle": (c("total_spent").is_between(200, 999.99)) & (c("average_order") < 150).fill_null(False),
        "web-shoppers": (c("web_spending") > 100) & (c("big_orders") <= 1),
        "birthday-week": c("birthday").dt.strftime("%m-%d").is_in(WEEK).fill_null(False),
        "lunar-birthday": c("lunar_birthday").is_in(MOONS).fill_null(False),
        "anniversary-month": (c("member_since").dt.month() == TODAY.month)
        & (c("member_since") < date(2026, 9, 1)).fill_null(False),
        "satisfied": (c("satisfaction") >= 4).fill_null(False),
        "bead-lovers": _any_of(("beads",)) | (_any_of(("tea",)) & _any_of(("lamps",))),
        "plain-tastes": ~_any_of(("beads", "tea")) & (c("interests").list.len() > 0).fill_null(False),
        "in-the-north": c("country").is_in(["NO", "DE"]).fill_null(False)
        | c("city").str.to_lowercase().str.starts_with("brem").fill_null(False),
        "at-the-office": c("company_address").fill_null(False)
        | c("email").str.contains(r"(?i)@([^@]*\.)?office\.example\.org$").fill_null(False)
        | c("street").str.to_lowercase().str.contains("office", literal=True).fill_null(False),
        "big-order-call": (c("big_lately") >= 1) & (c("called") == 0),
        "well-known": (c("income") >= 40000).fill_null(True)
        & (c("phone") != "").fill_null(False)
        & ((c("salutation") == "").fill_null(True)),
    }
    second = {"gold-at-home": c("gold") & c("in-the-north") & ~c("at-the-office")}
    third = {"everyone-else": ~(c("regulars") | c("lapsed") | c("best-fifth"))}
    return first, second, third


def _any_of(items: tuple[str, ...]) -> pl.Expr:
    c = pl.col
    found = c("interests").list.contains(items[0]).fill_null(False)
    for item in items[1:]:
        found = found | c("interests").list.contains(item).fill_null(False)
    return found


def _bringing(facts: pl.DataFrame, column: str) -> pl.Series:
    """Whether each customer is one of the fewest that bring 80 per cent."""
    ranked = facts.with_row_index("place").select("place", "customer_id", cents=(pl.col(column) * 100).cast(pl.Int64))
    ranked = ranked.filter(pl.col("cents") > 0).sort(["cents", "customer_id"], descending=[True, False])
    before = pl.col("cents").cum_sum() - pl.col("cents")
    inside = ranked.filter(before * 100 < pl.col("cents").sum() * 80)["place"]
    return pl.Series("bringing", [False]).new_from_index(0, facts.height).scatter(inside, True)
