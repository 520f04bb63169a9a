"""The plan: who hears what, and the reason of everybody who does not."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.audience.plan.plan import decide, plan
from sitegen.model.campaign import Campaign, EveryYear, OnDate
from sitegen.model.channel import Channel, Kind, MessageClass
from sitegen.model.plan import EXCLUSION_COLUMNS, PLAN_COLUMNS
from tests.audience.little_shop import TODAY, Row, ask, campaign
from tests.audience.plan_cases import CARD, MAIL, TEXT, Case, by_heart, consent, customer, inputs, only, planned
from tests.plain_shop import SHOP


def test_the_plan_and_its_exclusions_have_their_columns() -> None:
    case = only(customer("A"), customer("B", email=None))
    made = plan(inputs(case, (campaign("moon", text="Dear {{ first_name }},"),)))
    assert made.planned.columns == PLAN_COLUMNS
    assert made.excluded.columns == EXCLUSION_COLUMNS
    assert ask(made.planned) == [
        {
            "campaign": "moon",
            "edition": "moon/2026-09-08",
            "channel": "mail",
            "customer_id": "A",
            "adviser_id": "A-1",
            "day": TODAY,
            "occasion_day": TODAY,
            "design": None,
            "reason": "you are one of our customers",
            "leaves_at": "2026-09-08T07:00:00Z",
        }
    ]
    assert ask(made.excluded) == [
        {
            "campaign": "moon",
            "edition": "moon/2026-09-08",
            "channel": "mail",
            "customer_id": "B",
            "code": "no-email",
            "reason": "there is no e-mail address",
        }
    ]


def test_only_the_audience_is_a_candidate_and_hears_its_reason() -> None:
    case = only(customer("A"), customer("B", country="NO"))
    made = ask(plan(inputs(case, (campaign(audience="gold"),))).planned)
    assert [(row["customer_id"], row["reason"]) for row in made] == [("A", "you have chosen much")]


def test_nothing_due_is_an_empty_plan() -> None:
    made = plan(inputs(only(customer("A")), (campaign(timing=OnDate(TODAY + timedelta(1))),)))
    assert ask(made.planned) == ask(made.excluded) == []


def test_each_channel_asks_for_its_address() -> None:
    nowhere = customer("A", email=" ", phone="", street=None)
    wish = campaign(channels=(MAIL, TEXT, CARD))
    due = planned(only(nowhere, customer("B", city="")), wish, last=TODAY)
    assert due == {("A", "mail"): "no-email", ("A", "text"): "no-phone", ("B", "mail"): "", ("B", "text"): ""}
    card = campaign(channels=(CARD,), timing=OnDate(TODAY + timedelta(14)))
    incomplete = [
        customer(part[0].upper(), **{part: None}) for part in ("street", "postcode", "city", "Country".lower())
    ]
    assert set(planned(only(*incomplete, customer("X")), card).values()) == {"no-address", ""}


def test_who_was_revoked_gets_no_card_but_the_mail() -> None:
    case, revoked, then = only(customer("A"), customer("B")), frozenset({"A"}), TODAY + timedelta(14)
    both = campaign(channels=(CARD, MAIL), timing=OnDate(then))
    assert planned(case, both, last=then, revoked=revoked) == {
        ("A", "card"): "revoked",
        ("A", "mail"): "",
        ("B", "card"): "",
        ("B", "mail"): "",
    }
    first = replace(both, first_of=True)
    assert planned(case, first, last=then, revoked=revoked) == {("A", "mail"): "", ("B", "card"): ""}


def test_promotion_needs_consent_for_its_channel() -> None:
    people = [customer(name) for name in "ABCD"]
    consents = [consent("A"), consent("B", status="withdrawn"), consent("C", channel=TEXT), consent("D", "care")]
    case = only(*people, consents=consents)
    assert planned(case, campaign(kind=Kind.PROMOTION)) == {
        ("A", "mail"): "",
        ("B", "mail"): "no-consent",
        ("C", "mail"): "no-consent",
        ("D", "mail"): "no-consent",
    }


def test_care_goes_unless_it_was_withdrawn_and_a_survey_goes() -> None:
    case = only(customer("A"), customer("B"), consents=[consent("B", "care", "withdrawn")])
    assert planned(case, campaign(kind=Kind.HOLIDAY)) == {("A", "mail"): "", ("B", "mail"): "withdrawn"}
    assert planned(case, campaign(kind=Kind.SURVEY)) == {("A", "mail"): "", ("B", "mail"): ""}


@pytest.mark.parametrize(
    ("channel", "written", "normalised"),
    [
        (MAIL, " Mei.Lin@Mail.Example.org ", "mei.lin@mail.example.org"),
        (TEXT, "+49 (40) 66969-100", "+494066969100"),
        (TEXT, "040 66969 100", "04066969100"),
        (CARD, "Gärtnerstraße  27", "gärtnerstraße 27|20253|de"),
    ],
)
def test_a_suppressed_address_is_known_however_it_was_typed(channel: Channel, written: str, normalised: str) -> None:
    column = {MAIL: "email", TEXT: "phone", CARD: "street"}[channel]
    digest = sha256(normalised.encode()).hexdigest()
    barred: Row = {"channel": channel.value, "address_hash": digest}
    wish = campaign(channels=(channel,), timing=OnDate(TODAY + timedelta(SHOP.lead(channel))))
    case = only(customer("A", **{column: written}), customer("B"), suppressions=[barred])
    assert planned(case, wish) == {("A", channel.value): "suppressed", ("B", channel.value): ""}
    other = only(customer("A", **{column: written}), suppressions=[{**barred, "channel": "call"}])
    assert planned(other, wish) == {("A", channel.value): ""}


def test_a_missing_value_is_named_only_to_those_who_read_the_block() -> None:
    text = "Dear {{ first_name }}, from {{ city or 'afar' }}\n\n::: audience gold\n{{ salutation }}\n:::\n"
    case = only(customer("A"), customer("B", country="NO"), customer("C", first_name=""))
    made = ask(plan(inputs(case, (campaign(text=text),))).excluded.order_by("customer_id"))
    assert [(row["customer_id"], row["code"], row["reason"]) for row in made] == [
        ("A", "no-value", "no value for 'salutation' and no fallback"),
        ("C", "no-value", "no value for 'first_name' and no fallback"),
    ]


def test_of_two_customers_at_one_address_the_first_hears() -> None:
    twins = [customer(name, email="US@mail.example.org ") for name in "ABC"]
    case = only(*twins, suppressions=[], deliveries=[])
    assert planned(case, campaign()) == {
        ("A", "mail"): "",
        ("B", "mail"): "duplicate-address",
        ("C", "mail"): "duplicate-address",
    }


@pytest.mark.parametrize(
    "address",
    [
        "anna",
        "anna@",
        "@example.org",
        "anna@example",
        "an na@example.org",
        "a@b@c.org",
        "änne@example.org",
        ".a@example.org",
        "a@-x.org",
    ],
)
def test_an_address_that_no_mail_can_go_to_excludes_one_customer_and_stops_nobody_else(address: str) -> None:
    case = only(customer("A", email=address), customer("B", email="Zoë.x@example.org".replace("ë", "e")))
    assert planned(case, campaign()) == {("A", "mail"): "bad-email", ("B", "mail"): ""}


def test_two_who_live_together_each_get_their_own_card_and_one_who_stands_twice_gets_one() -> None:
    names = {"A": "Anna", "B": "Jan", "C": "anna "}
    couple = [customer(one, first_name=name, last_name="Visser", street="Deich 1") for one, name in names.items()]
    wish = campaign(channels=(CARD,), timing=OnDate(TODAY + timedelta(SHOP.lead(CARD))))
    assert planned(only(*couple), wish) == {
        ("A", "card"): "",
        ("B", "card"): "",
        ("C", "card"): "duplicate-address",
    }


def test_the_second_does_not_move_up_once_the_first_has_heard() -> None:
    twins = [customer(name, email="us@mail.example.org") for name in "AB"]
    sent: Row = {"campaign": "wish", "edition": "wish/2026-09-08", "channel": "mail", "customer_id": "A"}
    assert planned(only(*twins, deliveries=[sent]), campaign()) == {
        ("A", "mail"): "already-sent",
        ("B", "mail"): "duplicate-address",
    }


def test_a_newcomer_at_an_address_that_has_heard_does_not_hear_again() -> None:
    twins = [customer(name, email="us@mail.example.org") for name in "AB"]
    sent: Row = {"campaign": "wish", "edition": "wish/2026-09-08", "channel": "mail", "customer_id": "B"}
    assert planned(only(*twins, deliveries=[sent]), campaign()) == {
        ("A", "mail"): "duplicate-address",
        ("B", "mail"): "already-sent",
    }


def test_the_first_channel_that_is_allowed_is_used() -> None:
    case = only(
        customer("A"),
        customer("B", phone=None),
        customer("C", phone=None, email=None),
        consents=[],
    )
    either = campaign(channels=(TEXT, MAIL), first_of=True)
    assert planned(case, either) == {("A", "text"): "", ("B", "mail"): "", ("C", "text"): "no-phone"}


def test_who_had_the_card_does_not_get_the_mail_as_well() -> None:
    case = only(customer("A"), customer("B", street=None))
    festival = date(2026, 9, 25)
    wish = campaign(channels=(CARD, MAIL), first_of=True, timing=OnDate(festival))
    assert planned(case, wish, first=date(2026, 9, 11)) == {("A", "card"): ""}
    assert planned(case, wish, first=festival) == {("B", "mail"): ""}


def test_birthdays_leave_on_their_days() -> None:
    people = [
        customer("A", birthday=date(1984, 9, 24)),
        customer("B", birthday=date(2000, 2, 29)),
        customer("C", birthday=date(1990, 3, 1), lunar_birthday="08-15"),
        customer("D"),
    ]
    sun, moon = campaign("sun", timing=EveryYear("birthday")), campaign("moon", timing=EveryYear("lunar birthday"))
    made = plan(inputs(only(*people), (sun, moon), date(2026, 2, 25), date(2027, 2, 24)))
    told = [(row["customer_id"], row["edition"]) for row in ask(made.planned.order_by("customer_id", "edition"))]
    assert told == [
        ("A", "sun/2026-09-24"),
        ("B", "sun/2026-02-28"),
        ("C", "moon/2026-09-25"),
        ("C", "sun/2026-03-01"),
    ]


NAMES = tuple("ABCDEFGHIJ")
ADDRESSES = (None, "", "one@mail.example.org", "ONE@mail.example.org", "two@mail.example.org")
PHONES = (None, "+49 1", "+491", "+49 2")


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A few customers who share addresses, with any permissions, and a few deliveries."""
    names = NAMES[: draw(st.integers(4, len(NAMES)))]
    pick = st.sampled_from
    customers = [
        customer(
            name,
            email=draw(pick(ADDRESSES)),
            phone=draw(pick(PHONES)),
            first_name=draw(pick((None, "Mei"))),
            country=draw(pick(("DE", "NO"))),
        )
        for name in names
    ]
    consents = [
        consent(name, purpose, draw(pick(("given", "withdrawn"))), channel)
        for name in names
        for channel in (MAIL, TEXT)
        for purpose in ("promotion", "care")
        if draw(st.booleans())
    ]
    barred: list[Row] = [
        {"channel": channel.value, "address_hash": sha256(address.encode()).hexdigest()}
        for channel, address in ((MAIL, "one@mail.example.org"), (TEXT, "+492"))
        if draw(st.booleans())
    ]
    deliveries: list[Row] = [
        {"campaign": "wish", "edition": "wish/2026-09-08", "channel": channel.value, "customer_id": name}
        for name in names
        for channel in (MAIL, TEXT)
        if draw(st.integers(0, 3)) == 0
    ]
    return Case(customers, consents, barred, deliveries)


