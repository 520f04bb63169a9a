"""What the ten read in letters, in both halves of them, and on cards: the same as on the site."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from email import message_from_bytes, policy
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.golden.sample_shop import Shop as Built
from tests.golden.sample_shop import copy_of_the_sample
from tests.members.model import Member, Model, Shop
from tests.members.reading import amount
from tests.members.table import (
    ALL_BENEFITS,
    ALL_CARE,
    ALL_GIFTS,
    ALL_STAGES,
    GRAZYNA,
    JONAS,
    MEI,
    SHIHAN,
    TABLE,
    TODAY,
    XIAOYAN,
)
from tests.members.written import Written

pytestmark = pytest.mark.slow

PRICES_DAY = date(2026, 9, 10)
COLD_SEASON = ("P-003", "P-008", "P-022", "P-018", "P-026")
"""The goods of the letter `members-prices`."""
READERS = {MEI, JONAS, GRAZYNA, XIAOYAN, SHIHAN}
"""Silver and Gold who allowed letters: consents.csv has no row for mail of Gülşen, and none at all of Øvrebø."""

PARTS = {
    "benefits": "Open today",
    "related": "Goes with what you have",
    "care": "How to look after it",
    "gifts": "For your points",
    "gatherings": "Gatherings ahead",
    "life-stages": "For the little one",
    "contracts": "In writing",
    "payment": "Ways to pay",
    "protection": "Prices kept",
    "newcomers": "The first time",
    "prices": "What things cost",
}
"""The parts of a letter of our own, with titles by which its sections are told apart."""
ARGUMENTS = {"care": ' pages="care/silk.md"', "gifts": ' show="within reach"'}
HEAD = f"""---
title: All that is yours this autumn
kind: promotion
audience:
  all:
    - customer id: one of [{", ".join(TABLE)}]
channels: [mail]
on: {TODAY}
subject: All that is yours this autumn
preheader: Each part of the programme, for ten of you.
tags: [members]
language: en
---
Here it is, all on one page.

"""
END = "The end of it"
UNSEEN = ("head", "style", "script", "title")


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it lies in output/mail: its readable text, by lines too; what its HTML shows, and rows of tables."""

    lines: str
    text: str
    shown: str
    rows: tuple[tuple[str, ...], ...]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A copy of the sample with a letter of all parts to the ten."""
    built = copy_of_the_sample(tmp_path_factory.mktemp("letters") / "shop")
    lines = "".join(f'::: {part}{ARGUMENTS.get(part, "")} title="{title}" :::\n\n' for part, title in PARTS.items())
    campaign = built.root / "content" / "campaigns" / "2026" / "all-that-is-yours.md"
    campaign.write_text(f"{HEAD}{lines}## {END}\n\nThat is all.\n", encoding="utf-8")
    return built


@pytest.fixture(scope="module")
def prices(shop: Built, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Letter]:
    """The letter `members-prices` of its day, by its readers among the ten."""
    return _letters(shop, "members-prices", PRICES_DAY, tmp_path_factory.mktemp("prices"))


@pytest.fixture(scope="module")
def everything(shop: Built, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Letter]:
    """The letter of all parts, by its readers."""
    return _letters(shop, "all-that-is-yours", TODAY, tmp_path_factory.mktemp("everything"))


def test_members_prices_goes_to_those_of_the_ten_who_are_members_and_allowed_it(prices: dict[str, Letter]) -> None:
    assert prices.keys() == READERS


def test_members_prices_says_what_each_pays_in_html_and_in_text(prices: dict[str, Letter], shop: Built) -> None:
    model, written = Model(Shop(shop.root), PRICES_DAY), Written(Shop(shop.root), "en")
    for id_, letter in prices.items():
        lines = model.member(id_).prices
        expected = {written.product(one): (lines[one].list_price, lines[one].price) for one in COLD_SEASON}
        assert f"{expected[written.product('P-003')][1]}" == TABLE[id_].prices["P-003"], id_
        assert _in_rows(letter.rows, expected) == expected, id_
        assert _in_text(letter.lines, expected) == expected, id_


def test_a_letter_of_all_parts_says_to_each_what_the_table_says(everything: dict[str, Letter], shop: Built) -> None:
    written = Written(Shop(shop.root), "en")
    # Gülşen and Øvrebø did not allow such letters.
    assert len(everything) == 8
    for id_, letter in everything.items():
        row = TABLE[id_]
        for half in (letter.text, letter.shown):
            said = _sections(half)
            assert _named(said["Open today"], ALL_BENEFITS) == row.benefits, id_
            assert _named(said["How to look after it"], map(written.page, ALL_CARE)) == {*map(written.page, row.care)}
            assert _named(said["For your points"], ALL_GIFTS) == {*row.gifts}, id_
            assert _named(said["For the little one"], ALL_STAGES) == row.stages, id_
            assert bool(said["Gatherings ahead"]) == bool(row.gatherings), id_
            assert _named(said["In writing"], ["A year of linen"]) == row.contracts, id_
            payment = ["In three parts", "Before we cut", "On account", "A fifth now"]
            assert _named(said["Ways to pay"], payment) == row.payment, id_
            assert bool(said["Prices kept"]) == row.kept_prices, id_
            assert bool(said["The first time"]) == bool(row.newcomer_prices), id_


def test_a_letter_suggests_what_the_table_says(everything: dict[str, Letter], shop: Built) -> None:
    written = Written(Shop(shop.root), "en")
    for id_, letter in everything.items():
        for half in (letter.text, letter.shown):
            said = _sections(half)["Goes with what you have"]
            # "Goes with your Fireside plaid." names what they have already.
            offered = re.sub(r"(Goes with|One finer than) your [^.]*\.", "", said)
            names = {written.product(one) for one in TABLE[id_].suggestions}
            assert _named(offered, map(written.product, written.products)) == names, id_


def test_a_letter_of_all_parts_has_the_whole_price_list_of_each(everything: dict[str, Letter], shop: Built) -> None:
    model, written = Model(Shop(shop.root), TODAY), Written(Shop(shop.root), "en")
    for id_, letter in everything.items():
        member: Member = model.member(id_)
        expected = {written.product(one): (line.list_price, line.price) for one, line in member.prices.items()}
        _, _, last = letter.lines.partition("\nWhat things cost\n")
        assert _in_text(last, expected) == expected, id_
        assert _in_rows(letter.rows[::-1], expected) == expected, id_
        hidden = {*map(written.product, written.products)} - expected.keys()
        for half in (letter.text, letter.shown):
            assert _named(_sections(half)["What things cost"], hidden) == set(), id_


def _letters(shop: Built, campaign: str, day: date, kept: Path) -> dict[str, Letter]:
    shop.build("mail", f"{day}")
    folder = shop.root / "output" / "mail" / "2026" / campaign / f"{day}"
    # The next build takes the place of this one.
    shutil.copytree(folder, kept / campaign)
    files = ((id_, kept / campaign / f"{id_}.eml") for id_ in TABLE)
    return {id_: _letter(file) for id_, file in files if file.is_file()}


class Shown(HTMLParser):
    """What the body of a mail says, and the cells of each row that has some."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.rows: list[list[str]] = []
        self.unseen = 0
        self.within = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in UNSEEN
        if tag == "tr":
            self.rows.append([])
            self.within = False
        elif tag == "td" and self.rows:
            self.rows[-1].append("")
            self.within = True

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in UNSEEN
        self.within = self.within and tag != "td"

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.texts.append(data)
            if self.within:
                self.rows[-1][-1] += f" {data}"


