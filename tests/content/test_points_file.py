"""Tests of `points:` in content/programme/*.yaml: what is read, and the sample shop's own."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sitegen.audience.calendar.occasions import Occasions
from sitegen.content.programme.points import points_warnings
from sitegen.content.programme.read import read_programme
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Problem
from sitegen.model.concession import ConcessionKind, Who
from sitegen.model.points import Earning, Expiry, ExpiryAt, Factor, Happening, Points, PointsGift, PointsPrice
from sitegen.model.programme import Programme
from sitegen.programme.stacking.collected import collected

ROOT = Path(__file__).parents[2]
FILE = "content/programme/points.yaml"


def read(text: str) -> Programme:
    problems: list[Problem] = []
    programme = read_programme({FILE: read_yaml(text, FILE)}, problems)
    assert problems == []
    return programme


def test_points_need_no_more_than_the_day_since_when_there_are_any() -> None:
    assert read("points: {since: 2026-01-01}").points == Points(date(2026, 1, 1), Earning(1, Decimal(1)))


def test_every_rule_of_points_is_read() -> None:
    programme = read("""
points:
  since: 2026-01-01
  earn:
    points: 2
    for_each: 1.50
    tiers: {Gold: 1.25}
    groups: {tea: 0}
    most: 500
    happenings: {referral: 100}
  pending: 14
  expire: {months: 12, at: month-end, notice: 30}
  as_price: yes
  price: {worth: 0.01, most: 10}
  gifts:
    - name: tin
      points: 400
      title: {en: A tin, zh: 一罐}
      about: Oolong
      product: P-1
      tiers: [Gold]
      from: 2026-02-01
      until: 2026-03-01
      stock: 12
    - {name: loom, points: 2000, title: An hour, service: at the loom}
""")
    assert programme.points == Points(
        since=date(2026, 1, 1),
        earning=Earning(
            points=2,
            for_each=Decimal("1.50"),
            tiers=(Factor("Gold", Decimal("1.25")),),
            groups=(Factor("tea", Decimal(0)),),
            most=500,
            happenings={Happening.REFERRAL: 100},
        ),
        pending=14,
        expiry=Expiry(12, ExpiryAt.MONTH_END, 30),
        gifts=(
            PointsGift(
                name="tin",
                points=400,
                title={"en": "A tin", "zh": "一罐"},
                about={"": "Oolong"},
                product="P-1",
                who=Who(("Gold",)),
                first=date(2026, 2, 1),
                last=date(2026, 3, 1),
                stock=12,
            ),
            PointsGift("loom", 2000, {"": "An hour"}, service="at the loom"),
        ),
        price=PointsPrice(Decimal("0.01"), Decimal(10)),
    )
    assert [warning.code for warning in points_warnings(programme)] == ["points-as-price"]


def test_the_sample_shop_names_its_gifts_once_in_two_languages_and_its_points_are_no_money() -> None:
    programme = read((ROOT / FILE).read_text(encoding="utf-8"))
    points = programme.points
    assert points
    page = (ROOT / "content/pages/points.md").read_text(encoding="utf-8")
    assert "\n::: gifts" in page
    assert not [gift.title["en"] for gift in points.gifts if gift.title["en"] in page]
    assert [gift.points for gift in points.gifts] == [400, 600, 900, 1200, 1500, 2000, 2400]
    assert all(gift.title.keys() == gift.about.keys() == {"en", "zh"} for gift in points.gifts)
    assert (points.earning, points.expiry) == (Earning(1, Decimal(1)), Expiry(24))
    assert points_warnings(programme) == ()


@given(switch=st.sampled_from(("", "as_price: no, ", "as_price: yes, ")), price=st.booleans(), gifts=st.booleans())
def test_points_become_a_discount_where_the_switch_says_so_and_nowhere_else(
    switch: str, price: bool, gifts: bool
) -> None:
    parts = switch + ("price: {worth: 0.01, most: 10}, " if price else "")
    parts += "gifts: [{name: tin, points: 1, title: A tin}], " if gifts else ""
    problems: list[Problem] = []
    text = f"points: {{{parts}since: 2026-01-01}}"
    programme = read_programme({FILE: read_yaml(text, FILE)}, problems)
    on = "yes" in switch
    assert bool(problems) == (on != price)
    granted = collected(programme, Occasions(programme.occasions, ()), (), date(2026, 9, 8))
    kinds = [concession.kind for concession in granted]
    assert kinds == ([ConcessionKind.POINTS] if on and price else [])
    assert bool(points_warnings(programme)) == (on and price)
