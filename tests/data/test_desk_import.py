"""What advisers wrote down of their duties is held against the duty, the customer and the rules before it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from sitegen.data.engine import Engine, open_customers
from sitegen.data.imports.desk import Owed, results
from sitegen.data.imports.export_file import read_export
from sitegen.data.imports.house_file import Told
from sitegen.errors import Mistakes
from sitegen.model.duty import Act, Duty, Every, ForEach, Span
from sitegen.model.ledger import DeskWord, Form
from sitegen.model.rule import Unit
from sitegen.model.table import STANDARD
from sitegen.model.tree import Place
from tests.plain_shop import SHOP

TODAY = date(2026, 9, 30)
FILES = {
    "customers": "customer_id\nC-1\nC-2\nC-3\n",
    "advisers": "adviser_id,first_name\nA-1,Ada\nA-2,Ben\n",
    "duty_results": "duty,subject,customer_id,day,result\n",
}
WEEK = Span(7)
ORDERS = ForEach("orders", (), "ordered_at", "customer_id")
HERE = Place("content/programme/duties.yaml", 1)


def rule(name: str, act: Act, trigger: ForEach | Every = ORDERS) -> Duty:
    return Duty(name, name, act, trigger, WEEK, HERE, asks=("liked", "comfortable", "washing_question"))


DUTIES = {
    duty.name: duty
    for duty in (
        rule("big-order", Act.CALL),
        rule("tea", Act.VISIT, Every(Span(6, Unit.MONTHS))),
        rule("umbrella", Act.TASK),
        rule("thanks", Act.LETTER),
    )
}
INSTANCES = (
    ("big-order", "O-1", "C-1", date(2026, 9, 20)),
    ("big-order", "O-2", "C-2", date(2026, 9, 21)),
    ("tea", "C-3@2026-03-01", "C-3", date(2026, 9, 1)),
    ("umbrella", "L-1", "C-2", date(2026, 9, 20)),
    ("thanks", "C-1@1000@2026", "C-1", date(2026, 9, 20)),
)
HEAD = "duty,subject,customer_id,adviser_id,day,channel,outcome,liked,comfortable,washing_question,appointment_at,note,routed_to,excuse"  # noqa: E501


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    root = tmp_path_factory.mktemp("desk")
    (root / "customers").mkdir()
    for table, text in FILES.items():
        (root / "customers" / f"{table}.csv").write_text(text)
    with open_customers(root, SHOP) as opened:
        types = {"duty": "string", "subject": "string", "customer_id": "string", "began": "date"}
        opened.take("instances", types, INSTANCES)
        yield opened


def taken(engine: Engine, folder: Path, *lines: str, head: str = HEAD, told: dict[str, str] | None = None) -> Told:
    path = folder / "results.csv"
    path.write_bytes("\n".join((head, *lines, "")).encode())
    instances = engine.connection.table("instances")
    owed = Owed(DUTIES, instances, STANDARD.table("contacts"), told or {})
    return results(engine, owed, read_export(path, path.name), TODAY)


def reasons(told: Told) -> list[str]:
    return [one.reason for one in told.rejected]


def test_a_row_becomes_a_word_in_the_customer_files_spelling(engine: Engine, tmp_path: Path) -> None:
    told = taken(
        engine,
        tmp_path,
        "big-order,O-1,C-1,A-1,2026-09-22,Call,open question,ja,Y,Wool at 40°?,2026-09-25 14:30,Glad.,Head Office,",
        "umbrella,L-1,,A-2,22.9.2026,,,,,,,brought back,,",
    )
    assert reasons(told) == []
    assert told.words == (
        DeskWord(
            Form.RESULT,
            "C-1",
            "big-order/O-1",
            {
                "adviser_id": "A-1",
                "day": "2026-09-22",
                "channel": "call",
                "outcome": "open-question",
                "liked": "yes",
                "comfortable": "yes",
                "washing_question": "Wool at 40°?",
                "appointment_at": "2026-09-25 14:30",
                "note": "Glad.",
                "routed_to": "head-office",
                "result": "done",
            },
        ),
        DeskWord(
            Form.RESULT,
            "C-2",
            "umbrella/L-1",
            {"adviser_id": "A-2", "day": "2026-09-22", "note": "brought back", "result": "done"},
        ),
    )


def test_what_is_not_done_yet_is_only_counted(engine: Engine, tmp_path: Path) -> None:
    told = taken(engine, tmp_path, "big-order,O-1,C-1,A-1,,,,,,,,,,", "big-order,O-2,C-2,A-1,,call,,,,,,,,")
    assert (told.read, told.words, told.rejected, told.waiting) == (2, (), (), 2)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (
            "big-oder,O-1,C-1,A-1,2026-09-22,call,reached,,,,,,,",
            "there is no duty 'big-oder': did you mean 'big-order'?",
        ),
        ("big-order,O-9,C-1,A-1,2026-09-22,call,reached,,,,,,,", "'big-order' is owed to nobody because of 'O-9'"),
        (
            "big-order,O-1,C-2,A-1,2026-09-22,call,reached,,,,,,,",
            "'big-order' for 'O-1' is owed to 'C-1', not 'C-2'",
        ),
        (
            "big-order,O-1,C-8,A-1,2026-09-22,call,reached,,,,,,,",
            "'big-order' for 'O-1' is owed to 'C-1', not 'C-8'; 'customer_id' is 'C-8', which is not in customers",
        ),
        (
            "big-order,O-1,C-1,A-9,2026-09-22,call,reached,,,,,,,",
            "'adviser_id' is 'A-9', which is not in advisers",
        ),
        ("big-order,O-1,C-1,,2026-09-22,call,reached,,,,,,,", "'adviser_id' is empty"),
        ("big-order,,C-1,A-1,2026-09-22,call,reached,,,,,,,", "'subject' is empty"),
        (",O-1,C-1,A-1,2026-09-22,call,reached,,,,,,,", "'duty' is empty"),
        ("big-order,O-1,C-1,A-1,2026-10-01,call,reached,,,,,,,", "2026-10-01 is still to come"),
        (
            "big-order,O-1,C-1,A-1,2026-09-19,call,reached,,,,,,,",
            "on 2026-09-19 it was nobody's duty yet: it began on 2026-09-20",
        ),
        ("big-order,O-1,C-1,A-1,9/22/2026,call,reached,,,,,,,", "'day' is '9/22/2026', not a date like 2026-09-25"),
        ("big-order,O-1,C-1,A-1,,call,reached,,,,,,,", "'day' is empty: when was it?"),
        ("big-order,O-1,C-1,A-1,2026-09-22,,reached,,,,,,,", "'channel' is empty: call?"),
        (
            "big-order,O-1,C-1,A-1,2026-09-22,telephone,reached,,,,,,,",
            "'channel' cannot be 'telephone': allowed are call, visit, mail, text, card, shop",
        ),
        (
            "big-order,O-1,C-1,A-1,2026-09-22,call,fine,,,,,,,",
            "'outcome' cannot be 'fine': allowed are reached, not-reached, open-question, appointment, answered",
        ),
        ("big-order,O-1,C-1,A-1,2026-09-22,call,,,,,,,,", "'outcome' is empty: was the customer reached?"),
        ("big-order,O-1,C-1,A-1,2026-09-22,call,reached,quite,,,,,,", "'liked' is 'quite', not yes or no"),
        (
            "big-order,O-1,C-1,A-1,2026-09-22,call,reached,,,,next week,,,",
            "'appointment_at' is 'next week', not a date and time like 2026-09-25 14:30",
        ),
        (
            "big-order,O-1,C-1,A-1,2026-09-22,call,reached,,,,2026-09-21 14:30,,,",
            "the appointment, 2026-09-21 14:30, is before the day of the contact",
        ),
        (
            "big-order,O-1,C-1,A-1,,,,,,,,,,no time",
            "'no time' is no reason to excuse a duty: say why, in 3 words at least",
        ),
        (
            "big-order,O-1,C-1,A-1,2026-09-22,call,reached,,,,,,,she moved to Peru",
            "the row says that it was done and why it was not: leave the excuse out, or the contact",
        ),
        ("big-order,O-1,C-1,A-1,2026-09-22,call", "6 cells, but the first line names 14 columns"),
    ],
)
def test_what_cannot_be_is_told_with_its_reason(engine: Engine, tmp_path: Path, line: str, reason: str) -> None:
    told = taken(engine, tmp_path, line)
    assert (told.words, reasons(told)) == ((), [reason])


def test_an_excuse_needs_no_day_and_may_come_after_a_vain_call(engine: Engine, tmp_path: Path) -> None:
    told = taken(
        engine,
        tmp_path,
        "big-order,O-1,C-1,A-1,,,,,,,,,,she moved to Peru",
        "big-order,O-2,C-2,A-1,2026-09-22,call,not reached,,,,,,,客户已经搬走了",
    )
    assert reasons(told) == []
    assert [word.fields for word in told.words] == [
        {"adviser_id": "A-1", "excuse": "she moved to Peru", "result": "excused"},
        {
            "adviser_id": "A-1",
            "day": "2026-09-22",
            "channel": "call",
            "outcome": "not-reached",
            "excuse": "客户已经搬走了",
            "result": "excused",
        },
    ]


def test_a_vain_call_and_another_way_leave_the_duty_open_and_only_the_other_way_is_told(
    engine: Engine, tmp_path: Path
) -> None:
    told = taken(
        engine,
        tmp_path,
        "big-order,O-1,C-1,A-1,2026-09-22,call,not-reached,,,,,,,",
        "big-order,O-2,C-2,A-1,2026-09-22,mail,,,,,,,,",
        "thanks,C-1@1000@2026,C-1,A-1,2026-09-22,card,,,,,,,,",
    )
    assert [word.fields["result"] for word in told.words] == ["tried", "tried", "done"]
    assert told.notices == ("kept as contacts, but a call is owed, so the duty stays open: C-2 (big-order O-2)",)


def test_an_open_question_without_a_time_is_taken_and_told(engine: Engine, tmp_path: Path) -> None:
    told = taken(engine, tmp_path, "big-order,O-1,C-1,A-1,2026-09-22,call,open-question,,,,,,,")
    assert [word.fields["result"] for word in told.words] == ["done"]
    assert told.notices == ("a question stayed open and a time must be arranged: C-1 (big-order O-1)",)


def test_the_same_contact_twice_in_a_file_is_told_and_a_second_try_is_another_one(
    engine: Engine, tmp_path: Path
) -> None:
    told = taken(
        engine,
        tmp_path,
        "big-order,O-1,C-1,A-1,2026-09-22,call,not-reached,,,,,,,",
        "big-order,O-1,C-1,A-1,2026-09-22,call,reached,yes,yes,no,,,,",
        "big-order,O-1,C-1,A-1,2026-09-22,call,reached,yes,yes,no,,,,",
    )
    assert [word.fields["result"] for word in told.words] == ["tried", "done"]
    assert "washing_question" not in told.words[1].fields
    assert reasons(told) == ["'big-order O-1' stands twice in this file, by the same adviser on the same day"]


def test_a_duty_that_is_gone_is_known_by_its_last_proof_or_by_what_the_ledger_has(
    engine: Engine, tmp_path: Path
) -> None:
    lines = (
        "tea,C-2@2026-02-28,C-2,A-1,2026-09-22,visit,reached,,,,,,,",
        "big-order,O-7,,A-1,2026-09-22,call,reached,,,,,,,",
    )
    told = taken(engine, tmp_path, *lines, told={"big-order/O-7": "C-3"})
    assert reasons(told) == []
    assert [(word.customer_id, word.about) for word in told.words] == [
        ("C-2", "tea/C-2@2026-02-28"),
        ("C-3", "big-order/O-7"),
    ]


def test_a_file_from_a_spreadsheet_is_read_as_it_is_saved(engine: Engine, tmp_path: Path) -> None:
    head = "\ufeff" + HEAD.replace(",", ";") + ";Customer's name"
    told = taken(engine, tmp_path, "big-order;O-1;C-1;A-1;2026/9/22;CALL;Reached;WAHR;是;;;'-- none;;;Ada\r", head=head)
    assert reasons(told) == []
    (word,) = told.words
    assert {name: word.fields[name] for name in ("day", "channel", "liked", "comfortable", "note")} == {
        "day": "2026-09-22",
        "channel": "call",
        "liked": "yes",
        "comfortable": "yes",
        "note": "-- none",
    }


def test_a_file_without_our_columns_is_no_list_of_the_desk(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(Mistakes) as caught:
        taken(engine, tmp_path, "x,y,z", head="duty,subjects,adviser_id,day,outcom,name")
    assert [(one.code, one.message, one.hint) for one in caught.value.problems] == [
        ("missing-column", "column 'subject' is missing: the desk's list has it", "did you mean 'subjects'?"),
        ("unknown-column", "unknown column 'outcom'", "did you mean 'outcome'?"),
    ]
