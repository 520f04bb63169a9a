"""The plan's texts: each line filled and counted, in files for any provider, and what all of them cost."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from sitegen.build.post.tokens import KeyedTokens
from sitegen.errors import Exit, Mistakes, Problem
from sitegen.model.artifact import Artifact, PrivateArtifact
from sitegen.model.campaign import Campaign
from sitegen.model.plan import Recipient
from sitegen.model.shop import Shop
from sitegen.model.tree import Place
from sitegen.protect.keys import require
from sitegen.protect.tokens import sealer
from sitegen.render.spreadsheet import guarded
from sitegen.render.text import text
from sitegen.render.text.warnings import dear_characters
from sitegen.render.variant import variant

if TYPE_CHECKING:
    from sitegen.build.post.messages import Desk

NUMBER = re.compile(r"\+[0-9]+")
BILL = "texts/bill.json"
"""What the texts of each campaign and all together take and cost."""


@dataclass(slots=True)
class _Count:
    """What some texts take: how many there are, of how many segments, how many in UCS-2, and what they cost."""

    texts: int = 0
    segments: int = 0
    ucs2: int = 0
    cost: Decimal = Decimal(0)

    def add(self, message: text.TextMessage) -> None:
        self.texts += 1
        self.segments += message.segments
        self.ucs2 += message.encoding == "UCS-2"
        self.cost += message.cost

    def told(self) -> dict[str, str | int]:
        """The same for a program; the sum is a decimal as text."""
        return {"texts": self.texts, "segments": self.segments, "ucs2": self.ucs2, "cost": f"{self.cost:f}"}


@dataclass(slots=True)
class _Pile:
    """The texts of one campaign, as they grow: the two files, their count, and those that are too long."""

    shop: Shop
    count: _Count = field(default_factory=_Count)
    lines: list[bytes] = field(default_factory=list)
    sheet: io.StringIO = field(default_factory=io.StringIO)
    too_long: int = 0
    longest: text.TextMessage | None = None

    def add(self, message: text.TextMessage) -> None:
        self.count.add(message)
        row = text.row(message, self.shop)
        self.lines.append((json.dumps(row, ensure_ascii=False) + "\n").encode())
        sheet = csv.writer(self.sheet, lineterminator="\n")
        if self.count.texts == 1:
            sheet.writerow(row)
        sheet.writerow(map(_cell, row.values()))
        self.too_long += message.segments > self.shop.texts.most_segments
        if self.longest is None or message.segments > self.longest.segments:
            self.longest = message


def texts(desk: Desk, lines: Iterator[Recipient], done: Callable[[], None]) -> Iterator[Artifact]:
    """For each campaign a file of JSON lines and a sheet, which say the same; and at last the bill of all.

    Raises Mistakes (exit 6) once all are made, for each campaign with a text of more segments than the shop allows.
    """
    addresses, files = desk.addresses(), desk.files()
    shop, theme = desk.project.shop, desk.project.theme
    # Only who links to forms needs the receiver's key.
    tokens = cache(lambda: _tokens(desk))
    counts: dict[str, _Count] = {}
    problems: list[Problem] = []
    for name, group in groupby(lines, key=lambda line: line.campaign):
        campaign = desk.campaign(name)
        made: dict[frozenset[str], text.TextTemplate] = {}
        pile = _Pile(shop)
        for line in group:
            found = variant(campaign.body, line.segments)
            if found not in made:
                made[found] = text.compose(campaign, line.segments, shop, theme, desk.links(campaign, addresses, files))
            pile.add(text.message(made[found], line, tokens() if made[found].forms else None))
            done()
        counts[name] = pile.count
        problems += _too_long(campaign, pile)
        yield PrivateArtifact(f"texts/{name}.jsonl", b"".join(pile.lines))
        yield PrivateArtifact(f"texts/{name}.csv", pile.sheet.getvalue().encode())
    if problems:
        raise Mistakes(problems, Exit.MESSAGE)
    yield _bill(desk, counts)


def _tokens(desk: Desk) -> KeyedTokens:
    return KeyedTokens(sealer(require(desk.order.receiver, "SITEGEN_RECEIVER_KEY")))


def _cell(value: str | int) -> str | int:
    # A number with its plus is no formula, and a provider's import needs it bare.
    return value if isinstance(value, int) or NUMBER.fullmatch(value) else guarded(value)


def _too_long(campaign: Campaign, pile: _Pile) -> Iterator[Problem]:
    if not pile.too_long or pile.longest is None:
        return
    block = next(iter(campaign.body.blocks), None)
    place = Place(campaign.body.file, block.line, 1) if block else campaign.place
    most, longest = pile.shop.texts.most_segments, pile.longest
    others = f" ({pile.too_long} of {pile.count.texts} are too long)" if pile.too_long > 1 else ""
    why = f", in UCS-2 because of '{longest.forced_by}'" if longest.forced_by else ""
    who = longest.recipient.customer_id
    message = f"the text for '{who}' takes {longest.segments} segments{why}; {most} are allowed{others}"
    dear = "".join(f"{one.hint} in line {one.line}, " for one in dear_characters(campaign)[:1])
    hint = f"{dear}say less, or write 'texts: {{most_segments: N}}' in site.yaml"
    yield place.problem("long-text", message, hint)


def _bill(desk: Desk, counts: dict[str, _Count]) -> PrivateArtifact:
    shop = desk.project.shop
    costs = counts.values()
    total = _Count(
        sum(count.texts for count in costs),
        sum(count.segments for count in costs),
        sum(count.ucs2 for count in costs),
        sum((count.cost for count in costs), Decimal(0)),
    )
    desk.tally.count("text segments", total.segments)
    if shop.texts.price:
        each = f"{shop.texts.price:f} {shop.currency}"
        desk.tally.notices.append(f"the texts cost {total.cost:,.2f} {shop.currency}, at {each} a segment")
    value = {
        "currency": shop.currency,
        "price": f"{shop.texts.price:f}",
        "campaigns": {name: count.told() for name, count in sorted(counts.items())},
        "all": total.told(),
    }
    return PrivateArtifact(BILL, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode())
