"""Why a duty is there, in the words of its rule."""

from __future__ import annotations

import pytest

from sitegen.programme.duties.words import deadline, why
from tests.programme.duties.little_desk import rules


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("for each: orders, with: {amount: more than 2000}", "an order with amount more than 2000"),
        ("for each: orders, with: {amount: at least 5, gift: yes}", "an order with amount at least 5 and gift yes"),
        ("for each: orders, day: delivered_on, with: {rush: yes}", "an order with rush yes, by delivered on"),
        ("for each: orders, weather: rain", "an order, on a day of rain"),
        ("for each: referrals", "a referral"),
        ("for each: referrals, whom: referred", "a referral, for the referred"),
        ("for each: attendances", "an invitation to a gathering"),
        ("for each: consents", "a row of consents"),
        ("crossed: {sum of: orders.amount, at: 1000}", "the sum of orders.amount reached 1000 within a calendar year"),
        (
            "crossed: {sum of: orders.amount, at: [1000, 2500.50, 3000], each: ever, where: {gift: yes}}",
            "the sum of orders.amount with gift yes reached 1000, 2500.5 or 3000",
        ),
        (
            "top: {sum of: orders.amount, count: 3, on: 01-10, per: store}",
            "among the first 3 in the store by the sum of orders.amount in the calendar year that ended",
        ),
        (
            "top: {sum of: orders.amount, on: 01-10}",
            "the first by the sum of orders.amount in the calendar year that ended",
        ),
        ("every: 6 months", "it is 6 months since the last time, or since the first order"),
        ("every: 1 year", "it is 1 year since the last time, or since the first order"),
        ("why: you chose so much, for each: orders", "you chose so much"),
    ],
)
def test_the_shops_words_win_else_the_rule_speaks(rule: str, words: str) -> None:
    (duty,) = rules(f"- {{name: one, what: call, within: 7 days, {rule}}}")
    assert why(duty) == words


@pytest.mark.parametrize(
    ("times", "words"),
    [
        ("within: the same day", "the same day"),
        ("within: 0 days", "the same day"),
        ("within: 1 week", "within 1 week"),
        ("within: 7 days, after: 2 days", "within 7 days, from 2 days after"),
        ("within: the same day, after: 1 month", "1 month after"),
    ],
)
def test_a_deadline_is_said_as_the_rule_says_it(times: str, words: str) -> None:
    (duty,) = rules(f"- {{name: one, what: call, for each: orders, {times}}}")
    assert deadline(duty) == words