WISHES = st.builds(
    campaign,
    kind=st.sampled_from([Kind.HOLIDAY, Kind.PROMOTION, Kind.SURVEY]),
    channels=st.sampled_from([(MAIL,), (TEXT, MAIL), (MAIL, TEXT)]),
    first_of=st.booleans(),
    audience=st.sampled_from(["everyone", "gold", "silver"]),
    text=st.sampled_from(["Dear friend,", "Dear {{ first_name }},"]),
)


NOBODY = inputs(only(), ())


@settings(max_examples=8)
@given(cases(), WISHES)
def test_the_plan_is_what_a_clerk_would_work_out_by_hand(case: Case, wish: Campaign) -> None:
    agrees(case, wish)


@pytest.mark.slow
@settings(max_examples=100)
@given(cases(), WISHES)
def test_the_plan_is_what_a_clerk_who_never_tires_would_work_out_by_hand(case: Case, wish: Campaign) -> None:
    agrees(case, wish)


def agrees(case: Case, wish: Campaign) -> None:
    """Each candidate is decided as by hand, once."""
    decided = ask(decide(by_heart(replace(NOBODY, campaigns=(wish,)), case)))
    found = {(row["customer_id"], row["channel"]): row["code"] or "" for row in decided}
    assert len(found) == len(decided)
    assert found == by_hand(case, wish)


