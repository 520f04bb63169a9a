"""Tests of the sources: the same customers are the same, wherever they lie."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sitegen.model.shop import PostgresSource
from sitegen.model.table import STANDARD, Schema
from tests.data.customer_files import PETS, read, shop_from, write_csv, write_parquet, write_sqlite
from tests.examples import examples
from tests.servers.postgres import Server, load

# Each table that a source does not have costs time in each reading.
FEW = Schema((*(STANDARD.table(name) for name in ("customers", "stores", "advisers")), PETS))
NUMBERS = count()
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
ITEMS = TEXTS.map(lambda text: text.replace(";", "").replace("\x1f", "").strip(" \t\n\r\v\f")).filter(bool)
MONEY = st.decimals("-999999999999.99", "999999999999.99", places=2)
DAYS = st.dates(date(1000, 1, 1), date(9999, 12, 31))
MOMENTS = st.datetimes(datetime(1000, 1, 1), datetime(9999, 12, 31)).map(lambda at: at.replace(microsecond=0))  # noqa: DTZ001
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.none() | TEXTS,
            "paws": st.none() | st.integers(-(10**18) + 1, 10**18 - 1),
            "cost": st.none() | MONEY,
            "adopted_on": st.none() | DAYS,
            "seen_at": st.none() | MOMENTS,
            "tame": st.none() | st.booleans(),
            "likes": st.none() | st.lists(ITEMS, max_size=3),
            "born": st.none() | DAYS,
            "moon": st.none() | st.sampled_from(["01-01", "06L-15", "12-30"]),
            "customer_id": st.none() | st.just("C-1"),
        }
    ),
    min_size=6,
    max_size=30,
)


def as_known(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row as sitegen knows it: composed texts, nothing where there is nothing."""
    name, likes = row["name"], row["likes"]
    return {
        **row,
        "name": unicodedata.normalize("NFC", name) if name else None,
        "likes": [unicodedata.normalize("NFC", item) for item in likes] if likes else None,
    }


@settings(examples(5), phases=[Phase.explicit, Phase.generate])
@given(ROWS)
def test_the_same_rows_are_equal_from_every_source(postgres: Server, rows: list[dict[str, Any]]) -> None:
    pets = [{"pet_id": f"P-{number:02}", **row} for number, row in enumerate(rows)]
    written = {"customers": [{"customer_id": "C-1"}], "pets": pets}
    expected = [as_known(row) for row in pets]
    name = f"equal_{next(NUMBERS)}"
    url = postgres.create(name)
    with postgres.open(name) as connection:
        load(connection, written, FEW)
    with TemporaryDirectory() as folder:
        root = Path(folder)
        sources = [write(root, written, FEW) for write in (write_csv, write_parquet, write_sqlite)]
        for source in (*sources, PostgresSource()):
            assert read(root, shop_from(source, FEW), "pets", url) == expected, source
