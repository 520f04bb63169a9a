"""The facts of care: reviews, life stages, sharers, contacts, referrals, goodbyes, the weather."""

from datetime import date, timedelta
from typing import Any

import ibis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.audience.calendar.spans import month_of, shift
from sitegen.audience.facts.care_facts import care_facts
from sitegen.audience.facts.facts import facts
from sitegen.audience.facts.sharers import shares
from sitegen.audience.language.catalogue import CATALOGUE
from sitegen.audience.selection.membership import members
from sitegen.model.care import LATE, PREGNANCY
from sitegen.model.rule import Unit
from tests.audience.little_shop import TODAY, Row, ask, segments, table, tables
from tests.examples import examples

YESTERDAY, TOMORROW = TODAY - timedelta(1), TODAY + timedelta(1)


def told(today: date = TODAY, **rows: list[Row]) -> dict[str, Any]:
    """The facts of the one customer of a shop with these rows."""
    given: dict[str, list[Row]] = {"customers": [{"customer_id": "C-1"}], **rows}
    (row,) = ask(care_facts(tables(**given), today))
    return row


def rated(*orders: tuple[date, int | None], status: str | None = None) -> list[Row]:
    """Orders of the customer by day and stars."""
    return [
        {"order_id": str(number), "customer_id": "C-1", "ordered_at": day, "rating": stars, "status": status}
        for number, (day, stars) in enumerate(orders)
    ]


def test_of_who_left_nothing_only_what_is_always_known_is_told() -> None:
    row = told()
    assert {name: value for name, value in row.items() if value is not None} == {
        "customer_id": "C-1",
        "sharer": False,
        "lost": False,
        "times_referred": 0,
        "promises_open": 0,
    }


def test_every_fact_of_care_is_in_the_catalogue_with_its_kind_and_its_words() -> None:
    rows = tables(customers=[{"customer_id": "C-1"}])
    by_column = {fact.column: fact for fact in CATALOGUE.values()}
    schema = care_facts(rows, TODAY).schema()
    assert set(schema.names) - {"customer_id"} <= set(by_column) & set(facts(rows, (), None, TODAY).columns)
    kinds = {"integer": "int64", "text": "string", "yes/no": "boolean", "date": "date"}
    for name in schema.names:
        assert str(schema[name]) == kinds[by_column[name].kind], name


@pytest.mark.parametrize(
    ("stars", "review"), [(5, "positive"), (4, "positive"), (3, "neutral"), (2, "negative"), (1, "negative")]
)
def test_the_latest_evaluation_is_the_customers_word(stars: int, review: str) -> None:
    before, after = (YESTERDAY - timedelta(400), 6 - stars), (TOMORROW, 6 - stars)
    assert told(orders=rated(before, (YESTERDAY, stars), (TODAY, None), after))["review"] == review


def test_of_the_evaluations_of_one_day_the_worst_counts() -> None:
    assert told(orders=rated((TODAY, 5), (TODAY, 2), (TODAY, 4), (YESTERDAY, 1)))["review"] == "negative"
    assert told(orders=rated((TODAY, 5), (TODAY, 3), (YESTERDAY, 1)))["review"] == "neutral"


def test_who_ordered_and_never_gave_stars_is_silent() -> None:
    assert told(orders=rated((TODAY, None)))["review"] == "silent"
    assert told(orders=rated((TOMORROW, None)))["review"] is None
    assert told(orders=rated((TODAY, None), status="cancelled"))["review"] is None


def test_an_order_that_came_back_speaks_too() -> None:
    assert told(orders=rated((TODAY, 1), status="returned"))["review"] == "negative"


def test_an_open_complaint_makes_the_review_negative_until_it_is_solved() -> None:
    complaint: Row = {"complaint_id": "1", "customer_id": "C-1", "opened_on": TODAY, "solved_on": TOMORROW}
    orders = rated((YESTERDAY, 5))
    reviews = [told(day, orders=orders, complaints=[complaint])["review"] for day in (YESTERDAY, TODAY, TOMORROW)]
    assert reviews == ["positive", "negative", "positive"]
    assert told(complaints=[{**complaint, "solved_on": None}])["review"] == "negative"


