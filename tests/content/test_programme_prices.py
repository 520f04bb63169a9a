"""Tests of what content/programme/ says of prices, newcomers, stacking and benefits."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.programme.benefits import read_benefits
from sitegen.content.programme.prices import read_newcomers, read_prices
from sitegen.content.programme.stacking import read_stacking
from sitegen.content.project import read_project
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Problem
from sitegen.model.benefit import Always, Benefit, Gives
from sitegen.model.campaign import EveryYear, OnOccasion
from sitegen.model.care import NamedPage
from sitegen.model.concession import ANYBODY, Days, Goods, Who
from sitegen.model.prices import USUAL_PRICES, Exclusive, Newcomer, Prices, Rounding, RoundingMode, StockWords, Unsold
from sitegen.model.stacking import USUAL_STACKING, OnTop, Stacking, Together
from sitegen.model.tree import Entry, Mapping, Node, Place, Scalar, Sequence

Read = Callable[[Node, list[Problem]], object]
READERS: tuple[Read, ...] = (read_prices, read_newcomers, read_stacking, read_benefits)
FILE = "content/programme/prices.yaml"


def section(read: Callable[[Node, list[Problem]], object], text: str) -> object:
    problems: list[Problem] = []
    found = read(read_yaml(text, FILE).entries[0].value, problems)
    assert problems == []
    return found


def test_prices_are_read_as_they_are_written() -> None:
    text = """\
prices:
  rounding: {mode: half-even, step: 0.05}
  without: {groups: gifts}
  exclusive:
    - {products: [P-1], tiers: [Gold], from: 2026-09-17, until: 2026-10-17}
  stock: {few: 20, last: 3}
  unsold: {days: 90, on_shelf: 60, discount: 8, audience: friends}
"""
    days = Days(date(2026, 9, 17), date(2026, 10, 17))
    assert section(read_prices, text) == Prices(
        Rounding(RoundingMode.HALF_EVEN, Decimal("0.05")),
        (Goods(groups=("gifts",)),),
        (Exclusive(Goods(products=("P-1",)), Who(("Gold",)), days),),
        StockWords(20, 3),
        Unsold(90, 60, Decimal(8), Who((), "friends")),
    )


def test_what_is_not_said_is_as_usual() -> None:
    assert section(read_prices, "prices: {}") == USUAL_PRICES
    assert section(read_stacking, "stacking: {}") == USUAL_STACKING
    assert USUAL_STACKING.floor is None
    assert section(read_stacking, "stacking: {floor: 0}") == Stacking(floor=Decimal(0))


def test_newcomers_and_stacking_are_read_as_they_are_written() -> None:
    newcomers = section(read_newcomers, "newcomers:\n  - {name: first, discount: 5, groups: [beads]}\n")
    assert newcomers == (Newcomer("first", Decimal(5), Goods(groups=("beads",)), (Days(),)),)
    text = "stacking:\n  most: 2\n  together:\n    - [tier-price, ten]\n  on_top: extra\n  floor: 12.5\n"
    assert section(read_stacking, text) == Stacking(
        2, (Together("tier-price", "ten"),), (OnTop("extra"),), Decimal("12.5")
    )


def test_benefits_are_read_as_they_are_written() -> None:
    text = """\
benefits:
  - {name: extra, title: On top, every: birthday, after: 6, tiers: [Gold], gives: {discount: 3}}
  - {name: flowers, occasion: mothers-day, before: 2, gives: {gift: carnations, page: care/linen.md}}
  - {name: quilts, groups: [quilts], pieces: 2, until: 2026-12-24, gives: {service: mending}}
"""
    page = NamedPage("pages/care/linen.md", Place(FILE, 3, 87))
    assert section(read_benefits, text) == (
        Benefit("extra", "On top", EveryYear("birthday"), Gives(Decimal(3)), Who(("Gold",)), after=6, days=(Days(),)),
        Benefit("flowers", "flowers", OnOccasion("mothers-day"), Gives(gift="carnations", page=page), ANYBODY, 2),
        Benefit(
            "quilts",
            "quilts",
            Always(),
            Gives(service="mending"),
            goods=Goods(groups=("quilts",)),
            pieces=2,
            days=(Days(last=date(2026, 12, 24)),),
        ),
    )


def test_the_sample_shop_keeps_its_word_on_gold_prices() -> None:
    programme = read_project(Path(__file__).parents[2]).programme
    assert programme.stacking.most == 1
    assert programme.stacking.together == ()
    extra = next(benefit for benefit in programme.benefits if benefit.name == "birthday-extra")
    assert (extra.when, extra.before, extra.after, extra.who.tiers) == (EveryYear("birthday"), 0, 6, ("Gold",))
    assert [top.name for top in programme.stacking.on_top] == ["birthday-extra"]


HERE = Place(FILE, 1, 1)
WORDS = st.sampled_from(["", "no", "5", "-1", "NaN", "2026-09-17", "birthday", "mothers-day", "tier-price", "up"])
SAID = """rounding mode step without exclusive stock few last unsold days on_shelf discount tiers audience groups
products from until name title every occasion before after gives gift page pieces most together on_top floor sale"""
KEYS = st.sampled_from(SAID.split())
SCALARS = st.builds(Scalar, WORDS, st.just(HERE), st.booleans())


def mapping(entries: dict[str, Node]) -> Mapping:
    return Mapping(tuple(Entry(Scalar(key, HERE), value) for key, value in entries.items()), HERE)


TREES: st.SearchStrategy[Node] = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4).map(lambda items: Sequence(tuple(items), HERE)),
        st.dictionaries(KEYS, inner, max_size=6).map(mapping),
    ),
    max_leaves=20,
)


@pytest.mark.parametrize("read", READERS)
@given(tree=TREES)
def test_whatever_stands_there_is_read_or_told_with_its_place(read: Read, tree: Node) -> None:
    problems: list[Problem] = []
    assert read(tree, problems) is not None
    assert all(problem.file == FILE and problem.line and problem.message for problem in problems)
