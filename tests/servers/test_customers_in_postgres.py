"""Customers in a real PostgreSQL server: types that fit, findings by key, and what the server refuses."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from pathlib import Path

import psycopg
import pytest

from sitegen.errors import Unusable
from sitegen.model.shop import PostgresSource
from tests.data.customer_files import WITH_PETS, problems, read, shop_from
from tests.servers.postgres import Server

SHOP = shop_from(PostgresSource(), WITH_PETS)
CUSTOMERS = "CREATE TABLE customers (customer_id bigint PRIMARY KEY); INSERT INTO customers VALUES (1);"
NUMBERS = count()
NOWHERE = Path("nowhere")


@pytest.fixture
def url(postgres: Server) -> str:
    """The address of a database with one customer."""
    made = postgres.create(f"customers_{next(NUMBERS)}")
    run(made, CUSTOMERS)
    return made


def run(url: str, script: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(script.encode())


def pet(url: str, column: str, declared: str, value: str) -> object:
    """What a column of that type with that value is read as."""
    run(
        url,
        f"CREATE TABLE pets (pet_id uuid, {column} {declared}); INSERT INTO pets VALUES (gen_random_uuid(), {value})",
    )
    (row,) = read(NOWHERE, SHOP, "pets", url)
    assert len(row["pet_id"]) == 36
    return row[column]


@pytest.mark.parametrize(
    ("column", "declared", "value", "known"),
    [
        ("name", "varchar(9)", "U&'e\\0301'", "é"),
        ("name", "int", "7", "7"),
        ("name", "text", "E'a\\n\"b\",;\\\\'", 'a\n"b",;\\'),
        ("name", "text", "'\\.'", "\\."),
        ("paws", "numeric", "4.000", 4),
        ("paws", "smallint", "4", 4),
        ("cost", "numeric", "12.5000", Decimal("12.50")),
        ("cost", "numeric(14, 2)", "-999999999999.99", Decimal("-999999999999.99")),
        ("adopted_on", "date", "'2026-05-01'", date(2026, 5, 1)),
        ("adopted_on", "timestamp", "'2026-05-01 23:30'", date(2026, 5, 1)),
        ("adopted_on", "timestamptz", "'2026-05-01 23:30+00'", date(2026, 5, 2)),
        ("seen_at", "timestamptz", "'2026-05-01 23:30:15.7+00'", datetime(2026, 5, 2, 1, 30, 15)),  # noqa: DTZ001
        ("seen_at", "date", "'2026-05-01'", datetime(2026, 5, 1)),  # noqa: DTZ001  the shop's clock
        ("tame", "boolean", "true", True),
        ("tame", "text", "'no'", False),
        ("likes", "text[]", "array['tea; green', '', ' beads ', null]", ["tea; green", "beads"]),
        ("likes", "text", "'tea;beads'", ["tea", "beads"]),
        ("likes", "text[]", "'{}'", None),
    ],
)
def test_a_type_that_fits_is_taken(url: str, column: str, declared: str, value: str, known: object) -> None:
    assert pet(url, column, declared, value) == known


def test_domains_enumerations_and_views_are_taken(url: str) -> None:
    run(
        url,
        """CREATE TYPE kind AS ENUM ('cat', 'dog'); CREATE DOMAIN paw AS int CHECK (VALUE < 9);
        CREATE TABLE animals (id int, kind kind, paws paw);
        INSERT INTO animals VALUES (1, 'cat', 4);
        CREATE MATERIALIZED VIEW pets AS SELECT id AS pet_id, kind AS name, paws, 1 AS customer_id FROM animals""",
    )
    (row,) = read(NOWHERE, SHOP, "pets", url)
    assert (row["pet_id"], row["name"], row["paws"], row["customer_id"]) == ("1", "cat", 4, "1")


def test_a_table_of_one_column_keeps_its_empty_rows(url: str) -> None:
    run(url, "CREATE TABLE pets (pet_id text); INSERT INTO pets VALUES ('P-1'), (NULL), ('')")
    found = problems(NOWHERE, SHOP, url)
    assert [line.partition("\n")[0] for line in found] == ["postgres table 'pets', no pet_id: 'pet_id' is empty"]


def test_cells_that_cannot_be_are_findings_with_their_key(url: str) -> None:
    run(
        url,
        """CREATE TABLE pets (pet_id text, cost numeric, adopted_on date, seen_at timestamp, customer_id int);
        INSERT INTO pets VALUES ('P-1', 'NaN', 'infinity', '-infinity', 2),
        ('P-2', 'Infinity', '0044-03-15 BC', '12026-01-01', 1), ('P-2', 1.005, NULL, NULL, 1)""",
    )
    place = "postgres table 'pets', pet_id"
    assert sorted(line.partition("\n")[0] for line in problems(NOWHERE, SHOP, url)) == [
        f"{place} 'P-1': 'adopted_on' is 'infinity', not a date",
        f"{place} 'P-1': 'cost' is 'NaN', not an amount",
        f"{place} 'P-1': 'customer_id' is '2', which is not in customers",
        f"{place} 'P-1': 'seen_at' is '-infinity', not a date and time",
        f"{place} 'P-2': 'adopted_on' is '0044-03-15 BC', not a date",
        f"{place} 'P-2': 'cost' is '1.005', not an amount",
        f"{place} 'P-2': 'cost' is 'Infinity', not an amount",
        f"{place} 'P-2': 'seen_at' is '12026-01-01 00:00:00', not a date and time",
        f"{place} 'P-2': duplicate pet id 'P-2'",
    ]


def test_columns_and_tables_that_cannot_be_are_told(url: str) -> None:
    run(
        url,
        """CREATE TABLE pets (pet_id text, cost double precision, name json, colour text);
        CREATE TABLE store (store_id text); CREATE TABLE sessions (id text)""",
    )
    assert sorted(line.partition("\n")[0] for line in problems(NOWHERE, SHOP, url)) == [
        "postgres table 'pets': column 'cost' holds floating point numbers, not money",
        "postgres table 'pets': column 'name' holds values of a type that sitegen does not know, not text",
        "postgres table 'pets': unknown column 'colour'",
        "postgres table 'store': no table is called 'store'",
    ]


def test_customers_may_lie_in_a_schema_of_their_own(url: str) -> None:
    run(url, 'CREATE SCHEMA "My ""Shop"; CREATE VIEW "My ""Shop".customers AS SELECT 5 AS customer_id')
    shop = shop_from(PostgresSource('My "Shop'))
    assert [row["customer_id"] for row in read(NOWHERE, shop, "customers", url)] == ["5"]
    with pytest.raises(Unusable, match="the database has no schema 'elsewhere'\nhint: name one"):
        read(NOWHERE, shop_from(PostgresSource("elsewhere")), "customers", url)


def test_a_database_without_customers_is_refused(url: str) -> None:
    run(url, "DROP TABLE customers")
    (found,) = problems(NOWHERE, SHOP, url)
    assert found.startswith("postgres schema 'public': there is no table 'customers'\nhint: make a table or a view")


def test_a_thousand_long_rows_are_streamed_whole(url: str) -> None:
    run(
        url,
        """CREATE TABLE pets (pet_id text, name text);
        INSERT INTO pets SELECT 'P-' || n, repeat(chr(9999), 9000) || n FROM generate_series(1, 1500) n""",
    )
    rows = read(NOWHERE, SHOP, "pets", url)
    assert len(rows) == 1500
    assert all(row["name"] == "\u270f" * 9000 + row["pet_id"][2:] for row in rows)


def test_a_table_that_may_not_be_read_is_told_of(url: str, postgres: Server) -> None:
    name = f"clerk_{next(NUMBERS)}"
    run(url, f"CREATE ROLE {name} LOGIN")
    with pytest.raises(Unusable, match="PostgreSQL says: permission denied for table customers\nhint: GRANT SELECT"):
        read(NOWHERE, SHOP, "customers", url.replace("//postgres@", f"//{name}@"))


@pytest.fixture
def dead(tmp_path: Path) -> str:
    """An address where no server is."""
    return f"postgresql://owner:s3cr%20t@/shop?host={tmp_path}"


def test_a_server_that_is_not_there_is_told_of_without_the_password(dead: str) -> None:
    with pytest.raises(Unusable, match="PostgreSQL says: connection ") as caught:
        read(NOWHERE, SHOP, "customers", dead)
    assert "s3cr" not in str(caught.value)
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("address", ["s3cr t", "postgresql://owner:s3cr%zz@host/shop", "password=s3cr port=x host"])
def test_an_address_that_is_none_is_shown_to_nobody(address: str) -> None:
    with pytest.raises(Unusable, match="SITEGEN_DATABASE_URL is no address of a PostgreSQL database") as caught:
        read(NOWHERE, SHOP, "customers", address)
    assert "s3cr" not in str(caught.value)


def test_no_address_at_all_is_told_of() -> None:
    with pytest.raises(Unusable, match="SITEGEN_DATABASE_URL is not set\nhint: set SITEGEN_DATABASE_URL"):
        read(NOWHERE, SHOP, "customers")


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A whole shop whose customers are in PostgreSQL."""
    root = tmp_path / "shop"
    shutil.copytree(Path(__file__).parents[1] / "broken" / "base", root)
    shutil.rmtree(root / "content" / "customers")
    with (root / "content" / "site.yaml").open("a", encoding="utf-8") as stream:
        stream.write("data:\n  postgres: public\n")
    return root


