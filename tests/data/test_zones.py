"""Where customers are when it rings: their zones, told by what they say, their country, telephone and store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.audience.plan.leaving import TIME_ZONES
from sitegen.data.engine import Engine, open_customers
from sitegen.data.zones import countries, with_zones, zones_of_number
from tests.plain_shop import SHOP

CUSTOMERS = """\
customer_id,country,phone,time_zone,store_id
own,DE,,America/New_York,
one,JP,,,
digits,US,+1 415 555 2671,,S-1
free,US,+1 800 555 0100,,
abroad,US,+49 171 1234567,,S-1
store,US,,,S-1
elsewhere,US,,,S-2
island,PT,,,
china,CN,+86 139 1234 5678,,
number,,+1 212 555 0100,,
nobody,,,,
"""
STORES = "store_id,name,country,time_zone\nS-1,Chicago,US,America/Chicago\nS-2,Toronto,CA,America/Toronto\n"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    (tmp_path / "customers").mkdir()
    (tmp_path / "customers" / "customers.csv").write_text(CUSTOMERS)
    (tmp_path / "customers" / "stores.csv").write_text(STORES)
    with open_customers(tmp_path, SHOP) as opened:
        yield opened


def test_the_nearest_word_says_where_a_customer_is(engine: Engine) -> None:
    placed, different = with_zones(engine, engine.tables["customers"])
    found = {row["customer_id"]: row[TIME_ZONES] for row in engine.ask(placed)}
    all_of_america = " ".join(countries()["US"])
    assert found == {
        "own": "America/New_York",
        "one": "Asia/Tokyo",
        "digits": "America/Los_Angeles",
        "free": all_of_america,
        "abroad": "America/Chicago",
        "store": "America/Chicago",
        "elsewhere": all_of_america,
        "island": "Atlantic/Azores Atlantic/Madeira Europe/Lisbon",
        "china": "Asia/Shanghai",
        "number": "America/New_York",
        "nobody": None,
    }
    assert different == tuple(sorted({zones for zones in found.values() if zones}))
    assert placed.columns == (*engine.tables["customers"].columns, TIME_ZONES)


def test_numbers_say_zones_by_names_of_today() -> None:
    assert zones_of_number("+9198") == ("Asia/Kolkata",)
    assert zones_of_number("+99912") == ()
    assert set(zones_of_number("+1")) > {"America/New_York", "Pacific/Honolulu"}


def test_every_zone_of_a_country_is_one_that_python_knows() -> None:
    assert countries()["DE"] == ("Europe/Berlin", "Europe/Busingen")
    assert all(len(land) == 2 and land.isupper() and zones for land, zones in countries().items() if land != "ZZ")