def _letter(file: Path) -> Letter:
    mail = message_from_bytes(file.read_bytes(), policy=policy.default)
    plain, rich = mail.get_body(("plain",)), mail.get_body(("html",))
    assert plain
    assert rich
    lines, shown = "\n".join(plain.get_content().splitlines()), Shown(rich.get_content())
    rows = tuple(tuple(_words([cell]) for cell in row) for row in shown.rows)
    return Letter(lines, _words([lines]), _words(shown.texts), rows)


def _words(texts: Iterable[str]) -> str:
    # Mails hold signs without width, so that previews end where they should.
    text = re.sub("[\u034f\u00ad\u200b-\u200f\u2060\ufeff]", "", " ".join(texts))
    return " ".join(text.split())


def _sections(text: str) -> dict[str, str]:
    """What stands below each title; "" where the part is not there."""
    places = sorted((text.index(title), title) for title in (*PARTS.values(), END) if title in text)
    ends = [start for start, _ in places[1:]]
    found = {
        title: text[start + len(title) : end].strip(" -=") for (start, title), end in zip(places, ends, strict=False)
    }
    return {title: found.get(title, "") for title in PARTS.values()}


def _named(text: str, names: Iterable[str]) -> set[str]:
    return {name for name in names if name in text}


def _in_rows(rows: Iterable[tuple[str, ...]], names: Iterable[str]) -> Mapping[str, tuple[Decimal, Decimal]]:
    """The list price and the price in the row of each name."""
    found = {}
    for name in names:
        cells = next(row for row in rows if len(row) > 1 and row[0].startswith(name))
        found[name] = (amount(cells[1]), amount(cells[-1]))
    return found


def _in_text(lines: str, names: Iterable[str]) -> Mapping[str, tuple[Decimal, Decimal]]:
    """The same in the readable text, where a row is a line, or one line for each of its cells."""
    found = {}
    for name in names:
        row = re.search(rf"^(Piece: )?{re.escape(name)}\b.*(\n(List price|Your price|Price): .*)*", lines, re.MULTILINE)
        assert row, name
        prices = [amount(one) for one in re.findall(r"€[0-9,]+\.[0-9]{2}", row[0])]
        found[name] = (prices[0], prices[-1])
    return found
