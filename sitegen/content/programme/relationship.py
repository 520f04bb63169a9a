"""Read `contracts:`, `ladder:`, `payment:`, `off_season:` and `price_protection:` of content/programme/*.yaml."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from sitegen.content.keys import Keys
from sitegen.content.programme.concession_keys import (
    amount,
    check_segment,
    check_who,
    day_of_year,
    goods_of,
    once,
    per_cent,
    who_of,
)
from sitegen.content.programme.forms import mappings, named_page, section_keys
from sitegen.errors import Problem
from sitegen.model.programme import Programme
from sitegen.model.relationship import (
    Contract,
    Ladder,
    LadderBy,
    OffSeason,
    PaymentKind,
    PaymentOption,
    PriceProtection,
    Renewal,
    Step,
)
from sitegen.model.tree import Node, Place

LONGEST = 3650
"""Days that anything here may take."""


def read_contracts(node: Node, problems: list[Problem]) -> tuple[Contract, ...]:
    """What `contracts:` says."""
    return once((_contract(keys) for keys in mappings(node, problems, "contracts", "contract")), problems)


def read_ladder(node: Node, problems: list[Problem]) -> tuple[Ladder, ...]:
    """What `ladder:` says; the steps of each in ascending order."""
    return once((_ladder(keys) for keys in mappings(node, problems, "ladder", "ladder")), problems)


def read_payment(node: Node, problems: list[Problem]) -> tuple[PaymentOption, ...]:
    """What `payment:` says."""
    return once((_payment(keys) for keys in mappings(node, problems, "payment", "way to pay")), problems)


def read_off_season(node: Node, problems: list[Problem]) -> tuple[OffSeason, ...]:
    """What `off_season:` says."""
    return once((_off_season(keys) for keys in mappings(node, problems, "off_season", "offer")), problems)


def read_price_protection(node: Node, problems: list[Problem]) -> PriceProtection | None:
    """What `price_protection:` says."""
    keys = section_keys(node, problems, "price_protection")
    if keys is None:
        return None
    protection = PriceProtection(
        uncollected=keys.integer("uncollected", 0, 0, LONGEST),
        unsold=keys.integer("unsold", 0, 0, LONGEST),
        goods=goods_of(keys),
        who=who_of(keys),
        place=keys.mapping.place,
    )
    keys.finish()
    return protection


def check_relationship(
    programme: Programme, segments: Collection[str], pages: Collection[str], problems: list[Problem]
) -> None:
    """Hold what these sections name against the shop's tiers, segments and pages (by id)."""
    tiers = [tier.name for tier in programme.tiers]
    protection = (programme.price_protection,) if programme.price_protection else ()
    offers = (*programme.contracts, *programme.ladder, *programme.payment, *programme.off_season, *protection)
    for offer in offers:
        check_who(offer.who, tiers, segments, problems)
    for contract in programme.contracts:
        if contract.holders:
            check_segment(contract.holders, contract.who, segments, problems)
        if contract.page and contract.page.id not in pages:
            problems.append(missing_page(contract.page.id, contract.page.place))


def missing_page(page: str, place: Place) -> Problem:
    """What is said of a page that is named and not there."""
    path = page.removeprefix("pages/")
    return place.problem("broken-link", f"there is no page '{path}'", f"write content/{page}, or correct the name")


def _contract(keys: Keys) -> Contract:
    keys.node("term", required=True)
    contract = Contract(
        name=keys.text("name", required=True),
        term=keys.integer("term", 12, 1, 120),
        fee=amount(keys, "fee"),
        discount=per_cent(keys, "discount"),
        gives=keys.texts("gives"),
        renewal=keys.choice("renewal", Renewal, Renewal.NONE),
        notice=keys.integer("notice", 0, 0, LONGEST),
        who=who_of(keys),
        goods=goods_of(keys),
        holders=keys.text("holders"),
        page=named_page(keys, "page"),
        place=keys.mapping.place,
    )
    if contract.discount and not contract.holders:
        message = f"'{contract.name}' gives a discount, and nobody can tell who has signed"
        hint = "name the segment of those who have: 'holders: SEGMENT'"
        keys.problems.append(keys.place("discount").problem("contract-without-holders", message, hint))
    keys.finish()
    return contract


def _ladder(keys: Keys) -> Ladder:
    name, by = keys.text("name", required=True), keys.choice("count", LadderBy, LadderBy.PIECES, required=True)
    before = len(keys.problems)
    written = [_step(one) for one in mappings(keys.node("steps", required=True), keys.problems, "steps", "step")]
    for lower, upper in pairwise(written) if len(keys.problems) == before else ():
        if upper.count <= lower.count or upper.discount <= lower.discount:
            message = f"each step of '{name}' must ask for more than the one before it, and give more"
            keys.problems.append(upper.place.problem("falling-ladder", message, "write the steps in ascending order"))
    ladder = Ladder(
        name=name,
        by=by,
        steps=tuple(sorted(written, key=lambda step: step.count)),
        within=keys.integer("within", 365, 1, LONGEST),
        goods=goods_of(keys),
        who=who_of(keys),
        place=keys.mapping.place,
    )
    keys.finish()
    return ladder


def _step(keys: Keys) -> Step:
    keys.node("from", required=True)
    step = Step(keys.integer("from", 1, 1, 1_000_000), per_cent(keys, "discount", required=True), keys.mapping.place)
    keys.finish()
    return step


def _payment(keys: Keys) -> PaymentOption:
    kind = keys.choice("kind", PaymentKind, PaymentKind.INVOICE, required=True)
    option = PaymentOption(
        name=keys.text("name", required=True),
        kind=kind,
        days=keys.integer("days", 0, 0, LONGEST),
        parts=keys.integer("parts", 1, 2, 60),
        share=per_cent(keys, "share"),
        discount=per_cent(keys, "discount"),
        least=amount(keys, "least"),
        who=who_of(keys),
        place=keys.mapping.place,
    )
    for key in _OWN_KEYS if keys.text("kind") in set(PaymentKind) else ():
        _own_key(keys, key, kind)
    keys.finish()
    return option


_OWN_KEYS = {
    "days": (PaymentKind.INVOICE, PaymentKind.DEPOSIT),
    "parts": (PaymentKind.INSTALMENTS,),
    "share": (PaymentKind.DEPOSIT,),
}
"""The keys that only some ways to pay have, and cannot be without."""


def _own_key(keys: Keys, key: str, kind: PaymentKind) -> None:
    kinds = _OWN_KEYS[key]
    if kind in kinds:
        keys.node(key, required=True)
    elif keys.node(key) is not None:
        message = f"'{key}' means nothing for the kind '{kind.value}'"
        hint = f"it goes with {' and '.join(one.value for one in kinds)}"
        keys.problems.append(keys.place(key).problem("key-of-another-kind", message, hint))


def _off_season(keys: Keys) -> OffSeason:
    offer = OffSeason(
        name=keys.text("name", required=True),
        opens=day_of_year(keys, "opens"),
        closes=day_of_year(keys, "closes"),
        delivers=day_of_year(keys, "delivers"),
        discount=per_cent(keys, "discount"),
        deposit=per_cent(keys, "deposit"),
        goods=goods_of(keys),
        who=who_of(keys),
        place=keys.mapping.place,
    )
    keys.finish()
    return offer
