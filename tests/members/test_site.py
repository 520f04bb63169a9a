"""What the ten see on the site in Chromium: what the table says, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

import pytest

from tests.browser.visits import visiting
from tests.golden.sample_shop import Shop as Built
from tests.members.conftest import HOME, MORNING, Visits, code
from tests.members.model import Member, Model, Shop
from tests.members.reading import Seen, amount, read
from tests.members.table import (
    ALL_BENEFITS,
    ALL_STAGES,
    CIRCLE_PAGES,
    DRAWER,
    GOLD_PAGES,
    GRAZYNA,
    HENDRIK,
    MEI,
    PARENTS_PAGES,
    SABINE,
    SILVER_PAGES,
    TABLE,
    XIAOYAN,
    Sees,
)
from tests.members.written import Written

QUICK = (XIAOYAN, GRAZYNA, SABINE)
"""Gold and reading Chinese, Silver and a mother, Linen and waiting for an answer: with each run of the tests."""
SOME = [member if member in QUICK else pytest.param(member, marks=pytest.mark.slow) for member in TABLE]
PRICES, POINTS = "What things cost you", "Small gifts for points"
EVENTS, STAYING = "Gatherings of the year", "For those who stay"
(CIRCLE,) = CIRCLE_PAGES
OWN_PAGES = GOLD_PAGES | SILVER_PAGES | PARENTS_PAGES | CIRCLE_PAGES
THREE_BLUES = "Three blues from one vat"
COLD_SEASON, KEPT_FOR_GOLD = ("P-003", "P-008", "P-022", "P-018", "P-026"), ("P-042", "P-036", "P-038", "P-010")
STOCK = {"plenty": "plenty", "few": "only a few", "last": "the last ones", "none": "none just now"}


@dataclass(frozen=True)
class Visitor:
    """One of the ten: what the table says, what the model reckons, and the words of their language."""

    id: str
    row: Sees
    model: Member
    written: Written
    page: Callable[[str], Seen]
    menu: dict[str, str]


@pytest.fixture(params=SOME)
def visitor(request: pytest.FixtureRequest, visits: Visits, model: Model, autumn: Built) -> Visitor:
    """Each of the ten; a page is named by its English title."""
    member: str = request.param
    written = Written(Shop(autumn.root), TABLE[member].language)

    def page(title: str) -> Seen:
        return visits.page(member, written.titled(title) if title else HOME)

    return Visitor(member, TABLE[member], model.member(member), written, page, visits.menu(member))


def test_the_room_says_who_they_are_and_how_far_the_next_tier_and_the_next_gift_are(visitor: Visitor) -> None:
    row, home, said = visitor.row, visitor.page(HOME), visitor.written.said
    assert home.field("first_name") == (visitor.model.first_name or fallback(visitor, "friend"))
    assert home.field("tier") == said(row.tier)
    assert home.field("adviser_name") == row.adviser
    assert amount(home.field("points")) == row.points
    assert home.field("next_tier") == (said(row.next_tier) if row.next_tier else fallback(visitor, "top"))
    assert shown(home.field("to_next_tier")) == shown(row.to_next_tier)
    assert home.field("next_gift") == (visitor.written.gift(row.next_gift) if row.next_gift else "")
    assert shown(home.field("points_to_next_gift")) == shown(f"{row.missing or ''}")


def test_the_room_shows_the_benefits_that_are_open_to_them_and_no_other(visitor: Visitor) -> None:
    said, home = visitor.written.said, visitor.page(HOME)
    assert sorted(home.titles["benefits"]) == sorted(map(said, visitor.row.benefits))
    assert not any(said(title) in home.text for title in ALL_BENEFITS - visitor.row.benefits)


def test_the_room_shows_their_coupons_and_no_codes_of_others(visitor: Visitor, model: Model) -> None:
    home = visitor.page(HOME)
    others = {row["code"] for rows in model.coupons.values() for row in rows} - {*visitor.row.coupons}
    assert all(code in home.field("coupons") for code in visitor.row.coupons)
    assert bool(home.field("coupons")) == bool(visitor.row.coupons)
    assert not any(code in home.text for code in others)


def test_the_room_shows_what_is_promised_to_them(visitor: Visitor) -> None:
    found = visitor.page(HOME).field("promises")
    assert bool(found) == bool(visitor.model.promises)
    assert all(promise[:40] in found for promise in visitor.model.promises)


def test_the_room_shows_how_to_look_after_what_they_have(visitor: Visitor) -> None:
    expected = sorted(visitor.written.page(slug) for slug in visitor.row.care)
    assert sorted(visitor.page(HOME).titles["care"]) == expected


def test_the_room_suggests_what_goes_with_what_they_have_and_nothing_kept_for_others(visitor: Visitor) -> None:
    found = visitor.page(HOME).titles["related"]
    assert sorted(found) == sorted(map(visitor.written.product, visitor.row.suggestions))


def test_the_room_shows_the_gifts_for_which_their_points_suffice_and_no_other(visitor: Visitor) -> None:
    assert visitor.page(HOME).titles["gifts"] == tuple(map(visitor.written.gift, visitor.row.gifts))


def test_the_room_speaks_of_children_to_their_parents_alone(visitor: Visitor) -> None:
    said, home = visitor.written.said, visitor.page(HOME)
    assert sorted(home.titles["life-stages"]) == sorted(map(said, visitor.row.stages))
    assert not any(said(title) in home.text for title in ALL_STAGES - visitor.row.stages)


def test_the_room_names_the_gatherings_to_come_to_the_guests_of_the_house(visitor: Visitor) -> None:
    home, written = visitor.page(HOME), visitor.written
    assert list(home.titles["gatherings"]) == [written.event(id_) for id_ in sorted(visitor.row.gatherings)]
    assert bool(home.field("next_event")) == bool(visitor.row.coming)
    if visitor.row.coming:
        assert home.field("next_event") == written.said(written.events[visitor.row.coming]["title"])


def test_the_page_of_the_circle_names_the_other_guests_to_those_who_let_others_know_of_them(visitor: Visitor) -> None:
    own = visitor.written.titled(CIRCLE) in visitor.menu
    assert own == bool(visitor.row.circle)
    assert not own or _guests(visitor.page(CIRCLE).field("circle")) == visitor.row.circle


def test_the_menu_holds_the_pages_of_their_tier_and_those_for_all(visitor: Visitor) -> None:
    titled = visitor.written.titled
    assert {titled(title) for title in OWN_PAGES} & {*visitor.menu} == {*map(titled, visitor.row.own_pages)}
    assert {titled(title) for title in (PRICES, POINTS, EVENTS, STAYING)} <= {*visitor.menu}


def test_the_prices_are_those_of_the_table(visitor: Visitor) -> None:
    prices, name = visitor.page(PRICES).prices, visitor.written.product
    found = {id_: f"{prices[name(id_)].price}" if name(id_) in prices else None for id_ in visitor.row.prices}
    assert found == visitor.row.prices


def test_the_prices_are_those_of_the_model_for_each_product_with_what_is_kept_and_how_much_there_is(
    visitor: Visitor,
) -> None:
    written, english = visitor.written, visitor.row.language == "en"
    found = visitor.page(PRICES).prices
    assert {name: (line.list_price, line.price) for name, line in found.items()} == {
        written.product(id_): (line.list_price, line.price) for id_, line in visitor.model.prices.items()
    }
    for id_, line in visitor.model.prices.items():
        seen = found[written.product(id_)]
        assert bool(seen.badge) == (line.kept or line.unsold), id_
        assert not english or seen.stock == STOCK[line.stock], id_


@pytest.mark.parametrize("title", [HOME, PRICES, STAYING])
def test_what_is_kept_for_others_is_not_named(visitor: Visitor, model: Model, title: str) -> None:
    hidden = visitor.written.products.keys() - visitor.model.prices.keys()
    # What somebody has already, they may read of: "one finer than your cashmere throw".
    strange = hidden - model.bought(visitor.id)
    text = visitor.page(title).text
    assert not [id_ for id_ in strange if visitor.written.product(id_) in text]


@pytest.mark.slow
def test_the_page_of_points_marks_the_gifts_that_are_within_reach(visitor: Visitor) -> None:
    points = visitor.page(POINTS)
    assert points.reached == tuple(map(visitor.written.gift, visitor.row.gifts))
    assert amount(points.field("points")) == visitor.row.points


@pytest.mark.slow
def test_the_page_of_gatherings_shows_vip_ones_to_guests_of_the_house(visitor: Visitor) -> None:
    events = visitor.page(EVENTS)
    expected = [visitor.written.event(id_) for id_ in sorted(visitor.row.gatherings)]
    assert list(events.titles["gatherings"]) == expected


@pytest.mark.slow
def test_the_page_for_those_who_stay_shows_the_offers_of_their_circle(visitor: Visitor) -> None:
    staying, said, row = visitor.page(STAYING), visitor.written.said, visitor.row
    assert sorted(staying.titles["contracts"]) == sorted(map(said, row.contracts))
    assert sorted(staying.titles["payment"]) == sorted(map(said, row.payment))
    assert [one.lower() for one in staying.ladders] == [said(name).lower() for name in sorted(visitor.model.ladder)]
    assert bool(staying.titles["protection"]) == row.kept_prices


def test_news_reach_those_for_whom_they_are(visitor: Visitor) -> None:
    news, title = visitor.page(HOME).news, visitor.written.campaign
    assert (title("members-prices") in news) == (visitor.row.tier in ("Silver", "Gold"))
    # Gold members have read of the blues for nine days, all others from today on.
    assert visitor.written.titled(THREE_BLUES) in news


@pytest.mark.slow
def test_the_letter_of_prices_says_on_the_site_what_each_pays(visitor: Visitor) -> None:
    title = visitor.written.campaign("members-prices")
    if visitor.row.tier == "Linen":
        assert title not in visitor.page(HOME).news
        return
    found = {name: line.price for name, line in visitor.page(title).prices.items()}
    assert found == {visitor.written.product(id_): visitor.model.prices[id_].price for id_ in COLD_SEASON}


@pytest.mark.slow
def test_the_drawer_of_gold_members_has_their_prices_and_nobody_elses(visitor: Visitor) -> None:
    if visitor.row.tier != "Gold":
        assert visitor.written.titled(DRAWER) not in visitor.menu
        return
    found = {name: line.price for name, line in visitor.page(DRAWER).prices.items()}
    assert found == {visitor.written.product(id_): visitor.model.prices[id_].price for id_ in KEPT_FOR_GOLD}


def test_a_stranger_reads_newcomers_prices_and_nobodys_own(visits: Visits, autumn: Built, model: Model) -> None:
    newcomer = model.member(HENDRIK)
    names = {id_: row["name"] for id_, row in model.products.items()}
    with visiting(visits.house, visits.browser) as visit:
        visit.context.clock.set_fixed_time(MORNING)
        visit.open("first-parcel/")
        seen = read(visit)
    found = {name: line.price for name, line in seen.newcomers.items()}
    assert found == {names[id_]: price for id_, price in newcomer.newcomer_prices.items()}
    assert {names[id_]: Decimal(price) for id_, price in TABLE[HENDRIK].newcomer_prices.items()} == found
    assert seen.prices == {}


def test_no_public_page_holds_a_members_price(autumn: Built) -> None:
    pages = {path: text.decode() for path, text in autumn.files().items() if path.endswith(".html")}
    # A newcomer pays 179.55 as well, for another cloth.
    of_members = ("185.22", "341.05", "351.82", "236.55", "1,216.00", "303.05")
    assert not [(path, price) for path, text in pages.items() for price in of_members if f"€{price}" in text]
    assert not [path for path, text in pages.items() if THREE_BLUES in text]


@pytest.mark.slow
def test_the_code_is_that_of_members_link(autumn: Built) -> None:
    assert code(autumn, MEI) in autumn.run("members", "link", MEI)


def _guests(text: str) -> set[str]:
    """The names in a list like "Mei Lin, +86 129 0000 0100; ..."."""
    return {one.partition(",")[0].strip() for one in text.split(";") if one.strip()}


def fallback(visitor: Visitor, word: str) -> str:
    """What the theme says where a field is empty."""
    return {
        ("friend", "en"): "friend",
        ("friend", "zh"): "朋友",
        ("top", "en"): "none is higher",
        ("top", "zh"): "已是最高",
    }[word, visitor.row.language]


def shown(text: str) -> Decimal | None:
    return amount(text) if text else None
