"""Who reads a suggestion is whom the model suggests it to: the cells' rules in the engine beside `suggestions_for`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from sitegen.audience.facts.facts import Scope, facts
from sitegen.audience.language.events import event_facts
from sitegen.audience.selection.membership import columns_asked, members
from sitegen.model.care import Care, NamedPage
from sitegen.model.goods import Goods
from sitegen.model.part import BadArgument, Cell, On, Terms
from sitegen.model.product import Product
from sitegen.model.programme import Programme
from sitegen.model.related import Related, RelatedGoods, Suggestion, Why
from sitegen.model.segment import EVERYONE
from sitegen.model.tree import Place
from sitegen.programme.parts import related
from sitegen.programme.parts.related import SuggestionView
from sitegen.programme.related.suggestions import suggestions_for
from tests.audience.little_shop import TODAY, Row, ask, segments, tables
from tests.plain_shop import SHOP

HERE = Place("content/programme/gatherings.yaml", 20)
NAMES = tuple(f"P-{number}" for number in range(7))
CUSTOMERS = ("C-1", "C-2", "C-3", "C-4")
GROUPS = ("linen", "beads")
CARE = Care(HERE, None, {group: NamedPage("pages/care.md", HERE) for group in GROUPS})
LONG_AGO = date(2020, 1, 1)


def goods(product: str, goes_with: tuple[str, ...] = (), upgrades: tuple[str, ...] = ()) -> RelatedGoods:
    return RelatedGoods(product, goes_with, upgrades, HERE)


def product(name: str, group: str | None = "linen", launched: date | None = LONG_AGO, stock: int | None = 4) -> Product:
    return Product(name, name, Decimal(9), group=group, launched_on=launched, stock=stock)


def on(model: Related, shelf: Sequence[Product]) -> On:
    return On(Programme(care=CARE, related=model), SHOP, TODAY, "en", Goods(products=tuple(shelf)))


def read_by(
    cells: Sequence[Cell], shelf: Sequence[Product], baskets: Mapping[str, set[str]], content: set[str]
) -> set[tuple[str, str]]:
    """Each customer with each product of which a cell tells them, as the engine finds them."""
    rows = tables(
        customers=[{"customer_id": name, "city": "Content" if name in content else "Elsewhere"} for name in baskets],
        orders=[*(order(name) for name in baskets), order("C-1", "returned")],
        order_lines=[line(name, bought) for name, basket in baskets.items() for bought in sorted(basket)]
        + [line("returned", bought) for bought in NAMES],
        products=[
            {"product_id": one.id, "group": one.group, "launched_on": one.launched_on, "stock": one.stock}
            for one in shelf
        ],
    )
    rules = "".join(f"  cell-{number}:\n{indented(cell.rule)}" for number, cell in enumerate(cells))
    found = segments(f"segments:\n  content:\n    all:\n      - city: is Content\n{rules}")
    scope = Scope(columns_asked(found) | {"class"})
    told = ask(members(found, facts(rows, event_facts(found), None, TODAY, scope), TODAY))
    return {
        (row["customer_id"], name)
        for row in told
        for number, cell in enumerate(cells)
        if row[f"cell-{number}"]
        for name in cell.view.goods  # type: ignore[attr-defined]
    }


def order(customer: str, status: str = "delivered") -> Row:
    number = customer if status == "delivered" else status
    return {"order_id": number, "customer_id": customer, "ordered_at": TODAY, "status": status}


def line(order: str, bought: str) -> Row:
    return {"order_id": order, "line": int(bought[2:]), "product_id": bought, "quantity": 1}


def indented(rule: str) -> str:
    return "".join(f"    {one}\n" for one in rule.splitlines())


def suggested(
    model: Related, shelf: Sequence[Product], baskets: Mapping[str, set[str]], content: set[str]
) -> set[tuple[str, Suggestion]]:
    known = {one.id: one for one in shelf}
    return {
        (name, one)
        for name, basket in baskets.items()
        for one in suggestions_for(basket, known, name in content, model, TODAY)
    }


SHELVES = some.tuples(
    *(
        some.builds(
            product,
            some.just(name),
            some.sampled_from((None, *GROUPS)),
            some.none() | some.dates(TODAY - timedelta(days=40), TODAY + timedelta(days=5)),
            some.sampled_from((None, 0, 3)),
        )
        for name in NAMES
    )
)
PAIRS = some.lists(
    some.builds(
        goods,
        some.sampled_from(NAMES),
        some.lists(some.sampled_from(NAMES), max_size=3, unique=True).map(tuple),
        some.lists(some.sampled_from(NAMES), max_size=2, unique=True).map(tuple),
    ),
    max_size=4,
    unique_by=lambda one: one.product,
).map(tuple)
BASKETS = some.fixed_dictionaries({name: some.sets(some.sampled_from(NAMES), max_size=4) for name in CUSTOMERS})


@settings(deadline=None, max_examples=8)
@given(SHELVES, PAIRS, BASKETS, some.sets(some.sampled_from(CUSTOMERS)))
def test_what_goes_together_is_read_by_exactly_those_to_whom_it_is_suggested(
    shelf: tuple[Product, ...], pairs: tuple[RelatedGoods, ...], baskets: dict[str, set[str]], content: set[str]
) -> None:
    model = Related(HERE, "content", HERE, pairs)
    cells = related.part(on(model, shelf), {}).cells
    expected = {(name, one.product) for name, one in suggested(model, shelf, baskets, content)}
    assert read_by(cells, shelf, baskets, content) == expected


@settings(deadline=None, max_examples=8)
@given(SHELVES, PAIRS, BASKETS, some.sets(some.sampled_from(CUSTOMERS)), some.sampled_from((1, 2, 30)))
def test_what_is_new_is_read_by_nobody_to_whom_the_model_does_not_suggest_it(
    shelf: tuple[Product, ...],
    pairs: tuple[RelatedGoods, ...],
    baskets: dict[str, set[str]],
    content: set[str],
    days: int,
) -> None:
    model = Related(HERE, "content", HERE, pairs, days)
    cells = related.part(on(model, shelf), {}).cells
    everything = suggested(model, shelf, baskets, content)
    found = read_by(cells, shelf, baskets, content)
    assert found <= {(name, one.product) for name, one in everything}
    assert found >= {(name, one.product) for name, one in everything if one.why is not Why.NEW}


@settings(deadline=None, max_examples=8)
@given(BASKETS, some.sets(some.sampled_from(CUSTOMERS)), some.sampled_from((0, 29, 30)))
def test_the_one_new_thing_of_a_group_is_read_by_exactly_those_to_whom_it_is_suggested(
    baskets: dict[str, set[str]], content: set[str], age: int
) -> None:
    groups = (*GROUPS, None, *GROUPS, "hats", None)
    shelf = [product(name, group) for name, group in zip(NAMES, groups, strict=True)]
    shelf[0] = product("P-0", "linen", TODAY - timedelta(days=age))
    model = Related(HERE, "content", HERE, (), 30)
    cells = related.part(on(model, shelf), {}).cells
    expected = {(name, one.product) for name, one in suggested(model, shelf, baskets, content)}
    assert read_by(cells, shelf, baskets, content) == expected
    assert bool(cells) == (age < 30)


SHEET = Related(HERE, "content", HERE, (goods("P-0", ("P-1", "P-2"), ("P-3",)), goods("P-4", ("P-3", "P-1"))), 30)
SHELF = [*(product(name) for name in NAMES[:5]), product("P-5", "beads", TODAY), product("P-6", "beads", TODAY)]


def test_a_product_to_which_several_lead_is_one_cell_and_finer_goods_come_first() -> None:
    found = related.part(on(SHEET, SHELF), {})
    assert [(cell.key, cell.view) for cell in found.cells] == [
        ("P-3", SuggestionView(("P-3",), Why.UPGRADE, ("P-0", "P-4"))),
        ("P-1", SuggestionView(("P-1",), Why.RELATED, ("P-0", "P-4"))),
        ("P-2", SuggestionView(("P-2",), Why.RELATED, ("P-0",))),
        ("new-beads", SuggestionView(("P-5", "P-6"), Why.NEW, ("beads",))),
    ]


def test_nobody_reads_twice_of_a_product_that_is_new_and_goes_with_another() -> None:
    shelf = [*SHELF[:1], product("P-1", "linen", TODAY), *SHELF[2:5]]
    assert [cell.key for cell in related.part(on(SHEET, shelf), {}).cells] == ["P-3", "P-1", "P-2"]


@pytest.mark.parametrize(("arguments", "news"), [({}, ["linen", "beads"]), ({"groups": "beads"}, ["beads"])])
def test_there_is_a_rule_for_each_suggested_product_and_each_group_that_may_have_news(
    arguments: dict[str, str], news: list[str]
) -> None:
    model = on(SHEET, SHELF)
    rules = related.rules(Terms(model.programme, SHOP), arguments)
    assert len(set(rules)) == 3 + len(news)
    assert {cell.rule for cell in related.part(model, arguments).cells} <= set(rules)
    assert [group for group in ("linen", "beads") if f'is {group}"' in "".join(rules)] == news


def test_a_group_of_which_the_shop_has_nothing_is_told() -> None:
    with pytest.raises(BadArgument, match="there is no group of goods 'bead'"):
        related.part(on(SHEET, SHELF), {"groups": "linen, bead"})


def test_a_shop_that_suggests_to_everyone_asks_for_no_segment() -> None:
    model = Related(HERE, EVERYONE, HERE, (goods("P-0", ("P-1",)),))
    (rule,) = related.rules(Terms(Programme(related=model), SHOP), {})
    assert "segment" not in rule
    assert read_by(related.part(on(model, SHELF), {}).cells, SHELF, {"C-2": {"P-0"}}, set()) == {("C-2", "P-1")}


def test_without_its_section_a_part_shows_nothing() -> None:
    assert related.rules(Terms(Programme(), SHOP), {}) == ()
    assert related.part(On(Programme(), SHOP, TODAY, "en"), {}).cells == ()
