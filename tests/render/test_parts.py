"""Parts of the programme on pages and in mails: who finds which cell, and what a page has read of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from sitegen.errors import Mistakes
from sitegen.model.goods import Goods, Shelf
from sitegen.model.part import Arguments, BadArgument, Cell, Maker, On, Part, Terms, shows
from sitegen.model.product import Product
from sitegen.model.readable import GatedAsset, GatedBlock
from sitegen.programme.parts import benefits
from sitegen.render.mail import compose as mail
from sitegen.render.parts import Offers, shelves_of
from sitegen.render.site.kit import Kit
from sitegen.render.site.units import Unit
from sitegen.render.site.whole import Draft, assembled, draft, render_site
from sitegen.render.theme import templates
from tests.content.shop_folder import page
from tests.render.mail_shop import SiteLinks
from tests.render.site_shop import SETTING, TODAY, project, public, site

OUTER = (
    "<section><h2 id='{{ id }}'>{{ title or 'Open' }}</h2>{{ inner }}{% for cell in cells %}{{ cell.html }}"
    "{% endfor %}</section>"
)
CELL = "<p>{{ cell.words }} {% if cell.page %} <a {{ link(cell.page) }}>more</a>{% endif %}</p>"
SHOP = {
    "themes/hearth/site/programme/benefits.html": OUTER,
    "themes/hearth/site/programme/benefits-cell.html": CELL,
    "themes/hearth/mail/programme/benefits.html": OUTER,
    "themes/hearth/mail/programme/benefits-cell.html": CELL,
    "themes/hearth/mail/promotion.html": "<html><body>{{ mail.html }}</body></html>",
    "programme/benefits.yaml": "benefits:\n  - {name: tea, title: Tea, every: birthday, gives: {gift: tea}}\n",
    "pages__care": page("title: Care\naudience: public"),
}
ALL = "all:\n  - customer id: is known\n"
RICH = "all:\n  - total spent: at least 5000\n"


@dataclass(frozen=True, slots=True)
class View:
    words: str
    page: str = ""


def rules(terms: Terms, _arguments: Arguments) -> tuple[str, ...]:
    assert terms.programme.benefits
    return (ALL, RICH)


def part(on: On, _arguments: Arguments) -> Part:
    seat = [Cell("seat", RICH, View("A seat by the window", "/care.md"))] if on.today <= date(2026, 9, 30) else []
    return Part(cells=(Cell("runner", ALL, View("A runner")), *seat))


@pytest.fixture(autouse=True)
def one_part(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part of two cells takes the place of one that the programme has: one for all customers, one for the rich."""
    monkeypatch.setattr(benefits, "MAKER", Maker("benefits", (), shows(), rules, part))


WORDS = "::: benefits\nFor *you*.\n:::\n"
PUBLIC_PAGE = {"pages__offers": page("title: Offers\naudience: public", WORDS)}
GATED_PAGE = {"pages__offers": page("title: Offers", WORDS)}


def blocks(made: object) -> list[GatedBlock]:
    return [thing for thing in made.gated if isinstance(thing, GatedBlock)]  # type: ignore[attr-defined]


def test_a_cell_for_all_who_read_the_page_stands_in_it_and_one_for_some_is_sealed_for_them(tmp_path: Path) -> None:
    made = site(tmp_path, **SHOP, **PUBLIC_PAGE)
    text = public(made)["offers/index.html"]
    sealed = {block.html.partition("<p>")[2][:8]: block.segments for block in blocks(made)}
    assert "For <em>you</em>." in text
    assert "A runner" not in text
    assert sealed["A runner"] == ("everyone",)
    assert sealed["A seat b"][0].startswith("rule-")


def test_a_cell_for_every_customer_needs_no_key_on_a_page_for_every_customer(tmp_path: Path) -> None:
    made = site(tmp_path, **SHOP, **GATED_PAGE)
    outer = next(thing for thing in made.gated if getattr(thing, "id", "") == "pages/offers.md")
    assert "A runner" in outer.html  # type: ignore[union-attr]
    assert not [block for block in blocks(made) if "A runner" in block.html]


