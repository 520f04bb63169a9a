"""For whom goods are kept, today and on whatever day; and that nobody else hears of them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from sitegen.model.care import Care, NamedPage
from sitegen.model.concession import Days, Goods, Who
from sitegen.model.goods import Goods as Shelves
from sitegen.model.part import On, Terms
from sitegen.model.prices import Exclusive, Prices
from sitegen.model.product import Product
from sitegen.model.programme import Programme
from sitegen.model.related import Related, RelatedGoods
from sitegen.model.tree import Place
from sitegen.programme.parts import related
from sitegen.programme.prices.keepers import keepers, possible_keepers
from tests.plain_shop import SHOP

HERE = Place("content/programme/prices.yaml", 1)
TODAY = date(2026, 10, 1)
GOLD, CONTENT, BOTH = Who(("Gold",)), Who((), "content"), Who(("Silver",), "content")


def product(name: str, group: str | None = "quilts", launched: date | None = None) -> Product:
    return Product(name, name, Decimal(9), group=group, launched_on=launched)


def line(who: Who, goods: Goods, first: date | None = None, last: date | None = None) -> Exclusive:
    return Exclusive(goods, who, Days(first, last))


QUILT = line(GOLD, Goods(products=("P-1",)), last=date(2026, 10, 17))
ALL_QUILTS = line(CONTENT, Goods(groups=("quilts",)), first=date(2026, 9, 20))


def test_a_product_is_kept_for_those_whom_a_line_of_the_day_names() -> None:
    assert keepers(product("P-1"), (QUILT, ALL_QUILTS), date(2026, 9, 1)) == (GOLD,)
    assert keepers(product("P-1"), (QUILT, ALL_QUILTS), TODAY) == (CONTENT, GOLD)
    assert keepers(product("P-1"), (QUILT, ALL_QUILTS), date(2026, 10, 18)) == (CONTENT,)
    assert keepers(product("P-2", "linen"), (QUILT, ALL_QUILTS), TODAY) == ()


def test_what_is_kept_for_anybody_is_kept_for_nobody() -> None:
    assert keepers(product("P-1"), (QUILT, line(Who(), Goods(products=("P-1",)))), TODAY) == ()


def test_all_that_a_product_may_come_to_is_known_without_its_group() -> None:
    found = possible_keepers((QUILT, ALL_QUILTS), "P-1", ("quilts", ""))
    assert set(found) == {(), (GOLD,), (CONTENT, GOLD), (CONTENT,)}
    assert found[0] == ()
    assert possible_keepers((), "P-1", ("",)) == ((),)


def test_nobody_but_those_for_whom_a_thing_is_kept_hears_of_it() -> None:
    model = Related(HERE, "content", HERE, (RelatedGoods("P-0", ("P-1",), (), HERE),))
    prices = Prices(exclusive=(QUILT, line(BOTH, Goods(products=("P-1",)))))
    shelves = Shelves(products=(product("P-0"), product("P-1")))
    (cell,) = related.part(On(Programme(prices=prices, related=model), SHOP, TODAY, "en", shelves), {}).cells
    kept = '  - any: [{"all": [{"tier": "is Gold"}]}, {"all": [{"tier": "is Silver"}, {"segment": "is content"}]}]'
    assert cell.rule.splitlines()[-1] == kept


PEOPLE = some.sampled_from((GOLD, CONTENT, BOTH, Who()))
GOODS = some.builds(
    Goods,
    some.lists(some.sampled_from(("quilts", "linen")), max_size=1).map(tuple),
    some.lists(some.sampled_from(("P-0", "P-1", "P-2")), max_size=2, unique=True).map(tuple),
)
EDGES = some.none() | some.dates(TODAY - timedelta(days=9), TODAY + timedelta(days=9))
LINES = some.lists(some.builds(Exclusive, GOODS, PEOPLE, some.builds(Days, EDGES, EDGES)), max_size=4).map(tuple)
SHELVES = some.tuples(
    *(
        some.builds(product, some.just(f"P-{number}"), some.sampled_from(("quilts", "linen", "beads", None)), EDGES)
        for number in range(4)
    )
)


@given(LINES, SHELVES, some.dates(TODAY - timedelta(days=12), TODAY + timedelta(days=12)))
def test_each_cell_of_any_day_has_one_of_the_rules_that_were_told_without_the_goods(
    lines: tuple[Exclusive, ...], shelf: tuple[Product, ...], today: date
) -> None:
    pairs = (RelatedGoods("P-0", ("P-1",), ("P-2",), HERE), RelatedGoods("P-3", ("P-0",), (), HERE))
    care = Care(HERE, None, {group: NamedPage("pages/care.md", HERE) for group in ("quilts", "linen")})
    model = Related(HERE, "content", HERE, pairs, 30)
    programme = Programme(prices=Prices(exclusive=lines), related=model, care=care)
    told = related.rules(Terms(programme, SHOP), {})
    found = related.part(On(programme, SHOP, today, "en", Shelves(products=shelf)), {}).cells
    assert {cell.rule for cell in found} <= {*told}
    assert len({cell.key for cell in found}) == len(found)