@pytest.mark.parametrize(
    ("days_to_go", "month"),
    [
        (PREGNANCY, 1), (253, 1), (252, 2), (140, 6), (29, 9), (28, 10), (1, 10), (0, 10), (-LATE, 10),
        (PREGNANCY + 1, None), (-LATE - 1, None),
    ],
)  # fmt: skip
def test_a_pregnancy_has_ten_months_of_28_days(days_to_go: int, month: int | None) -> None:
    due = TODAY + timedelta(days_to_go)
    row = told(children=[{"child_id": "1", "customer_id": "C-1", "due_on": due}])
    assert (row["pregnancy_month"], row["next_due"]) == (month, due if month else None)


def test_a_child_that_has_come_is_no_longer_on_the_way() -> None:
    child: Row = {"child_id": "1", "customer_id": "C-1", "due_on": TOMORROW, "born_on": TODAY}
    assert told(children=[child])["pregnancy_month"] is None
    assert told(children=[child])["youngest_child_month"] == 0
    assert told(YESTERDAY, children=[child])["pregnancy_month"] == 10
    assert told(YESTERDAY, children=[child])["youngest_child_month"] is None


def test_of_several_children_the_next_and_the_youngest_count() -> None:
    due = [TODAY + timedelta(days) for days in (200, 20)]
    born = [date(2015, 1, 1), date(2025, 9, 9), None]
    children: list[Row] = [
        *({"child_id": f"due {day}", "customer_id": "C-1", "due_on": day} for day in due),
        *({"child_id": f"born {day}", "customer_id": "C-1", "born_on": day} for day in born),
    ]
    row = told(children=children)
    assert (row["next_due"], row["pregnancy_month"], row["youngest_child_month"]) == (due[1], 10, 11)


@examples(30)
@given(st.lists(st.dates(date(2024, 1, 1), date(2026, 12, 31)), min_size=1, max_size=12, unique=True), st.data())
def test_a_childs_months_are_those_that_a_calendar_counts(births: list[date], data: st.DataObject) -> None:
    latest = max(births)
    today = data.draw(st.dates(latest, latest + timedelta(800)).flatmap(lambda d: st.sampled_from([d, month_of(d)[1]])))
    people: list[Row] = [{"customer_id": str(day)} for day in births]
    children: list[Row] = [{"child_id": str(day), "customer_id": str(day), "born_on": day} for day in births]
    rows = ask(care_facts(tables(customers=people, children=children), today, ["youngest_child_month"]))
    counted = {row["customer_id"]: row["youngest_child_month"] for row in rows}
    assert counted == {str(day): _months(day, today) for day in births}


def _months(born: date, today: date) -> int:
    months = 0
    while shift(born, months + 1, Unit.MONTHS) <= today:
        months += 1
    return months


AT_WORK: list[Row] = [
    {"company_address": True},
    {"street": "Weberstraße 1, Lampen GmbH"},
    {"street": "LAMPEN GMBH & CO. KG, Weberstraße 1"},
    {"street": "c/o Studio Kaya, Weberstraße 1"},
    {"street": "Büro 4, Weberstraße 1"},
    {"street": "Weberstraße 1, BÜRO Nord"},
    {"street": "Acme Ltd., 3 Mill Hill"},
    {"street": "Office 12, 3 Mill Hill"},
    {"street": "锦绣贸易公司，青年路40号"},
    {"street": "青年路40号金茂大厦12层"},
    {"first_name": "Mr.", "last_name": "Brandt"},
    {"last_name": "Miss Lin"},
    {"last_name": "王先生"},
    {"first_name": "小姐", "last_name": "林"},
    {"phone": "+49 40 66969 100 ext. 12"},
    {"phone": "+49 40 66969-12"},
    {"phone": "021-62345678转8012"},
    {"company_address": False, "last_name": "王女士"},
]
AT_HOME: list[Row] = [
    {},
    {"company_address": False, "street": "Lampen GmbH, Weberstraße 1"},
    {"street": "Am Officersweg 3", "first_name": "Klaus", "last_name": "Herr"},
    {"street": "静安区愚园路361号502室", "first_name": "梅", "last_name": "林"},
    {"street": "Tagweg 3", "first_name": "Missy", "last_name": "Frauenfeld", "phone": "06-12-34-56-78"},
    {"street": "", "first_name": "", "last_name": "", "phone": ""},
    {"street": "12 Agincourt Road", "phone": "+1 212-555-0123"},
    {"phone": "+86 21 6234 5678"},
]


