"""Days that come back each year are greeted once in each year, whatever the calendar does."""

from datetime import date

import pytest

from sitegen.audience.plan.plan import decide
from sitegen.model.campaign import EveryYear
from tests.audience.little_shop import ask, campaign
from tests.audience.plan_cases import Case, customer, inputs, only

LEAP = only(
    customer("A", member_since=date(2024, 2, 29), birthday=date(1996, 2, 29)),
    customer("B", member_since=date(2023, 2, 28), birthday=date(1997, 2, 28)),
    customer("C", member_since=date(2023, 3, 1), birthday=date(1997, 3, 1)),
)


@pytest.mark.parametrize("fact", ["member since", "birthday"])
@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2026, {"A": "02-28", "B": "02-28", "C": "03-01"}),
        (2027, {"A": "02-28", "B": "02-28", "C": "03-01"}),
        (2028, {"A": "02-29", "B": "02-28", "C": "03-01"}),
    ],
)
def test_a_leap_day_is_kept_on_the_28th_of_a_common_year(fact: str, year: int, days: dict[str, str]) -> None:
    assert _greeted(fact, date(year, 2, 20), date(year, 3, 10)) == days


def test_a_lunar_birthday_at_the_years_end_comes_before_the_spring_festival() -> None:
    case = only(customer("A", lunar_birthday="12-30"), customer("B", lunar_birthday="01-01"))
    # The twelfth month has 29 days in the winter of 2026, so the 30th is kept on its last day.
    assert _greeted("lunar birthday", date(2026, 2, 1), date(2026, 3, 1), case) == {"A": "02-16", "B": "02-17"}


def test_a_leap_month_is_kept_where_there_is_one_and_else_in_the_plain_month() -> None:
    case = only(customer("A", lunar_birthday="06L-15"), customer("B", lunar_birthday="06-15"))
    july, august = date(2025, 6, 25), date(2025, 8, 22)
    assert _greeted("lunar birthday", july, august, case) == {"A": "08-08", "B": "07-09"}
    assert _greeted("lunar birthday", date(2026, 7, 1), date(2026, 8, 12), case) == {"A": "07-28", "B": "07-28"}


def _greeted(fact: str, first: date, last: date, case: Case = LEAP) -> dict[str, str]:
    """The day of each customer's greeting; a customer with two has them both."""
    wish = campaign("wish", timing=EveryYear(fact))
    lines = ask(decide(inputs(case, (wish,), first, last)).order_by("day"))
    told: dict[str, str] = {}
    for line in lines:
        before = told.get(line["customer_id"])
        told[line["customer_id"]] = f"{before} {line['day']:%m-%d}" if before else f"{line['day']:%m-%d}"
    return told