def sitegen(shop: Path, url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SITEGEN_")}
    environment["SITEGEN_DATABASE_URL"] = url
    command = [sys.executable, "-m", "sitegen", *arguments]
    return subprocess.run(command, cwd=shop, env=environment, capture_output=True, text=True, check=False)


def test_a_shop_in_postgres_builds_and_explains_itself(shop: Path, url: str) -> None:
    run(url, "ALTER TABLE customers ADD email text; UPDATE customers SET email = 'ada@mail.example.com'")
    made = sitegen(shop, url, "build", "--on", "2026-09-08", "--quiet")
    assert (made.returncode, made.stderr) == (0, "")
    listed = sitegen(shop, url, "segments", "list", "--on", "2026-09-08", "--json")
    assert (listed.returncode, listed.stderr) == (0, "")
    link = sitegen(shop, url, "members", "link", "1")
    assert (link.returncode, link.stderr) == (0, "")


def test_mistakes_of_a_rule_and_of_the_database_are_told_together(shop: Path, url: str) -> None:
    run(url, "ALTER TABLE customers ADD emial text")
    segments = shop / "content" / "segments" / "friends.yaml"
    segments.write_text(segments.read_text(encoding="utf-8").replace("total spent", "total spnt"), encoding="utf-8")
    listed = sitegen(shop, url, "segments", "list", "--on", "2026-09-08")
    assert (listed.returncode, listed.stdout) == (1, "")
    assert "unknown fact 'total spnt'" in listed.stderr
    assert "unknown column 'emial'" in listed.stderr


def test_a_customer_leaves_the_database_and_hashes_stay_once(shop: Path, url: str) -> None:
    run(url, "ALTER TABLE customers ADD email text; UPDATE customers SET email = 'ada@mail.example.com'")
    run(url, "INSERT INTO customers VALUES (2, 'ben@mail.example.com')")
    run(url, "CREATE TABLE suppressions (channel text, address_hash text, reason text, since date)")
    hashed = "encode(sha256('ada@mail.example.com'::bytea), 'hex')"
    run(url, f"INSERT INTO suppressions VALUES ('mail', {hashed}, 'bounced', '2026-05-01')")
    for customer in ("1", "2"):
        gone = sitegen(shop, url, "erase", customer, "--yes")
        assert (gone.returncode, gone.stderr) == (0, "")
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT * FROM customers").fetchall() == []
        kept = connection.execute("SELECT channel, reason FROM suppressions ORDER BY since").fetchall()
    assert kept == [("mail", "bounced"), ("mail", "erased")]


def test_a_build_without_its_server_says_so_and_shows_no_password(shop: Path, dead: str) -> None:
    made = sitegen(shop, dead, "build", "--on", "2026-09-08", "--quiet")
    assert made.returncode == 1
    assert made.stderr.startswith("PostgreSQL says: connection ")
    assert "s3cr" not in made.stderr + made.stdout
