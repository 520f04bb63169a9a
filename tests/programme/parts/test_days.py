"""The days on which parts change by themselves: every one that really differs from its eve is foretold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sitegen.audience.calendar.spans import each_day, shift_days
from sitegen.model.benefit import Always, Benefit, Gives, When
from sitegen.model.campaign import EveryYear, OnOccasion
from sitegen.model.care import Care, NamedPage
from sitegen.model.concession import Days, Who
from sitegen.model.concession import Goods as Named
from sitegen.model.gathering import Gathering, Gatherings
from sitegen.model.goods import Goods
from sitegen.model.occasion import FixedDay, Occasion
from sitegen.model.part import Arguments, On, Part
from sitegen.model.points import Points, PointsGift
from sitegen.model.prices import Exclusive, Newcomer, Prices, Unsold
from sitegen.model.product import Product
from sitegen.model.programme import Programme, Tier
from sitegen.model.related import Related, RelatedGoods
from sitegen.model.relationship import Contract, Ladder, LadderBy, OffSeason, Step
from sitegen.model.segment import EVERYONE
from sitegen.model.tree import Place
from sitegen.programme.parts.days import programme_days
from sitegen.programme.parts.registry import maker
from tests.examples import examples
from tests.plain_shop import SHOP

FIRST = date(2026, 9, 1)
LAST = date(2026, 10, 15)
HERE = Place("")
ARGUMENTS: Mapping[str, Arguments] = {"prices": {"new": "30"}, "related": {"groups": "linen"}}
NAMES = ("benefits", "contracts", "gatherings", "gifts", "ladder", "newcomers", "off-season", "prices", "related")
LINEN = Named(("linen",))


def some_days() -> st.SearchStrategy[Days]:
    day = st.none() | st.dates(FIRST - timedelta(10), LAST + timedelta(10))
    return st.tuples(day, day).map(lambda two: Days(*sorted(two)) if all(two) else Days(*two))  # type: ignore[type-var]


def dates() -> st.SearchStrategy[date | None]:
    return st.none() | st.dates(date(2026, 5, 1), LAST)


@st.composite
def benefits(draw: st.DrawFn) -> tuple[Benefit, ...]:
    whens: list[When] = [OnOccasion("our-day"), OnOccasion("another"), EveryYear("birthday"), Always()]
    return tuple(
        Benefit(
            f"b{number}", "", when, Gives(Decimal(3)),
            before=draw(st.integers(0, 20)), after=draw(st.integers(0, 20)), days=(draw(some_days()),),
        )
        for number, when in enumerate(whens)
    )  # fmt: skip


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    monthly = st.builds(FixedDay, st.integers(1, 12), st.integers(1, 28))
    span = [draw(some_days()) for _ in range(4)]
    return Programme(
        tiers=(Tier("Gold", Decimal(0), Decimal(5), "", HERE),),
        occasions=(Occasion("our-day", draw(monthly)), Occasion("another", draw(monthly))),
        care=Care(HERE, pages={"linen": NamedPage("pages/care/linen.md", HERE)}),
        contracts=(Contract("year", 12),),
        ladder=(Ladder("dozen", LadderBy.PIECES, (Step(6, Decimal(5)),)),),
        off_season=tuple(OffSeason(f"o{n}", draw(monthly), draw(monthly), draw(monthly)) for n in range(2)),
        points=Points(FIRST, gifts=(PointsGift("g", 5, {"": "A gift"}, first=span[0].first, last=span[0].last),)),
        prices=Prices(
            exclusive=(Exclusive(LINEN, Who(("Gold",)), span[1]), Exclusive(Named(products=("P-2",)), Who(), span[2])),
            unsold=Unsold(draw(st.integers(1, 120)), draw(st.integers(1, 120)), Decimal(10)),
        ),
        newcomers=(Newcomer("first", Decimal(5), days=(span[3],)),),
        benefits=draw(benefits()),
        gatherings=Gatherings(HERE, answer_until=draw(st.integers(0, 9))),
        related=Related(HERE, EVERYONE, HERE, (RelatedGoods("P-1", ("P-2",), (), HERE),), draw(st.integers(0, 60))),
    )


@st.composite
def goods(draw: st.DrawFn) -> Goods:
    return Goods(
        tuple(
            Product(
                f"P-{number}", f"Piece {number}", Decimal(100), group="linen", stock=4,
                launched_on=draw(dates()), last_sold=draw(dates()),
            )
            for number in range(1, 4)
        ),
        tuple(
            Gathering(f"E-{number}", "Tea", datetime.combine(draw(st.dates(FIRST, LAST)), time(15)), vip=number == 1)
            for number in range(3)
        ),
    )  # fmt: skip


def shown(on: On, name: str, day: date) -> Part:
    return maker(name).part(replace(on, today=day), ARGUMENTS.get(name, {}))


def really(on: On, name: str) -> set[date]:
    days = list(each_day(shift_days(FIRST, -1), LAST))
    parts = [shown(on, name, day) for day in days]
    return {day for day, (before, now) in zip(days[1:], pairwise(parts), strict=True) if before != now}


@settings(examples(20), phases=[Phase.explicit, Phase.generate])
@given(programmes(), goods())
def test_every_day_on_which_a_part_differs_from_its_eve_is_foretold(programme: Programme, things: Goods) -> None:
    on = On(programme, SHOP, FIRST, "en", things)
    for name in NAMES:
        assert really(on, name) <= {*programme_days(on, name, ARGUMENTS.get(name, {}), LAST)}, name


PROGRAMME = Programme(
    occasions=(Occasion("our-day", FixedDay(10, 18)),),
    off_season=(OffSeason("quilts", FixedDay(8, 15), FixedDay(9, 30), FixedDay(11, 10)),),
    points=Points(FIRST, gifts=(PointsGift("g", 5, {"": "A gift"}, last=date(2026, 10, 31)),)),
    prices=Prices(
        exclusive=(Exclusive(LINEN, Who(("Gold",)), Days(None, date(2026, 9, 9))),),
        unsold=Unsold(30, 10),
    ),
    newcomers=(Newcomer("first", Decimal(5), days=(Days(date(2026, 9, 20), date(2027, 1, 1)),)),),
    benefits=(
        Benefit("day", "Our day", OnOccasion("our-day"), Gives(gift="A carnation"), before=2, after=3),
        Benefit("birthday", "Yours", EveryYear("birthday"), Gives(gift="A candle"), after=6),
    ),
    gatherings=Gatherings(HERE, answer_until=3),
)
UNTIL = date(2026, 11, 30)
THINGS = Goods(
    (Product("P-1", "Sheet", Decimal(100), group="linen", launched_on=FIRST, last_sold=date(2026, 9, 5)),),
    (Gathering("E-1", "Tea", datetime(2026, 9, 26, 15)),),  # noqa: DTZ001 - the shop's own clock
)
ON = On(PROGRAMME, SHOP, FIRST, "en", THINGS)
KEPT = "09-10"
"""The day from which on nothing is kept for few any more."""
FORETOLD = {
    "benefits": [KEPT, "10-15", "10-16", "10-22"],
    "gifts": [KEPT, "11-01"],
    "newcomers": [KEPT, "09-20"],
    "off-season": [KEPT, "10-01"],
    "prices": ["09-01", KEPT, "09-11", "10-01", "10-05"],
    "gatherings": [KEPT, "09-24", "09-27"],
    "advisers": [KEPT],
}


@pytest.mark.parametrize("name", FORETOLD)
def test_the_days_of_each_part_are_those_of_its_windows_and_no_others(name: str) -> None:
    found = programme_days(ON, name, ARGUMENTS.get(name, {}), UNTIL)
    assert [f"{day:%m-%d}" for day in found] == FORETOLD[name]


def test_a_contract_is_the_same_every_day_but_for_the_names_of_its_goods() -> None:
    assert programme_days(ON, "contracts", {}, UNTIL) == programme_days(ON, "advisers", {}, UNTIL)


def test_an_offer_that_closed_last_night_changes_the_page_this_morning() -> None:
    assert programme_days(replace(ON, today=date(2026, 10, 1)), "off-season", {}, date(2026, 10, 1)) == (
        date(2026, 10, 1),
    )
    assert programme_days(replace(ON, today=date(2026, 10, 22)), "benefits", {}, date(2026, 10, 22)) == (
        date(2026, 10, 22),
    )


def test_without_goods_only_the_programmes_own_days_are_known() -> None:
    bare = replace(ON, goods=Goods())
    assert [f"{day:%m-%d}" for day in programme_days(bare, "prices", {"new": "30"}, UNTIL)] == [KEPT]
    later = replace(bare, today=UNTIL)
    assert programme_days(later, "gatherings", {}, date(2027, 1, 31)) == (date(2027, 1, 1),)
    assert programme_days(later, "prices", {}, date(2027, 1, 31)) == ()
