"""Part the programme's offers by whom they are for."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar

from sitegen.model.concession import ANYBODY, Who
from sitegen.programme.relationship.rules import meant


class Offer(Protocol):
    """Anything that says for whom it is."""

    @property
    def who(self) -> Who: ...


AnyOffer = TypeVar("AnyOffer", bound=Offer)


def rule_of(who: Who) -> str:
    """The rule of those for whom an offer is, "" where it is for all who read the page."""
    return "" if who == ANYBODY else meant(who)


def rules_of(offers: Iterable[Offer]) -> tuple[str, ...]:
    """The rules of offers, each once, in the order in which they first occur."""
    return tuple(dict.fromkeys(rule_of(one.who) for one in offers))


def by_readers(offers: Iterable[AnyOffer]) -> tuple[tuple[str, tuple[AnyOffer, ...]], ...]:
    """The offers by their rules, in the order of `rules_of`."""
    found: dict[str, list[AnyOffer]] = {}
    for one in offers:
        found.setdefault(rule_of(one.who), []).append(one)
    return tuple((rule, tuple(some)) for rule, some in found.items())
