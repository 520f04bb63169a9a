"""Declare the tables of permission: responses, consents, suppressions.

An address is normalised before it is hashed, so that one person is recognised however it was typed: an e-mail
address is lower-cased, its domain in ASCII (IDNA); a telephone number is in E.164 (+494066969100), read as one dials
it in the customer's country, else in the shop's; a postal address is street, postcode and country, lower-cased,
joined by | and with single spaces. All are NFC and UTF-8.
"""

from __future__ import annotations

from sitegen.model.column import Column, Kind, Table

_RESPONSES = "records of customer acceptance and response to promotional information"

RESPONSES = Table(
    "responses",
    "What became of a campaign with a customer",
    ("campaign", "customer_id", "channel", "answer"),
    (
        Column("campaign", Kind.TEXT, "the campaign's id", required=True, source=_RESPONSES),
        Column("customer_id", Kind.TEXT, "who", required=True, refers_to="customers"),
        Column("channel", Kind.TEXT, "on which channel", required=True, allowed=("mail", "text", "card", "call")),
        Column(
            "answer",
            Kind.TEXT,
            "how",
            required=True,
            source=_RESPONSES,
            allowed=("accepted", "ignored", "refused", "bounced", "unsubscribed"),
        ),
        Column("day", Kind.DATE, "day", required=True),
    ),
    customer="customer_id",
    day="day",
)


CONSENTS = Table(
    "consents",
    "What a customer allowed, with evidence",
    ("customer_id", "channel", "purpose"),
    (
        Column("customer_id", Kind.TEXT, "who", required=True, refers_to="customers"),
        Column("channel", Kind.TEXT, "for which channel", required=True, allowed=("mail", "text", "card", "call")),
        Column("purpose", Kind.TEXT, "for which class of message", required=True, allowed=("promotion", "care")),
        Column("status", Kind.TEXT, "as it stands", required=True, allowed=("given", "withdrawn")),
        Column("basis", Kind.TEXT, "ground of it", allowed=("consent", "contract")),
        Column(
            "source",
            Kind.TEXT,
            "where it was given",
            source="Anyone who has placed an order in our store or chatted with us will be added as a friend",
            allowed=("shop", "web", "phone", "card", "event", "chat"),
        ),
        Column("given_on", Kind.DATE, "day"),
        Column("withdrawn_on", Kind.DATE, "day of the withdrawal"),
        Column("wording", Kind.TEXT, "name of the text that was agreed to"),
    ),
    customer="customer_id",
    day="given_on",
)


SUPPRESSIONS = Table(
    "suppressions",
    "Addresses to which nothing goes, whoever owns them",
    ("channel", "address_hash"),
    (
        Column("channel", Kind.TEXT, "channel", required=True, allowed=("mail", "text", "card", "call")),
        Column(
            "address_hash", Kind.TEXT, "SHA-256 of the normalised address, 64 hex digits", required=True, personal=True
        ),
        Column(
            "reason",
            Kind.TEXT,
            "why",
            allowed=("unsubscribed", "bounced", "complained", "moved", "deceased", "erased"),
        ),
        Column("since", Kind.DATE, "from which day", required=True),
    ),
)
