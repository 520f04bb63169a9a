"""Read `coupons:` of content/programme/*.yaml."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from sitegen.audience.calendar.occasions import Occasions
from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.keys import Keys
from sitegen.content.programme.concession_keys import amount, check_who, goods_of, once, per_cent, who_of
from sitegen.content.programme.forms import mappings
from sitegen.errors import Problem
from sitegen.model.coupons import FIRST_ORDER, CouponGives, CouponRule
from sitegen.model.programme import Programme
from sitegen.model.tree import Node

LONGEST = 3650
MOST = 100_000_000


def read_coupons(node: Node, problems: list[Problem]) -> tuple[CouponRule, ...]:
    """What `coupons:` says."""
    return once((_rule(keys) for keys in mappings(node, problems, "coupons", "coupon")), problems)


def check_coupons(
    programme: Programme, segments: Collection[str], occasions: Occasions, problems: list[Problem]
) -> None:
    """Hold what `coupons:` names against the shop's tiers, segments and days by name."""
    tiers = [tier.name for tier in programme.tiers]
    for rule in programme.coupons:
        check_who(rule.who, tiers, segments, problems)
        if rule.occasion in {"", FIRST_ORDER}:
            continue
        problem = occasions.problem(rule.occasion, rule.occasion_place)
        if problem:
            hint = did_you_mean(rule.occasion, (FIRST_ORDER, *occasions.names))
            problems.append(replace(problem, hint=problem.hint or hint))


def _rule(keys: Keys) -> CouponRule:
    keys.node("valid", required=True)
    rule = CouponRule(
        name=keys.text("name", required=True),
        occasion=keys.text("occasion", required=True),
        gives=_gives(keys.keys("gives", required=True)),
        says=keys.text("says", required=True),
        valid=keys.integer("valid", 60, 1, LONGEST),
        within=keys.integer("within", 14, 0, 366),
        least=amount(keys, "least"),
        gift=keys.text("gift"),
        per_customer=keys.integer("per_customer", 1, 1, 1000),
        in_all=keys.integer("in_all", 0, 1, MOST),
        budget=amount(keys, "budget"),
        goods=goods_of(keys),
        who=who_of(keys),
        place=keys.mapping.place,
        occasion_place=keys.place("occasion"),
    )
    if rule.budget and not rule.gives.worth:
        message = f"a budget says nothing while nobody knows what one '{rule.name}' costs"
        hint = "add 'most' to the per cent, or 'cost' to the thing; or limit the number with 'in_all'"
        keys.problems.append(keys.place("budget").problem("budget-without-worth", message, hint))
    keys.finish()
    return rule


_FORMS = {"percent": "most", "amount": "", "thing": "cost"}
"""What a coupon may give, and the key that goes with it."""


def _gives(keys: Keys | None) -> CouponGives:
    if keys is None:
        return CouponGives()
    there = [key for key in _FORMS if keys.node(key) is not None]
    if len(there) != 1:
        message = "a coupon gives one of per cent, an amount and a thing"
        hint = "write {percent: 5}, {amount: 10} or {thing: a pot of tea for two}"
        keys.problems.append(keys.mapping.place.problem("coupon-gives", message, hint))
    gives = CouponGives(
        percent=per_cent(keys, "percent"),
        amount=amount(keys, "amount"),
        thing=keys.text("thing"),
        most=amount(keys, "most"),
        cost=amount(keys, "cost"),
    )
    for key in ("most", "cost"):
        if len(there) == 1 and keys.node(key) is not None and _FORMS[there[0]] != key:
            goes = next(form for form, word in _FORMS.items() if word == key)
            message = f"'{key}' means nothing beside '{there[0]}'"
            keys.problems.append(keys.place(key).problem("key-of-another-kind", message, f"it goes with {goes}"))
    keys.finish()
    return gives
