"""How one knows that a duty was done: the earliest proof of its own kind, and what the desk says."""

from __future__ import annotations

from typing import Any

from tests.programme.duties.little_desk import Row, contact, day, found, order, result

ORDERS = [order("O-1", "09-01")]


def duty(what: str, more: str = "") -> str:
    return f"- {{name: one, what: {what}, for each: orders, within: 7 days{more}}}"


def proof(rows: list[Row]) -> tuple[Any, Any]:
    (row,) = rows
    return row["done_on"], row["proof"]


def test_an_act_is_proved_by_contacts_of_its_kind_which_the_shop_began() -> None:
    ways = [(channel, way) for channel in ("call", "visit", "mail", "text", "card", "shop") for way in ("out", "in")]
    names = [f"{channel} {way}" for channel, way in ways]
    contacts = [
        contact(f"T-{name}", "09-02", channel, direction=way, customer_id=name)
        for name, (channel, way) in zip(names, ways, strict=True)
    ]
    acts = ("call", "visit", "message", "letter", "contact", "task")

    rows = found(
        "\n".join(f"- {{name: {act}, what: {act}, for each: orders, within: 7 days}}" for act in acts),
        customers=[{"customer_id": name} for name in names],
        orders=[order(name, "09-01", customer_id=name) for name in names],
        contacts=contacts,
    )

    assert {act: {row["subject"] for row in rows if row["duty"] == act and row["proof"]} for act in acts} == {
        "call": {"call out"},
        "visit": {"visit out", "visit in"},
        "message": {"call out", "mail out", "text out", "card out"},
        "letter": {"mail out", "text out", "card out"},
        "contact": set(names),
        "task": set(),
    }


def test_a_contact_counts_from_the_day_of_the_order_to_today_if_it_was_not_in_vain() -> None:
    came = {
        "C-1": ("08-31", "reached"),
        "C-2": ("09-01", "reached"),
        "C-3": ("09-08", None),
        "C-4": ("09-09", "reached"),
        "C-5": ("09-02", "not-reached"),
    }
    rows = found(
        duty("call"),
        customers=[{"customer_id": name} for name in came],
        orders=[order(name, "09-01", customer_id=name) for name in came],
        contacts=[contact(name, on, outcome=how, customer_id=name) for name, (on, how) in came.items()],
    )
    assert [(row["done_on"], row["proof"]) for row in rows] == [
        (None, None),
        (day("09-01"), "contact C-2"),
        (day("09-08"), "contact C-3"),
        (None, None),
        (None, None),
    ]


def test_a_contact_before_the_duty_began_counts_if_the_order_was_there() -> None:
    text = duty("call", ", after: 5 days")
    assert proof(found(text, orders=ORDERS, contacts=[contact("T-1", "09-02")])) == (day("09-02"), "contact T-1")


def test_the_earliest_contact_counts_and_on_one_day_the_first_number() -> None:
    contacts = [contact("T-1", "09-05"), contact("T-3", "09-03"), contact("T-2", "09-03")]
    others = [contact("T-0", "09-02", customer_id="C-2")]
    assert proof(found(duty("call"), orders=ORDERS, contacts=contacts + others)) == (day("09-03"), "contact T-2")


def test_only_contacts_of_which_the_proof_is_true_count() -> None:
    text = duty("call", ", proof: {subject: is thanks}")
    contacts = [contact("T-1", "09-02"), contact("T-2", "09-03", subject="thanks")]
    assert proof(found(text, orders=ORDERS, contacts=contacts)) == (day("09-03"), "contact T-2")


def test_a_column_of_the_row_proves_it_alone_unless_a_proof_is_named_too() -> None:
    text = duty("call", ", done on: delivered_on")
    also = duty("call", ", done on: delivered_on, proof: {subject: is thanks}")
    contacts = [contact("T-1", "09-02", subject="thanks")]
    signed = [order("O-1", "09-01", delivered_on=day("09-04"))]
    coming = [order("O-1", "09-01", delivered_on=day("09-09"))]

    assert proof(found(text, orders=ORDERS, contacts=contacts)) == (None, None)
    assert proof(found(text, orders=coming, contacts=contacts)) == (None, None)
    assert proof(found(text, orders=signed, contacts=contacts)) == (day("09-04"), "delivered_on")
    assert proof(found(also, orders=signed, contacts=contacts)) == (day("09-02"), "contact T-1")


