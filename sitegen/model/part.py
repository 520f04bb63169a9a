"""Parts of the programme as pages and mails show them: what stands there, and who sees which of its cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from sitegen.model.concession import Goods as Wanted
from sitegen.model.goods import NO_GOODS, Goods, Shelf
from sitegen.model.programme import Programme
from sitegen.model.shop import Shop

Arguments: TypeAlias = Mapping[str, str]
"""What stands on a part's line, `groups="linen, quilts"`, by name."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a part is made of that doesn't change with the day: enough to know who may see which of its cells."""

    programme: Programme
    shop: Shop


@dataclass(frozen=True, slots=True)
class EventPage:
    """A page about an event of the customer file: its id, who may read it, and its title, "" in another language."""

    id: str
    title: str
    audience: str


@dataclass(frozen=True, slots=True)
class On:
    """What a part is made of on a day, for readers of a language.

    `pages` are the titles of the pages that all readers of the text may read then, by their ids
    ("pages/care/linen.md"), in the language; `full`: members' records hold all fields. `events` are the pages that name
    an event of the customer file, by its id; `surveys` the names of the shop's surveys.
    """

    programme: Programme
    shop: Shop
    today: date
    language: str
    goods: Goods = NO_GOODS
    full: bool = False
    pages: Mapping[str, str] = field(default_factory=dict)
    events: Mapping[str, tuple[EventPage, ...]] = field(default_factory=dict)
    surveys: frozenset[str] = frozenset()

    def said(self, text: str) -> str:
        """A text of the shop's in the language, as site.yaml has it below `words`."""
        return self.shop.said(text, self.language)


@dataclass(frozen=True, slots=True)
class Cell:
    """A piece of a part with readers of its own. `key` is its name within the part, `view` what its template sees.

    `rule` is a rule in the segment language, as YAML, that selects its readers among those of the page; "" where
    all who read the page read it.
    """

    key: str
    rule: str
    view: object


@dataclass(frozen=True, slots=True)
class Part:
    """What a part shows on a day: `view` is what its template sees beside the cells, in the order of these."""

    view: object = None
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Maker:
    """One kind of part. `section` is the key of content/programme/ without which it shows nothing, "" for none.

    `shelves` says what it shows of the customer file, `rules` gives every rule that its cells may have on whatever day;
    `part` may raise `BadArgument`.
    """

    section: str
    arguments: tuple[str, ...]
    shelves: Callable[[Programme], frozenset[Shelf]]
    rules: Callable[[Terms, Arguments], tuple[str, ...]]
    part: Callable[[On, Arguments], Part]


def shows(*shelves: Shelf) -> Callable[[Programme], frozenset[Shelf]]:
    """The shelves of a part that always shows something of each."""
    return lambda _programme: frozenset(shelves)


def names_goods(goods: Callable[[Programme], Iterable[Wanted]]) -> Callable[[Programme], frozenset[Shelf]]:
    """The shelves of a part that asks for products only where the programme names some by their numbers."""
    return lambda programme: frozenset({Shelf.PRODUCTS} if any(one.products for one in goods(programme)) else ())


def target(page_id: str) -> str:
    """What `link` takes for a page of that id, wherever the text stands: "/care/linen.md"."""
    return "/" + page_id.removeprefix("pages/")


class BadArgument(ValueError):
    """An argument of a part that means nothing, with a hint."""

    def __init__(self, argument: str, message: str, hint: str) -> None:
        self.argument, self.message, self.hint = argument, message, hint
        super().__init__(message)
