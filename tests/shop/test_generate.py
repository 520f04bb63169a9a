"""The sample shop's customer file is what its generator makes, and it is sound and lifelike."""

import csv
import re
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.table import Kind, Table, table
from tests.shop.generate import CUSTOMER_FILE, TABLES, generate
from tests.shop.names import plain
from tests.shop.people import TODAY
from tests.shop.places import Row

SHAPES = {
    Kind.INTEGER: re.compile(r"-?\d+"),
    Kind.MONEY: re.compile(r"\d{1,12}\.\d\d"),
    Kind.YES_NO: re.compile("yes|no"),
    Kind.LIST: re.compile(r"[^;\s][^;]*(;[^;\s][^;]*)*"),
    Kind.LUNAR: re.compile(r"(0[1-9]|1[0-2])L?-(0[1-9]|[12]\d|30)"),
    Kind.TEXT: re.compile(r"\S(.*\S)?"),
}


def rows_of(name: str) -> list[Row]:
    with (CUSTOMER_FILE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@pytest.fixture(scope="module")
def shop() -> dict[str, list[Row]]:
    return {declared.name: rows_of(declared.name) for declared in TABLES}


def fits(kind: Kind, cell: str) -> bool:
    if kind in {Kind.DATE, Kind.YEARLY}:
        return str(date.fromisoformat(cell)) == cell
    if kind is Kind.TIME:
        return datetime.strptime(cell, "%Y-%m-%d %H:%M").strftime("%Y-%m-%d %H:%M") == cell  # noqa: DTZ007
    return SHAPES[kind].fullmatch(cell) is not None


def key_of(declared: Table, row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in declared.key)


def test_the_committed_files_are_what_the_generator_makes(tmp_path: Path) -> None:
    generate(tmp_path)
    made = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    assert made == {file.name: file.read_bytes() for file in CUSTOMER_FILE.iterdir() if file.suffix == ".csv"}


def test_there_is_one_file_for_each_declared_table_and_all_are_small() -> None:
    files = list(CUSTOMER_FILE.glob("*.csv"))
    assert {file.stem for file in files} == {declared.name for declared in TABLES}
    assert sum(file.stat().st_size for file in files) < 3_000_000


@pytest.mark.parametrize("declared", TABLES, ids=lambda declared: declared.name)
def test_a_file_has_the_declared_columns_and_lines_that_end_in_lf(declared: Table) -> None:
    raw = (CUSTOMER_FILE / f"{declared.name}.csv").read_bytes()
    assert raw.split(b"\n", 1)[0].decode() == ",".join(column.name for column in declared.columns)
    assert raw.endswith(b"\n")
    assert b"\r" not in raw
    assert not raw.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("declared", TABLES, ids=lambda declared: declared.name)
def test_every_cell_fits_its_column(declared: Table, shop: dict[str, list[Row]]) -> None:
    assert shop[declared.name]
    for row in shop[declared.name]:
        for column in declared.columns:
            cell = row[column.name]
            assert cell or not column.required, (column.name, row)
            assert not cell or fits(column.kind, cell), (column.name, row)
            assert not cell or not column.allowed or cell in column.allowed, (column.name, row)


@pytest.mark.parametrize("declared", TABLES, ids=lambda declared: declared.name)
def test_a_key_is_there_once_and_rows_are_sorted_by_it(declared: Table, shop: dict[str, list[Row]]) -> None:
    keys = [key_of(declared, row) for row in shop[declared.name]]
    assert len(set(keys)) == len(keys)
    assert keys == sorted(keys, key=lambda key: [(int(part) if part.isdigit() else 0, part) for part in key])


@pytest.mark.parametrize("declared", TABLES, ids=lambda declared: declared.name)
def test_every_reference_leads_somewhere(declared: Table, shop: dict[str, list[Row]]) -> None:
    for column in declared.columns:
        if column.refers_to:
            (key,) = table(column.refers_to).key
            known = {row[key] for row in shop[column.refers_to]}
            assert {row[column.name] for row in shop[declared.name]} - {""} <= known, column.name


def test_the_shop_has_the_size_that_the_issue_names(shop: dict[str, list[Row]]) -> None:
    sizes = {name: len(rows) for name, rows in shop.items()}
    assert (sizes["customers"], sizes["stores"], sizes["advisers"], sizes["events"]) == (1200, 4, 8, 8)
    assert 8500 <= sizes["orders"] <= 9500
    assert 38 <= sizes["products"] <= 45
    assert Counter(row["store_id"] for row in shop["advisers"]) == dict.fromkeys(
        ("shanghai", "suzhou", "hamburg", "rotterdam"), 2
    )
    assert Counter(row["class"] for row in shop["customers"]) == {"customer": 1191, "staff": 8, "owner": 1}


def test_a_fifth_of_the_customers_bring_about_four_fifths_of_the_profit(shop: dict[str, list[Row]]) -> None:
    profit: defaultdict[str, Decimal] = defaultdict(Decimal)
    for order in shop["orders"]:
        profit[order["customer_id"]] += Decimal(order["profit"])
    dearest = sorted(profit.values(), reverse=True)[: len(shop["customers"]) // 5]
    assert Decimal("0.75") <= sum(dearest) / sum(profit.values()) <= Decimal("0.85")


def test_an_order_is_the_sum_of_its_lines_and_leaves_a_third_to_a_half(shop: dict[str, list[Row]]) -> None:
    lines: defaultdict[str, Decimal] = defaultdict(Decimal)
    for line in shop["order_lines"]:
        lines[line["order_id"]] += int(line["quantity"]) * Decimal(line["price"])
    assert lines == {order["order_id"]: Decimal(order["amount"]) for order in shop["orders"]}
    for order in shop["orders"]:
        assert Decimal("0.30") <= Decimal(order["profit"]) / Decimal(order["amount"]) <= Decimal("0.45")


def test_an_order_names_the_adviser_who_served_except_on_the_web(shop: dict[str, list[Row]]) -> None:
    advisers = {row["customer_id"]: row["adviser_id"] for row in shop["customers"]}
    for order in shop["orders"]:
        assert order["adviser_id"] == ("" if order["channel"] == "web" else advisers[order["customer_id"]])


def test_nobody_buys_before_joining_or_after_the_samples_day(shop: dict[str, list[Row]]) -> None:
    since = {row["customer_id"]: row["member_since"] for row in shop["customers"]}
    for order in shop["orders"]:
        assert since[order["customer_id"]] <= order["ordered_at"] <= str(TODAY)


def test_nothing_is_bought_before_it_is_on_sale_and_two_products_were_never_bought(shop: dict[str, list[Row]]) -> None:
    launched = {row["product_id"]: row["launched_on"] for row in shop["products"]}
    ordered = {row["order_id"]: row["ordered_at"] for row in shop["orders"]}
    bought = {line["product_id"] for line in shop["order_lines"]}
    assert set(launched) - bought == {"P-018", "P-042"}
    for line in shop["order_lines"]:
        assert launched[line["product_id"]] <= ordered[line["order_id"]]


def test_points_are_never_overdrawn_and_the_ledger_follows_the_days(shop: dict[str, list[Row]]) -> None:
    balance: Counter[str] = Counter()
    day: dict[str, str] = {}
    for row in shop["points"]:
        customer = row["customer_id"]
        balance[customer] += int(row["points"])
        assert balance[customer] >= 0, row
        assert day.get(customer, "") <= row["day"] <= str(TODAY), row
        assert (int(row["points"]) < 0) == (row["kind"] in {"spent", "expired"}), row
        day[customer] = row["day"]
    assert {row["kind"] for row in shop["points"]} == {"earned", "pending", "spent", "expired"}


def test_every_address_is_one_at_which_nobody_lives(shop: dict[str, list[Row]]) -> None:
    addresses = [row["email"] for name in ("customers", "advisers") for row in shop[name] if row["email"]]
    for address in addresses:
        assert re.fullmatch(r"[a-z0-9.]+@[a-z-]+\.example\.(com|org|net)", address), address
    assert [address for address, times in Counter(addresses[: len(addresses) - 8]).items() if times > 1] == [
        "familie@post.example.org"
    ]


def test_some_fields_are_empty_as_in_life(shop: dict[str, list[Row]]) -> None:
    people = shop["customers"]
    empty = {name: sum(not row[name] for row in people) / len(people) for name in people[0]}
    for name, share in {"email": 0.06, "street": 0.10, "phone": 0.04, "first_name": 0.03}.items():
        assert abs(empty[name] - share) < 0.02, name
    assert 0.3 < sum(row["country"] == "CN" for row in people) / len(people) < 0.4
    assert {"ß", "ł", "Ø", "ñ", "é", "ş"} <= set("".join(row["first_name"] + row["last_name"] for row in people))


def test_the_demo_weeks_and_the_leap_day_have_birthdays(shop: dict[str, list[Row]]) -> None:
    born = Counter(row["birthday"][5:] for row in shop["customers"])
    start = date(2026, 9, 8)
    for day in (*range(7), *range(12, 28)):
        assert born[f"{start + timedelta(days=day):%m-%d}"] >= 3
    assert born["02-29"] >= 4
    assert len({day[:2] for day in born if day}) == 12


def test_one_customer_was_born_in_a_leap_month(shop: dict[str, list[Row]]) -> None:
    lunar = [(row["birthday"], row["lunar_birthday"]) for row in shop["customers"] if "L" in row["lunar_birthday"]]
    assert ("1987-08-09", "06L-15") in lunar


def test_some_customers_fell_silent_and_some_are_new(shop: dict[str, list[Row]]) -> None:
    last = {order["customer_id"]: order["ordered_at"] for order in shop["orders"]}
    silent = [day for day in last.values() if day < str(TODAY - timedelta(days=180))]
    new = [row for row in shop["customers"] if row["member_since"] > str(TODAY - timedelta(days=90))]
    assert len(silent) > 150
    assert len(new) > 30


def test_an_adviser_has_somebody_to_call_about_a_big_order(shop: dict[str, list[Row]]) -> None:
    since = str(TODAY - timedelta(days=8))
    big = [order for order in shop["orders"] if Decimal(order["amount"]) > 2000 and order["ordered_at"] >= since]
    assert len(big) >= 3


def test_the_two_of_the_readme_are_a_gold_and_a_plain_member(shop: dict[str, list[Row]]) -> None:
    names = [(row["customer_id"], row["first_name"], row["last_name"]) for row in shop["customers"][:2]]
    assert names == [("C-00001", "Mei", "Lin"), ("C-00002", "Jonas", "Brandt")]
    year: defaultdict[str, Decimal] = defaultdict(Decimal)
    for order in shop["orders"]:
        if order["ordered_at"] > str(TODAY - timedelta(days=365)):
            year[order["customer_id"]] += Decimal(order["profit"])
    rank = sorted(year, key=lambda customer: -year[customer])
    assert rank.index("C-00001") < 150
    assert rank.index("C-00002") > 300


def test_the_weather_is_told_for_each_store_and_day_and_it_rains_in_hamburg_on_the_samples_day(
    shop: dict[str, list[Row]],
) -> None:
    stores = {row["store_id"] for row in shop["stores"]}
    days = {row["day"] for row in shop["weather"]}
    assert (min(days), max(days)) == ("2026-06-01", "2026-10-07")
    assert {(row["day"], row["store_id"]) for row in shop["weather"]} == {(day, id_) for day in days for id_ in stores}
    assert [
        row["condition"] for row in shop["weather"] if (row["day"], row["store_id"]) == (str(TODAY), "hamburg")
    ] == ["rain"]


def test_most_of_what_was_brought_for_mending_is_done_and_some_still_waits(shop: dict[str, list[Row]]) -> None:
    waiting = [row for row in shop["repairs"] if not row["done_on"]]
    assert 50 <= len(shop["repairs"]) <= 70
    assert 1 <= len(waiting) <= 6
    assert all(row["day"] <= row["done_on"] <= str(TODAY) for row in shop["repairs"] if row["done_on"])


def test_nobody_is_asked_to_buy_who_has_no_such_address(shop: dict[str, list[Row]]) -> None:
    field = {"mail": "email", "text": "phone", "call": "phone", "card": "street"}
    people = {row["customer_id"]: row for row in shop["customers"]}
    for consent in shop["consents"]:
        assert people[consent["customer_id"]][field[consent["channel"]]], consent
        assert (consent["status"] == "withdrawn") == bool(consent["withdrawn_on"]), consent


@given(st.text(max_size=40))
def test_a_plain_name_can_stand_in_an_e_mail_address(name: str) -> None:
    assert re.fullmatch(r"([a-z]+(\.[a-z]+)*)?", plain(name))


@pytest.mark.parametrize(
    ("name", "written"),
    [("Großmüller", "grossmueller"), ("Łucja", "lucja"), ("van der Meer", "van.der.meer"), ("欧阳", "ouyang")],
)
def test_a_name_is_spelled_as_its_bearer_would(name: str, written: str) -> None:
    assert plain(name) == written
