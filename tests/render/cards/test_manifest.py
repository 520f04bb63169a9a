"""The manifest says where each card is and gives no secret away."""

from __future__ import annotations

import csv
from dataclasses import replace
from hashlib import sha256
from io import StringIO

import pytest

from sitegen.model.card import Card, Side
from sitegen.render.cards.imposition.order import Position
from sitegen.render.cards.manifest import COLUMNS, Whereabouts, manifest, record_of
from sitegen.render.cards.refusal import Refused


def test_each_card_has_a_line_with_file_and_page(latin: Card, chinese: Card) -> None:
    made = manifest(
        [("a.pdf", "moon-rabbit", (record_of(latin, 1),)), ("b.pdf", "moon-rabbit", (record_of(chinese, 1),))]
    )
    lines = list(csv.DictReader(StringIO(made.decode())))
    assert tuple(lines[0]) == COLUMNS
    assert [(line["record"], line["customer_id"], line["file"], line["page"]) for line in lines] == [
        ("1", "c0001", "a.pdf", "1"),
        ("2", "c0002", "b.pdf", "1"),
    ]
    assert lines[1]["name"] == chinese.name
    assert lines[0]["link_sha256"] == sha256(latin.link.encode()).hexdigest()


def test_neither_link_nor_code_is_in_the_manifest(latin: Card) -> None:
    made = manifest([("a.pdf", "moon-rabbit", (record_of(latin, 1),))]).decode()
    assert latin.link not in made
    assert latin.code not in made
    assert latin.link.partition("#")[2] not in made


@pytest.mark.parametrize(
    "change",
    [
        {"greeting": "<p>Hello</p>"},
        {"link": "https://members.lanternandloom.example/#X"},
        {"lines": ("12 Harbour StreetBristol BS1 4RN",)},
        {"tier": "Silver"},
        {"giver": "somebody else"},
        {"shop_lines": ()},
    ],
    ids=lambda change: next(iter(change)),
)
def test_another_text_or_link_makes_another_content_hash(latin: Card, change: dict[str, str | tuple[str, ...]]) -> None:
    assert record_of(replace(latin, **change), 1).content_sha256 != record_of(latin, 1).content_sha256  # type: ignore[arg-type]


def test_what_a_spreadsheet_would_calculate_has_an_apostrophe_before_it(latin: Card) -> None:
    made = manifest(
        [("a.pdf", "moon-rabbit", (record_of(replace(latin, customer_id="-1", name="=HYPERLINK(1)"), 1),))],
        [Refused(2, "@7", "name", "why", "what")],
    )
    lines = list(csv.DictReader(StringIO(made.decode())))
    assert [(line["customer_id"], line["name"]) for line in lines] == [("'-1", "'=HYPERLINK(1)"), ("'@7", "")]


def test_a_reprint_under_another_number_has_the_same_content(latin: Card) -> None:
    assert record_of(replace(latin, record=7), 9).content_sha256 == record_of(latin, 1).content_sha256


def test_what_is_known_of_a_card_stands_in_its_line(latin: Card, chinese: Card) -> None:
    known = Whereabouts({1: Position(3, Side.FRONT, 2, 1)}, {1: "GB BS"}, frozenset({2}))
    made = manifest([("a.pdf", "moon-rabbit", (record_of(latin, 1), record_of(chinese, 3)))], (), known)
    first, second = csv.DictReader(StringIO(made.decode()))
    assert (first["sheet"], first["position"], first["bundle"]) == ("3", "row 2, column 1", "GB BS")
    assert (second["sheet"], second["position"], second["bundle"]) == ("", "", "")
    assert (first["status"], second["status"]) == ("made", "reprinted")


def test_refused_cards_stand_in_their_place_without_a_page(latin: Card, chinese: Card) -> None:
    refused = [
        Refused(2, "c0009", "name", "the name is empty", "write it"),
        Refused(2, "c0009", "greeting", "it is too long", "shorten it"),
        Refused(0, "", "", "front.svg is broken", "save it again"),
    ]
    pages = (record_of(latin, 1), record_of(replace(chinese, record=3), 3))
    made = manifest([("a.pdf", "moon-rabbit", pages)], refused)
    lines = list(csv.DictReader(StringIO(made.decode())))
    assert [(line["record"], line["customer_id"], line["page"], line["status"]) for line in lines] == [
        ("1", "c0001", "1", "made"),
        ("2", "c0009", "", "refused"),
        ("3", "c0002", "3", "made"),
    ]
