"""Duties and the desk are read as they are written; what is not written is as usual."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from textwrap import dedent

import pytest

from sitegen.audience.language.catalogue import CATALOGUE
from sitegen.content.audiences import Audiences
from sitegen.content.programme.read import read_programme
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Problem
from sitegen.model.column import Column, Kind, Table
from sitegen.model.duty import (
    SAME_DAY,
    Act,
    By,
    Crossed,
    Desk,
    Dossiers,
    Duty,
    Each,
    Escalation,
    Every,
    ForEach,
    Span,
    Top,
)
from sitegen.model.programme import Programme
from sitegen.model.rule import MoreThan, SumOf, TextIs, Unit, YesNo
from sitegen.model.table import TABLES, Schema
from sitegen.model.tree import Place

FILE = "content/programme/duties.yaml"


def read(text: str, schema: Schema | None = None) -> tuple[Programme, list[Problem], Audiences]:
    problems: list[Problem] = []
    audiences = Audiences(CATALOGUE, frozenset({"gold"}), problems, schema=schema or Schema())
    return read_programme({FILE: read_yaml(dedent(text).lstrip("\n"), FILE)}, problems, audiences), problems, audiences


def duty(line: str) -> Duty:
    programme, problems, _ = read(f"duties:\n  - {{name: big-order, what: call, within: 7 days, {line}}}\n")
    assert problems == []
    (found,) = programme.duties
    return found


def test_a_duty_that_says_little_is_the_advisers_own_call_from_the_day_on() -> None:
    assert duty("for each: orders") == Duty(
        name="big-order",
        title="Big order",
        act=Act.CALL,
        trigger=ForEach("orders", (), "ordered_at", "customer_id"),
        within=Span(7),
        place=Place(FILE, 2, 5),
    )


def test_a_duty_may_say_all_that_there_is() -> None:
    programme, problems, audiences = read("""
        duties:
          - name: referral
            title: Call the friend
            why: a friend brought you
            what: call
            for each: referrals
            whom: referred
            day: order.delivered_on
            with: {order.amount: more than 2000}
            weather: rain
            done on: called_on
            proof: {subject: is thanks}
            campaign: 2026/tea
            after: 1 day
            within: 2 weeks
            by: head office
            who: {all: [{class: is customer}]}
            questions: [Is it far?, {ask: Do they like it?, answer: liked}]
            say: Good day.
            never: [Buy now., Buy soon.]
    """)
    assert problems == []
    (found,) = programme.duties
    assert isinstance(found.trigger, ForEach)
    (amount,), (subject,) = found.trigger.where, found.evidence
    assert (amount.fact.column, amount.phrase) == ("order.amount", MoreThan(Decimal(2000)))
    assert (subject.fact.column, subject.phrase) == ("subject", TextIs("thanks"))
    assert [found.who] == list(audiences.made)
    assert found == Duty(
        name="referral",
        title="Call the friend",
        act=Act.CALL,
        trigger=ForEach("referrals", (amount,), "order.delivered_on", "referred_id", "rain"),
        within=Span(2, Unit.WEEKS),
        place=Place(FILE, 2, 5),
        why="a friend brought you",
        after=Span(1),
        by=By.HEAD_OFFICE,
        who=found.who,
        done_on="called_on",
        evidence=(subject,),
        campaign="2026/tea",
        questions=("Is it far?", "Do they like it?"),
        asks=("", "liked"),
        say=("Good day.",),
        never=("Buy now.", "Buy soon."),
    )


@pytest.mark.parametrize(
    ("line", "trigger"),
    [
        ("for each: order_lines", ForEach("order_lines", (), "order.ordered_at", "order.customer_id")),
        ("for each: events, whom: speaker, day: starts_at", ForEach("events", (), "starts_at", "speaker_id")),
        ("for each: customers, day: lost_on", ForEach("customers", (), "lost_on", "customer_id")),
        ("crossed: {sum of: orders.amount, at: 1000}", Crossed(SumOf("orders", "amount"), (Decimal(1000),))),
        (
            "crossed: {sum of: order_lines.order.amount, at: [0.5, 2], each: ever}",
            Crossed(SumOf("order_lines", "order.amount"), (Decimal("0.5"), Decimal(2)), Each.EVER),
        ),
        ("top: {sum of: orders.profit, on: 02-29}", Top(SumOf("orders", "profit"), 1, 2, 29)),
        (
            "top: {sum of: orders.amount, count: 3, on: 01-10, per: store}",
            Top(SumOf("orders", "amount"), 3, 1, 10, "store"),
        ),
        ("every: 1 year", Every(Span(1, Unit.YEARS))),
    ],
)
def test_each_trigger_is_read(line: str, trigger: object) -> None:
    assert duty(line).trigger == trigger


def test_conditions_of_a_sum_stand_below_where() -> None:
    trigger = duty("crossed: {sum of: orders.amount, at: 1000, where: {gift: yes}}").trigger
    assert isinstance(trigger, Crossed)
    assert [(one.fact.column, one.phrase) for one in trigger.sum.where] == [("gift", YesNo(True))]


@pytest.mark.parametrize(("text", "who"), [("everyone", "everyone"), ("gold", "gold"), ("staff", "staff")])
def test_a_duty_may_be_for_a_segment_by_name(text: str, who: str) -> None:
    assert duty(f"for each: orders, who: {text}").who == who


@pytest.mark.parametrize(
    ("text", "span"), [("the same day", SAME_DAY), ("0 days", SAME_DAY), ("6 months", Span(6, Unit.MONTHS))]
)
def test_times_are_spans(text: str, span: Span) -> None:
    assert duty(f"for each: orders, after: {text}").after == span


def test_a_shops_own_table_makes_duties_too() -> None:
    repairs = Table(
        "repairs",
        "What was mended",
        ("repair_id",),
        (
            Column("repair_id", Kind.TEXT, "number"),
            Column("customer_id", Kind.TEXT, "whose", refers_to="customers"),
            Column("ready_on", Kind.DATE, "day"),
        ),
        customer="customer_id",
        day="ready_on",
    )
    text = "duties:\n  - {name: ready, what: call, for each: repairs, with: {ready_on: is known}, within: 1 day}\n"

    programme, problems, _ = read(text, Schema((*TABLES, repairs)))

    assert problems == []
    trigger = programme.duties[0].trigger
    assert isinstance(trigger, ForEach)
    assert (trigger.table, trigger.day, trigger.customer) == ("repairs", "ready_on", "customer_id")


def test_a_desk_that_says_little_is_as_usual() -> None:
    programme, problems, _ = read("desk: {since: 2026-08-01}")
    assert problems == []
    assert programme.desk == Desk(
        since=date(2026, 8, 1),
        place=Place(FILE, 1, 7),
        ahead=7,
        hours=(time(10), time(18)),
        escalation=Escalation(2, 7),
        dossiers=Dossiers.DUE,
        regions={},
    )


def test_a_desk_may_say_all_that_there_is() -> None:
    programme, problems, _ = read("""
        desk:
          since: 2026-08-01
          ahead: 2 weeks
          hours: 09:30 - 17:45
          escalate: {region: 0 days, head office: 1 week}
          dossiers: none
          regions: {North: A-05, West: A-07}
          head office: A-01
          owners: [A-05, A-01]
          never: Buy now.
    """)
    assert problems == []
    assert programme.desk == Desk(
        since=date(2026, 8, 1),
        place=Place(FILE, 2, 3),
        ahead=14,
        hours=(time(9, 30), time(17, 45)),
        escalation=Escalation(0, 7),
        dossiers=Dossiers.NONE,
        regions={"North": "A-05", "West": "A-07"},
        head_office="A-01",
        owners=("A-05", "A-01"),
        never=("Buy now.",),
    )


def test_where_only_the_region_hears_later_the_head_office_hears_no_sooner() -> None:
    programme, problems, _ = read("desk: {since: 2026-08-01, escalate: {region: 10 days}}")
    assert problems == []
    assert programme.desk is not None
    assert programme.desk.escalation == Escalation(10, 10)


@pytest.mark.parametrize("hours", ["10:00", "18:00-10:00", "10:00-10:00", "9-17", "25:00-26:00"])
def test_hours_that_are_none_are_told(hours: str) -> None:
    _, problems, _ = read(f"desk: {{since: 2026-08-01, hours: {hours!r}}}")
    assert [str(problem) for problem in problems] == [
        f"{FILE}:1:34: 'hours' can't be '{hours}'\nhint: write when the day begins and ends, like 10:00-18:00"
    ]
