"""The PostgreSQL of the tests: typed tables come back as they went in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tests.servers.postgres import Server, load, rows_of


def test_a_declared_table_comes_back_as_it_went_in(postgres: Server) -> None:
    postgres.create("round_trip")
    person = {
        "customer_id": "C-1",
        "first_name": 'Zoë "Z"\t\\N',
        "postcode": "01234",
        "birthday": date(2000, 2, 29),
        "income": Decimal("12.30"),
        "interests": ["tea; green", "", "{beads}"],
        "last_name": "",
    }
    with postgres.open("round_trip") as connection:
        tables = load(connection, {"customers": [person]})
        (back,) = rows_of(connection, tables["customers"])
        assert {name: back[name] for name in person} == person
        assert {value for name, value in back.items() if name not in person} == {None}
        assert tables["customers"].schema()["interests"].is_array()
        assert rows_of(connection, tables["stores"]) == []