def test_a_cell_without_a_rule_is_for_whoever_reads_the_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def open_to_all(*_: object) -> Part:
        return Part(cells=(Cell("all", "", View("For all")),))

    monkeypatch.setattr(benefits, "MAKER", replace(benefits.MAKER, part=open_to_all))
    made = site(tmp_path, **SHOP, **PUBLIC_PAGE)
    assert "For all" in public(made)["offers/index.html"]
    assert not blocks(made)


def test_a_cell_is_open_to_those_only_who_open_the_page_too(tmp_path: Path) -> None:
    front = "title: Offers\naudience: gold"
    made = site(tmp_path, **SHOP, pages__offers=page(front, WORDS))
    cells = [block for block in blocks(made) if "seat" in block.html]
    outer = next(thing for thing in made.gated if getattr(thing, "id", "") == "pages/offers.md")
    assert outer.segments == ("gold",)
    assert "A seat" not in outer.html  # type: ignore[union-attr]
    assert len(cells) == 1


def test_no_word_of_a_cell_lies_in_the_open(tmp_path: Path) -> None:
    made = site(tmp_path, **SHOP, **PUBLIC_PAGE)
    assert not [path for path, text in public(made).items() if "the window" in text]


def test_what_is_not_open_that_day_is_shown_to_nobody(tmp_path: Path) -> None:
    later = replace(TODAY, today=date(2026, 10, 1))
    made = render_site(project(tmp_path, **SHOP, **PUBLIC_PAGE), later, SETTING)
    assert not [block for block in blocks(made) if "seat" in block.html]


def test_two_blocks_that_show_the_same_part_have_headings_of_different_names(tmp_path: Path) -> None:
    text = f"{WORDS}\n::: audience gold\n{WORDS}\n:::\n"
    made = site(tmp_path, **SHOP, pages__offers=page("title: Offers\naudience: public", text))
    assert "id='part-benefits'" in public(made)["offers/index.html"]
    (golden,) = [block for block in blocks(made) if "<h2" in block.html]
    assert "id='part-benefits-1'" in golden.html


def test_the_day_on_which_a_part_changes_is_an_input_of_its_page_and_no_other_day_is(tmp_path: Path) -> None:
    found = project(tmp_path, **SHOP, **PUBLIC_PAGE)
    days = (date(2026, 9, 8), date(2026, 9, 9), date(2026, 10, 1))
    prints = []
    for day in days:
        drafted = draft(found, replace(TODAY, today=day), SETTING)
        unit = unit_of(drafted, "pages/offers.md")
        _, trace = drafted.kit.render(unit)
        (read,) = [name for kind, name in trace if kind == "part"]
        prints.append(trace["part", read])
        # A build that renders nothing asks for the value without having read it.
        assert Kit(found, replace(TODAY, today=day), SETTING, drafted.entries).value(("part", read), unit) == prints[-1]
    assert prints[0] == prints[1] != prints[2]


def unit_of(drafted: Draft, key: str) -> Unit:
    return next(unit for unit in drafted.units.every if unit.key == key)


def test_the_rules_of_cells_are_segments_of_the_shop(tmp_path: Path) -> None:
    found = project(tmp_path, **SHOP, **PUBLIC_PAGE)
    known = {segment.id for segment in found.segments}
    shown = next(page for page in found.pages if page.id == "pages/offers.md")
    assert {*shown.body.offered, "everyone"} == set(found.rules.values()) <= known | {"everyone"}


def test_a_shop_that_shows_no_part_has_no_rule_of_one(tmp_path: Path) -> None:
    assert not project(tmp_path, **SHOP).rules
    assert not shelves_of(project(tmp_path, **SHOP))


def test_a_file_that_a_template_makes_is_locked_for_the_readers_of_its_text(tmp_path: Path) -> None:
    cell = "<p><a {{ file('friends/anna.txt', cell.words) }}>keep</a></p>"
    changed = {**SHOP, "themes/hearth/site/programme/benefits-cell.html": cell}
    made = site(tmp_path, **changed, **GATED_PAGE)
    files = [thing for thing in made.gated if isinstance(thing, GatedAsset)]
    seat = next(id_ for rule, id_ in project(tmp_path, **changed, **GATED_PAGE).rules.items() if rule == RICH)
    found = {(file.content, file.segments) for file in files}
    assert found == {(b"A runner", ("everyone",)), (b"A seat by the window", (seat,))}
    assert len({file.id for file in files}) == 2


