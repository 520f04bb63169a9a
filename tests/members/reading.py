"""Read a member's pages in Chromium as they see them: what is hidden is not there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tests.browser.visits import Visit

PARTS = (
    *("benefits", "care", "related", "gatherings", "life-stages", "gifts"),
    *("contracts", "payment", "protection", "off-season"),
)
READ = """(parts) => {
  const said = (node) => node ? node.textContent.replace(/\\s+/g, " ").trim() : "";
  const seen = (selector) => [...document.querySelectorAll(selector)].filter((node) => node.checkVisibility());
  const cell = (row, name) => said(row.querySelector(`.${name}`));
  const line = (row) => ({
    name: said(row.querySelector("th").firstChild), badge: said(row.querySelector("th .badge")),
    list: cell(row, "list-price"), price: cell(row, "your-price"), stock: cell(row, "stock"),
  });
  const gifts = seen(".part-gifts .gift").filter((gift) => gift.querySelector(".badge"));
  const fields = {};
  for (const node of seen("[data-sg-field]")) (fields[node.dataset.sgField.split("|")[0]] ??= []).push(said(node));
  return {
    text: document.querySelector("main").innerText,
    fields,
    titles: Object.fromEntries(parts.map((part) => [part, seen(`.part-${part} .offer-title`).map(said)])),
    reached: gifts.map((gift) => cell(gift, "offer-title")),
    ladders: seen(".part-ladder caption h3").map(said),
    prices: seen(".part-prices tbody tr").map(line),
    newcomers: seen(".part-newcomers tbody tr").map(line),
    news: Object.fromEntries(seen(".teasers a").map((link) => [said(link), link.href])),
  };
}"""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a price table; `list_price` is the price too where the list's is not shown beside it."""

    list_price: Decimal
    price: Decimal
    stock: str
    badge: str


@dataclass(frozen=True, slots=True)
class Seen:
    """What one page shows: the texts of each merge field, the titles of each part's offers, the rows of price tables.

    `reached` are the gifts that are marked as within reach, `news` the addresses of what is new, by titles.
    """

    text: str
    fields: Mapping[str, tuple[str, ...]]
    titles: Mapping[str, tuple[str, ...]]
    reached: tuple[str, ...]
    ladders: tuple[str, ...]
    prices: Mapping[str, Line]
    newcomers: Mapping[str, Line]
    news: Mapping[str, str]

    def field(self, name: str) -> str:
        """The one text of a field, wherever it stands; "" where it is not shown."""
        texts = {text for text in self.fields.get(name, ()) if text}
        assert len(texts) <= 1, (name, texts)
        return next(iter(texts), "")


def read(visit: Visit) -> Seen:
    """The page on which somebody is."""
    visit.settle()
    found: dict[str, Any] = visit.page.evaluate(READ, list(PARTS))
    return Seen(
        text=found["text"],
        fields={name: tuple(texts) for name, texts in found["fields"].items()},
        titles={part: tuple(titles) for part, titles in found["titles"].items()},
        reached=tuple(found["reached"]),
        ladders=tuple(found["ladders"]),
        prices=_lines(found["prices"]),
        newcomers=_lines(found["newcomers"]),
        news=found["news"],
    )


def amount(text: str) -> Decimal:
    """The number in a text like €1,216.00."""
    return Decimal(re.sub(r"[^0-9.]", "", text))


def _lines(rows: list[dict[str, str]]) -> dict[str, Line]:
    lines = {}
    for row in rows:
        assert row["name"] not in lines, row
        price = amount(row["price"])
        lines[row["name"]] = Line(amount(row["list"]) if row["list"] else price, price, row["stock"], row["badge"])
    return lines
