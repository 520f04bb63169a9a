"""Show the contracts that a reader may sign."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from sitegen.model.concession import Goods
from sitegen.model.part import Arguments, Cell, Maker, On, Part, Terms, names_goods, target
from sitegen.model.programme import Programme
from sitegen.model.relationship import Contract
from sitegen.programme.parts.goods_words import goods_words
from sitegen.programme.parts.readers import by_readers, rules_of


@dataclass(frozen=True, slots=True)
class ContractView:
    """A contract of `months` for the `fee` of all of them, and what it `gives`.

    It runs from the day on which it is signed. `renewal` says what comes at its end (automatic, on-request, none), and
    `notice` how many days before that somebody says so, 0 where nothing need be said. `goods` are those of the
    `discount`; none: all. `page` is a target for `link`, `page_title` its title, both "" for none.
    """

    name: str
    months: int
    fee: Decimal
    gives: tuple[str, ...]
    discount: Decimal
    goods: tuple[str, ...]
    renewal: str
    notice: int
    page: str
    page_title: str


@dataclass(frozen=True, slots=True)
class ContractsView:
    """The contracts of one cell."""

    contracts: tuple[ContractView, ...]


def rules(terms: Terms, _arguments: Arguments) -> tuple[str, ...]:
    """The rules of those who may sign a contract."""
    return rules_of(terms.programme.contracts)


def part(on: On, _arguments: Arguments) -> Part:
    """The contracts, those for the same readers together. No day is reckoned: a page stands for longer than one."""
    cells = [
        Cell(some[0].name, rule, ContractsView(tuple(_view(on, one) for one in some)))
        for rule, some in by_readers(on.programme.contracts)
    ]
    return Part(cells=tuple(cells))


def _view(on: On, contract: Contract) -> ContractView:
    return ContractView(
        name=on.said(contract.name),
        months=contract.term,
        fee=contract.fee,
        gives=tuple(map(on.said, contract.gives)),
        discount=contract.discount,
        goods=goods_words(contract.goods, on),
        renewal=contract.renewal.value,
        notice=contract.notice,
        page=target(contract.page.id) if contract.page else "",
        page_title=on.said(on.pages.get(contract.page.id, "")) if contract.page else "",
    )


def goods(programme: Programme) -> Iterable[Goods]:
    """The goods that the part names."""
    return (one.goods for one in programme.contracts)


MAKER = Maker("contracts", ("title",), names_goods(goods), rules, part)
