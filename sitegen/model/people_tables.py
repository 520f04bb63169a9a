"""Declare the tables of people and places: customers, children, advisers, stores."""

from __future__ import annotations

from sitegen.model.column import Column, Kind, Table

_RECORD = "name, gender, address, telephone, fax, e-mail, income and family status, personal characteristics"
_NEEDS = "speak out ... real ... no need to say ... pleasurable ... secret"
_GUIDE = "inform customers of the name and mobile phone number of the shopping guide"
_CLOSEST = "best to let the shopping guide who has the closest relationship ... send the message directly"
_REGION = "unified management ... by the region"
_CASUAL = "leave the company address, such as Mr. So-and-so, miss"
_CHARACTER = "personal characteristics and general behavior"
_BIRTHDAY = "remind the customer that today is her birthday"
_LOST = "don't know which customers they lost, when they lost them, or why they lost them"
_STORES = "it has 4 stores"

CUSTOMERS = Table(
    "customers",
    "Everybody who ever bought or wrote to the shop",
    ("customer_id",),
    (
        Column("customer_id", Kind.TEXT, "the shop's own number for the customer", required=True),
        Column("first_name", Kind.TEXT, "given name, as the customer writes it", source=_RECORD, personal=True),
        Column("last_name", Kind.TEXT, "family name, as the customer writes it", source=_RECORD, personal=True),
        Column("salutation", Kind.TEXT, "how to address the customer: Ms, Herr, 女士", source=_CASUAL, personal=True),
        Column(
            "gender",
            Kind.TEXT,
            "given freely by the customer, never guessed",
            source=_RECORD,
            allowed=("female", "male", "other"),
            personal=True,
        ),
        Column("language", Kind.TEXT, "language of letters and pages, as a code: en, zh"),
        Column("email", Kind.TEXT, "e-mail address", source=_RECORD, personal=True),
        Column("phone", Kind.TEXT, "telephone number with country code", source=_RECORD, personal=True),
        Column("fax", Kind.TEXT, "fax number with country code", source=_RECORD, personal=True),
        Column("street", Kind.TEXT, "street and house number, or the company's line", source=_RECORD, personal=True),
        Column("city", Kind.TEXT, "town", source=_RECORD, personal=True),
        Column("postcode", Kind.TEXT, "postal code, zeros at the front included", source=_RECORD, personal=True),
        Column("region", Kind.TEXT, "province, state or sales region", source=_REGION),
        Column("country", Kind.TEXT, "country of the address, ISO 3166-1 alpha-2", source=_RECORD),
        Column(
            "company_address",
            Kind.YES_NO,
            "the address is a place of work",
            source="leave the company address ... like to share with people",
        ),
        Column(
            "income",
            Kind.MONEY,
            "income of the household, given freely",
            unit="currency a year",
            source=_RECORD,
            personal=True,
        ),
        Column(
            "family_status",
            Kind.TEXT,
            "household",
            source=_RECORD,
            allowed=("single", "couple", "family", "widowed"),
            personal=True,
        ),
        Column(
            "characteristics",
            Kind.TEXT,
            "what the customer is like, in the adviser's words",
            source=_CHARACTER,
            personal=True,
        ),
        Column(
            "behaviour", Kind.TEXT, "how the customer buys, in the adviser's words", source=_CHARACTER, personal=True
        ),
        Column("birthday", Kind.YEARLY, "date of birth by the solar calendar", source=_BIRTHDAY, personal=True),
        Column(
            "lunar_birthday",
            Kind.LUNAR,
            "birthday by the lunar calendar, where the customer keeps that one",
            source=_BIRTHDAY,
            personal=True,
        ),
        Column(
            "member_since",
            Kind.YEARLY,
            "first day as a member of the shop",
            source="The first time has a customer-related information",
        ),
        Column(
            "type",
            Kind.TEXT,
            "place in the trade",
            source="intermediate customers (agents, dealers, wholesalers) and retailers",
            allowed=("final", "retailer", "agent", "dealer", "wholesaler"),
        ),
        Column("class", Kind.TEXT, "customer, or one of the house", allowed=("customer", "staff", "owner")),
        Column("store_id", Kind.TEXT, "home store", source=_STORES, refers_to="stores"),
        Column(
            "adviser_id",
            Kind.TEXT,
            "the adviser who knows the customer best",
            source="set up dedicated personnel to maintain old customers",
            refers_to="advisers",
        ),
        Column(
            "interests",
            Kind.LIST,
            "subjects and goods that the customer likes",
            source="all walks of life, the need for different information",
            personal=True,
        ),
        Column("tags", Kind.LIST, "the shop's own marks"),
        Column("time_zone", Kind.TEXT, "IANA zone of the customer, for quiet hours"),
        Column("stated_need", Kind.TEXT, "what the customer asked for", source=_NEEDS, personal=True),
        Column("real_need", Kind.TEXT, "what it is for", source=_NEEDS, personal=True),
        Column("unstated_need", Kind.TEXT, "what the customer takes for granted", source=_NEEDS, personal=True),
        Column("delight", Kind.TEXT, "what would be a happy surprise", source=_NEEDS, personal=True),
        Column("secret_need", Kind.TEXT, "what the customer hopes for and does not say", source=_NEEDS, personal=True),
        Column("lost_on", Kind.DATE, "day on which the customer said goodbye", source=_LOST),
        Column("lost_reason", Kind.TEXT, "why the customer left", source=_LOST, personal=True),
    ),
    required=True,
)


