"""The twenty segments of twenty.yaml written by hand in pandas: what we are measured against."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from tests.audience.little_shop import TODAY
from tests.bench.in_polars import COLUMNS, EIGHT_DAYS_AGO, MOONS, TWO_YEARS_AGO, WEEK, YEAR_AGO
from tests.bench.timing import Clock, Result

DAY = pd.Timestamp(TODAY)


def measure(root: Path) -> Result:
    """pandas over the Parquet files, with its Arrow types (objects would be Python decimals, and far slower)."""
    clock = Clock()
    with clock.step("facts"):
        facts = facts_of(root / "customers")
    with clock.step("counts"):
        segments = segments_of(facts)
        counts = {name: int(inside.sum()) for name, inside in segments.items()}
    with clock.step("members"):
        assert len(pd.DataFrame(segments)) == len(facts)
    return Result(clock.taken, clock.worked, counts)


def facts_of(folder: Path) -> pd.DataFrame:
    """One row for each customer."""
    orders = _read(folder / "orders.parquet", ["customer_id", "ordered_at", "amount", "profit", "channel", "status"])
    orders = orders[~orders["status"].isin(["returned", "cancelled"]) & (orders["ordered_at"] <= TODAY)]
    amount, profit, day = orders["amount"].astype("float64"), orders["profit"].astype("float64"), orders["ordered_at"]
    orders = orders.assign(
        amount=amount,
        profit=profit,
        recent_profit=profit.where(day >= YEAR_AGO),
        web_amount=amount.where((orders["channel"] == "web") & (day >= TWO_YEARS_AGO)),
        big=amount >= 400,
        big_lately=(amount > 300) & (day >= EIGHT_DAYS_AGO),
    )
    trade = orders.groupby("customer_id").agg(
        orders=("amount", "size"),
        total_spent=("amount", "sum"),
        total_profit=("profit", "sum"),
        profit_last_year=("recent_profit", "sum"),
        first_order=("ordered_at", "min"),
        last_order=("ordered_at", "max"),
        average_order=("amount", "mean"),
        web_spending=("web_amount", "sum"),
        big_orders=("big", "sum"),
        big_lately=("big_lately", "sum"),
    )
    complaints = _read(folder / "complaints.parquet", ["customer_id", "opened_on", "solved_on"])
    waiting = complaints["solved_on"].isna() | (complaints["solved_on"] > TODAY)
    complaints = complaints[(complaints["opened_on"] <= TODAY) & waiting].groupby("customer_id").size()
    answers = _read(folder / "survey_answers.parquet", ["customer_id", "score", "answered_on"])
    latest = answers.groupby("customer_id")["answered_on"].transform("max")
    answers = answers[answers["answered_on"] == latest].groupby("customer_id")["score"].mean().round(2)
    calls = _read(folder / "contacts.parquet", ["customer_id", "at", "channel", "direction"])
    ours = (calls["channel"] == "call") & (calls["direction"] == "out")
    calls = calls[ours & (calls["at"] >= EIGHT_DAYS_AGO) & (calls["at"] <= TODAY)].groupby("customer_id").size()
    people = _read(folder / "customers.parquet", list(COLUMNS)).set_index("customer_id")
    people = people.join(trade)
    people = people.join(complaints.rename("complaints_open")).join(answers.rename("satisfaction"))
    people = people.join(calls.rename("called")).sort_index()
    zero = ["orders", "total_spent", "total_profit", "profit_last_year", "web_spending", "big_orders", "big_lately"]
    return people.fillna(dict.fromkeys([*zero, "complaints_open", "called"], 0))


def segments_of(facts: pd.DataFrame) -> dict[str, pd.Series]:
    """Whether each customer is in each segment; `facts` stand in the order of customer_id."""
    f = facts
    staff = _sure(f["class"] == "staff")
    spent, average, last = f["total_spent"].round(2), f["average_order"].round(2), f["last_order"]
    interests = f["interests"].map(lambda items: frozenset() if items is None or items is pd.NA else frozenset(items))
    liked = {item: interests.map(lambda items, item=item: item in items) for item in ("beads", "tea", "lamps")}
    text = {name: f[name].fillna("").str.lower() for name in ("email", "street", "city")}
    found = {
        "gold": _bringing(f["profit_last_year"], 80) & ~staff,
        "best-fifth": spent.rank(method="first", ascending=False) <= -(-len(f) // 5),
        "first-hundred": f["total_profit"].round(2).rank(method="first", ascending=False) <= 100,
        "regulars": _sure(last >= YEAR_AGO) & ~staff,
        "lapsed": (f["orders"] >= 2)
        & _sure(last < (DAY - pd.Timedelta(days=180)).date())
        & ~(staff | (f["complaints_open"] >= 1)),
        "new-friends": _sure(f["first_order"] >= YEAR_AGO),
        "middle": spent.between(200, 999.99) & _sure(average < 150),
        "web-shoppers": (f["web_spending"].round(2) > 100) & (f["big_orders"] <= 1),
        "birthday-week": _sure(f["birthday"].dt.strftime("%m-%d").isin(WEEK)),
        "lunar-birthday": _sure(f["lunar_birthday"].isin(MOONS)),
        "anniversary-month": _sure(f["member_since"].dt.month == TODAY.month)
        & _sure(f["member_since"] < pd.Timestamp(2026, 9, 1).date()),
        "satisfied": _sure(f["satisfaction"] >= 4),
        "bead-lovers": liked["beads"] | (liked["tea"] & liked["lamps"]),
        "plain-tastes": ~(liked["beads"] | liked["tea"]) & interests.map(bool),
        "in-the-north": _sure(f["country"].isin(["NO", "DE"])) | text["city"].str.startswith("brem"),
        "at-the-office": f["company_address"].fillna(False)
        | text["email"].str.contains(r"@(?:[^@]*\.)?office\.example\.org$")
        | text["street"].str.contains("office", regex=False),
        "big-order-call": (f["big_lately"] >= 1) & (f["called"] == 0),
        "well-known": (f["income"].isna() | (f["income"].astype("float64") >= 40000))
        & _sure(f["phone"] != "")
        & (f["salutation"].fillna("") == ""),
    }
    found["gold-at-home"] = found["gold"] & found["in-the-north"] & ~found["at-the-office"]
    found["everyone-else"] = ~(found["regulars"] | found["lapsed"] | found["best-fifth"])
    return found


def _read(path: Path, columns: list[str]) -> pd.DataFrame:
    return pd.read_parquet(path, columns=columns, dtype_backend="pyarrow")


def _sure(condition: pd.Series) -> pd.Series:
    return condition.fillna(False).astype(bool)


def _bringing(column: pd.Series, percent: int) -> pd.Series:
    """Whether each customer is one of the fewest that bring that share."""
    cents = (column * 100).round().astype("int64").clip(lower=0)
    ranked = cents.sort_values(ascending=False, kind="stable")
    before = ranked.cumsum() - ranked
    return ((before * 100 < cents.sum() * percent) & (ranked > 0)).reindex(cents.index)
