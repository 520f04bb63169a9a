"""Advisers: the one in the file, else the closest by contacts, then by orders, then the store's first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sitegen.audience.facts.advisers import with_closest_adviser
from tests.audience.little_shop import TODAY, Row, ask, tables
from tests.examples import examples

ADVISERS: list[Row] = [
    {"adviser_id": "A-3", "first_name": "Cleo", "store_id": "S-1"},
    {"adviser_id": "A-2", "first_name": "Ben", "store_id": "S-1"},
    {"adviser_id": "A-1", "first_name": "Ada", "store_id": "S-2"},
    {"adviser_id": "A-0", "first_name": "Zoë"},
]


def contact(adviser: str | None, day: date = TODAY, who: str = "C-1") -> Row:
    return {"contact_id": f"{adviser}{day}", "customer_id": who, "adviser_id": adviser, "at": day}


def order(adviser: str | None, day: date = TODAY, who: str = "C-1", **more: Any) -> Row:
    return {"order_id": f"{adviser}{day}", "customer_id": who, "adviser_id": adviser, "ordered_at": day, **more}


def adviser_of(
    contacts: Sequence[Row] = (), orders: Sequence[Row] = (), today: date = TODAY, **customer: Any
) -> str | None:
    """Whom the one customer of a little shop has."""
    given_tables = tables(
        customers=[{"customer_id": "C-1", **customer}], contacts=[*contacts], orders=[*orders], advisers=ADVISERS
    )
    (row,) = ask(with_closest_adviser(given_tables, today)["customers"])
    found: str | None = row["adviser_id"]
    return found


def test_the_adviser_whom_the_file_names_stays() -> None:
    contacts = [contact("A-2", TODAY - timedelta(day)) for day in range(3)]
    assert adviser_of(contacts, adviser_id="A-1", store_id="S-1") == "A-1"


def test_the_most_contacts_are_the_closest() -> None:
    contacts = [contact("A-2", TODAY - timedelta(30)), contact("A-2", TODAY - timedelta(20)), contact("A-1")]
    assert adviser_of(contacts, [order("A-3")], store_id="S-2") == "A-2"


def test_among_as_many_contacts_the_latest_decides_and_then_the_number() -> None:
    yesterday = TODAY - timedelta(1)
    assert adviser_of([contact("A-1", yesterday), contact("A-2")]) == "A-2"
    assert adviser_of([contact("A-2"), contact("A-1")]) == "A-1"


def test_what_happens_after_today_is_not_known_yet() -> None:
    later = [contact("A-2", TODAY + timedelta(1)), contact("A-2", TODAY + timedelta(2)), contact("A-1")]
    assert adviser_of(later) == "A-1"
    assert adviser_of(later, today=TODAY + timedelta(2)) == "A-2"
    assert adviser_of([], [order("A-2", TODAY + timedelta(1))]) is None


def test_without_contacts_the_orders_tell_and_those_that_were_sent_back_do_not() -> None:
    orders = [order("A-2", TODAY - timedelta(day), status="returned") for day in range(1, 4)]
    assert adviser_of([contact(None)], [*orders, order("A-1")], store_id="S-1") == "A-1"


def test_without_either_the_first_adviser_of_the_home_store_is_theirs() -> None:
    assert adviser_of(store_id="S-1") == "A-2"
    assert adviser_of(adviser_id=" ", store_id="S-2") == "A-1"
    assert adviser_of() is None


def test_everything_else_stays_as_it_was() -> None:
    given_tables = tables(
        customers=[{"customer_id": "C-1", "first_name": "Mei", "adviser_id": None}, {"customer_id": "C-2"}],
        contacts=[contact("A-1")],
        advisers=ADVISERS,
    )
    made = with_closest_adviser(given_tables, TODAY)
    assert made["customers"].schema() == given_tables["customers"].schema()
    assert {name: made[name] for name in ("contacts", "advisers")} == {
        name: given_tables[name] for name in ("contacts", "advisers")
    }
    rows = {row["customer_id"]: row for row in ask(made["customers"])}
    assert rows["C-1"] == {**dict.fromkeys(rows["C-1"]), "customer_id": "C-1", "first_name": "Mei", "adviser_id": "A-1"}
    assert rows["C-2"]["adviser_id"] is None


WHO = st.sampled_from(("C-1", "C-2", "C-3"))
ADVISER = st.sampled_from((None, "A-0", "A-1", "A-2", "A-3"))
DAY = st.integers(-3, 2).map(lambda days: TODAY + timedelta(days))


@examples(15)
@given(
    st.lists(st.builds(contact, ADVISER, DAY, WHO), max_size=12),
    st.lists(st.builds(order, ADVISER, DAY, WHO, status=st.sampled_from((None, "paid", "cancelled"))), max_size=8),
    st.lists(st.tuples(ADVISER, st.sampled_from((None, "S-1", "S-2"))), min_size=3, max_size=3),
)
def test_a_colleague_who_knows_everybody_would_name_the_same(
    contacts: list[Row], orders: list[Row], people: list[tuple[str | None, str | None]]
) -> None:
    customers: list[Row] = [
        {"customer_id": f"C-{number}", "adviser_id": adviser, "store_id": store}
        for number, (adviser, store) in enumerate(people, 1)
    ]
    made = with_closest_adviser(tables(customers=customers, contacts=contacts, orders=orders, advisers=ADVISERS), TODAY)
    bought = [row for row in orders if row["status"] != "cancelled"]
    assert {row["customer_id"]: row["adviser_id"] for row in ask(made["customers"])} == {
        row["customer_id"]: row["adviser_id"]
        or best(row["customer_id"], contacts, "at")
        or best(row["customer_id"], bought, "ordered_at")
        or {"S-1": "A-2", "S-2": "A-1"}.get(row["store_id"] or "")
        for row in customers
    }


def best(who: str, events: list[Row], day: str) -> str | None:
    """The adviser of the most events, the latest, the lowest number."""
    known = [row for row in events if row["customer_id"] == who and row["adviser_id"] and row[day] <= TODAY]
    numbers = Counter(row["adviser_id"] for row in known)
    latest = {
        row["adviser_id"]: max(one[day] for one in known if one["adviser_id"] == row["adviser_id"]) for row in known
    }
    return min(numbers, key=lambda name: (-numbers[name], -latest[name].toordinal(), name), default=None)
