"""What customers asked for: silence, pauses, topics, channels, calendars, hours; each exclusion with its reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from hashlib import sha256
from typing import Any

import ibis

from sitegen.audience.plan.leaving import TIME_ZONES
from sitegen.audience.plan.plan import decide
from sitegen.audience.plan.wishes import CALENDAR, CHANNELS, FREQUENCY, PAUSE, TOPICS, WISHES
from sitegen.model.campaign import Campaign, EveryYear, OnDate
from sitegen.model.channel import Channel, Kind
from sitegen.model.quiet_hours import QuietChannel, QuietHours
from sitegen.model.shop import Shop
from tests.audience.little_shop import TODAY, Row, ask, campaign, typed
from tests.audience.plan_cases import MAIL, TEXT, Case, by_heart, consent, customer, inputs, only
from tests.plain_shop import SHOP

NOBODY = inputs(only(), ())


def told(case: Case, *campaigns: Campaign, **more: Any) -> dict[tuple[str, str, str], tuple[str, str]]:
    """Customer, campaign and channel to code and reason; both empty where the message leaves.

    Customers may have WISHES and TIME_ZONES, suppressions a scope.
    """
    yearly = any(isinstance(one.timing, EveryYear) for one in campaigns)
    given = inputs(case, campaigns) if yearly else by_heart(replace(NOBODY, campaigns=campaigns, **more), case)
    extra = [name for name in (*WISHES, TIME_ZONES) if any(name in row for row in case.customers)]
    wished = (*WISHES, *extra) if set(extra) - {TIME_ZONES} else extra
    customers = _wider(given.tables["customers"], wished, case.customers)
    scoped = _wider(given.tables["suppressions"], ["scope"], [{"scope": "all", **row} for row in case.suppressions])
    zones = {row[TIME_ZONES] for row in case.customers if row.get(TIME_ZONES)}
    tables = {**given.tables, "customers": customers, "suppressions": scoped}
    made = ask(decide(replace(given, tables=tables, zones=tuple(sorted(zones)))))
    return {
        (row["customer_id"], row["campaign"], row["channel"]): (row["code"] or "", row["why_not"] or "") for row in made
    }


def _wider(table: ibis.Table, names: Any, rows: list[Row]) -> ibis.Table:
    return typed(ibis.schema({**dict(table.schema()), **dict.fromkeys(names, "string")}), rows)


def codes(case: Case, *campaigns: Campaign, **more: Any) -> dict[tuple[str, str], str]:
    """Customer and campaign to the code."""
    return {(who, what): code for (who, what, _), (code, _) in told(case, *campaigns, **more).items()}


def barred(name: str, scope: str, reason: str = "unsubscribed") -> Row:
    digest = sha256(f"{name}@mail.example.org".encode()).hexdigest()
    return {"channel": "mail", "address_hash": digest, "scope": scope, "reason": reason, "since": date(2026, 9, 1)}


OFFER, WISH, ASK = (
    campaign("offer", kind=Kind.PROMOTION),
    campaign("wish"),
    campaign("ask", kind=Kind.SURVEY),
)


def test_who_unsubscribed_from_one_class_hears_the_others() -> None:
    people = [customer(name) for name in "ABCD"]
    silence = [barred("a", "promotion"), barred("b", "care"), barred("c", "survey")]
    case = only(*people, suppressions=silence, consents=[consent(name) for name in "ABCD"])
    found = told(case, OFFER, WISH, ASK)
    assert {key: reason for key, (code, reason) in found.items() if code} == {
        ("A", "offer", "mail"): "unsubscribed from promotions on 2026-09-01",
        ("B", "wish", "mail"): "unsubscribed from greetings on 2026-09-01",
        ("C", "ask", "mail"): "unsubscribed from surveys on 2026-09-01",
    }


REASONS: dict[Any, str] = {
    "unsubscribed": "unsubscribed from everything on 2026-09-01",
    "bounced": "the address bounced on 2026-09-01",
    "complained": "reported a message of ours as unwanted on 2026-09-01",
    "moved": "moved away from this address",
    "deceased": "this customer has died",
    "erased": "somebody at this address asked to be forgotten on 2026-09-01",
    None: "nothing may go to this address any more",
}


def test_a_suppression_is_told_in_words_and_holds_for_everybody_at_the_address() -> None:
    names = "ABCDEFG"
    twins = [customer(f"{name}2", email=f"{name}@Mail.example.org") for name in names]
    silence = [barred(name.lower(), "all", reason) for name, reason in zip(names, REASONS, strict=True)]
    case = only(*map(customer, names), *twins, customer("H"), suppressions=silence)
    expected = {
        (who, "wish", "mail"): ("suppressed", words)
        for name, words in zip(names, REASONS.values(), strict=True)
        for who in (name, f"{name}2")
    }
    assert told(case, WISH) == {**expected, ("H", "wish", "mail"): ("", "")}


def test_of_two_suppressions_of_one_address_the_older_is_told() -> None:
    older = {**barred("a", "promotion", "unsubscribed"), "since": date(2026, 8, 1)}
    case = only(customer("A"), suppressions=[barred("a", "all", "bounced"), older], consents=[consent("A")])
    assert told(case, OFFER)["A", "offer", "mail"] == ("suppressed", "unsubscribed from promotions on 2026-08-01")


def test_who_took_a_consent_back_or_refused_a_class_is_told_so() -> None:
    back = {**consent("A", status="withdrawn"), "withdrawn_on": date(2026, 9, 2)}
    case = only(
        customer("A"),
        customer("B"),
        consents=[back, consent("B", status="withdrawn"), consent("B", "survey", "withdrawn")],
    )
    found = told(case, OFFER, ASK)
    assert found["A", "offer", "mail"] == ("no-consent", "took back the consent to promotion by mail on 2026-09-02")
    assert found["B", "offer", "mail"] == ("no-consent", "took back the consent to promotion by mail")
    assert found["B", "ask", "mail"] == ("withdrawn", "asked for no surveys by mail")
    assert found["A", "ask", "mail"] == ("", "")


def test_during_a_pause_only_the_answer_to_a_complaint_goes() -> None:
    sorry = campaign("sorry", kind=Kind.APOLOGY)
    case = only(customer("A", **{PAUSE: "2026-09-09"}), customer("B", **{PAUSE: "2026-09-08"}), customer("C"))
    found = {key: reason for key, (_, reason) in told(case, WISH, sorry).items()}
    expected = {(name, what, "mail"): "" for name in "ABC" for what in ("wish", "sorry")}
    assert found == expected | {("A", "wish", "mail"): "asked for a pause until 2026-09-09"}


def test_a_topic_or_a_channel_that_is_off_does_not_come_and_the_next_channel_is_used() -> None:
    tea, both = campaign("tea", tags=("tea",)), campaign("both", tags=("linen", "tea"), channels=(TEXT, MAIL))
    case = only(customer("A", **{TOPICS: ";tea;"}), customer("B", **{CHANNELS: ";text;card;"}), customer("C"))
    first = campaign("first", channels=(TEXT, MAIL), first_of=True)
    made = told(case, tea, both, WISH, first)
    found = {key: reason for key, (code, reason) in made.items() if code}
    assert [key for key in made if key[1] == "first" and key[0] == "B"] == [("B", "first", "mail")]
    assert found == {
        ("A", "tea", "mail"): "wants nothing about 'tea'",
        ("A", "both", "mail"): "wants nothing about 'tea'",
        ("A", "both", "text"): "wants nothing about 'tea'",
        ("B", "both", "text"): "wants nothing by text",
    }


def test_who_keeps_the_lunar_birthday_is_greeted_on_that_one_only() -> None:
    born = {"birthday": date(1984, 9, 8), "lunar_birthday": "07-27"}
    people = [
        customer("A", **born, **{CALENDAR: "lunar"}),
        customer("B", **born, **{CALENDAR: "solar"}),
        customer("C", **born),
        customer("D", birthday=date(1984, 9, 8), **{CALENDAR: "lunar"}),
    ]
    sun, moon = campaign("sun", timing=EveryYear("birthday")), campaign("moon", timing=EveryYear("lunar birthday"))
    assert codes(only(*people), sun, moon) == {
        ("A", "sun"): "other-calendar",
        ("A", "moon"): "",
        ("B", "sun"): "",
        ("B", "moon"): "other-calendar",
        ("C", "sun"): "",
        ("C", "moon"): "",
        ("D", "sun"): "",
    }


def test_who_wants_one_promotion_a_week_gets_the_most_important_one() -> None:
    people = [customer("A", **{FREQUENCY: "week"}), customer("B"), customer("C", **{FREQUENCY: "month"})]
    offers = [
        campaign("late", kind=Kind.PROMOTION, timing=OnDate(TODAY + timedelta(1))),
        campaign("next", kind=Kind.PROMOTION, timing=OnDate(TODAY + timedelta(7))),
        OFFER,
    ]
    case = only(*people, consents=[consent(name) for name in "ABC"])
    found = told(case, *offers, WISH, last=TODAY + timedelta(7))
    assert {key: value for key, value in found.items() if value[0]} == {
        ("A", "late", "mail"): ("own-cap", "wants at most 1 promotion a week, and 'offer' goes first"),
        ("C", "late", "mail"): ("own-cap", "wants at most 1 promotion a month, and 'offer' goes first"),
        ("C", "next", "mail"): ("own-cap", "wants at most 1 promotion a month, and 'offer' goes first"),
    }


def leaving(
    shop: Shop, *people: Row, channels: tuple[Channel, ...] = (MAIL,)
) -> dict[tuple[str, str], tuple[str, str]]:
    """Customer and channel to code and instant."""
    given = by_heart(replace(NOBODY, campaigns=(campaign(channels=channels),), shop=shop), only(*people))
    customers = _wider(given.tables["customers"], [TIME_ZONES], list(people))
    zones = tuple(sorted({row[TIME_ZONES] for row in people if row.get(TIME_ZONES)}))
    made = ask(decide(replace(given, tables={**given.tables, "customers": customers}, zones=zones)))
    return {(row["customer_id"], row["channel"]): (row["code"] or "", row["leaves_at"] or "") for row in made}


def test_each_line_leaves_when_it_is_day_where_its_reader_is() -> None:
    people = [
        customer("A"),
        customer("B", **{TIME_ZONES: "America/New_York"}),
        customer("C", **{TIME_ZONES: "America/Los_Angeles America/New_York"}),
    ]
    assert leaving(SHOP, *people) == {
        ("A", "mail"): ("", "2026-09-08T07:00:00Z"),
        ("B", "mail"): ("", "2026-09-08T13:00:00Z"),
        ("C", "mail"): ("", "2026-09-08T16:00:00Z"),
    }


def test_each_channel_has_quiet_hours_of_its_own_and_where_it_is_always_quiet_nothing_goes() -> None:
    quiet = (
        QuietChannel(MAIL, QuietHours(time(0), time(0))),
        QuietChannel(TEXT, QuietHours(time(10), time(9))),
    )
    people = [
        customer("A", **{TIME_ZONES: "America/New_York"}),
        customer("B", **{TIME_ZONES: "America/New_York Asia/Shanghai"}),
    ]
    assert leaving(replace(SHOP, quiet_hours=quiet), *people, channels=(MAIL, TEXT)) == {
        ("A", "mail"): ("", "2026-09-08T07:00:00Z"),
        ("A", "text"): ("", "2026-09-08T13:00:00Z"),
        ("B", "mail"): ("", "2026-09-08T07:00:00Z"),
        ("B", "text"): ("quiet-hours", ""),
    }
