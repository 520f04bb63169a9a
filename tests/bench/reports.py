"""Measure the owner's reports over a million customers, each measurement in a process of its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from sitegen.build.desk.duties import duty_table
from sitegen.build.desk.owners.reports import open_ground
from sitegen.build.people import people_on
from sitegen.data.engine import Limits, open_customers
from sitegen.model.column import Kind
from sitegen.model.duty import SAME_DAY, Act, Crossed, Desk, Duty, ForEach, Span
from sitegen.model.programme import Programme
from sitegen.model.rule import Condition, FactSpec, MoreThan, SumOf
from sitegen.model.tree import Place
from sitegen.programme.reports.registry import NAMES, made
from tests.audience.little_shop import TODAY
from tests.bench.crowd import MIX, ORDER_ROWS, ORDERS, write_crowd
from tests.bench.segments import MEMORY, project
from tests.bench.timing import Clock, Result, head

CUSTOMERS = 1_000_000
GOAL = 60
PRODUCTS = 500
MORE = {
    "orders": f"""
select *, ['swift', 'river', 'post'][1 + drawn(substr(order_id, 3)::bigint, 88) % 3] as courier,
  ordered_at + (1 + drawn(substr(order_id, 3)::bigint, 89) % 9)::int as delivered_on
from ({ORDER_ROWS})
""",
    "products": """
select printf('P-%03d', i) as product_id, printf('Product %d', i) as name,
  ['beads', 'linen', 'tea', 'throws'][1 + drawn(i, 81) % 4] as "group",
  (5 + drawn(i, 82) % 20000 / 100.0)::decimal(14, 2) as price,
  (2 + drawn(i, 82) % 8000 / 100.0)::decimal(14, 2) as cost,
  date '2020-01-01' + (drawn(i, 83) % 2400)::int as launched_on, (drawn(i, 84) % 60)::int as stock
from range({products}) as numbers(i)
""",
    "order_lines": """
