"""Facts: what is reckoned for each customer, and what a shop reckons for itself."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import ibis
import pytest

from sitegen.audience.facts.facts import Scope, facts
from sitegen.audience.facts.rows import TYPES
from sitegen.audience.facts.values import values
from sitegen.audience.language.catalogue import CATALOGUE, catalogue_of
from sitegen.audience.language.events import event_facts
from sitegen.audience.reading.rules import parse_segments
from sitegen.audience.selection.membership import columns_asked
from sitegen.audience.selection.membership import members as members_of
from sitegen.model.column import Column, Kind, Table
from sitegen.model.field import FIELDS
from sitegen.model.people_tables import CUSTOMERS
from sitegen.model.rule import FactSpec
from sitegen.model.table import TABLES, Schema
from tests.audience.little_shop import TODAY, Row, ask, messages, parsed, tables, tree, typed

MEI: Row = {
    "customer_id": "C-1",
    "first_name": " Mei ",
    "last_name": "Lin",
    "salutation": "",
    "city": "上海市",
    "member_since": date(2019, 5, 6),
    "store_id": "shanghai",
    "adviser_id": "A-1",
}
SHOP = tables(
    customers=[MEI, {"customer_id": "C-2", "first_name": "梅", "last_name": "林"}],
    stores=[{"store_id": "shanghai", "name": "Lantern & Loom Shanghai", "city": "上海市"}],
    advisers=[{"adviser_id": "A-1", "first_name": "月", "last_name": "沈", "title": "Adviser", "phone": "+86 1"}],
    orders=[
        {"order_id": "1", "customer_id": "C-1", "ordered_at": date(2024, 1, 2), "amount": 100, "profit": 40},
        {"order_id": "2", "customer_id": "C-1", "ordered_at": date(2025, 9, 8), "amount": 50, "status": "delivered"},
        {"order_id": "3", "customer_id": "C-1", "ordered_at": date(2026, 9, 8), "amount": 50, "profit": 20},
        {"order_id": "4", "customer_id": "C-1", "ordered_at": date(2026, 9, 9), "amount": 999, "profit": 1},
        {"order_id": "5", "customer_id": "C-1", "ordered_at": date(2026, 9, 1), "amount": 999, "status": "returned"},
        {"order_id": "6", "customer_id": "C-1", "ordered_at": date(2026, 9, 1), "amount": 999, "status": "cancelled"},
    ],
    order_lines=[
        {"order_id": "1", "line": 1, "product_id": "p1", "quantity": 2},
        {"order_id": "1", "line": 2, "product_id": "p2", "quantity": 1},
        {"order_id": "3", "line": 1, "product_id": "p1", "quantity": 3},
        {"order_id": "4", "line": 1, "product_id": "p3", "quantity": 9},
        {"order_id": "5", "line": 1, "product_id": "p3", "quantity": 9},
    ],
    products=[
        {"product_id": "p1", "group": "linen"},
        {"product_id": "p2", "group": "beads"},
        {"product_id": "p3", "group": "throws"},
    ],
    complaints=[
        {"complaint_id": "1", "customer_id": "C-1", "opened_on": date(2026, 9, 1)},
        {"complaint_id": "2", "customer_id": "C-1", "opened_on": date(2026, 9, 1), "solved_on": TODAY},
        {"complaint_id": "3", "customer_id": "C-1", "opened_on": date(2026, 9, 1), "solved_on": date(2026, 9, 9)},
        {"complaint_id": "4", "customer_id": "C-1", "opened_on": date(2026, 9, 9)},
    ],
    survey_answers=[
        {"survey": "a", "customer_id": "C-1", "question": "q", "score": 1, "answered_on": date(2025, 1, 1)},
        {"survey": "b", "customer_id": "C-1", "question": "q", "score": 4, "answered_on": date(2026, 1, 1)},
        {"survey": "b", "customer_id": "C-1", "question": "r", "score": 5, "answered_on": date(2026, 1, 1)},
        {"survey": "c", "customer_id": "C-1", "question": "q", "score": 1, "answered_on": date(2026, 9, 9)},
    ],
    children=[{"child_id": "1", "customer_id": "C-1", "due_on": date(2026, 12, 1)}],
)


def rows(*own: FactSpec) -> list[dict[str, Any]]:
    """The facts of Mei and of somebody who never bought; where own ones are given, only those."""
    scope = Scope(frozenset(fact.column for fact in own) or None)
    return ask(facts(SHOP, own, None, TODAY, scope).order_by("customer_id"))


def test_facts_are_reckoned_as_of_the_day() -> None:
    mei, _ = rows()
    expected = {
        "orders": 3,
        "total_spent": Decimal("200.00"),
        "total_profit": Decimal("60.00"),
        "spent_last_year": Decimal("100.00"),
        "profit_last_year": Decimal("20.00"),
        "first_order": date(2024, 1, 2),
        "last_order": TODAY,
        "average_order": Decimal("66.67"),
        "products_bought": ["beads", "linen"],
        "complaints_open": 2,
        "satisfaction": Decimal("4.50"),
        "children": 1,
        "store_name": "Lantern & Loom Shanghai",
        "adviser_name": "沈月",
        "joined": date(2019, 5, 6),
    }
    assert {name: mei[name] for name in expected} == expected


def test_who_never_bought_has_counts_of_zero_and_no_days() -> None:
    _, nobody = rows()
    expected: dict[str, object] = {
        "orders": 0,
        "total_spent": 0,
        "profit_last_year": 0,
        "last_order": None,
        "average_order": None,
        "products_bought": [],
        "complaints_open": 0,
        "satisfaction": None,
        "children": 0,
        "store_name": None,
        "adviser_name": None,
        "tier": None,
        "points": None,
    }
    assert {name: nobody[name] for name in expected} == expected


def test_every_fact_of_the_catalogue_is_a_column_even_in_a_shop_with_customers_only() -> None:
    table = facts(tables(customers=[MEI]), (), None, TODAY)
    assert {fact.column for fact in CATALOGUE.values()} <= set(table.columns)
    assert ask(table)[0]["orders"] == 0


def test_the_programme_adds_its_facts() -> None:
    extra = typed(
        facts(SHOP, (), None, TODAY).select("customer_id", "tier", "points").schema(),
        [{"customer_id": "C-1", "tier": "Gold", "points": 12}],
    )
    told = ask(facts(SHOP, (), extra, TODAY).order_by("customer_id").select("customer_id", "tier", "points"))
    assert told == [
        {"customer_id": "C-1", "tier": "Gold", "points": 12},
        {"customer_id": "C-2", "tier": None, "points": None},
    ]


@pytest.mark.parametrize(
    ("definition", "value"),
    [
        ("{count of: orders}", 3),
        ("{sum of: orders.profit}", Decimal(60)),
        ("{sum of: orders.profit, within last: 365 days}", Decimal(20)),
        ("{sum of: orders.amount, where: {status: is returned}}", Decimal(999)),
        ("{count of: order_lines, where: {product.group: is linen}}", 2),
        ("{sum of: order_lines.quantity, where: {product.group: is linen}, within last: 2 weeks}", 3),
        ("{count of: order_lines, where: {product.group: 'one of [linen, beads]', quantity: at least 2}}", 2),
        ("{count of: complaints}", 3),
        ("{count of: survey_answers, where: {score: at least 4}}", 2),
        ("{count of: referrals}", 0),
    ],
)
def test_a_shop_counts_and_sums_over_its_rows(definition: str, value: object) -> None:
    _, (fact,), problems = parsed(f"facts: {{my own fact: {definition}}}")
    assert problems == ()
    mei, nobody = rows(fact)
    assert mei["my_own_fact"] == value
    assert nobody["my_own_fact"] == 0


LOOKING = tables(
    customers=[{"customer_id": "A"}, {"customer_id": "B"}],
    events=[
        {"event_id": "past", "title": "Tea", "starts_at": datetime.combine(date(2026, 9, 5), time(15))},
        {"event_id": "next", "title": "Moon", "starts_at": datetime.combine(date(2026, 9, 11), time(15))},
    ],
    attendances=[
        {"event_id": "past", "customer_id": "A", "status": "attended"},
        {"event_id": "next", "customer_id": "A", "status": "accepted"},
        {"event_id": "next", "customer_id": "B", "status": "declined"},
    ],
)


@pytest.mark.parametrize(
    ("event", "members"),
    [
        ("invited: {at least: 1}", ["A"]),
        ("invited: {at least: 1, within next: 7 days}", ["A", "B"]),
        ("invited: {before: 2027-01-01}", ["A"]),
        ("attended: {none}", ["B"]),
        ("accepted an invitation: {within next: 3 days}", ["A"]),
        ("invited: {within last: 2 days}", []),
        ("invited: {none, within last: 3 days}", ["B"]),
        ("invited: {with: {event.title: is Moon}, within next: 1 week}", ["A", "B"]),
    ],
)
def test_events_are_counted_by_their_days(event: str, members: list[str]) -> None:
    found, _, problems = parsed(f"segments: {{one: {{all: [{{{event}}}]}}}}")
    assert (problems, len(event_facts(found))) == ((), 1)
    scope = Scope(columns_asked(found))
    table = facts(LOOKING, event_facts(found), None, TODAY, scope)
    inside = members_of(found, table, TODAY)
    assert [row["customer_id"] for row in ask(inside.order_by("customer_id")) if row["one"]] == members


def test_only_wanted_facts_are_reckoned() -> None:
    table = facts(SHOP, (), None, TODAY, Scope(frozenset({"city", "orders", "adviser_name", "tier"})))
    assert ask(table.order_by("customer_id")) == [
        {"customer_id": "C-1", "city": "上海市", "adviser_name": "沈月", "orders": 3, "tier": None},
        {"customer_id": "C-2", "city": None, "adviser_name": None, "orders": 0, "tier": None},
    ]
    asked = str(ibis.to_sql(table, dialect="duckdb"))
    assert "survey_answers" not in asked
    assert asked.count("GROUP BY") == 1


def test_facts_over_one_table_are_reckoned_in_one_aggregation() -> None:
    _, own, problems = parsed("""
        facts:
          returns: {count of: orders, where: {status: is returned}}
          web: {sum of: orders.amount, within last: 2 years, where: {channel: is web}}
          rare: {count of: orders, where: {amount: more than 900}}
    """)
    assert problems == ()
    wanted = frozenset({"total_spent", "last_order", *(fact.column for fact in own)})
    table = facts(SHOP, own, None, TODAY, Scope(wanted))
    assert str(ibis.to_sql(table, dialect="duckdb")).count("GROUP BY") == 1
    mei, nobody = ask(table.order_by("customer_id"))
    assert (mei["returns"], mei["web"], mei["rare"], mei["total_spent"]) == (1, 0, 0, Decimal(200))
    assert (nobody["returns"], nobody["web"], nobody["rare"], nobody["total_spent"]) == (0, 0, 0, 0)


def test_a_shops_own_columns_and_tables_are_facts_too() -> None:
    text = Column("name", Kind.TEXT, "")
    pets = Table(
        "pets",
        "",
        ("pet_id",),
        (Column("pet_id", Kind.TEXT, ""), Column("owner_id", Kind.TEXT, "", refers_to="customers"), text),
        customer="owner_id",
    )
    people = replace(CUSTOMERS, columns=(*CUSTOMERS.columns, Column("bead_size", Kind.INTEGER, "")))
    schema = Schema((people, *(table for table in TABLES if table.name != "customers"), pets))
    rows = {
        "customers": typed(types(people), [{"customer_id": "A", "bead_size": 8}, {"customer_id": "B"}]),
        "pets": typed(types(pets), [{"pet_id": "1", "owner_id": "A", "name": "Mo"}, {"pet_id": "2", "owner_id": "A"}]),
    }
    file = tree("""
        facts: {named pets: {count of: pets, where: {name: is known}}}
        segments: {two: {all: [{pets: {is: 2}}]}}
    """)
    found, own, problems = parse_segments([file], catalogue_of(schema), schema)
    table = facts(rows, (*own, *event_facts(found)), None, TODAY, Scope(schema=schema))
    told = [(row["customer_id"], row["bead_size"], row["named_pets"]) for row in ask(table.order_by("customer_id"))]
    assert told == [("A", 8, 1), ("B", None, 0)]
    assert (problems, len(event_facts(found))) == ((), 1)


def types(table: Table) -> ibis.Schema:
    """The engine's types of a table's columns."""
    return ibis.schema({column.name: TYPES[column.kind] for column in table.columns})


def test_a_shops_own_fact_takes_the_place_of_a_reckoned_one() -> None:
    _, own, problems = parsed("facts: {profit last year: {sum of: orders.profit, within last: 5 years}}")
    assert problems == ()
    assert rows(*own)[0]["profit_last_year"] == Decimal("60.00")
    assert own[0].kind is Kind.MONEY


@pytest.mark.parametrize(
    "name", ["country", "products bought", "points", "tier benefit", "store name", "last_order", "all"]
)
def test_a_shops_own_fact_never_changes_what_others_mean(name: str) -> None:
    _, own, problems = parsed(f"facts: {{{name}: {{count of: orders}}}}")
    assert (own, [problem.code for problem in problems]) == ((), ["reserved-name"])


def test_mistakes_in_own_facts_are_told_at_their_places() -> None:
    _, own, problems = parsed("""
        facts:
          profits: {sum of: orders.proft}
          names: {sum of: points.reason}
          lines: {count of: orderlines}
          both: {count of: orders, sum of: orders.profit}
          period: {count of: orders, within last: year}
          where: {count of: order_lines, where: {product.grup: is linen}}
          ranked: {count of: orders, where: {amount: top 5%}}
          key: {count of: orders, were: {amount: is 5}}
          first name: {count of: orders}
          a/b: {count of: orders}
          text: lots
    """)
    assert own == ()
    assert [line.replace("\n", " / ") for line in messages(problems)] == [
        "2:21: unknown column 'orders.proft' / hint: did you mean 'orders.profit'?",
        "3:19: 'points.reason' is not a number / hint: numbers are: points.entry, points.points",
        "4:21: unknown table 'orderlines' / hint: did you mean 'order_lines'?",
        "5:9: 'both' must say either 'sum of' or 'count of' / hint: write {count of: orders}",
        "6:43: 'year' is not a period / hint: write N days|weeks|months|years",
        "7:42: order_lines have no column 'product.grup' / hint: did you mean 'product.group'?",
        "8:46: 'top' ranks customers, not rows / hint: make a fact of it first, and rank the customers by that",
        "9:27: unknown key 'were' in 'key' / hint: did you mean 'where'?",
        "10:3: the fact 'first name' is there already / hint: choose another name",
        "11:3: 'a/b' is not a name for a fact / hint: write letters and spaces",
        (
            "12:9: 'text' must say what it sums or counts / hint: write "
            "'text: {sum of: orders.profit, within last: 365 days}'"
        ),
    ]


def test_merge_values_are_what_a_message_may_say() -> None:
    table = values(facts(SHOP, (), None, TODAY))
    assert table.columns == ("customer_id", *(field.name for field in FIELDS))
    mei, second = ask(table.order_by("customer_id"))
    assert {name: value for name, value in mei.items() if value is not None} == {
        "customer_id": "C-1",
        "first_name": "Mei",
        "last_name": "Lin",
        "full_name": "Mei Lin",
        "member_since": date(2019, 5, 6),
        "adviser_name": "沈月",
        "adviser_first_name": "月",
        "adviser_title": "Adviser",
        "adviser_phone": "+86 1",
        "store_name": "Lantern & Loom Shanghai",
        "store_city": "上海市",
        "last_order": TODAY,
        "city": "上海市",
    }
    assert second["full_name"] == "林梅"


def test_an_adviser_s_picture_is_said_by_its_address_where_there_is_one() -> None:
    photos = {"A-1": " advisers/yue.png", "A-2": "advisers/lost.png", "A-3": ""}
    shop = tables(
        customers=[{"customer_id": f"C-{one[-1]}", "adviser_id": one} for one in photos],
        advisers=[{"adviser_id": one, "first_name": "月", "photo": photo} for one, photo in photos.items()],
    )
    portraits = {"advisers/yue.png": "https://a.example/1.png", "advisers/wen.png": "https://a.example/2.png"}

    for known, expected in ((portraits, ["https://a.example/1.png", None, None]), ({}, [None, None, None])):
        said = values(facts(shop, (), None, TODAY), known)
        assert [row["adviser_photo"] for row in ask(said.order_by("customer_id"))] == expected


def test_a_member_looks_forward_to_the_next_gathering_that_they_accepted_and_to_no_other() -> None:
    evening = datetime(2026, 9, 26, 15)  # noqa: DTZ001 - the shop's own time
    days = {"past": TODAY - timedelta(1), "tonight": TODAY, "later": date(2027, 1, 1)}
    gatherings = [{"event_id": name, "title": name, "starts_at": datetime.combine(day, time(19)), "place": f"at {name}"}
                  for name, day in days.items()]  # fmt: skip
    shop = tables(
        customers=[{"customer_id": f"C-{number}"} for number in (1, 2, 3)],
        events=[*gatherings, {"event_id": "tea", "title": " Tea ", "starts_at": evening}],
        attendances=[
            *({"event_id": name, "customer_id": "C-1", "status": "accepted"} for name in ("past", "later", "tea")),
            {"event_id": "tonight", "customer_id": "C-1", "status": "invited"},
            *({"event_id": name, "customer_id": "C-2", "status": "accepted"} for name in ("later", "tonight")),
            {"event_id": "past", "customer_id": "C-3", "status": "accepted"},
            {"event_id": "later", "customer_id": "C-3", "status": "declined"},
        ],
    )
    said = values(facts(shop, (), None, TODAY)).order_by("customer_id")
    assert [(row["next_event"], row["next_event_on"], row["next_event_place"]) for row in ask(said)] == [
        ("Tea", date(2026, 9, 26), None),
        ("tonight", TODAY, "at tonight"),
        (None, None, None),
    ]


def test_coupons_are_those_that_count_today_and_were_not_used() -> None:
    def coupon(code: str, **more: object) -> Row:
        return {"customer_id": "C-1", "code": code, "gives": f"gift {code}", **more}

    yesterday, tomorrow = TODAY - timedelta(1), TODAY + timedelta(1)
    shop = tables(
        customers=[{"customer_id": "C-1"}, {"customer_id": "C-2"}],
        coupons=[
            coupon("ever"),
            coupon("last", valid_until=TODAY),
            coupon("begun", valid_from=TODAY, valid_until=tomorrow),
            coupon("ended", valid_until=yesterday),
            coupon("to-come", valid_from=tomorrow),
            coupon("used", used_on=TODAY),
        ],
    )
    first, second = ask(values(facts(shop, (), None, TODAY)).order_by("customer_id"))
    assert first["coupons"] == "begun (gift begun), ever (gift ever), last (gift last)"
    assert first["coupons_until"] == TODAY
    assert (second["coupons"], second["coupons_until"]) == (None, None)


def test_of_many_coupons_those_are_said_that_end_first() -> None:
    many: list[Row] = [
        {"customer_id": "C-1", "code": f"K{number}", "gives": "tea", "valid_until": TODAY + timedelta(9 - number)}
        for number in range(9)
    ]
    (said,) = ask(values(facts(tables(customers=[{"customer_id": "C-1"}], coupons=many), (), None, TODAY)))
    assert said["coupons"] == "K4 (tea), K5 (tea), K6 (tea), K7 (tea), K8 (tea)"
    assert said["coupons_until"] == TODAY + timedelta(1)


def test_promises_are_those_that_wait_to_be_kept_with_the_day_of_the_first() -> None:
    def promise(number: str, due: int, **more: object) -> Row:
        days = {"made_on": TODAY - timedelta(9), "due_on": TODAY + timedelta(due)}
        return {"promise_id": number, "customer_id": "C-1", "promise": f"  mend {number} ", **days, **more}

    shop = tables(
        customers=[{"customer_id": "C-1"}, {"customer_id": "C-2"}],
        promises=[
            promise("b", 9),
            promise("a", 12),
            promise("kept", 1, kept_on=TODAY),
            promise("kept later", 2, kept_on=TODAY + timedelta(1)),
            promise("made later", 1, made_on=TODAY + timedelta(1)),
            promise("everybody's", 1, customer_id=None),
        ],
    )
    first, second = ask(values(facts(shop, (), None, TODAY)).order_by("customer_id"))
    assert (first["promises"], first["promises_due"]) == ("mend a; mend b; mend kept later", TODAY + timedelta(2))
    assert (second["promises"], second["promises_due"]) == (None, None)


def test_many_long_promises_take_little_room() -> None:
    many: list[Row] = [
        {
            "promise_id": str(number),
            "customer_id": "C-1",
            "promise": f"{9 - number}" + "缝" * 60,
            "made_on": TODAY,
            "due_on": TODAY + timedelta(number),
        }
        for number in range(9)
    ]
    (said,) = ask(values(facts(tables(customers=[{"customer_id": "C-1"}], promises=many), (), None, TODAY)))
    assert said["promises"] == "; ".join(f"{number}{'缝' * 43}…" for number in (7, 8, 9))
    assert len(said["promises"].encode()) < 420
