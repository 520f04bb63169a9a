"""Tests of the address that a channel uses, and of what is written there but is none."""

from __future__ import annotations

import ibis

from sitegen.audience.calendar.due import Slot
from sitegen.audience.plan.addresses import EMAIL_KEY, PHONE_KEY, address_of, is_written
from sitegen.audience.plan.leaving import instants
from sitegen.audience.plan.obstacles import Permissions, with_obstacles
from sitegen.model.channel import Channel
from sitegen.model.quiet_hours import BY_WIRE
from tests.audience.little_shop import TODAY, Row, ask, campaign, table, typed
from tests.plain_shop import SHOP

PEOPLE: list[Row] = [
    {"customer_id": "A", "email": "Jo@BÜCHER.example", "phone": "040 1"},
    {"customer_id": "B", "email": "jo@", "phone": "call me"},
    {"customer_id": "C", "email": " ", "phone": None},
]
KEYS: list[Row] = [
    {EMAIL_KEY: "jo@xn--bcher-kva.example", PHONE_KEY: "+49401"},
    {EMAIL_KEY: None, PHONE_KEY: None},
    {EMAIL_KEY: None, PHONE_KEY: None},
]


def customers() -> ibis.Table:
    """Customers as the data room hands them over, with their normal forms."""
    plain = table("customers", PEOPLE)
    schema = ibis.schema({**dict(plain.schema()), EMAIL_KEY: "string", PHONE_KEY: "string"})
    return typed(schema, [{**person, **keys} for person, keys in zip(PEOPLE, KEYS, strict=True)])


def test_the_normal_form_is_the_address() -> None:
    people = customers()
    asked = people.select(mail=address_of(people, Channel.MAIL), text=address_of(people, Channel.TEXT))
    assert ask(asked)[0] == {"mail": "jo@xn--bcher-kva.example", "text": "+49401"}


def test_what_is_written_need_not_be_an_address() -> None:
    people = customers()
    asked = people.select(mail=is_written(people, Channel.MAIL), text=is_written(people, Channel.TEXT))
    assert [row["mail"] for row in ask(asked)] == [True, True, False]
    assert [row["text"] is True for row in ask(asked)] == [True, True, False]


WHERE: tuple[tuple[Row, str | None], ...] = (
    ({"street": "1 Main St", "postcode": None, "city": "Dublin", "country": "ie"}, "1 main st||ie"),
    ({"street": "88 Queen's Road", "postcode": "", "city": None, "country": "HK"}, "88 queen's road||hk"),
    ({"street": "Hafenweg 1", "postcode": "20095", "city": "Hamburg", "country": "DE"}, "hafenweg 1|20095|de"),
    ({"street": "Hafenweg 1", "postcode": " ", "city": "Hamburg", "country": "DE"}, None),
    ({"street": "1 Main St", "postcode": None, "city": " ", "country": "IE"}, None),
    ({"street": None, "postcode": None, "city": "Dublin", "country": "IE"}, None),
    ({"street": "1 Main St", "postcode": "1", "city": "Dublin", "country": " "}, None),
)


def test_an_address_needs_what_its_country_asks_for() -> None:
    people = table("customers", [{"customer_id": str(number), **row} for number, (row, _) in enumerate(WHERE)])
    asked = people.select(
        "customer_id", address=address_of(people, Channel.CARD), written=is_written(people, Channel.CARD)
    )
    found = ask(asked.order_by("customer_id"))
    assert [(row["address"], row["written"]) for row in found] == [(key, key is not None) for _, key in WHERE]


def test_an_address_that_is_none_and_one_that_is_missing_are_told_apart() -> None:
    rows = [(person["customer_id"], channel) for person in PEOPLE for channel in ("mail", "text")]
    columns = dict.fromkeys(("customer_id", "channel", "message_class", "lacking"), "string") | {"day": "date"}
    candidates = typed(
        ibis.schema(columns),
        [{"customer_id": name, "channel": channel, "message_class": "care", "day": TODAY} for name, channel in rows],
    )
    due = ((campaign(), tuple(Slot("wish", channel, 0, TODAY, TODAY, TODAY, True) for channel in BY_WIRE)),)
    permissions = Permissions(
        customers(), table("consents", []), table("suppressions", []), instants(due, (), SHOP), SHOP.timezone
    )
    found = ask(
        with_obstacles(candidates, permissions, (Channel.MAIL, Channel.TEXT)).order_by("customer_id", "channel")
    )
    assert [(row["customer_id"], row["channel"], row["obstacle"]) for row in found] == [
        ("A", "mail", None),
        ("A", "text", None),
        ("B", "mail", "bad-email"),
        ("B", "text", "bad-phone"),
        ("C", "mail", "no-email"),
        ("C", "text", "no-phone"),
    ]