select printf('O-%09d', i % {orders}) as order_id, 1 + (i // {orders})::int as line,
  printf('P-%03d', drawn(i, 85) % ({products} - 20)) as product_id, 1 + (drawn(i, 86) % 3)::int as quantity,
  (5 + drawn(i, 87) % 20000 / 100.0)::decimal(14, 2) as price
from range({orders} * 3 // 2) as numbers(i)
""",
    "referrals": """
select printf('C-%08d', drawn(i, 91) % {customers}) as referrer_id, printf('C-%08d', i * 20) as referred_id,
  date '2026-09-08' - (drawn(i, 92) % 1500)::int as day
from range({customers} // 20) as numbers(i)
""",
    "responses": """
select printf('campaign-%02d', i // {customers}) as campaign, printf('C-%08d', i % {customers}) as customer_id,
  'mail' as channel, ['accepted', 'ignored', 'ignored', 'refused'][1 + drawn(i, 93) % 4] as answer,
  date '2026-09-08' - (drawn(i, 94) % 700)::int as day
from range({customers} * 2) as numbers(i)
""",
    "promises": """
select printf('V-%08d', i) as promise_id, printf('C-%08d', drawn(i, 95) % {customers}) as customer_id,
  printf('A-%03d', drawn(i, 96) % 100) as adviser_id, 'a swatch' as promise,
  date '2026-09-08' - (10 + drawn(i, 97) % 400)::int as made_on,
  date '2026-09-08' - (drawn(i, 97) % 400)::int as due_on,
  case when share(i, 98) < 0.9 then date '2026-09-08' - (2 + drawn(i, 97) % 400)::int end as kept_on
from range({customers} // 20) as numbers(i)
""",
}
"""What reports ask for besides the tables of the crowd, and the crowd's orders with couriers."""
PLACE = Place("duties.yaml", 1, 1)
AMOUNT = FactSpec("amount", Kind.MONEY, "amount")
DUTIES = (
    Duty(
        "big-order",
        "Call after a big order",
        Act.CALL,
        ForEach("orders", (Condition(AMOUNT, MoreThan(Decimal(2000)), PLACE),), "ordered_at", "customer_id"),
        Span(7),
        PLACE,
    ),
    Duty("thanks", "Thank for a friend", Act.MESSAGE, ForEach("referrals", (), "day", "referred_id"), SAME_DAY, PLACE),
    Duty("sum", "Thank for a year", Act.LETTER, Crossed(SumOf("orders", "amount"), (Decimal(1000),)), Span(14), PLACE),
)
"""What the desk of the bench owes, since the beginning of its year."""


def section() -> str:
    """Measure all of it, and say it in Markdown."""
    with TemporaryDirectory(prefix="sitegen-bench-") as folder:
        write_crowd(Path(folder) / "customers", CUSTOMERS)
        _write_more(Path(folder) / "customers")
        ours, theirs = (_in_a_child(who, Path(folder)) for who in ("ours", "pandas"))
    assert ours.counts == theirs.counts, (ours.counts, theirs.counts)
    return _written(ours, theirs)


def _write_more(folder: Path) -> None:
    connection = duckdb.connect(config={"threads": 2, "memory_limit": "2GB", "preserve_insertion_order": False})
    connection.execute(f"set enable_progress_bar = false; {MIX}")
    for name, rows in MORE.items():
        sql = rows.format(customers=CUSTOMERS, orders=ORDERS * CUSTOMERS, products=PRODUCTS)
        connection.execute(f"copy ({sql}) to '{folder / name}.parquet' (format parquet)")
    connection.close()


def _written(ours: Result, theirs: Result) -> str:
    """The results as a table, and ours as a ratio of the peer's."""
    lines = [
        head("duckdb", "ibis-framework", "pandas"),
        f"{CUSTOMERS:,} customers, {ORDERS * CUSTOMERS:,} orders, {ORDERS * CUSTOMERS * 3 // 2:,} lines, three duties;",
        f"the engine may use {MEMORY}. Each measurement is a process of its own. pandas reads the same Parquet files,",
        "checks nothing, and answers one question of two reports by hand (who is gold; who came in 26 weeks), with",
        "the same answer. Ours reckons each report whole, a month before too. Seconds by the clock, and of all cores.",
        "",
        "| seconds | ours | pandas |",
        "|---|---:|---:|",
    ]
    steps = [*ours.seconds, *(step for step in theirs.seconds if step not in ours.seconds)]
    lines += [f"| {step} | {_cell(ours, step)} | {_cell(theirs, step)} |" for step in steps]
    clock, cores = (sum(taken.values()) for taken in (ours.seconds, ours.worked))
    both = list(theirs.seconds)
    ratio = sum(ours.worked[step] for step in both) / sum(theirs.worked[step] for step in both)
    return "\n".join(
        [
            *lines,
            f"| **all reports, with facts and duties** (goal: {GOAL}) | {clock:.1f} ({cores:.1f}) | |",
            f"| peak of the memory, GB | {ours.peak:.1f} | {theirs.peak:.1f} |",
            "",
            f"Gold and bucket together take us {ratio:.2f} of the cores' time of pandas.",
        ]
    )


def _cell(result: Result, step: str) -> str:
    return f"{result.seconds[step]:.2f} ({result.worked[step]:.2f})" if step in result.seconds else ""


def ours(root: Path) -> Result:
    """Every report over the customer file in `root`, one after the other, as a build makes them."""
    clock = Clock()
    shop = replace(project(), programme=Programme(desk=Desk(date(TODAY.year, 1, 1), PLACE), duties=DUTIES))
    with open_customers(root, shop.shop, limits=Limits(memory=MEMORY)) as engine:
        with clock.step("facts"):
            people = people_on(engine, shop, TODAY, messages=True)
        with clock.step("duties"):
            duties = duty_table(root, shop, people, TODAY, "duties")
        reports = {}
        with open_ground(shop, people, duties) as ground:
            for name in NAMES:
                with clock.step(name):
                    (reports[name],) = made(ground, (name,))
    figures = {(name, one.name): one.value for name, report in reports.items() for one in report.figures}
    shared = {"gold": figures["gold", "gold-customers"], "new": figures["bucket", "new"]}
    return Result(clock.taken, clock.worked, {name: int(Decimal(str(value))) for name, value in shared.items()})


def theirs(root: Path) -> Result:
    """The same two questions in pandas, over the same Parquet files."""
    import pandas as pd  # noqa: PLC0415 - the measured process alone needs it

    clock, folder = Clock(), root / "customers"
    columns = ["customer_id", "ordered_at", "amount", "profit", "status"]
    with clock.step("gold"):
        orders = pd.read_parquet(folder / "orders.parquet", columns=columns, dtype_backend="pyarrow")
        people = pd.read_parquet(folder / "customers.parquet", columns=["customer_id", "class"])
        house = set(people.loc[people["class"] == "staff", "customer_id"])
        orders = orders[~orders["status"].isin(["returned", "cancelled"]) & ~orders["customer_id"].isin(house)]
        orders = orders[orders["ordered_at"] <= TODAY]
        year = orders[orders["ordered_at"] > TODAY - timedelta(days=365)]
        amount = year["amount"].astype("float64")
        profit = year["profit"].astype("float64").fillna(amount / 10)
        sums = profit.groupby(year["customer_id"]).sum().sort_values(ascending=False)
        sums = sums[sums > 0]
        gold = int((sums.cumsum().shift(fill_value=0) < sums.sum() * 0.8 - 1e-6).sum())
    with clock.step("bucket"):
        last = TODAY - timedelta(days=TODAY.isoweekday() % 7)
        first_orders = orders.groupby("customer_id")["ordered_at"].min()
        new = int(((first_orders > last - timedelta(days=182)) & (first_orders <= last)).sum())
    return Result(clock.taken, clock.worked, {"gold": gold, "new": new})


def _in_a_child(who: str, root: Path) -> Result:
    """What a measurement says that runs alone in a process, with the peak of its memory."""
    command = [sys.executable, "-m", "tests.bench.reports", who, str(root)]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2], text=True).stdout
    return Result(**json.loads(said.splitlines()[-1]))


def main(who: str, root: str) -> None:
    """Run one measurement and print it as JSON."""
    measures: Mapping[str, Callable[[Path], Result]] = {"ours": ours, "pandas": theirs}
    result = measures[who](Path(root))
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stdout.write(json.dumps(asdict(replace(result, peak=kilobytes / 1e6))))


if __name__ == "__main__":
    main(*sys.argv[1:])
