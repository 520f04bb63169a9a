"""A case to study names nobody."""

from __future__ import annotations

import pytest

from sitegen.programme.complaints.library import anonymous

NAMES = [("Jonas Emil", "Brandt"), ("月", "沈"), ("志远", "唐")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr Brandt waited, and Jonas too.", "Mr … waited, and … too."),
        ("Brandts and brandt are other words.", "Brandts and brandt are other words."),
        ("沈女士等了很久，唐志远没有看见；志远很难过。", "…等了很久，…没有看见；…很难过。"),
        ("沈静的一天，一月。", "沈静的一天，一月。"),
        ("Call +49 40 66969 100 or write to jonas@mail.example.com", "Call … or write to …"),
        ("It came on 2 May, order O-00123, after 14 days.", "It came on 2 May, order …, after 14 days."),
        ("Jonas Emil Brandt came.", "… came."),
    ],
)
def test_names_and_numbers_of_the_case_are_taken_out(text: str, expected: str) -> None:
    assert anonymous(text, NAMES, ("O-00123", "")) == expected
