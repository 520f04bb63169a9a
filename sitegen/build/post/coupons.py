"""The work lists of coupons: those that are due, with their codes, and what the till may know of all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sitegen.audience.calendar.occasions import Occasions
from sitegen.audience.calendar.spans import shift_days
from sitegen.build.people import People
from sitegen.build.post.sheets import sheet
from sitegen.model.artifact import PrivateArtifact
from sitegen.model.coupons import FIRST_ORDER, CouponRule
from sitegen.model.lock import Lock
from sitegen.model.project import Project
from sitegen.programme.coupons import due, till
from sitegen.programme.coupons.code import BYTES, spelled
from sitegen.programme.relationship.meant import chosen
from sitegen.protect.keys import expand, extract, length_prefixed

COLUMNS = ("customer_id", "code", "gives", "valid_from", "valid_until", "used_on", "rule")
NO_GIFT: due.Row = {"name": "", "stock": 0}
NO_KEY = "no new coupons were listed: their codes are made with SITEGEN_CARD_KEY"


def coupon_lists(
    project: Project, people: People, on: date, key: tuple[Lock, bytes | None], notices: list[str]
) -> Iterator[PrivateArtifact]:
    """work/coupons.csv, which `sitegen import` takes, and work/till.csv; nothing where the programme has no coupons.

    `key` is the lock and the card root. The same customers get the same codes on each day, so a list that is made
    again brings nothing new.
    """
    rules = project.programme.coupons
    if not rules:
        return
    lock, card = key
    if card is None:
        notices.append(NO_KEY)
    else:
        extracted = extract(card, bytes.fromhex(lock.site_id))
        rows = (row for rule in rules for row in _new(project, people, rule, on, extracted))
        yield sheet("work/coupons.csv", COLUMNS, rows, for_people=False)
    yield sheet("work/till.csv", (*till.COLUMNS, "least"), _till(rules, people, on))


def coupon_code(extracted: bytes, rule: str, customer_id: str, day: date) -> str:
    """The code of the coupon that a rule gives a customer for a day; `extracted` is secret (`keys.extract`)."""
    context = length_prefixed(rule.encode(), customer_id.encode(), day.isoformat().encode())
    return spelled(expand(extracted, "coupon", context, BYTES))


def _new(
    project: Project, people: People, rule: CouponRule, on: date, extracted: bytes
) -> Iterator[tuple[object, ...]]:
    engine = people.engine
    tables = engine.tables
    gift = next(iter(engine.ask(due.gifts_left(tables, rule))), NO_GIFT) if rule.gift else NO_GIFT
    (given,) = engine.ask(due.given(tables, rule, on))
    room = (gift["stock"], due.coupons_left(rule, given["number"]))
    days = due.occasion_days(rule, on, _named(project, rule, on))
    meant = chosen(rule.who, people.facts, people.members)
    for batch in engine.rows(due.due(tables, rule, days, room, meant)):
        for row in batch:
            code = coupon_code(extracted, rule.name, row["customer_id"], row["day"])
            yield _gift(rule, code, row, gift["name"]) if row["gift"] else _coupon(rule, code, row)


def _gift(rule: CouponRule, code: str, row: due.Row, name: str) -> tuple[object, ...]:
    day = row["day"]
    return row["customer_id"], code, name, day, day, day, rule.name + due.GIFT


def _coupon(rule: CouponRule, code: str, row: due.Row) -> tuple[object, ...]:
    day = row["day"]
    return row["customer_id"], code, rule.says, day, shift_days(day, rule.valid - 1), "", rule.name


def _named(project: Project, rule: CouponRule, on: date) -> Iterable[date]:
    if rule.occasion == FIRST_ORDER:
        return ()
    occasions = Occasions(project.programme.occasions, project.shop.holiday_countries)
    return occasions.days(rule.occasion, due.first_day(rule, on), on)


def _till(rules: tuple[CouponRule, ...], people: People, on: date) -> Iterator[tuple[object, ...]]:
    least = {rule.name: rule.least for rule in rules if rule.least}
    for batch in people.engine.rows(till.till(people.engine.tables, on)):
        for row in batch:
            yield (*(row[column] for column in till.COLUMNS), least.get(row["rule"], ""))
