"""Show the stage of a reader's family: a word in season, something to read, and nothing to buy."""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.model.care import LifeStage
from sitegen.model.concession import Goods
from sitegen.model.goods import Shelf
from sitegen.model.part import Arguments, Cell, Maker, On, Part, Terms, shows, target
from sitegen.programme.care.life_stages import rule_of
from sitegen.programme.parts.goods_words import goods_words


@dataclass(frozen=True, slots=True)
class StageView:
    """A stage in the reader's language. `page` is a target for `link`, "" for none; `goods` are names alone."""

    title: str
    say: str
    page: str = ""
    page_title: str = ""
    goods: tuple[str, ...] = ()


def rules(terms: Terms, _arguments: Arguments) -> tuple[str, ...]:
    """The rule of each stage."""
    programme = terms.programme.life_stages
    return tuple(map(rule_of, programme.stages)) if programme else ()


def part(on: On, _arguments: Arguments) -> Part:
    """A cell for each stage, in the order of their months; `view` is the title of the programme."""
    programme = on.programme.life_stages
    if programme is None:
        return Part("")
    cells = (Cell(f"months{stage.first}to{stage.last}", rule_of(stage), _view(on, stage)) for stage in programme.stages)
    return Part(on.said(programme.title), tuple(cells))


def _view(on: On, stage: LifeStage) -> StageView:
    goods = Goods(groups=stage.groups, products=stage.products)
    read = stage.page.id if stage.page and stage.page.id in on.pages else ""
    return StageView(
        title=on.said(stage.title),
        say=on.said(stage.say),
        page=target(read) if read else "",
        page_title=on.said(on.pages[read]) if read else "",
        goods=goods_words(goods, on),
    )


MAKER = Maker("life_stages", ("title",), shows(Shelf.PRODUCTS), rules, part)
