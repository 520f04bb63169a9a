"""What advisers type is read as they mean it, or not at all; and a result is what its fields say of the act."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.column import Column, Kind, Table
from sitegen.model.duty import Act
from sitegen.model.table import STANDARD
from sitegen.programme.duties.outcomes import (
    Bounds,
    Result,
    Trouble,
    answer_columns,
    is_open,
    judged,
    result_of,
    wants_time,
)
from sitegen.programme.duties.typed import day, moment, word, yes_or_no
from sitegen.programme.duties.ways import CHANNELS

TODAY = date(2026, 9, 30)
CONTACTS = STANDARD.table("contacts")
USUAL = answer_columns(CONTACTS, ())
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
WAYS = CONTACTS.column("channel").allowed
ENDS = CONTACTS.column("outcome").allowed
SAID = st.fixed_dictionaries(
    {},
    optional={
        "day": st.dates(date(2026, 8, 1), date(2026, 10, 5)).map(str),
        "channel": st.sampled_from((*WAYS, "Call", "pigeon")),
        "outcome": st.sampled_from((*ENDS, "not reached", "fine")),
        "liked": st.sampled_from(("yes", "nein", "是", "perhaps")),
        "washing_question": st.sampled_from(("no", "Wool?")),
        "appointment_at": st.sampled_from(("2026-09-28 14:30", "2026-10-20T09:00", "soon")),
        "note": st.just("glad"),
        "routed_to": st.sampled_from(("region", "Head office", "nobody")),
        "excuse": st.sampled_from(("she moved to Peru", "no time", "客户已经搬走")),
    },
)


@given(
    DAYS,
    st.sampled_from(
        ("{0:%Y-%m-%d}", "{0:%Y}/{0.month}/{0.day}", "{0.day}.{0.month}.{0:%Y}", "{0:%Y}年{0.month}月{0.day}日")
    ),
)
def test_a_day_is_read_in_every_way_in_which_only_one_day_can_be_meant(on: date, form: str) -> None:
    spelled = form.format(on)
    assert day(spelled) == day(f" {spelled} 00:00:00") == on
    assert moment(spelled) is None
    assert moment(f"{spelled} 14:05") == moment(f"{spelled} 14:05:59") == datetime.combine(on, time(14, 5))


@pytest.mark.parametrize(
    "text", ["", "9/10/2026", "2026-09-31", "2026-9", "26-09-30", "2026-09-301", "30.09.26", "soon", "2026-09-30 soon"]
)
def test_what_is_no_day_or_two_days_is_none(text: str) -> None:
    assert day(text) is None
    assert moment(f"{text} 25:00") is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *((text, "yes") for text in ("Yes", "y", "JA", "是", "1", "TRUE", "WAHR", "ｙｅｓ")),
        *((text, "no") for text in ("No.", "n", "nein", "否", "没有", "0", "FALSE")),
        *((text, "") for text in ("perhaps", "")),
    ],
)
def test_yes_and_no_are_what_people_type(text: str, said: str) -> None:
    assert yes_or_no(text) == said


def test_a_word_is_known_however_its_parts_are_joined() -> None:
    assert [word(text, ENDS) for text in ("Not reached", "not_reached", " NOT-REACHED ", "unreached")] == [
        "not-reached",
        "not-reached",
        "not-reached",
        "",
    ]


@given(SAID, st.sampled_from(Act))
def test_a_result_that_is_taken_says_the_same_when_it_is_judged_again(said: dict[str, str], act: Act) -> None:
    bounds = Bounds(act, USUAL, TODAY)
    once = judged(said, bounds)
    if isinstance(once, tuple):
        assert once
        return
    assert judged({name: text for name, text in once.items() if name != "result"}, bounds) == once
    assert all(once.values())
    done = once["result"] == Result.DONE
    reached = once.get("outcome") != "not-reached"
    assert once.get("channel") not in ("call", "visit") or "outcome" in once
    fits = once.get("channel") in (CHANNELS.get(act) or WAYS) if act is not Act.TASK else True
    assert done == (reached and fits and "day" in once and "excuse" not in once)
    assert (once["result"] == Result.EXCUSED) == ("excuse" in once)
    if "day" in once:
        assert date.fromisoformat(once["day"]) <= TODAY


@pytest.mark.parametrize(
    ("act", "channel", "result"),
    [
        (Act.CALL, "call", Result.DONE),
        (Act.CALL, "visit", Result.TRIED),
        (Act.VISIT, "visit", Result.DONE),
        (Act.VISIT, "shop", Result.TRIED),
        (Act.MESSAGE, "call", Result.DONE),
        (Act.LETTER, "call", Result.TRIED),
        (Act.LETTER, "card", Result.DONE),
        (Act.CONTACT, "shop", Result.DONE),
        (Act.TASK, "", Result.DONE),
    ],
)
def test_only_the_way_that_a_duty_asks_for_does_it(act: Act, channel: str, result: Result) -> None:
    fields = {"day": "2026-09-29", "channel": channel, "outcome": "reached"}
    assert result_of(fields, act) is result
    assert result_of({**fields, "outcome": "not-reached"}, act) is Result.TRIED


def test_an_open_question_wants_a_time() -> None:
    assert wants_time({"outcome": "open-question"})
    assert not wants_time({"outcome": "open-question", "appointment_at": "2026-10-02 10:00"})
    assert not wants_time({"outcome": "reached"})


def test_nothing_is_done_where_only_who_and_a_note_are_written() -> None:
    assert is_open({"duty": "call", "note": "next week", "channel": "call"})
    assert not is_open({"liked": "yes"})


def test_all_that_is_wrong_is_told_at_once() -> None:
    said = {"day": "2026-10-01", "channel": "pigeon", "appointment_at": "soon", "liked": "so-so"}
    found = judged(said, Bounds(Act.CALL, USUAL, TODAY))
    assert isinstance(found, tuple)
    assert [(one.trouble, one.column, one.text) for one in found] == [
        (Trouble.FUTURE, "day", "2026-10-01"),
        (Trouble.BAD_WORD, "channel", "pigeon"),
        (Trouble.BAD_ANSWER, "liked", "so-so"),
        (Trouble.BAD_APPOINTMENT, "appointment_at", "soon"),
    ]


def test_answers_go_into_columns_of_words_or_of_yes_and_no() -> None:
    own = (
        Column("warm", Kind.YES_NO, "warm"),
        Column("steps", Kind.INTEGER, "steps"),
        Column("wish", Kind.TEXT, "wish"),
    )
    table = Table("contacts", "", ("contact_id",), (*CONTACTS.columns, *own))
    assert answer_columns(table, ("warm", "steps", "wish", "", "liked")) == {
        "liked": Kind.YES_NO,
        "comfortable": Kind.YES_NO,
        "washing_question": Kind.TEXT,
        "warm": Kind.YES_NO,
        "wish": Kind.TEXT,
    }
