"""Care pages of what somebody bought, and goods of which nothing is written at some time of a purchase."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.audience.facts.facts import facts
from sitegen.audience.language.events import event_facts
from sitegen.audience.selection.membership import members
from sitegen.audience.selection.ranks import NO_CUTS
from sitegen.model.care import Care, Coverage, NamedPage, SaleStage
from sitegen.model.tree import Place
from sitegen.programme.care.coverage import WHEN, coverage_findings, missing_stages, pages_for
from sitegen.programme.care.pages import CarePages, Product, care_findings, care_pages, rule_of
from tests.audience.little_shop import TODAY, Row, ask, segments, tables
from tests.programme.pages import page

HERE = Place("content/programme/care.yaml", 2, 1)
CARE = Care(HERE, None, {"table linen": NamedPage("pages/care/linen.md", HERE), "hats: felt": NamedPage("", HERE)})
PAGES = care_pages(CARE, [page("care/linen"), page("care/wool"), page("index")])
GOODS: list[Row] = [
    {"product_id": "sheet", "group": "linen", "care": "care/linen"},
    {"product_id": "cloth", "group": "table linen"},
    {"product_id": "runner", "group": "table linen", "care": "care/wool"},
    {"product_id": "hat", "group": "hats: felt"},
]


def shop(*bought: tuple[str, str, date, str | None]) -> dict[str, list[Row]]:
    """Orders of one line: customer, product, day and state."""
    orders: list[Row] = [
        {"order_id": str(number), "customer_id": who, "ordered_at": day, "status": status}
        for number, (who, _, day, status) in enumerate(bought)
    ]
    lines: list[Row] = [
        {"order_id": str(number), "line": 1, "product_id": what, "quantity": 1}
        for number, (_, what, _, _) in enumerate(bought)
    ]
    customers: list[Row] = [{"customer_id": who} for who in dict.fromkeys(who for who, *_ in bought)]
    return {"customers": customers, "orders": orders, "order_lines": lines, "products": GOODS}


BOUGHT = (
    ("A", "sheet", TODAY, None),
    ("A", "sheet", TODAY, "delivered"),
    ("A", "cloth", TODAY, "delivered"),
    ("B", "cloth", TODAY, "delivered"),
    ("C", "runner", TODAY, "delivered"),
    ("D", "hat", TODAY, "delivered"),
    ("E", "sheet", TODAY, "returned"),
    ("F", "sheet", TODAY + timedelta(1), None),
)


@pytest.mark.parametrize(
    ("slug", "pages", "theirs"),
    [
        ("care/linen", PAGES, {"A", "B"}),
        ("care/wool", PAGES, {"C"}),
        # Without pages of groups only the products' own count.
        ("care/linen", care_pages(None, [page("care/linen")]), {"A"}),
    ],
)
def test_the_rule_of_a_care_page_selects_those_who_bought_and_kept_what_it_is_for(
    slug: str, pages: CarePages, theirs: set[str]
) -> None:
    rows = tables(**shop(*BOUGHT))
    rule = rule_of(slug, pages).replace("\n  -", "\n      -")
    found = segments(f"segments:\n  one:\n    {rule}")
    told = facts(rows, event_facts(found), None, TODAY)
    assert {row["customer_id"] for row in ask(members(found, told, TODAY, NO_CUTS)) if row["one"]} == theirs


def test_products_without_a_care_page_are_told_in_one_line() -> None:
    goods = [Product(str(number)) for number in range(12)]
    (found,) = care_findings(goods, PAGES, HERE)
    assert found.message == "12 products ('0', '1', '10', '11', '2', '3', '4', '5', ...) have no care page"


def test_a_care_page_that_is_not_written_is_told_with_its_products() -> None:
    goods = [Product("hat", "hats", "care/felt"), Product("sheet", "linen", "care/linen")]
    (found,) = care_findings(goods, PAGES, HERE)
    assert found.message == "the product 'hat' has the care page 'care/felt', which is not written"


def test_pages_of_the_product_its_group_and_all_goods_speak_of_it() -> None:
    own, group, every = (NamedPage(f"pages/{name}.md", HERE) for name in ("own", "group", "every"))
    coverage = Coverage(
        HERE,
        {SaleStage.BEFORE: (every, own)},
        {"linen": {SaleStage.BEFORE: (group,)}},
        {"P-1": {SaleStage.BEFORE: (own,)}},
    )
    assert pages_for(Product("P-1", "linen"), coverage, SaleStage.BEFORE) == (own, group, every)
    assert pages_for(Product("P-2", "beads"), coverage, SaleStage.BEFORE) == (every, own)
    assert pages_for(Product("P-1", "linen"), coverage, SaleStage.AFTER) == ()


def test_the_care_page_is_something_to_read_afterwards_while_it_stands() -> None:
    empty, sheet = Coverage(HERE), Product("sheet", "linen", "care/linen")
    assert missing_stages(sheet, empty, PAGES, {"pages/care/linen.md"}) == (SaleStage.BEFORE, SaleStage.DURING)
    assert missing_stages(sheet, empty, PAGES, ()) == tuple(SaleStage)


def test_a_page_that_does_not_stand_covers_nothing() -> None:
    coverage = Coverage(HERE, {stage: (NamedPage("pages/index.md", HERE),) for stage in SaleStage})
    goods = [Product("P-1"), Product("P-2")]
    assert list(coverage_findings(goods, coverage, PAGES, {"pages/index.md"})) == []
    found = [one.message for one in coverage_findings(goods, coverage, PAGES, ())]
    assert found == [f"2 products ('P-1', 'P-2') have nothing to read {when}" for when in WHEN.values()]


STAGES = st.dictionaries(
    st.sampled_from(SaleStage),
    st.lists(st.sampled_from("abc"), min_size=1).map(lambda names: tuple(NamedPage(name, HERE) for name in names)),
)


@given(STAGES, st.dictionaries(st.sampled_from(["linen", "beads"]), STAGES), st.sets(st.sampled_from("abc")))
def test_each_product_is_told_for_just_the_stages_that_it_lacks(
    every: dict[SaleStage, tuple[NamedPage, ...]],
    groups: dict[str, dict[SaleStage, tuple[NamedPage, ...]]],
    standing: set[str],
) -> None:
    coverage = Coverage(HERE, every, groups)
    goods = [Product("P-1", "linen"), Product("P-2", "beads"), Product("P-3")]
    findings = list(coverage_findings(goods, coverage, PAGES, standing))
    for product in goods:
        for stage in SaleStage:
            named = [*every.get(stage, ()), *groups.get(product.group, {}).get(stage, ())]
            there = any(page.id in standing for page in named)
            told = any(f"'{product.id}'" in one.message and WHEN[stage] in one.message for one in findings)
            assert told != there
