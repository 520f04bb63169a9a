"""Tests of reading a folder of CSV files."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from sitegen.data.engine import open_customers
from sitegen.errors import Mistakes
from sitegen.model.table import TABLES
from tests.plain_shop import SHOP

CUSTOMERS = "customer_id,first_name\nC-1,Mei\nC-2,Jonas\n"


def write(folder: Path, **files: str | bytes) -> None:
    """Write tables; texts become UTF-8 as they stand, line ends included."""
    for name, content in files.items():
        path = folder / "customers" / f"{name}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def rows(folder: Path, table: str, *columns: str) -> list[tuple[Any, ...]]:
    """The values of some columns, ordered by the first."""
    with open_customers(folder, SHOP) as engine:
        chosen = engine.tables[table].select(*columns).order_by(columns[0])
        return [tuple(row.values()) for batch in engine.rows(chosen) for row in batch]


def problems(folder: Path) -> list[str]:
    """What the folder is refused for, as the user reads it."""
    with pytest.raises(Mistakes) as caught, open_customers(folder, SHOP):
        pass
    return [str(problem) for problem in caught.value.problems]


def test_every_kind_of_column_becomes_its_type(tmp_path: Path) -> None:
    write(
        tmp_path,
        customers="customer_id,income,birthday,lunar_birthday,company_address,interests,lost_on\n"
        "C-1,1234.5,1980-02-29,06L-15,yes,tea; beads ;;,2026-09-30\n",
        events="event_id,title,starts_at,seats\nE-1,Tea,2026-10-04 18:30,24\n",
    )
    assert rows(
        tmp_path,
        "customers",
        "customer_id",
        "income",
        "birthday",
        "lunar_birthday",
        "company_address",
        "interests",
        "lost_on",
    ) == [
        ("C-1", Decimal("1234.50"), date(1980, 2, 29), "06L-15", True, ["tea", "beads"], date(2026, 9, 30)),
    ]
    assert rows(tmp_path, "events", "event_id", "starts_at", "seats") == [
        ("E-1", datetime(2026, 10, 4, 18, 30), 24)  # noqa: DTZ001  the shop's own clock
    ]


def test_text_stays_text(tmp_path: Path) -> None:
    write(
        tmp_path,
        customers="customer_id,postcode,phone,country,first_name\n007,01234,+86 129,NO, true \n",
    )
    assert rows(tmp_path, "customers", "customer_id", "postcode", "phone", "country", "first_name") == [
        ("007", "01234", "+86 129", "NO", " true ")
    ]


def test_an_empty_cell_is_unknown_quoted_or_not(tmp_path: Path) -> None:
    write(tmp_path, customers='customer_id,first_name,last_name,interests,income\nC-1,,"", ; ,\n')
    assert rows(tmp_path, "customers", "customer_id", "first_name", "last_name", "interests", "income") == [
        ("C-1", None, None, None, None)
    ]


def test_a_file_from_excel_reads_like_a_file_from_a_script(tmp_path: Path) -> None:
    excel, script = tmp_path / "excel", tmp_path / "script"
    excel.mkdir()
    script.mkdir()
    write(excel, customers='\ufefffirst_name;customer_id;street\r\n"Li; Na";C-1;"Hof 2\nLinks"\r\n')
    write(script, customers='customer_id,first_name,street\nC-1,Li; Na,"Hof 2\nLinks"\n')
    columns = ("customer_id", "first_name", "street")
    assert rows(excel, "customers", *columns) == rows(script, "customers", *columns)
    assert rows(excel, "customers", *columns) == [("C-1", "Li; Na", "Hof 2\nLinks")]


@pytest.mark.parametrize(
    "text",
    [
        "sep=;\r\ncustomer_id;first_name\r\nC-1;Li, Na\r\n",
        "\ufeffsep=;\r\ncustomer_id;first_name\r\nC-1;Li, Na\r\n",
        '"SEP=\t"\ncustomer_id\tfirst_name\nC-1\tLi, Na\n',
        "customer_id\tfirst_name\nC-1\tLi, Na",
        "customer_id;first_name\r\nC-1;Li, Na\r\n;\r\n;\r\n\r\n\r\n",
        'customer_id;first_name\nC-1;"Li, Na"\n\n;\n',
        'sep=,\ncustomer_id,first_name\n\nC-1,"Li, Na"\n',
    ],
)
def test_what_spreadsheets_add_to_a_table_does_not_count(tmp_path: Path, text: str) -> None:
    write(tmp_path, customers=text)
    assert rows(tmp_path, "customers", "customer_id", "first_name") == [("C-1", "Li, Na")]


def test_lines_count_from_the_top_of_the_file_whatever_stands_above_the_names(tmp_path: Path) -> None:
    write(tmp_path, customers='sep=;\r\ncustomer_id;birthday\r\n;\r\n"C\n1";May\r\nC-2\r\nC-3;2026-02-30\r\n')
    assert [found.partition("\n")[0] for found in problems(tmp_path)] == [
        "customers/customers.csv:5:4: 'birthday' is 'May', not a date",
        "customers/customers.csv:6:1: 1 cell, but the first line names 2 columns",
        "customers/customers.csv:7:5: 'birthday' is '2026-02-30', not a date",
    ]


def test_a_letter_with_an_accent_is_the_same_from_a_mac_and_from_windows(tmp_path: Path) -> None:
    write(
        tmp_path,
        customers="customer_id,first_name\nR\u0065\u0301,Rene\u0301\n",
        orders="order_id,customer_id,ordered_at,amount\nO-1,R\u00e9,2026-01-01,5\n",
    )
    assert rows(tmp_path, "customers", "customer_id", "first_name") == [("R\u00e9", "Ren\u00e9")]


def test_the_year_0_is_no_date(tmp_path: Path) -> None:
    write(tmp_path, customers="customer_id,birthday\nC-1,0000-01-01\nC-2,0980-01-01\nC-3,9999-12-31\n")
    assert [found.split(":")[1] for found in problems(tmp_path)] == ["2", "3"]


def test_absent_tables_are_there_with_their_types_and_without_rows(tmp_path: Path) -> None:
    write(tmp_path, customers=CUSTOMERS)
    with open_customers(tmp_path, SHOP) as engine:
        assert set(engine.tables) == {table.name for table in TABLES}
        assert engine.count(engine.tables["orders"]) == 0
        assert engine.tables["orders"].schema()["amount"].is_decimal()
        assert engine.tables["orders"].columns == tuple(
            column.name for column in next(t for t in TABLES if t.name == "orders").columns
        )


def test_a_folder_without_customers_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path) == [
        (
            "customers/customers.csv: the customer file is missing\n"
            "hint: put the table of customers into customers/customers.csv, or name its folder in site.yaml"
        )
    ]


def test_a_file_that_no_table_claims_is_refused(tmp_path: Path) -> None:
    write(tmp_path, customers=CUSTOMERS, order="order_id\n")
    (tmp_path / "customers" / "README.txt").write_text("notes may lie here")
    assert problems(tmp_path) == ["customers/order.csv: no table is called 'order'\nhint: did you mean 'orders.csv'?"]


def test_mistakes_of_the_first_line_have_their_column(tmp_path: Path) -> None:
    write(tmp_path, customers="first_name,emial,Last Name,first_name,\nMei,,,,\n")
    found = problems(tmp_path)
    assert found[0] == ("customers/customers.csv:1: column 'customer_id' is missing\nhint: customers needs it")
    assert found[1] == "customers/customers.csv:1:12: unknown column 'emial'\nhint: did you mean 'email'?"
    assert found[2] == ("customers/customers.csv:1:18: unknown column 'Last Name'\nhint: did you mean 'last_name'?")
    assert found[3] == (
        "customers/customers.csv:1:28: column 'first_name' is written twice, first at column 1\n"
        "hint: rename or remove one of them"
    )
    assert found[4] == "customers/customers.csv:1:39: a column has no name\nhint: name it, or remove it"
    assert len(found) == 5


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"\xef\xbb\xbf\r\n\r\n", "the first line is empty"),
        ("customer_id,first_name\n".encode("utf-16"), "this is Excel's 'Unicode Text' (UTF-16), not CSV"),
        ("customer_id,Straße\n".encode("latin-1"), "this line is not UTF-8"),
    ],
)
def test_a_file_without_a_readable_first_line_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    write(tmp_path, customers=content)
    (found,) = problems(tmp_path)
    assert found.startswith(f"customers/customers.csv:1: {message}\nhint: ")


def test_broken_rows_are_named_by_their_line_though_a_quoted_line_break_stands_above(tmp_path: Path) -> None:
    write(
        tmp_path,
        customers=b"customer_id,first_name,city\n"
        b'C-1,"Li\nNa",Lyon\n'
        b"C-2,Mei,Hamburg,Altona\n"
        b"C-3\n"
        b"\n"
        b'C-4,"Jo"nas,Bern\n'
        b"C-5,Z\xfcrich,\n"
        b"C-6,Ada,Oslo\n",
    )
    name = "customers/customers.csv"
    assert problems(tmp_path) == [
        # What can't be read is told first.
        f"{name}:8:5: this line is not UTF-8\nhint: save the file as 'CSV UTF-8'",
        f"{name}:4:17: 4 cells, but the first line names 3 columns\nhint: put quotes around a cell that holds a ','",
        f"{name}:5:1: 1 cell, but the first line names 3 columns\nhint: an empty cell still needs its ','",
        (
            f"{name}:7:5: a quote is never closed, or a text goes on behind the closing quote\n"
            'hint: inside quotes write each quote twice: ""'
        ),
    ]


def test_a_file_whose_lines_end_in_two_ways_is_refused_or_read_whole(tmp_path: Path) -> None:
    write(tmp_path, customers='customer_id,first_name\nC-1,Mei\r\nC-2,Jonas\n"",""\n')
    assert problems(tmp_path) == [
        (
            "customers/customers.csv:2: this line ends in another way than the lines above it\n"
            "hint: save the file as 'CSV UTF-8'"
        )
    ]


def test_values_that_are_not_of_their_kind_are_refused_with_their_place(tmp_path: Path) -> None:
    write(
        tmp_path,
        customers="customer_id,birthday,income,company_address,lunar_birthday,gender\n"
        'C-1,30.9.1980,"1,200.50",maybe,8-15,femal\n'
        "C-2,2026-02-30,12.345,,08-31,x\n",
        events="event_id,title,starts_at,seats\nE-1,Tea,18:30,a dozen\n",
    )
    name = "customers/customers.csv"
    amount = "write an amount like 1234.50: a point before the cents, no commas"
    lunar = "write month and day like 08-15, or 06L-15 in a leap month"
    assert problems(tmp_path) == [
        f"{name}:2:5: 'birthday' is '30.9.1980', not a date\nhint: write a date like 2026-09-30",
        f"{name}:2:15: 'income' is '1,200.50', not an amount\nhint: {amount}",
        f"{name}:2:26: 'company_address' is 'maybe', not yes or no\nhint: write yes or no",
        f"{name}:2:32: 'lunar_birthday' is '8-15', not a day of the lunar calendar\nhint: {lunar}",
        f"{name}:2:37: 'gender' cannot be 'femal'\nhint: did you mean 'female'?",
        f"{name}:3:5: 'birthday' is '2026-02-30', not a date\nhint: write a date like 2026-09-30",
        f"{name}:3:16: 'income' is '12.345', not an amount\nhint: {amount}",
        f"{name}:3:24: 'lunar_birthday' is '08-31', not a day of the lunar calendar\nhint: {lunar}",
        f"{name}:3:30: 'gender' cannot be 'x'\nhint: allowed: female, male, other",
        (
            "customers/events.csv:2:9: 'starts_at' is '18:30', not a date and time\n"
            "hint: write a date and time like 2026-09-30 18:30"
        ),
        (
            "customers/events.csv:2:15: 'seats' is 'a dozen', not a whole number\n"
            "hint: write a number like 1200, without points, commas or spaces"
        ),
    ]


def test_duplicate_keys_are_refused_and_the_first_is_named(tmp_path: Path) -> None:
    write(
        tmp_path,
        customers='customer_id,first_name\nC-1,"Li\nNa"\nC-2,Mei\nC-1,Ada\nC-1,Bo\n',
        orders="order_id,customer_id,ordered_at,amount\nO-1,C-1,2026-01-01,5\n",
        products="product_id,name,price\nP-1,Throw,5\n",
        order_lines="order_id,line,product_id,quantity,price\nO-1,1,P-1,1,5\nO-1,01,P-1,1,5\n",
    )
    hint = "hint: each row needs a key of its own: change or remove one of them"
    assert problems(tmp_path) == [
        f"customers/customers.csv:5:1: duplicate customer id 'C-1', first on line 2\n{hint}",
        f"customers/customers.csv:6:1: duplicate customer id 'C-1', first on line 2\n{hint}",
        f"customers/order_lines.csv:3:1: duplicate order id 'O-1', line '1', first on line 2\n{hint}",
    ]


def test_missing_values_and_missing_rows_are_refused(tmp_path: Path) -> None:
    write(
        tmp_path,
        customers="customer_id,first_name,store_id\nC-1,Mei,S-9\n,Ada,\n",
        orders="order_id,customer_id,ordered_at,amount\nO-1,C-9,2026-01-01,5\nO-2,,2026-01-01,5\n",
    )
    assert problems(tmp_path) == [
        "customers/customers.csv:3:1: 'customer_id' is empty\nhint: every row of customers needs one",
        (
            "customers/orders.csv:2:5: 'customer_id' is 'C-9', which is not in customers\n"
            "hint: add it to customers, or correct it here"
        ),
        "customers/orders.csv:3:5: 'customer_id' is empty\nhint: every row of orders needs one",
    ]


def test_an_empty_reference_refers_to_nothing_even_where_there_is_nothing(tmp_path: Path) -> None:
    write(
        tmp_path,
        customers="customer_id,store_id,gender,birthday\nC-1,,,\n",
        stores="store_id,name\n",
    )
    assert rows(tmp_path, "customers", "customer_id", "store_id", "gender", "birthday") == [("C-1", None, None, None)]


def test_a_reference_to_a_table_without_a_file_is_taken_as_it_is(tmp_path: Path) -> None:
    write(tmp_path, customers="customer_id,store_id\nC-1,S-9\n")
    assert rows(tmp_path, "customers", "customer_id", "store_id") == [("C-1", "S-9")]


def test_a_reference_is_not_a_second_mistake_where_its_row_is_broken(tmp_path: Path) -> None:
    write(
        tmp_path,
        customers="customer_id,first_name\nC-1,Mei,x\n",
        orders="order_id,customer_id,ordered_at,amount\nO-1,C-1,2026-01-01,5\n",
    )
    assert [found.partition(":")[0] for found in problems(tmp_path)] == ["customers/customers.csv"]


def test_twenty_mistakes_of_a_column_are_told_and_the_rest_is_a_number(tmp_path: Path) -> None:
    lines = "".join(f"C-{number},never\n" for number in range(51))
    write(tmp_path, customers=f"customer_id,birthday\n{lines}")
    found = problems(tmp_path)
    assert len(found) == 21
    assert found[19].startswith("customers/customers.csv:21:6: 'birthday' is 'never', not a date")
    assert found[20] == "customers/customers.csv:22:6: … and 31 more in 'birthday'"


def test_a_long_or_many_lined_value_stays_on_one_line_of_the_message(tmp_path: Path) -> None:
    write(tmp_path, customers=f'customer_id,birthday\nC-1,"a\n{"b" * 70}"\n')
    (found,) = problems(tmp_path)
    assert found.splitlines()[0] == (f"customers/customers.csv:2:5: 'birthday' is 'a\\n{'b' * 58}…', not a date")
