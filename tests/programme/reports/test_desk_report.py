"""Duties and complaints at a glance: recomputed by hand, and against the rule that says how one duty stands."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.complaint_desk import ComplaintDesk, Step
from sitegen.model.duty import Act, Desk, Duty, Escalation, Every, Span
from sitegen.model.programme import Programme
from sitegen.model.tree import Place
from sitegen.programme.duties.standing import standing
from sitegen.programme.reports.work.desk import report
from sitegen.programme.reports.work.duty_counts import DutyCounts, duty_counts, standings, together
from tests.audience.little_shop import Row
from tests.examples import examples
from tests.programme.reports.small_ground import TODAY, alerts, ask, chart, customers, grid, ground, values

HERE = Place("duties.yaml", 1, 1)
DESK = Desk(since=date(2026, 8, 1), place=HERE, escalation=Escalation(region=2, head_office=7), owners=("A-1",))


def days(count: int) -> date:
    return TODAY - timedelta(days=count)


def rule(name: str, title: str) -> Duty:
    return Duty(name, title, Act.CALL, Every(Span(1)), Span(7), HERE)


PROGRAMME = Programme(
    desk=DESK, duties=(rule("call", "Call them"), rule("write", "Write")), complaint_desk=ComplaintDesk()
)


def duty(subject: str, due: date, name: str = "call", **more: Any) -> Row:
    usual = {"duty": name, "subject": subject, "customer_id": "C-1", "adviser_id": "A-1", "began": days(60), "due": due}
    return {**usual, **more}


DUTIES = [
    duty("1", days(-1)),
    duty("2", TODAY),
    duty("3", days(1)),
    duty("4", days(2)),
    duty("5", days(3)),
    duty("6", days(7)),
    duty("7", days(8)),
    duty("8", TODAY, "write", done_on=TODAY),
    duty("9", days(7), "write", done_on=days(6)),
    duty("10", days(8), "write", done_on=days(9)),
    duty("11", days(5), "write", void="the order came back"),
    duty("12", days(-3), began=days(-1)),
]


def test_late_duties_go_to_the_region_and_to_the_head_office() -> None:
    shop = ground(programme=PROGRAMME, duties=DUTIES)
    counts = duty_counts(shop, shop.last(8), "duty")
    call = DutyCounts(open=2, today=1, late=5, region=3, head_office=1, missed=4, longest=8)
    write = DutyCounts(in_time=1, done_late=1)
    assert counts == {"call": call, "write": write}
    both = DutyCounts(2, 1, 5, 3, 1, in_time=1, done_late=1, excused=0, missed=4, longest=8)
    assert (together(counts), together(counts).judged) == (both, 6)


def test_a_shop_without_duties_has_none() -> None:
    shop = ground(programme=PROGRAMME)
    assert (standings(shop), duty_counts(shop, shop.last(8), "duty")) == (None, {})


SOME_DAY = st.one_of(st.none(), st.integers(-2, 9).map(days))
SOME_DUTY = st.fixed_dictionaries(
    {
        "due": st.integers(-3, 9).map(days),
        "done_on": SOME_DAY,
        "excused_on": SOME_DAY,
        "void": st.one_of(st.none(), st.just("the order came back")),
    }
)


@examples(60)
@given(st.lists(SOME_DUTY, min_size=1, max_size=12))
def test_the_table_says_of_each_duty_what_the_rule_says(drawn: list[Row]) -> None:
    rows = [{**duty(str(number), TODAY), **one} for number, one in enumerate(drawn)]
    table = standings(ground(programme=PROGRAMME, duties=rows))
    assert table is not None
    told = {row["subject"]: row["standing"] for row in ask(table)}
    # What lies after today is not known yet, and the rule is never asked of it.
    known = [
        {**row, **{name: None if row[name] and row[name] > TODAY else row[name] for name in ("done_on", "excused_on")}}
        for row in rows
    ]
    assert told == {row["subject"]: standing(row, TODAY).value for row in known}


def complaint(number: int, opened: date, solved: date | None = None, content: bool | None = None) -> Row:
    return {
        "complaint_id": f"B-{number}",
        "customer_id": "C-1",
        "opened_on": opened,
        "solved_on": solved,
        "satisfied": content,
    }


def steps(number: int, first: date, count: int) -> list[Row]:
    """The first steps of a complaint, one a day."""
    return [
        {
            "complaint_id": f"B-{number}",
            "step": step.value,
            "done_on": first + timedelta(days=place),
            "evidence": "we listened to every word",
            "satisfied": True if step is Step.RESULT else None,
        }
        for place, step in enumerate(list(Step)[:count])
    ]


COMPLAINTS = [
    # Just come: listening is due today. Listened to a day ago: talking is due today. Four days ago: late by three.
    complaint(1, TODAY),
    complaint(2, days(1)),
    complaint(3, days(4)),
    # Through all nine steps: nobody has asked again 30 days after the result.
    complaint(4, days(40), days(33), True),
    complaint(5, days(39), days(31), False),
    # Settled before the desk began, and tomorrow's.
    complaint(6, days(364), days(360), True),
    complaint(7, days(-1)),
    complaint(8, days(400), days(370), True),
]
STEPS = [*steps(2, days(1), 1), *steps(3, days(4), 1), *steps(4, days(40), 9)]


def test_the_report_tells_what_waits_and_how_it_ended() -> None:
    shop = ground(
        programme=PROGRAMME, duties=DUTIES, customers=customers("C-1"), complaints=COMPLAINTS, complaint_steps=STEPS
    )
    found = report(shop)
    names = ("open", "late", "region", "head-office", "in-time")
    # How duties stood a month before is not kept.
    assert values(found, *names) == {
        "open": (2, None),
        "late": (5, None),
        "region": (3, None),
        "head-office": (1, None),
        # Of this month: 8 in time, 9 done late, 3 to 6 late; 7 and 10 were due in August.
        "in-time": (Decimal("16.7"), None),
    }
    assert values(
        found, "complaints-open", "complaints-late", "complaints-came", "days-to-solve", "solved-content"
    ) == {
        # B-5 was opened before the desk began and has a result: it is over.
        "complaints-open": (3, 0),
        "complaints-late": (1, 0),
        "complaints-came": (6, 3),
        # 7, 8 and 4 days; a month before, the 30 of B-8 were within the year too.
        "days-to-solve": (Decimal("6.3"), Decimal("12.3")),
        "solved-content": (Decimal("66.7"), Decimal("75.0")),
    }
    assert values(found, "second-chances") == {"second-chances": (1, 1)}
    assert grid(found, "duties").rows == (
        ("Call them", 2, 1, 5, 8, 3, 1, 0, 0, 0),
        ("Write", 0, 0, 0, None, 0, 0, 1, 1, 0),
    )
    assert grid(found, "steps").rows[:3] == (
        ("listen", 1, 0, None, TODAY),
        ("talk", 2, 1, 3, days(4)),
        ("apologise", 0, 0, None, None),
    )
    assert chart(found, "duties").says == "2 duties are in time, 5 late."
    assert chart(found, "steps").says == "3 complaints are on the way, 1 behind their time."
    assert found.answer == "7 duties wait, 5 of them late; 3 complaints are open, 1 behind their time."
    assert list(alerts(found)) == ["head-office", "complaints-late", "second-chances"]
