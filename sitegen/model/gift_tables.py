"""Declare the table of gifts: presents that a customer sends to a third person, with a card.

What it says of the recipient serves one card, its slip and its parcel, and nothing else: the table has no customer's
rows for rules to count, so that no fact, segment, page or message can ask for it, and whoever erases the giver erases
it. A recipient becomes a customer only by entering themselves: the card leads them to the shop's own address.
"""

from __future__ import annotations

from sitegen.model.column import Column, Kind, Table

_GIFT = "if an old customer wants to give it as a gift, I will help write a greeting card"
_BOX = "help package the beads in a more attractive gift box"
_RECIPIENT = "the person who receives the gift"

GIFTS = Table(
    "gifts",
    "Presents for third persons, each with a card in the giver's words; the recipient is no customer by it",
    ("gift_id",),
    (
        Column("gift_id", Kind.TEXT, "the gift's number, which stands on the slip of the box", required=True),
        Column("customer_id", Kind.TEXT, "the giver", required=True, refers_to="customers", source=_GIFT),
        Column("order_id", Kind.TEXT, "the order that lies in the box", refers_to="orders"),
        Column("asked_on", Kind.DATE, "day on which the giver asked for it", required=True),
        Column(
            "send_on",
            Kind.DATE,
            "day on which the box leaves the shop; its card is printed the lead of cards before",
            required=True,
        ),
        Column(
            "giver_name",
            Kind.TEXT,
            "how the giver wants to be named on the card",
            source=_GIFT,
            required=True,
            personal=True,
        ),
        Column(
            "words",
            Kind.TEXT,
            "the giver's own words, printed as they stand; an empty line parts paragraphs; empty: the campaign's",
            source=_GIFT,
            personal=True,
        ),
        Column("language", Kind.TEXT, "language of the words and the card, as a code: en, zh", required=True),
        Column("card", Kind.TEXT, "the design that the giver chose; empty: the campaign's first"),
        Column("wrapping", Kind.TEXT, "box, paper and ribbon", source=_BOX),
        Column(
            "recipient_name",
            Kind.TEXT,
            "whom the card is for, as the giver writes it",
            source=_RECIPIENT,
            personal=True,
        ),
        Column("street", Kind.TEXT, "street and house number of the recipient", source=_RECIPIENT, personal=True),
        Column("city", Kind.TEXT, "town of the recipient", source=_RECIPIENT, personal=True),
        Column("postcode", Kind.TEXT, "postal code of the recipient", source=_RECIPIENT, personal=True),
        Column("region", Kind.TEXT, "province or state of the recipient", source=_RECIPIENT, personal=True),
        Column(
            "country",
            Kind.TEXT,
            "country of the recipient, ISO 3166-1 alpha-2",
            source=_RECIPIENT,
            personal=True,
        ),
    ),
)