def by_hand(case: Case, wish: Campaign) -> dict[tuple[str, str], str]:
    """The codes of all candidates, worked out one person after the other."""
    audience = {"everyone": ("DE", "NO"), "gold": ("DE",), "silver": ("NO",)}[wish.audience]
    found: dict[tuple[str, str], str] = {}
    taken: dict[tuple[str, str], str] = {}
    pending: list[tuple[Row, Channel, str]] = []
    for person in sorted(case.customers, key=lambda row: str(row["customer_id"])):
        if person["country"] in audience:
            told = [(channel, obstacle(case, wish, person, channel)) for channel in wish.channels]
            if wish.first_of:
                told = [next((one for one in told if not one[1]), told[0])]
            pending += [(person, channel, why) for channel, why in told]
    for person, channel, why in sorted(pending, key=lambda one: not sent(case, wish, one[0], one[1])):
        name = str(person["customer_id"])
        if sent(case, wish, person, channel):
            found[name, channel] = "already-sent"
            taken.setdefault((channel, address(person, channel)), name)
        elif why:
            found[name, channel] = why
        else:
            first = taken.setdefault((channel, address(person, channel)), name)
            found[name, channel] = "" if first == name else "duplicate-address"
    return found


def address(person: Row, channel: Channel) -> str:
    text = str(person["email" if channel is MAIL else "phone"] or "")
    return text.strip().lower() if channel is MAIL else text.replace(" ", "")


def sent(case: Case, wish: Campaign, person: Row, channel: Channel) -> bool:
    return any(
        row["customer_id"] == person["customer_id"] and (wish.first_of or row["channel"] == channel)
        for row in case.deliveries
    )


def obstacle(case: Case, wish: Campaign, person: Mapping[str, Any], channel: Channel) -> str:
    where = address(person, channel)
    said = {
        (row["purpose"], row["status"])
        for row in case.consents
        if row["customer_id"] == person["customer_id"] and row["channel"] == channel
    }
    barred = {row["address_hash"] for row in case.suppressions if row["channel"] == channel}
    if where and sha256(where.encode()).hexdigest() in barred:
        return "suppressed"
    if not where:
        return "no-email" if channel is MAIL else "no-phone"
    if wish.message_class is MessageClass.PROMOTION and ("promotion", "given") not in said:
        return "no-consent"
    if wish.message_class is MessageClass.CARE and ("care", "withdrawn") in said:
        return "withdrawn"
    if wish.body.fields and not person["first_name"]:
        return "no-value"
    return ""