@pytest.mark.parametrize(("people", "expected"), [(AT_WORK, True), (AT_HOME, False)], ids=["at work", "at home"])
def test_who_has_parcels_sent_to_work_is_a_sharer(people: list[Row], expected: bool) -> None:
    customers = table("customers", [{"customer_id": str(number), **row} for number, row in enumerate(people)])
    told = {row["customer_id"]: row["sharer"] for row in ask(customers.select("customer_id", sharer=shares(customers)))}
    assert [row for number, row in enumerate(people) if told[str(number)] is not expected] == []


def contact(day: date, **more: object) -> Row:
    return {"contact_id": f"{day} {more}", "customer_id": "C-1", "at": day, **more}


def test_a_call_counts_where_the_shop_called_and_reached_the_customer() -> None:
    days = [TODAY - timedelta(number) for number in range(6)]
    contacts = [
        contact(TOMORROW, channel="call"),
        contact(days[0], channel="mail"),
        contact(days[1], channel="call", direction="in"),
        contact(days[2], channel="call", direction="out", outcome="not-reached"),
        contact(days[3]),
        contact(days[4], channel="call", direction="out", outcome="reached"),
        contact(days[5], channel="call"),
    ]
    row = told(contacts=contacts)
    assert (row["last_contact"], row["last_called"]) == (TODAY, days[4])
    row = told(contacts=[contacts[-1]])
    assert (row["last_contact"], row["last_called"]) == (days[5], days[5])


def test_referrals_are_counted_for_who_brought_the_others() -> None:
    brought: list[Row] = [
        {"referrer_id": "C-1", "referred_id": f"C-{number}", "day": YESTERDAY + timedelta(number)}
        for number in range(4)
    ]
    assert told(referrals=[*brought, {"referrer_id": "C-9", "referred_id": "C-1", "day": TODAY}])["times_referred"] == 2


def test_a_customer_is_lost_from_the_day_of_the_goodbye() -> None:
    lost = [
        told(TODAY, customers=[{"customer_id": "C-1", "lost_on": day}])["lost"] for day in (YESTERDAY, TODAY, TOMORROW)
    ]
    assert lost == [True, True, False]


RAINY = tables(
    customers=[
        {"customer_id": "C-1", "store_id": "hamburg"},
        {"customer_id": "C-2", "store_id": "suzhou"},
        {"customer_id": "C-3"},
    ],
    stores=[{"store_id": "hamburg", "name": "Hamburg", "region": "North"}, {"store_id": "suzhou", "name": "Suzhou"}],
    orders=[
        {"order_id": "1", "customer_id": "C-1", "ordered_at": TODAY, "amount": 1},
        {"order_id": "2", "customer_id": "C-2", "ordered_at": TODAY, "amount": 1},
    ],
    weather=[
        {"day": TODAY, "store_id": "hamburg", "condition": "rain"},
        {"day": YESTERDAY, "store_id": "hamburg", "condition": "clear"},
        {"day": YESTERDAY, "store_id": "suzhou", "condition": "rain"},
    ],
)


def test_the_weather_and_the_region_are_those_of_the_home_store() -> None:
    rows = ask(care_facts(RAINY, TODAY).order_by("customer_id").select("customer_id", "store_region", "weather"))
    assert [tuple(row.values()) for row in rows] == [
        ("C-1", "North", "rain"),
        ("C-2", None, None),
        ("C-3", None, None),
    ]


def test_who_came_through_the_rain_today_is_found_by_a_rule() -> None:
    found = segments("""
        segments:
          came-in-the-rain:
            all:
              - last order: is today
              - weather: is rain
    """)
    inside = members(found, facts(RAINY, (), None, TODAY), TODAY).filter(ibis._["came-in-the-rain"])
    assert [row["customer_id"] for row in ask(inside)] == ["C-1"]
