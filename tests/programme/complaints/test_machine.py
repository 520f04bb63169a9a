"""The nine steps of a complaint: none is skipped, each is shown, and nobody is turned away without an opinion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model.complaint_desk import ComplaintDesk, Route, Step, Taken
from sitegen.programme.complaints.machine import (
    STEPS,
    Bounds,
    Closed,
    Complaint,
    Open,
    Refused,
    Rules,
    SecondChance,
    Unproven,
    case,
    refusal,
    walked,
)

OPENED = date(2026, 9, 1)
TODAY = date(2026, 9, 20)
MANAGERS = frozenset({"A-05"})
BOUNDS = Bounds(OPENED, TODAY, MANAGERS)
WORDS = "she told us about the seam"
OPINION = "we stand by the price, and thank you"
COMPLAINT = Complaint("B-1", OPENED, "quality")
RULES = Rules(ComplaintDesk(), TODAY, MANAGERS, since=date(2026, 8, 1))


def took(step: Step, day: int = 1) -> Taken:
    content = True if step is Step.RESULT else None
    return Taken(step, date(2026, 9, day), "A-01", WORDS, satisfied=content)


def first(count: int, day: int = 1) -> tuple[Taken, ...]:
    return tuple(took(step, day) for step in STEPS[:count])


def test_a_complaint_that_just_came_wants_somebody_to_listen_the_same_day() -> None:
    assert case(COMPLAINT, [], replace(RULES, today=OPENED)).state == Open(Step.LISTEN, OPENED, 0)


def test_each_step_is_due_so_many_days_after_the_one_before_it() -> None:
    found = case(COMPLAINT, [took(Step.LISTEN, 2), took(Step.TALK, 3), took(Step.APOLOGISE, 3)], RULES)

    assert found.state == Open(Step.ANALYSE, due=date(2026, 9, 5), late=15)


def test_a_step_that_is_due_today_is_not_late() -> None:
    found = case(COMPLAINT, first(3, day=18), RULES)

    assert found.state == Open(Step.ANALYSE, due=TODAY, late=0)


def test_the_shop_may_set_its_own_days() -> None:
    desk = ComplaintDesk(days={**ComplaintDesk().days, Step.TALK: 9})

    found = case(COMPLAINT, first(1, day=20), replace(RULES, desk=desk))

    assert found.state == Open(Step.TALK, due=date(2026, 9, 29), late=0)


def test_a_complaint_is_closed_when_all_nine_steps_were_taken() -> None:
    found = case(COMPLAINT, first(9, day=7), RULES)

    assert (found.state, found.taken, found.refused) == (Closed(date(2026, 9, 7), satisfied=True), first(9, 7), ())


@pytest.mark.parametrize("missing", STEPS[:-1])
def test_without_a_step_nothing_after_it_counts(missing: Step) -> None:
    steps = [step for step in first(9) if step.step is not missing]

    found = case(COMPLAINT, steps, RULES)

    at = STEPS.index(missing)
    assert found.taken == first(at)
    assert found.refused == tuple(
        Refused(step, f"'{missing}' comes before '{step.step}', and no step is skipped") for step in steps[at:]
    )
    assert isinstance(found.state, Open)
    assert found.state.next is missing


def test_what_happens_after_today_is_not_known_yet() -> None:
    found = case(COMPLAINT, [took(Step.LISTEN, 1), took(Step.TALK, 21)], RULES)

    assert (found.taken, found.refused) == (first(1), ())


@pytest.mark.parametrize(
    ("step", "why"),
    [
        (replace(took(Step.LISTEN), on=date(2026, 9, 21)), "can't be done on 2026-09-21: that day is still to come"),
        (replace(took(Step.LISTEN), on=date(2026, 8, 31)), "the complaint came on 2026-09-01"),
        (replace(took(Step.LISTEN), evidence="done, of course"), "'listen' has no evidence"),
        (replace(took(Step.LISTEN), evidence="缝线在第二次"), "'listen' has no evidence"),
        (replace(took(Step.LISTEN), evidence=""), "(8 Chinese characters)"),
        (took(Step.TALK), "'listen' comes before 'talk', and no step is skipped"),
    ],
)
def test_a_first_step_is_refused_with_its_reason(step: Taken, why: str) -> None:
    assert why in refusal((), step, BOUNDS)


@pytest.mark.parametrize("evidence", ["she told us everything", "缝线在第二次洗后", "洗了两次 seam opened", "4 3 2 1"])
def test_four_words_or_eight_chinese_characters_are_evidence(evidence: str) -> None:
    assert refusal((), replace(took(Step.LISTEN), evidence=evidence), BOUNDS) == ""


def test_no_step_goes_back_in_time_and_none_is_taken_twice() -> None:
    taken = (took(Step.LISTEN, 4),)

    assert refusal(taken, took(Step.TALK, 3), BOUNDS) == (
        "'talk' can't be done on 2026-09-03: 'listen' was done on 2026-09-04"
    )
    assert refusal(taken, took(Step.LISTEN, 5), BOUNDS) == "'listen' was taken already, on 2026-09-04"
    assert refusal(taken, took(Step.TALK, 4), BOUNDS) == ""


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"satisfied": None}, "'result' must say whether the customer is content: 'satisfied' is yes or no"),
        ({"satisfied": False}, "needs the final opinion of a manager: 'opinion_by' is empty"),
        ({"satisfied": False, "opinion_by": "A-01", "opinion": OPINION}, "'A-01' gives no final opinions"),
        ({"satisfied": False, "opinion_by": "A-05", "opinion": "no"}, "'opinion' has not at least 4 words"),
    ],
)
def test_a_result_says_whether_it_contents_and_nobody_is_turned_away_without_an_opinion(
    changes: dict[str, object], why: str
) -> None:
    assert why in refusal(first(7), replace(took(Step.RESULT), **changes), BOUNDS)  # type: ignore[arg-type]


def test_a_result_that_contents_nobody_goes_on_with_a_managers_opinion() -> None:
    result = replace(took(Step.RESULT), satisfied=False, opinion_by="A-05", opinion=OPINION)
    anybodys = replace(result, opinion_by="A-01")

    assert refusal(first(7), result, BOUNDS) == ""
    assert refusal(first(7), anybodys, replace(BOUNDS, managers=frozenset())) == ""


def test_what_the_row_claims_and_nobody_shows_is_without_evidence() -> None:
    claimed = replace(COMPLAINT, claimed=Step.ANALYSE)

    assert case(claimed, [], RULES).claimed is Step.ANALYSE
    assert case(claimed, first(3), RULES).claimed is Step.ANALYSE
    assert case(claimed, first(4), RULES).claimed is None


def test_what_was_settled_before_the_desk_began_is_left_in_peace() -> None:
    old = Complaint("B-0", date(2026, 7, 1), claimed=Step.RESULT, solved_on=date(2026, 7, 9))

    assert case(old, [], RULES).state == Unproven(date(2026, 7, 9))
    assert case(old, [], replace(RULES, today=date(2026, 7, 8))).state == Open(Step.LISTEN, date(2026, 7, 1), 7)
    assert case(replace(old, opened_on=date(2026, 8, 1)), [], RULES).state == Open(Step.LISTEN, date(2026, 8, 1), 50)
    assert case(old, first(1), RULES).state == Open(Step.TALK, date(2026, 9, 2), 18)


def test_whoever_was_not_content_is_asked_again_too() -> None:
    unhappy = replace(took(Step.RESULT, 3), satisfied=False, opinion_by="A-05", opinion=OPINION)
    steps = (*first(7, 2), unhappy, took(Step.FEEDBACK, 9))

    found = case(COMPLAINT, steps, replace(RULES, today=date(2026, 10, 5)))

    assert (found.state, found.again) == (Closed(date(2026, 9, 9), False), SecondChance(date(2026, 10, 3), 2))


def test_a_second_chance_is_over_when_somebody_spoke_with_the_customer_after_the_feedback() -> None:
    steps = (*first(8, 2), took(Step.FEEDBACK, 9))

    assert case(replace(COMPLAINT, spoken_on=date(2026, 9, 9)), steps, RULES).again == SecondChance(
        date(2026, 10, 2), 0
    )
    assert case(replace(COMPLAINT, spoken_on=date(2026, 9, 10)), steps, RULES).again is None


def test_a_feedback_as_late_as_the_second_chance_is_one() -> None:
    quick = replace(RULES, desk=ComplaintDesk(second_chance=5))

    assert case(COMPLAINT, (*first(8, 2), took(Step.FEEDBACK, 7)), quick).again is None
    assert case(COMPLAINT, (*first(8, 2), took(Step.FEEDBACK, 6)), quick).again == SecondChance(date(2026, 9, 7), 13)


def test_a_factor_goes_to_the_head_office_or_stays_in_the_region_unless_the_row_says_so() -> None:
    desk = replace(RULES, desk=ComplaintDesk(head_office=("quality",)))

    assert case(COMPLAINT, [], desk).route is Route.HEAD_OFFICE
    assert case(replace(COMPLAINT, factor="attitude"), [], desk).route is Route.REGION
    assert case(replace(COMPLAINT, routed=Route.REGION), [], desk).route is Route.REGION


# The oracle looks at a whole history at once, and knows nothing of "next".

attempts = st.builds(
    Taken,
    step=st.sampled_from(STEPS),
    on=st.integers(-2, 22).map(lambda days: OPENED + timedelta(days=days)),
    adviser_id=st.just("A-01"),
    evidence=st.sampled_from(["", "done", "we did it", WORDS, "她说缝线开了两处", "她说缝线开了两"]),
    satisfied=st.sampled_from([True, False, None]),
    opinion_by=st.sampled_from(["", "A-05", "A-01"]),
    opinion=st.sampled_from(["", "no", OPINION]),
)
NAMES = "listen talk apologise analyse explain process compensate result feedback"


def is_lawful(history: Sequence[Taken]) -> bool:
    names = [one.step.value for one in history]
    days = [OPENED, *(one.on for one in history), TODAY]
    return (
        NAMES.split()[: len(history)] == names
        and days == sorted(days)
        and all(one.evidence in {WORDS, "她说缝线开了两处"} for one in history)
        and all(
            one.satisfied is True or (one.satisfied is False and (one.opinion_by, one.opinion) == ("A-05", OPINION))
            for one in history
            if one.step.value == "result"
        )
    )


def on_the_way(draws: st.DrawFn) -> list[Taken]:
    """Attempts of which many are what should come next, so that long histories are met at all."""
    found: list[Taken] = []
    at = 0
    for attempt in draws(st.lists(attempts, max_size=25)):
        good = draws(st.booleans())
        found.append(took(STEPS[min(at, 8)], day=1 + at) if good else attempt)
        at += good
    return found


@given(st.composite(on_the_way)())
@settings(max_examples=400, deadline=None)
def test_a_step_is_taken_exactly_when_the_whole_history_stays_lawful(tried: list[Taken]) -> None:
    history: tuple[Taken, ...] = ()
    for attempt in tried:
        assert (refusal(history, attempt, BOUNDS) == "") is is_lawful([*history, attempt])
        if refusal(history, attempt, BOUNDS) == "":
            history = (*history, attempt)

    assert [one.step for one in history] == list(STEPS[: len(history)])


@given(st.lists(attempts, max_size=12, unique_by=lambda one: one.step))
@settings(max_examples=200, deadline=None)
def test_what_stands_in_the_table_counts_as_far_as_it_is_lawful_and_no_further(stored: list[Taken]) -> None:
    taken, refused = walked(stored, BOUNDS)

    assert is_lawful(taken)
    assert sorted(map(repr, (*taken, *(one.step for one in refused)))) == sorted(map(repr, stored))
    beyond = [one for one in stored if len(taken) < 9 and one.step is STEPS[len(taken)]]
    assert not any(is_lawful([*taken, one]) for one in beyond)