CHILDREN = Table(
    "children",
    "Children on the way or growing up",
    ("child_id",),
    (
        Column("child_id", Kind.TEXT, "the child's number", required=True),
        Column("customer_id", Kind.TEXT, "the parent", required=True, refers_to="customers"),
        Column("first_name", Kind.TEXT, "name, once there is one", personal=True),
        Column(
            "due_on",
            Kind.DATE,
            "day on which the child was or is due",
            source="start to buy products in pregnancy, each month needs products are different",
            personal=True,
        ),
        Column("born_on", Kind.YEARLY, "birthday", source="customers for a year to two years", personal=True),
    ),
    customer="customer_id",
    day="born_on",
)


ADVISERS = Table(
    "advisers",
    "The people who look after customers",
    ("adviser_id",),
    (
        Column("adviser_id", Kind.TEXT, "the adviser's number", required=True),
        Column("first_name", Kind.TEXT, "given name", required=True, source=_GUIDE),
        Column("last_name", Kind.TEXT, "family name", source=_GUIDE),
        Column("store_id", Kind.TEXT, "store", refers_to="stores"),
        Column("email", Kind.TEXT, "business address, reply-to of the letters", source=_CLOSEST),
        Column("phone", Kind.TEXT, "business telephone", source=_GUIDE),
        Column("title", Kind.TEXT, "what the adviser does"),
        Column("signature", Kind.TEXT, "the name as the adviser signs a letter", source=_CLOSEST),
        Column("languages", Kind.LIST, "languages that the adviser speaks: en, zh, de"),
        Column("photo", Kind.TEXT, "picture below content/assets: advisers/wiebke.jpg", source=_CLOSEST),
    ),
)


STORES = Table(
    "stores",
    "The stores",
    ("store_id",),
    (
        Column("store_id", Kind.TEXT, "the store's number", required=True),
        Column("name", Kind.TEXT, "name", required=True, source=_STORES),
        Column("city", Kind.TEXT, "town"),
        Column("street", Kind.TEXT, "street and house number"),
        Column("postcode", Kind.TEXT, "postal code"),
        Column("country", Kind.TEXT, "ISO 3166-1 alpha-2"),
        Column("phone", Kind.TEXT, "telephone", source="issue a store contact card"),
        Column("region", Kind.TEXT, "sales region", source=_REGION),
        Column("time_zone", Kind.TEXT, "IANA zone of the store, for quiet hours of its customers in large countries"),
        Column("opening_hours", Kind.TEXT, "in words"),
    ),
)
