"""What goes along with goods is found for a product and listed once for each order that is to be packed."""

from __future__ import annotations

from datetime import date, timedelta

from sitegen.model.attachment import Attachment
from sitegen.model.concession import Goods
from sitegen.programme.attachments.along import along_with, packing
from tests.audience.little_shop import TODAY, Row, ask, tables

MAP = Attachment("map", Goods(groups=("travel",)), file="map.pdf")
SILK = Attachment("silk", Goods(products=("P-2",)), thing="a square of silk")
THANKS = Attachment("thanks", thing="a card")


def test_a_product_has_what_goes_with_it_its_group_and_everything() -> None:
    every = (MAP, SILK, THANKS)
    assert along_with(every, "P-1", "travel") == (MAP, THANKS)
    assert along_with(every, "P-2", None) == (SILK, THANKS)


def shop(*orders: tuple[int, str | None]) -> list[tuple[str, str]]:
    """Orders by days before today and status, each with two rugs and a strand of beads; what is packed with them."""
    made: list[Row] = [
        {"order_id": f"O-{number}", "customer_id": "C-1", "ordered_at": TODAY - timedelta(days=ago), "status": status}
        for number, (ago, status) in enumerate(orders)
    ]
    lines: list[Row] = [
        {"order_id": order["order_id"], "line": line, "product_id": product}
        for order in made
        for line, product in enumerate(("P-1", "P-3", "P-2"), start=1)
    ]
    products: list[Row] = [
        {"product_id": "P-1", "group": "travel"},
        {"product_id": "P-2", "group": "beads"},
        {"product_id": "P-3", "group": "travel"},
    ]
    given = tables(customers=[{"customer_id": "C-1"}], orders=made, order_lines=lines, products=products)
    found = packing(given, (MAP, SILK), (TODAY, TODAY))
    assert found is not None
    return [(str(row["order_id"]), str(row["attachment"])) for row in ask(found)]


def test_each_order_of_the_day_gets_each_thing_once() -> None:
    assert shop((0, "delivered"), (0, None)) == [("O-0", "map"), ("O-0", "silk"), ("O-1", "map"), ("O-1", "silk")]


def test_an_order_that_waits_is_packed_too_and_one_that_left_or_was_called_off_is_not() -> None:
    assert shop((9, "paid"), (1, "sent"), (1, None), (0, "cancelled"), (-1, "paid")) == [
        ("O-0", "map"),
        ("O-0", "silk"),
    ]


def test_where_nothing_goes_along_there_is_no_list() -> None:
    assert packing({}, (), (date.min, date.max)) is None
