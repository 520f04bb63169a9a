"""Contracts, ladders, ways to pay, quiet months and kept prices stand where those for whom they are can read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from sitegen.model.care import NamedPage
from sitegen.model.concession import Days, Goods, Who
from sitegen.model.goods import Goods as Shelves
from sitegen.model.occasion import FixedDay
from sitegen.model.part import Arguments, BadArgument, Maker, On, Part, Terms
from sitegen.model.prices import Exclusive, Prices
from sitegen.model.product import Product
from sitegen.model.programme import Programme
from sitegen.model.relationship import (
    Contract,
    Ladder,
    LadderBy,
    OffSeason,
    PaymentKind,
    PaymentOption,
    PriceProtection,
    Renewal,
    Step,
)
from sitegen.model.stacking import Stacking, Together
from sitegen.model.tree import Place
from sitegen.programme.parts import contracts, ladder, off_season, payment, protection
from sitegen.programme.parts.contracts import ContractsView, ContractView
from sitegen.programme.parts.ladder import ExampleView, LaddersView, LadderView, StepView
from sitegen.programme.parts.off_season import SeasonsView, SeasonView
from sitegen.programme.parts.payment import DueView, PaymentsView
from sitegen.programme.parts.protection import ProtectionView
from tests.plain_shop import SHOP
from tests.programme.parts.readers import TODAY, cells_for

GOLD, FRIENDS = Who(("Silver", "Gold")), Who((), "trade-friends")
LINEN = Goods(("linen",))
SHEET = Product("P-1", "Sheet", Decimal("129.00"), "床单", "linen")
CLOTH = Product("P-2", "Cloth", Decimal("149.50"), "桌布", "linen")
TOWEL = Product("P-3", "Towel", Decimal("39.00"), None, "linen")
QUILT = Product("P-4", "Quilt", Decimal("359.00"), "秋月被", "quilts")
ALL = (SHEET, CLOTH, TOWEL, QUILT)


def part(of: Maker, programme: Programme, arguments: Arguments | None = None, language: str = "en") -> Part:
    """The part of the day, after each of its rules was held against those that were told before."""
    titles = {"pages/care/linen.md": "Looking after linen"}
    found = of.part(On(programme, SHOP, TODAY, language, Shelves(products=ALL), pages=titles), arguments or {})
    assert {cell.rule for cell in found.cells} <= {*of.rules(Terms(programme, SHOP), arguments or {})}
    return found


def test_a_contract_says_how_it_would_run_if_it_were_signed_today() -> None:
    page = NamedPage("pages/care/linen.md", Place("here"))
    year = Contract(
        "A year", 12, Decimal(96), Decimal(3), ("washing",), Renewal.ON_REQUEST, 30, GOLD, Goods(("linen",), ("P-4",))
    )
    month = Contract("A month", 1, page=page)
    found = part(contracts.MAKER, Programme(contracts=(year, month)), language="zh")
    assert [cell.view for cell in cells_for(found, "Gold")] == [
        ContractsView(
            (
                ContractView(
                    name="A year",
                    months=12,
                    fee=Decimal(96),
                    gives=("washing",),
                    discount=Decimal(3),
                    goods=("linen", "秋月被"),
                    renewal="on-request",
                    notice=30,
                    page="",
                    page_title="",
                ),
            )
        ),
        ContractsView(
            (
                ContractView(
                    name="A month",
                    months=1,
                    fee=Decimal(0),
                    gives=(),
                    discount=Decimal(0),
                    goods=(),
                    renewal="none",
                    notice=0,
                    page="/care/linen.md",
                    page_title="Looking after linen",
                ),
            )
        ),
    ]
    assert [cell.key for cell in cells_for(found, "Linen")] == ["A month"]


PIECES = Ladder("a whole house", LadderBy.PIECES, (Step(4, Decimal(4)), Step(8, Decimal(7))), goods=LINEN)


def ladders(programme: Programme, arguments: Arguments | None = None) -> LaddersView:
    ((cell,),) = [part(ladder.MAKER, programme, arguments).cells]
    assert isinstance(cell.view, LaddersView)
    return cell.view


def test_a_ladder_shows_what_a_piece_costs_on_each_step() -> None:
    sheet = ExampleView("Sheet", Decimal("129.00"), (Decimal("123.84"), Decimal("119.97")))
    cloth = ExampleView("Cloth", Decimal("149.50"), (Decimal("143.52"), Decimal("139.04")))
    steps = (StepView(4, Decimal(4)), StepView(8, Decimal(7)))
    expected = LadderView("a whole house", "pieces", 365, ("linen",), steps, (sheet, cloth))
    assert ladders(Programme(ladder=(PIECES,))) == LaddersView((expected,), alone=True)
    assert [one.name for one in ladders(Programme(ladder=(PIECES,)), {"products": "P-3"}).ladders[0].examples] == [
        "Towel"
    ]


def test_no_example_of_a_ladder_is_a_piece_that_is_kept_for_few() -> None:
    kept = Prices(exclusive=(Exclusive(Goods((), ("P-1",)), Who(("Gold",)), Days()),))
    view = ladders(Programme(ladder=(PIECES,), prices=kept))
    assert [one.name for one in view.ladders[0].examples] == ["Cloth", "Towel"]


def test_a_ladder_says_that_it_stands_alone_only_where_nothing_may_be_added() -> None:
    for stacking in (Stacking(most=2), Stacking(together=(Together("ladder", "tier-price"),))):
        assert not ladders(Programme(ladder=(PIECES,), stacking=stacking)).alone


def test_ways_to_pay_say_what_is_due_when() -> None:
    ways = (
        PaymentOption("On account", PaymentKind.INVOICE, days=30, who=GOLD),
        PaymentOption("In three", PaymentKind.INSTALMENTS, parts=3, least=Decimal(150)),
        PaymentOption("A fifth now", PaymentKind.DEPOSIT, share=Decimal(20), days=60, who=GOLD),
        PaymentOption("Before", PaymentKind.ADVANCE, discount=Decimal(2)),
    )
    found = part(payment.MAKER, Programme(payment=ways))
    views = [cell.view for cell in cells_for(found, "Gold")]
    due = {}
    for one in views:
        assert isinstance(one, PaymentsView)
        assert one.example == 300
        due.update({way.name: way.due for way in one.ways})
    assert due == {
        "On account": (DueView(Decimal(300), 30, 0),),
        "A fifth now": (DueView(Decimal(60), 0, 0), DueView(Decimal(240), 60, 0)),
        "In three": tuple(DueView(Decimal(100), 0, month) for month in range(3)),
        "Before": (DueView(Decimal(294), 0, 0),),
    }
    assert [cell.rule for cell in cells_for(found, "Linen")] == [""]


@pytest.mark.parametrize("example", ["much", "149", "-5", "NaN", "Infinity"])
def test_an_example_is_a_sum_that_may_be_paid_in_all_ways(example: str) -> None:
    programme = Programme(payment=(PaymentOption("In three", PaymentKind.INSTALMENTS, parts=3, least=Decimal(150)),))
    with pytest.raises(BadArgument, match="is no sum"):
        part(payment.MAKER, programme, {"example": example})
    view = part(payment.MAKER, programme, {"example": " 150.50"}).cells[0].view
    assert isinstance(view, PaymentsView)
    assert sum(one.amount for one in view.ways[0].due) == view.example == Decimal("150.50")


def test_quiet_months_that_are_open_stand_first_and_the_others_say_when_they_open() -> None:
    winter = OffSeason("Winter", FixedDay(6, 1), FixedDay(8, 31), FixedDay(10, 1), Decimal(6), goods=LINEN)
    autumn = OffSeason("Autumn", FixedDay(9, 1), FixedDay(10, 31), FixedDay(12, 1), deposit=Decimal(20))
    new_year = OffSeason("New Year", FixedDay(12, 27), FixedDay(2, 15), FixedDay(4, 1), who=FRIENDS)
    found = part(off_season.MAKER, Programme(off_season=(winter, new_year, autumn)))
    assert [cell.view for cell in cells_for(found, "Linen")] == [
        SeasonsView(
            (
                SeasonView(
                    name="Autumn",
                    open=True,
                    first=date(2026, 9, 1),
                    last=date(2026, 10, 31),
                    delivered_on=date(2026, 12, 1),
                    discount=Decimal(0),
                    deposit=Decimal(20),
                    goods=(),
                ),
                SeasonView(
                    name="Winter",
                    open=False,
                    first=date(2027, 6, 1),
                    last=date(2027, 8, 31),
                    delivered_on=date(2027, 10, 1),
                    discount=Decimal(6),
                    deposit=Decimal(0),
                    goods=("linen",),
                ),
            )
        )
    ]
    (_, friends) = cells_for(found, "Linen", ["trade-friends"])
    assert isinstance(friends.view, SeasonsView)
    assert [(one.first, one.last) for one in friends.view.seasons] == [(date(2026, 12, 27), date(2027, 2, 15))]


def test_kept_prices_are_told_to_those_for_whom_they_are_kept() -> None:
    found = part(protection.MAKER, Programme(price_protection=PriceProtection(60, 90, LINEN, FRIENDS)))
    assert [cell.view for cell in cells_for(found, "Gold", ["trade-friends"])] == [ProtectionView(60, 90, ("linen",))]
    assert [*cells_for(found, "Gold")] == []
    assert part(protection.MAKER, Programme(price_protection=PriceProtection())) == Part()
    assert part(protection.MAKER, Programme()) == Part()
