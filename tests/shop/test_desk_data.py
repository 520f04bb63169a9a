"""What the sample's advisers did is sound: steps in their order with evidence, and a proof for most duties."""

from __future__ import annotations

import re
from collections import defaultdict

from sitegen.model.desk_tables import STEPS
from tests.shop.places import Row
from tests.shop.test_generate import rows_of

MANAGERS = {"A-05", "A-07", "A-01"}
WITHOUT = {"B-061", "B-065"}
"""One complaint has just come; of the other the file claims more than anybody can show."""


def steps_of() -> dict[str, list[Row]]:
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows_of("complaint_steps"):
        found[row["complaint_id"]].append(row)
    return {one: sorted(rows, key=lambda row: STEPS.index(row["step"])) for one, rows in found.items()}


def says_something(text: str) -> bool:
    return len(text.split()) >= 4 or len(re.findall(r"[\u4e00-\u9fff]", text)) >= 8


def test_no_step_is_skipped_and_none_lies_before_the_one_before_it() -> None:
    complaints = {row["complaint_id"]: row for row in rows_of("complaints")}
    for number, rows in steps_of().items():
        days = [complaints[number]["opened_on"], *(row["done_on"] for row in rows), "2026-09-08"]
        assert tuple(row["step"] for row in rows) == STEPS[: len(rows)], number
        assert rows[-1]["step"] == complaints[number]["step"], number
        assert days == sorted(days), number


def test_each_step_has_evidence_and_who_is_not_content_heard_a_manager() -> None:
    for rows in steps_of().values():
        for row in rows:
            assert says_something(row["evidence"]), row
            assert (row["satisfied"] != "") == (row["step"] == "result"), row
            if row["satisfied"] == "no":
                assert row["opinion_by"] in MANAGERS, row
                assert says_something(row["opinion"]), row


def test_complaints_since_april_have_their_steps_but_two() -> None:
    since = {row["complaint_id"] for row in rows_of("complaints") if row["opened_on"] >= "2026-04-01"}
    assert since - steps_of().keys() == WITHOUT
    assert steps_of().keys() <= since


def test_two_apologies_are_nearly_the_same_and_no_others() -> None:
    words = {
        row["complaint_id"]: set(re.findall(r"\w+", row["evidence"].lower()))
        for row in rows_of("complaint_steps")
        if row["step"] == "apologise"
    }
    alike = {
        (one, other)
        for one in words
        for other in words
        if one < other and len(words[one] & words[other]) >= 0.7 * len(words[one] | words[other])
    }
    assert alike == {("B-056", "B-064")}


def test_lessons_name_nobody_and_every_factor_has_one() -> None:
    told = [row for row in rows_of("complaints") if row["lesson"]]
    names = {row[name] for row in rows_of("customers") for name in ("first_name", "last_name") if len(row[name]) > 3}
    assert len(told) == 10
    assert {row["factor"] for row in told} == {row["factor"] for row in rows_of("complaints")}
    assert not [row for row in told if set(re.findall(r"\w+", row["lesson"])) & names]
    assert not [row for row in told if re.search(r"[BCO]-\d", row["lesson"])]


def test_an_excuse_has_a_reason_and_what_is_done_needs_none() -> None:
    for row in rows_of("duty_results"):
        assert (row["result"] == "excused") == bool(row["reason"]), row