def test_a_file_that_a_template_makes_on_an_open_page_lies_in_the_open(tmp_path: Path) -> None:
    outer = "<p><a {{ file('friends/anna.txt', 'her number') }}>keep</a></p>"
    made = site(tmp_path, **{**SHOP, "themes/hearth/site/programme/benefits.html": outer}, **PUBLIC_PAGE)
    (path,) = [path for path in public(made) if path.startswith("assets/made/friends/anna")]
    assert public(made)[path] == "her number"
    assert f'href="/shop/{path}"' in public(made)["offers/index.html"]


def test_an_argument_that_means_nothing_is_told_at_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def loud(*_: object) -> tuple[str, ...]:
        raise BadArgument("title", "a title can't be loud", "say it softly")

    monkeypatch.setattr(benefits, "MAKER", replace(benefits.MAKER, rules=loud))
    with pytest.raises(Mistakes, match="a title can't be loud") as caught:
        project(tmp_path, **SHOP, pages__offers=page("title: Offers", '::: benefits title="LOUD" :::'))
    (problem,) = caught.value.problems
    assert (problem.code, problem.line) == ("bad-argument", 4)


MAIL = "title: A word\nkind: news\naudience: everyone\nchannels: [mail]\non: 2026-09-08"


def test_a_mail_has_the_cells_of_its_reader_and_no_other(tmp_path: Path) -> None:
    found = project(tmp_path, **SHOP, campaigns__word=page(MAIL, WORDS))
    campaign = found.campaigns[0]
    setting = mail.MailSetting(
        found.shop, templates(found.theme, {}), SiteLinks(), f"{found.shop.url}/", Offers(found, TODAY.today)
    )
    seat = next(id_ for rule, id_ in found.rules.items() if rule == RICH)
    readers = (frozenset[str](), frozenset({seat}))
    gold = [mail.variant(campaign, reader(who)).audiences for who in readers]
    assert gold == [frozenset(), frozenset({seat})]
    made = [body_of(campaign, mail.Variant(who, frozenset()), setting) for who in readers]
    assert ["the window" in one for one in made] == [False, True]
    assert all("For <em>you</em>." in one for one in made)


def reader(segments: frozenset[str]) -> object:
    from tests.render.mail_shop import recipient  # noqa: PLC0415 - the shop of mails takes a while to read

    return recipient(segments=segments)


def body_of(campaign: object, variant: mail.Variant, setting: mail.MailSetting) -> str:
    from sitegen.render import shortcodes  # noqa: PLC0415
    from sitegen.render.mail import body  # noqa: PLC0415

    form = shortcodes.form(setting.templates, "mail", setting.links, mail._stage(campaign, variant, setting))  # type: ignore[arg-type]
    return body.body_html(campaign, variant.audiences, setting.links, form)  # type: ignore[arg-type]


def test_a_page_shows_the_goods_that_the_project_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def shown(on: On, _arguments: Arguments) -> Part:
        return Part(cells=(Cell("all", "", View(", ".join(product.name for product in on.goods.products))),))

    monkeypatch.setattr(benefits, "MAKER", replace(benefits.MAKER, part=shown, shelves=shows(Shelf.PRODUCTS)))
    found = project(tmp_path, **SHOP, **PUBLIC_PAGE)
    assert shelves_of(found) == {Shelf.PRODUCTS}
    stocked = replace(found, goods=Goods(products=(Product("P-1", "Sheet", Decimal(9)),)))
    drafted = draft(stocked, TODAY, SETTING)
    made = assembled(drafted, {unit.key: drafted.kit.render(unit)[0] for unit in drafted.units.every})
    assert "Sheet" in public(made)["offers/index.html"]


def test_a_search_finds_no_cell_on_a_page_for_few_whose_title_its_readers_must_not_know(tmp_path: Path) -> None:
    for audience, found in (("everyone", True), ("gold", False)):
        made = site(tmp_path, **SHOP, pages__offers=page(f"title: Offers\naudience: {audience}", WORDS))
        assert any(index.segment.startswith("rule-") for index in made.search) is found
