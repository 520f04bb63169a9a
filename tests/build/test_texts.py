"""A build's texts: two files that say the same, and the bill."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.build.conftest import SMALL_SHOP, new_shop

TEXT = """---
title: A short wish
kind: contact
audience: everyone
channels: [text]
on: 2026-09-08
---
{{ last_name }}, we’ve kept your chair.
"""
PRICED = "texts: {sender: The Loom, price: 0.05}\n"


@dataclass(frozen=True, slots=True)
class Built:
    """The output folder of the texts, and what the build said at its end."""

    folder: Path
    told: str


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The small shop with a price for texts, one text of plain letters and one with a dear one."""
    shop = new_shop(tmp_path_factory.mktemp("texts") / "shop", SMALL_SHOP / "content")
    site = shop.root / "content/site.yaml"
    site.write_text(site.read_text(encoding="utf-8") + PRICED, encoding="utf-8")
    (shop.root / "content/campaigns/wish.md").write_text(TEXT, encoding="utf-8")
    people = shop.root / "content/customers/customers.csv"
    strange = people.read_text(encoding="utf-8").replace(",Holm,", ",=1+1,").replace("+49 40 ", "+49 (0)40 ", 1)
    people.write_text(strange, encoding="utf-8")
    done = shop.run("build", "--on", "2026-09-08", "--only", "texts")
    assert done.returncode == 0, done.stderr
    return Built(shop.output / "texts", done.stdout)


def lines(path: Path) -> list[dict[str, str | int]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_the_sheet_says_what_the_lines_say_and_no_text_in_it_is_a_formula(built: Built) -> None:
    sheet = list(csv.DictReader((built.folder / "wish.csv").read_text(encoding="utf-8").splitlines(keepends=True)))
    said = [{name: str(value) for name, value in line.items()} for line in lines(built.folder / "wish.jsonl")]
    assert [row["text"][:5] for row in said] == ["=1+1,", "Lind,"]
    assert [row | {"text": row["text"].removeprefix("'")} for row in sheet] == said
    assert [row["text"][:5] for row in sheet] == ["'=1+1", "Lind,"]
    assert [row["to"] for row in sheet] == ["+49401000001", "+49401000002"]


def test_the_bill_adds_up_and_the_closing_lines_tell_it(built: Built) -> None:
    bill = json.loads((built.folder / "bill.json").read_text(encoding="utf-8"))
    assert bill == {
        "currency": "EUR",
        "price": "0.05",
        "campaigns": {
            "autumn-text": {"texts": 2, "segments": 2, "ucs2": 0, "cost": "0.10"},
            "wish": {"texts": 2, "segments": 2, "ucs2": 2, "cost": "0.10"},
        },
        "all": {"texts": 4, "segments": 4, "ucs2": 2, "cost": "0.20"},
    }
    assert re.search(r"^  text segments +4$", built.told, re.MULTILINE)
    assert "note: the texts cost 0.20 EUR, at 0.05 EUR a segment\n" in built.told


def test_a_character_that_costs_is_told_with_its_place(built: Built) -> None:
    assert (
        "note: content/campaigns/wish.md:8:20: '’ U+2019 RIGHT SINGLE QUOTATION MARK' leaves a text room for 70 "
        'characters instead of 160\nhint: write "\'" instead\n'
    ) in built.told


def test_every_text_has_a_reference_of_its_own(built: Built) -> None:
    references = [
        line["reference"] for name in ("wish", "autumn-text") for line in lines(built.folder / f"{name}.jsonl")
    ]
    assert len(set(references)) == len(references) == 4
