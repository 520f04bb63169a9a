"""Show how to look after what a reader bought: a cell for each care page, or all of them for whoever reads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sitegen.model.goods import Shelf
from sitegen.model.part import Arguments, BadArgument, Cell, Maker, On, Part, Terms, shows, target
from sitegen.model.programme import Programme
from sitegen.programme.care.pages import CarePages, rule_of
from sitegen.programme.parts.goods_words import known, listed

PAGES, ALL = "pages", "all"


@dataclass(frozen=True, slots=True)
class CareView:
    """A care page, by its title and as a target for `link`. `goods` are the groups of which it speaks, by name.

    `yours`: the reader has something of one of them.
    """

    title: str
    page: str
    goods: tuple[str, ...]
    yours: bool = False


def rules(terms: Terms, arguments: Arguments) -> tuple[str, ...]:
    """A rule for each care page that the programme or the argument `pages` names; none where all see all."""
    if _for_all(arguments):
        return ()
    named = _named(terms.programme, arguments)
    return tuple(rule_of(slug, _care_pages(terms.programme)) for slug in named)


def part(on: On, arguments: Arguments) -> Part:
    """The pages that readers of the text may read, in the order in which they are named.

    `view` holds those that all of them see.
    """
    there = [page.removeprefix("pages/") for page in on.pages]
    known(PAGES, (page.removeprefix("pages/") for page in _asked(arguments)), there, "care page")
    named = _named(on.programme, arguments)
    if _for_all(arguments):
        every = _with_own(on, named).items()
        return Part(tuple(_view(on, slug, page, yours=False) for slug, page in every if page in on.pages))
    pages = _care_pages(on.programme)
    cells = (
        Cell(slug.replace("/", "-"), rule_of(slug, pages), _view(on, slug, page, yours=True))
        for slug, page in named.items()
        if page in on.pages
    )
    return Part((), tuple(cells))


def _for_all(arguments: Arguments) -> bool:
    wanted = arguments.get(ALL, "no")
    if wanted not in ("yes", "no"):
        raise BadArgument(ALL, f"'{ALL}' can't be '{wanted}'", "write yes or no")
    return wanted == "yes"


def _named(programme: Programme, arguments: Arguments) -> dict[str, str]:
    """Ids of care pages by their slugs: those of groups of goods first, then those of the argument."""
    groups = programme.care.pages.values() if programme.care else ()
    return {_slug(page): page for page in dict.fromkeys((*(one.id for one in groups), *_asked(arguments)))}


def _asked(arguments: Arguments) -> Iterable[str]:
    for name in listed(arguments, PAGES):
        if not name.endswith(".md"):
            raise BadArgument(PAGES, f"'{name}' is no page", "write its file below content/pages/, like care/silk.md")
        yield "pages/" + name.removeprefix("/").removeprefix("pages/")


def _slug(page: str) -> str:
    """What products write in their column `care` for a page: its address, which is its file's name without an end."""
    return page.removeprefix("pages/").removesuffix(".md").removesuffix("/index")


def _care_pages(programme: Programme) -> CarePages:
    care = programme.care
    return CarePages({}, {group: _slug(page.id) for group, page in care.pages.items()} if care else {})


def _with_own(on: On, named: dict[str, str]) -> dict[str, str]:
    """These pages and those that products name for themselves."""
    known = {_slug(page): page for page in on.pages}
    own = sorted({product.care for product in on.goods.products if product.care} - named.keys())
    return named | {slug: known[slug] for slug in own if slug in known}


def _view(on: On, slug: str, page: str, yours: bool) -> CareView:
    pages = _care_pages(on.programme)
    named = (group for group, theirs in pages.groups.items() if theirs == slug)
    # Who bought just this product has something of its group, whatever the page of the group's other goods.
    own = sorted({product.group for product in on.goods.products if product.group and product.care == slug})
    goods = tuple(dict.fromkeys(map(on.said, (*named, *own))))
    return CareView(on.said(on.pages[page]), target(page), goods, yours)


MAKER = Maker("care", ("title", ALL, PAGES), shows(Shelf.PRODUCTS), rules, part)