def test_on_one_day_the_row_goes_before_a_contact_a_letter_and_the_desk() -> None:
    text = duty("call", ", done on: delivered_on, proof: {subject: is thanks}, campaign: tea")
    given: dict[str, Any] = {
        "orders": [order("O-1", "09-01", delivered_on=day("09-04"))],
        "contacts": [contact("T-1", "09-04", subject="thanks")],
        "deliveries": [{"campaign": "tea", "customer_id": "C-1", "day": day("09-04")}],
        "duty_results": [result("one", "O-1", "09-04", "done")],
    }
    told = []
    for without in ("", "orders", "contacts", "deliveries", "duty_results"):
        if without:
            given[without] = ORDERS if without == "orders" else []
        told.append(proof(found(text, **given))[1])
    assert told == ["delivered_on", "contact T-1", "letter tea", "desk", None]


def test_a_letter_of_the_campaign_counts_from_the_day_of_the_order_to_today() -> None:
    text = duty("letter", ", campaign: 2026/tea")
    left = [
        {"campaign": "2026/tea", "customer_id": "C-1", "day": day("08-31")},
        {"campaign": "2026/linen", "customer_id": "C-1", "day": day("09-02")},
        {"campaign": "2026/tea", "customer_id": "C-2", "day": day("09-02")},
        {"campaign": "2026/tea", "customer_id": "C-1", "day": day("09-09")},
    ]
    assert proof(found(text, orders=ORDERS, deliveries=left)) == (None, None)
    assert proof(found(text, day("09-09"), orders=ORDERS, deliveries=left)) == (day("09-09"), "letter 2026/tea")


def test_the_desk_speaks_of_one_duty_of_one_row_from_its_day_on() -> None:
    text = duty("task")
    strange = [result("two", "O-1", "09-02", "done"), result("one", "O-2", "09-02", "done")]
    assert proof(found(text, orders=ORDERS, duty_results=strange)) == (None, None)
    assert proof(found(text, orders=ORDERS, duty_results=[result("one", "O-1", "09-09", "done")])) == (None, None)
    said = [result("one", "O-1", "09-05", "done"), result("one", "O-1", "09-03", "done")]
    assert proof(found(text, orders=ORDERS, duty_results=said)) == (day("09-03"), "desk")


def test_the_first_excuse_counts_with_its_reason() -> None:
    said = [
        result("one", "O-1", "09-05", "excused", "ill"),
        result("one", "O-1", "09-03", "excused", "on a journey"),
        result("one", "O-1", "09-09", "excused", "never"),
    ]
    (row,) = found(duty("call"), orders=ORDERS, duty_results=said)
    assert (row["excused_on"], row["excuse"], row["done_on"]) == (day("09-03"), "on a journey", None)


def test_one_contact_may_prove_several_duties_and_nothing_stands_twice() -> None:
    text = f"{duty('call')}\n- {{name: two, what: contact, for each: orders, within: 7 days}}"
    rows = found(text, orders=[*ORDERS, order("O-2", "09-02")], contacts=[contact("T-1", "09-02")])
    assert [(row["duty"], row["subject"], row["proof"]) for row in rows] == [
        ("one", "O-1", "contact T-1"),
        ("one", "O-2", "contact T-1"),
        ("two", "O-1", "contact T-1"),
        ("two", "O-2", "contact T-1"),
    ]


def test_a_day_that_is_asked_again_says_the_same_and_a_desk_without_rules_nothing() -> None:
    given = {"orders": [*ORDERS, order("O-2", "09-08")], "contacts": [contact("T-1", "09-02")]}
    assert found(duty("call"), **given) == found(duty("call"), **given)
    assert found("- {name: one, what: visit, within: 1 day, top: {sum of: orders.amount, on: 01-01}}", **given) == []
