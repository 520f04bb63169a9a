"""Benefits on pages: those that are open today, each to its readers, in the readers' words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from sitegen.model.benefit import Always, Benefit, Gives
from sitegen.model.campaign import EveryYear, OnOccasion
from sitegen.model.care import NamedPage
from sitegen.model.concession import NOWHERE, Days, Who
from sitegen.model.concession import Goods as Named
from sitegen.model.goods import Goods
from sitegen.model.occasion import FixedDay, Occasion
from sitegen.model.part import On, Part, Terms
from sitegen.model.product import Product
from sitegen.model.programme import Programme
from sitegen.model.stacking import OnTop, Stacking
from sitegen.programme.parts import benefits
from sitegen.programme.parts.benefits import BenefitsView, BenefitView
from tests.plain_shop import SHOP
from tests.programme.parts.readers import TODAY, cells_for, parsed

EXTRA = Benefit("extra", "On top", EveryYear("birthday"), Gives(Decimal(3)), Who(("Gold",)), after=6)
DAY = Benefit(
    "day", "Our day", OnOccasion("our-day"), Gives(gift="A bunch of carnations"), Who(("Silver", "Gold")), 2, 3
)
TWELVE = Benefit(
    "twelve", "A table of twelve", Always(), Gives(gift="A runner"), goods=Named((), ("P-027",)), pieces=2,
    days=(Days(date(2026, 9, 1), date(2026, 12, 24)),),
)  # fmt: skip
BEADS = Benefit(
    "beads", "Restrung", Always(), Gives(service="Once a year", page=NamedPage("pages/care/beads.md", NOWHERE)),
    goods=Named(("beads",)), pieces=1,
)  # fmt: skip
OURS = Occasion("our-day", FixedDay(9, 18))
ZH = {"zh": {"A table of twelve": "十二人的一桌", "A runner": "一条桌旗", "beads": "念珠"}}
PROGRAMME = Programme(
    occasions=(OURS,), benefits=(EXTRA, DAY, TWELVE, BEADS), stacking=Stacking(on_top=(OnTop("extra"),))
)


def on(today: date = TODAY, language: str = "en") -> On:
    goods = Goods(products=(Product("P-027", "Napkins, set of six", Decimal(54), "餐巾（六条）"),))
    pages = {"pages/care/beads.md": "Looking after beads"}
    return On(PROGRAMME, replace(SHOP, words=ZH), today, language, goods, pages=pages)


def views(part: Part) -> list[BenefitView]:
    return [view for cell in part.cells if isinstance(cell.view, BenefitsView) for view in cell.view.benefits]


def test_each_open_benefit_is_shown_to_those_to_whom_it_is_open() -> None:
    part = benefits.part(on(), {})
    assert [(cell.key, len(cell.view.benefits)) for cell in part.cells if isinstance(cell.view, BenefitsView)] == [
        ("extra", 1),
        ("day", 1),
        ("twelve", 2),
    ]
    born = date(1980, 9, 13)
    assert [cell.key for cell in cells_for(part, "Gold", birthday=born)] == ["extra", "day", "twelve"]
    assert [cell.key for cell in cells_for(part, "Silver", birthday=born)] == ["day", "twelve"]
    assert [cell.key for cell in cells_for(part, None, birthday=born)] == ["twelve"]
    assert [cell.key for cell in cells_for(part, "Gold", birthday=date(1980, 9, 9))] == ["day", "twelve"]


def test_what_is_not_open_that_day_is_not_shown() -> None:
    assert [cell.key for cell in benefits.part(on(date(2026, 9, 22)), {}).cells] == ["extra", "twelve"]
    assert [view.title for view in views(benefits.part(on(date(2027, 1, 1)), {}))] == ["On top", "Restrung"]


def test_a_benefit_says_what_it_gives_for_which_goods_and_until_when() -> None:
    found = {view.title: view for view in views(benefits.part(on(), {}))}
    twelve = found["A table of twelve"]
    assert (twelve.gift, twelve.pieces, twelve.goods) == ("A runner", 2, ("Napkins, set of six",))
    assert (twelve.until, found["Our day"].until, found["On top"].until) == (
        date(2026, 12, 24), date(2026, 9, 21), None,
    )  # fmt: skip
    assert (found["On top"].discount, found["On top"].on_top, twelve.on_top) == (Decimal(3), True, False)
    assert (found["Restrung"].page, found["Restrung"].page_title) == ("/care/beads.md", "Looking after beads")


def test_a_benefit_speaks_the_language_of_its_reader() -> None:
    found = {view.title: view for view in views(benefits.part(on(language="zh"), {}))}
    assert (found["十二人的一桌"].gift, found["十二人的一桌"].goods) == ("一条桌旗", ("餐巾（六条）",))
    assert found["Restrung"].goods == ("念珠",)


def test_every_cells_rule_is_among_the_rules_and_can_be_read() -> None:
    asked = benefits.rules(Terms(PROGRAMME, SHOP), {})
    assert {cell.rule for cell in benefits.part(on(), {}).cells} <= {*asked}
    assert len(asked) == len({*asked}) == 3
    assert all(parsed(rule) for rule in asked if rule)
