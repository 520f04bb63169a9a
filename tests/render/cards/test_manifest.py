"""The manifest says where each card is and gives no secret away."""

from __future__ import annotations

import csv
from dataclasses import replace
from hashlib import sha256
from io import StringIO

from sitegen.model.card import Card
from sitegen.render.cards.manifest import COLUMNS, manifest, record_of


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


def test_another_text_or_link_makes_another_content_hash(latin: Card) -> None:
    hashes = {
        record_of(card, 1).content_sha256
        for card in (latin, replace(latin, greeting="<p>Hello</p>"), replace(latin, link=latin.link + "X"))
    }
    assert len(hashes) == 3
