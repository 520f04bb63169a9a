"""All refusals stand in one report, for programs and for readers."""

from __future__ import annotations

import csv
from io import StringIO

from sitegen.render.cards.refusal import COLUMNS, Refused, readable, report, unaddressed

LONG = Refused(12, "c0012", "name", "'Łucja, \"Lu\"' does not fit", "shorten it")
EMPTY = Refused(3, "c0003", "name", "the name is empty", "write it")
ART = Refused(0, "", "", "front.svg is broken", "save it again")


def test_the_report_has_every_refusal_once_in_the_order_of_records() -> None:
    lines = list(csv.reader(StringIO(report([LONG, EMPTY, LONG]).decode())))
    assert lines == [
        list(COLUMNS),
        ["3", "c0003", "name", "the name is empty", "write it"],
        ["12", "c0012", "name", "'Łucja, \"Lu\"' does not fit", "shorten it"],
    ]


def test_a_reason_that_begins_with_a_customers_formula_is_no_formula_in_the_report() -> None:
    assert b"\n3,'=1+1,name,'+49 does not fit,shorten it\n" in report(
        [Refused(3, "=1+1", "name", "+49 does not fit", "shorten it")]
    )


def test_a_report_without_refusals_has_its_head_only() -> None:
    assert report([]) == b"record,customer_id,slot,why,what_to_do\n"


def test_the_readable_report_counts_cards_and_tells_the_first() -> None:
    assert readable([LONG, EMPTY, LONG], told=1) == (
        "2 cards may not be printed\n"
        "card 3 (customer 'c0003'), name: the name is empty\nhint: write it\n"
        "... and 1 more: refused.csv has them all\n"
    )


def test_a_fault_of_the_design_stops_every_card() -> None:
    assert readable([ART, EMPTY], told=9).startswith("no card may be printed\nevery card: front.svg is broken\n")


def test_an_address_without_its_parts_is_refused_with_their_names() -> None:
    assert list(unaddressed(4, "c0004", ())) == []
    (refused,) = unaddressed(4, "c0004", ("no postcode", "no city"))
    assert str(refused) == (
        "card 4 (customer 'c0004'), address: the address has no postcode and no city\n"
        "hint: complete the address in the customer file"
    )
