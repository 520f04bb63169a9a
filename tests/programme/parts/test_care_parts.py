"""Readers see how to look after what they bought, and the stage of their own family; nobody is asked to buy."""

from __future__ import annotations

from dataclasses import fields, replace
from decimal import Decimal

import pytest

from sitegen.model.care import Care, LifeStage, LifeStages, NamedPage
from sitegen.model.goods import Goods
from sitegen.model.part import BadArgument, Cell, Maker, On, Part, Terms
from sitegen.model.product import Product
from sitegen.model.programme import Programme
from sitegen.model.tree import Place
from sitegen.programme.care.life_stages import rule_of as stage_rule
from sitegen.programme.care.pages import care_pages
from sitegen.programme.care.pages import rule_of as care_rule
from sitegen.programme.parts import care, life_stages
from sitegen.programme.parts.care import CareView
from sitegen.programme.parts.life_stages import StageView
from tests.plain_shop import SHOP
from tests.programme.pages import page
from tests.programme.parts.readers import TODAY, parsed

HERE = Place("care.yaml", 2)
LINEN, QUILTS = NamedPage("pages/care/linen.md", HERE), NamedPage("pages/care/quilts.md", HERE)
CARE = Care(HERE, None, {"linen": LINEN, "table linen": LINEN, "quilts": QUILTS})
ON_THE_WAY = LifeStage(-6, -1, "On the way", "Put your feet up.", HERE, groups=("cushions",))
HERE_AT_LAST = LifeStage(0, 18, "Here", "Sleep.", HERE, QUILTS, products=("P-2", "P-9"))
STAGES = LifeStages("A little one", -6, 18, (ON_THE_WAY, HERE_AT_LAST), HERE)
GOODS = Goods(
    products=(
        Product("P-1", "Blanket", Decimal(9), group="throws", care="care/linen"),
        Product("P-2", "Quilt", Decimal(9), "被子", "quilts"),
        Product("P-3", "Pouch", Decimal(9), group="gifts", care="care/silk"),
    )
)
TITLES = {
    "pages/care/linen.md": "About linen",
    "pages/care/quilts.md": "About quilts",
    "pages/care/silk.md": "About silk",
    "pages/index.md": "Home",
}
WORDS = {"zh": {"linen": "亚麻", "About linen": "亚麻怎么洗", "A little one": "小人儿", "Here": "来了"}}


def on(language: str = "en", **more: object) -> On:
    programme = Programme(care=CARE, life_stages=STAGES)
    given = On(programme, replace(SHOP, words=WORDS), TODAY, language, GOODS, pages=TITLES)
    return replace(given, **more)  # type: ignore[arg-type]


def test_each_care_page_has_a_cell_for_whoever_bought_something_of_which_it_speaks() -> None:
    pages = care_pages(CARE, [page("care/linen"), page("care/quilts")])
    assert care.part(on(), {}).cells == (
        Cell(
            "care-linen",
            care_rule("care/linen", pages),
            CareView("About linen", "/care/linen.md", ("linen", "table linen", "throws"), yours=True),
        ),
        Cell(
            "care-quilts",
            care_rule("care/quilts", pages),
            CareView("About quilts", "/care/quilts.md", ("quilts",), yours=True),
        ),
    )


def test_a_page_that_nobody_may_read_today_is_no_cell() -> None:
    titles = {"pages/care/quilts.md": "About quilts"}
    assert [cell.key for cell in care.part(on(pages=titles), {}).cells] == ["care-quilts"]


def test_pages_of_single_products_are_named_on_the_line() -> None:
    found = care.part(on(), {"pages": "care/silk.md"})
    assert [cell.key for cell in found.cells] == ["care-linen", "care-quilts", "care-silk"]
    assert found.cells[-1].view == CareView("About silk", "/care/silk.md", ("gifts",), yours=True)


def test_with_all_whoever_reads_sees_each_page_that_the_shop_names_anywhere() -> None:
    arguments = {"all": "yes"}
    assert care.part(on(), arguments) == Part(
        (
            CareView("About linen", "/care/linen.md", ("linen", "table linen", "throws")),
            CareView("About quilts", "/care/quilts.md", ("quilts",)),
            CareView("About silk", "/care/silk.md", ("gifts",)),
        )
    )
    assert care.rules(Terms(on().programme, SHOP), arguments) == ()


def test_care_speaks_the_language_of_its_reader() -> None:
    first = care.part(on("zh"), {}).cells[0].view
    assert first == CareView("亚麻怎么洗", "/care/linen.md", ("亚麻", "table linen", "throws"), yours=True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [({"all": "maybe"}, "'all' can't be 'maybe'"), ({"pages": "care/silk"}, "'care/silk' is no page")],
)
def test_care_refuses_what_means_nothing(arguments: dict[str, str], message: str) -> None:
    for ask in (lambda: care.part(on(), arguments), lambda: care.rules(Terms(on().programme, SHOP), arguments)):
        with pytest.raises(BadArgument) as refused:
            ask()
        assert str(refused.value) == message


def test_a_care_page_that_is_not_there_is_told() -> None:
    with pytest.raises(BadArgument) as refused:
        care.part(on(), {"pages": "care/slik.md"})
    assert str(refused.value) == "there is no care page 'care/slik.md'"
    assert refused.value.hint == "did you mean 'care/silk.md'?"


def test_each_stage_has_a_cell_for_the_families_that_are_in_it() -> None:
    found = life_stages.part(on(), {})
    assert found == Part(
        "A little one",
        (
            Cell(
                "months-6to-1",
                stage_rule(ON_THE_WAY),
                StageView("On the way", "Put your feet up.", goods=("cushions",)),
            ),
            Cell(
                "months0to18",
                stage_rule(HERE_AT_LAST),
                StageView("Here", "Sleep.", "/care/quilts.md", "About quilts", ("Quilt",)),
            ),
        ),
    )


def test_a_stage_names_goods_in_the_readers_language_and_never_a_price() -> None:
    found = life_stages.part(on("zh"), {})
    assert found.view == "小人儿"
    assert found.cells[1].view == StageView("来了", "Sleep.", "/care/quilts.md", "About quilts", ("被子",))
    assert not {"price", "discount"} & {one.name for one in fields(StageView)}


def test_a_stage_whose_page_is_not_there_says_its_words_alone() -> None:
    found = life_stages.part(on(pages={}), {})
    assert found.cells[1].view == StageView("Here", "Sleep.", goods=("Quilt",))


def test_without_its_section_a_part_shows_nothing() -> None:
    bare = replace(on(), programme=Programme(), goods=Goods())
    assert (care.part(bare, {}), life_stages.part(bare, {})) == (Part(()), Part(""))
    assert life_stages.rules(Terms(Programme(), SHOP), {}) == ()


@pytest.mark.parametrize("maker", [care.MAKER, life_stages.MAKER])
@pytest.mark.parametrize("arguments", [{}, {"pages": "care/silk.md"}])
def test_the_rule_of_every_cell_is_known_before_the_day(maker: Maker, arguments: dict[str, str]) -> None:
    made = maker.part(on(), arguments)
    rules = maker.rules(Terms(on().programme, SHOP), arguments)
    assert [cell.rule for cell in made.cells] == list(rules)
    assert all(parsed(rule) for rule in rules)
    assert len({cell.key for cell in made.cells}) == len(made.cells)
