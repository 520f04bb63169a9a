"""What the desk wrote into the ledger stands in the next build's tables, goes with its customer and is exported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from sitegen.data.engine import Engine, open_customers
from sitegen.data.leaving.belongings import belongings, held_rows
from sitegen.data.ledger import belongings_of
from sitegen.data.remembered import with_ledger
from sitegen.errors import Unusable
from sitegen.model.column import Column, Kind
from sitegen.model.ledger import Form
from sitegen.model.table import STANDARD
from sitegen.send.ledger import forget, open_ledger
from sitegen.send.receiver.keeping import Letter, keep, keep_all
from tests.plain_shop import SHOP

FILES = {
    "customers": "customer_id\nA\nB\n",
    "advisers": "adviser_id,first_name\nW,Wen\n",
    "contacts": "contact_id,customer_id,at\nT-1,A,2026-09-01\n",
    "duty_results": "duty,subject,customer_id,day,result\nbig-order,O-1,A,2026-09-02,done\n",
    "complaints": "complaint_id,customer_id,opened_on,step,compensation,satisfied\n"
    "K-1,A,2026-09-01,listen,,\nK-2,B,2026-09-01,feedback,tea,no\nK-3,B,2026-09-01,,,\n",
    "complaint_steps": "complaint_id,step,done_on,evidence\nK-1,listen,2026-09-01,She told us of the seam.\n",
}
AT = "2026-09-03T22:30:00Z"
"""The day after, by the shop's clock."""


@contextmanager
def opened(root: Path, **columns: Column) -> Iterator[Engine]:
    (root / "customers").mkdir(exist_ok=True)
    for table, text in FILES.items():
        (root / "customers" / f"{table}.csv").write_text(text)
    own = [
        replace(one, columns=(*one.columns, *columns.values())) if one.name == "contacts" else one
        for one in STANDARD.tables
    ]
    shop = replace(SHOP, schema=replace(STANDARD, tables=tuple(own)))
    with open_customers(root, shop) as engine:
        yield with_ledger(engine, shop, root / "ledger.sqlite")


def rows(engine: Engine, table: str, *columns: str) -> list[tuple[Any, ...]]:
    found = engine.ask(engine.tables[table].select(columns))
    return sorted((tuple(row.values()) for row in found), key=str)


def result(about: str, who: str, at: str = AT, **fields: str) -> Letter:
    return Letter(Form.RESULT, who, "", about, {"adviser_id": "W", **fields}, at)


def step(complaint: str, name: str, day: str, at: str = AT, **fields: str) -> Letter:
    said = {"adviser_id": "W", "step": name, "done_on": day, "evidence": "What proves it.", **fields}
    return Letter(Form.STEP, "A", "", complaint, said, at)


def told(root: Path, *letters: Letter) -> list[str]:
    with open_ledger(root / "ledger.sqlite") as ledger:
        return [keep(ledger, letter) for letter in letters]


CALL: Mapping[str, str] = {"day": "2026-09-03", "channel": "call", "outcome": "reached", "result": "done"}


def test_a_result_is_a_contact_and_the_word_that_its_duty_is_done(tmp_path: Path) -> None:
    said = {
        **CALL,
        "outcome": "open-question",
        "liked": "yes",
        "comfortable": "no",
        "washing_question": "Wool?",
        "appointment_at": "2026-09-08 14:30",
        "note": "Glad.",
        "routed_to": "region",
        "Does the zip close?": "yes",
    }
    (number,) = told(tmp_path, result("big-order/O/7", "A", **said))
    assert number.startswith("D-")
    with opened(tmp_path) as engine:
        columns = [column.name for column in STANDARD.table("contacts").columns]
        (found,) = [row for row in rows(engine, "contacts", *columns) if row[0] == number]
        assert dict(zip(columns, found, strict=True)) == {
            "contact_id": number,
            "customer_id": "A",
            "adviser_id": "W",
            "at": date(2026, 9, 3),
            "channel": "call",
            "direction": "out",
            "subject": None,
            "outcome": "open-question",
            "liked": True,
            "comfortable": False,
            "washing_question": "Wool?",
            "appointment_at": datetime.fromisoformat("2026-09-08 14:30"),
            "note": "Glad.; Does the zip close? yes",
            "routed_to": "region",
        }
        assert rows(
            engine, "duty_results", "duty", "subject", "customer_id", "adviser_id", "day", "result", "reason"
        ) == [
            ("big-order", "O-1", "A", None, date(2026, 9, 2), "done", None),
            ("big-order", "O/7", "A", "W", date(2026, 9, 3), "done", None),
        ]


def test_a_vain_call_is_a_contact_only_and_an_excuse_no_contact(tmp_path: Path) -> None:
    told(
        tmp_path,
        result("big-order/O-2", "B", **{**CALL, "outcome": "not-reached", "result": "tried"}),
        result("big-order/O-3", "B", excuse="she moved to Peru", result="excused"),
    )
    with opened(tmp_path) as engine:
        assert rows(engine, "contacts", "customer_id", "at", "outcome") == [
            ("A", date(2026, 9, 1), None),
            ("B", date(2026, 9, 3), "not-reached"),
        ]
        assert rows(engine, "duty_results", "subject", "day", "result", "reason") == [
            ("O-1", date(2026, 9, 2), "done", None),
            ("O-3", date(2026, 9, 4), "excused", "she moved to Peru"),
        ]


def test_the_files_own_word_of_a_day_stands(tmp_path: Path) -> None:
    told(tmp_path, result("big-order/O-1", "A", day="2026-09-02", excuse="she moved to Peru", result="excused"))
    with opened(tmp_path) as engine:
        assert rows(engine, "duty_results", "subject", "result") == [("O-1", "done")]


def test_a_contact_that_is_told_again_with_more_is_one_contact_and_a_try_before_it_another(tmp_path: Path) -> None:
    numbers = told(
        tmp_path,
        result("big-order/O-2", "B", **{**CALL, "outcome": "not-reached", "result": "tried"}),
        result("big-order/O-2", "B", **CALL),
        result("big-order/O-2", "B", "2026-09-05T08:00:00Z", note="She called back.", **CALL),
        result("big-order/O-2", "B", "2026-10-05T08:00:00Z", **CALL),
    )
    assert numbers[1] == numbers[3]
    with opened(tmp_path) as engine:
        assert rows(engine, "contacts", "contact_id", "outcome", "note") == sorted(
            [("T-1", None, None), (numbers[0], "not-reached", None), (numbers[2], "reached", "She called back.")],
            key=str,
        )
        assert len(rows(engine, "duty_results", "subject")) == 2


def test_an_answer_to_a_question_of_the_shops_own_stands_in_its_own_column(tmp_path: Path) -> None:
    told(tmp_path, result("big-order/O-2", "B", warm="no", **CALL))
    with opened(tmp_path, warm=Column("warm", Kind.YES_NO, "is it warm enough")) as engine:
        assert rows(engine, "contacts", "customer_id", "warm", "note") == [("A", None, None), ("B", False, None)]


def test_steps_stand_beside_the_files_and_bring_their_complaint_forward(tmp_path: Path) -> None:
    numbers = told(
        tmp_path,
        step("K-1", "listen", "2026-09-02"),
        step("K-1", "talk", "2026-09-02"),
        step("K-1", "compensate", "2026-09-03", compensation="a cushion"),
        step("K-1", "result", "2026-09-03", satisfied="yes"),
        step("K-2", "result", "2026-09-03", satisfied="yes", compensation="a quilt"),
        step("K-3", "talk", "2026-09-03"),
    )
    assert {number[:2] for number in numbers} == {"P-"}
    with opened(tmp_path) as engine:
        assert rows(engine, "complaint_steps", "complaint_id", "step", "done_on", "adviser_id", "satisfied") == [
            ("K-1", "compensate", date(2026, 9, 3), "W", None),
            ("K-1", "listen", date(2026, 9, 1), None, None),
            ("K-1", "result", date(2026, 9, 3), "W", True),
            ("K-1", "talk", date(2026, 9, 2), "W", None),
            ("K-2", "result", date(2026, 9, 3), "W", True),
            ("K-3", "talk", date(2026, 9, 3), "W", None),
        ]
        columns = ("complaint_id", "step", "compensation", "solved_on", "satisfied")
        assert rows(engine, "complaints", *columns) == [
            ("K-1", "result", "a cushion", date(2026, 9, 3), True),
            ("K-2", "feedback", "tea", date(2026, 9, 3), False),
            ("K-3", "talk", None, None, None),
        ]


def test_a_step_of_a_complaint_that_came_by_the_receiver_brings_that_forward_too(tmp_path: Path) -> None:
    (number,) = told(tmp_path, Letter(Form.COMPLAINT, "A", "", "quality", {"words": "It shrank."}, AT))
    told(tmp_path, step(number, "listen", "2026-09-04"))
    with opened(tmp_path) as engine:
        assert (number, "listen") in rows(engine, "complaints", "complaint_id", "step")


def test_what_the_desk_said_of_a_customer_is_exported_and_goes_with_them(tmp_path: Path) -> None:
    numbers = told(tmp_path, result("big-order/O-2", "A", **CALL), step("K-1", "talk", "2026-09-02"))
    told(tmp_path, result("big-order/O-3", "B", **CALL))
    with opened(tmp_path) as engine:
        held = {table.name: found for table, found in held_rows(engine, STANDARD, belongings(engine, STANDARD, "A"))}
        assert {name: len(found) for name, found in held.items()} == {
            "customers": 1,
            "contacts": 2,
            "complaints": 1,
            "complaint_steps": 2,
            "duty_results": 2,
        }
    said = belongings_of(tmp_path / "ledger.sqlite", "A")["submissions"]
    assert sorted(row["number"] for row in said) == sorted(numbers)
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        forget(ledger, "A")
    assert belongings_of(tmp_path / "ledger.sqlite", "A") == {}
    with opened(tmp_path) as engine:
        assert rows(engine, "duty_results", "customer_id", "adviser_id") == [("A", None), ("B", "W")]
        assert rows(engine, "advisers", "adviser_id") == [("W",)]


def test_many_words_are_kept_together_or_not_at_all(tmp_path: Path) -> None:
    letters = [result("big-order/O-2", "B", **CALL), result("big-order/O-3", "B", **CALL)]
    with open_ledger(tmp_path / "ledger.sqlite") as ledger:
        with pytest.raises(TypeError):
            keep_all(ledger, [*letters, replace(letters[0], fields={"day": object()})])  # type: ignore[dict-item]
        assert ledger.connection.execute("SELECT count(*) FROM submissions").fetchone() == (0,)
        assert [keep_all(ledger, letters), keep_all(ledger, letters)] == [2, 0]


def test_a_damaged_day_is_named(tmp_path: Path) -> None:
    told(tmp_path, result("big-order/O-2", "B", **{**CALL, "day": "soon"}))
    named = pytest.raises(Unusable, match=r"the ledger 'ledger.sqlite' cannot be read: 'soon' is no day")
    with named, opened(tmp_path):
        pass
