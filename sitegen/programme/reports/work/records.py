"""Look through the records of customers: which fields are known, who can't be reached, what can't be true."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

import ibis

from sitegen.audience.facts.rows import table_of
from sitegen.audience.plan.addresses import address_hash, address_of, is_written
from sitegen.model.channel import Channel
from sitegen.programme.reports.compared import days_between, how_many, how_often, known
from sitegen.programme.reports.ground import Ground
from sitegen.programme.reports.purchases import outside, purchases

Known: TypeAlias = Callable[[ibis.Table], ibis.Value]


def _text(column: str) -> Known:
    return lambda rows: rows[column].strip().nullif("").notnull()


def _either(first: str, second: str) -> Known:
    return lambda rows: _text(first)(rows) | _text(second)(rows)


RECORD: Mapping[str, tuple[str, Known]] = {
    "name": ("Name", _either("first_name", "last_name")),
    "gender": ("Gender", _text("gender")),
    "address": ("Address, with all that a letter needs", lambda rows: is_written(rows, Channel.CARD)),
    "phone": ("Telephone", _text("phone")),
    "fax": ("Fax", _text("fax")),
    "email": ("E-mail", _text("email")),
    "income": ("Income", lambda rows: rows["income"].notnull()),
    "family": ("Family status", _text("family_status")),
    "characteristics": ("Personal characteristics", _text("characteristics")),
    "behaviour": ("General behaviour", _text("behaviour")),
}
"""The ten fields of the general record. Source: "name, gender, address, telephone, fax, e-mail, income and family
status, personal characteristics and general behavior"."""

FURTHER: Mapping[str, tuple[str, Known]] = {
    "birthday": ("Birthday", lambda rows: rows["birthday"].notnull() | _text("lunar_birthday")(rows)),
    "language": ("Language", _text("language")),
    "interests": ("Interests", lambda rows: (rows["interests"].length() > 0).fill_null(False)),
    "store": ("Home store", _text("store_id")),
    "adviser": ("Adviser, named or the closest", _text("adviser_id")),
}
"""Fields that the product itself asks for; they do not count in the score."""

ASKED = ("name", "address", "phone", "email", "family", "characteristics", "behaviour", "birthday")
"""What an adviser may ask for, or write down. Gender and income are given freely, and a fax few people have."""

FIELDS = {**RECORD, **FURTHER}
"""All of them by name: title, and how one sees that it is known."""


def people(ground: Ground) -> ibis.Table:
    """The customers who are not of the house and have not said goodbye."""
    rows = outside(ground, table_of(ground.tables, "customers", ground.schema))
    return rows.filter(~known(rows["lost_on"], ground.today))


def how_known(ground: Ground) -> tuple[int, Mapping[str, int]]:
    """How many customers there are, and of how many each of FIELDS is known."""
    rows = people(ground)
    counts = {name: how_many(knows(rows)) for name, (_, knows) in FIELDS.items()}
    (row,) = ground.ask(rows.aggregate(all_of_them=rows.count(), **counts))
    return int(row["all_of_them"]), {name: int(row[name]) for name in FIELDS}


def unreached(ground: Ground) -> int:
    """Customers whom no care letter reaches by mail, text or card: there is no good address, it is suppressed, or they
    want none."""
    rows = people(ground)
    for channel in (Channel.MAIL, Channel.TEXT, Channel.CARD):
        rows = _not_by(ground, rows, channel)
    return how_often(ground, rows)


def _not_by(ground: Ground, rows: ibis.Table, channel: Channel) -> ibis.Table:
    """Those of the customers whom the channel does not reach. Each channel only looks at who is left, because the hash
    of an address takes its time."""
    rows = rows.mutate(address=address_of(rows, channel))
    barred, refused = _suppressed(ground, channel), _refused(ground, channel)
    rows = rows.mutate(hash=address_hash(rows["address"]))
    rows = rows.left_join(barred, rows["hash"] == barred["barred"])
    rows = rows.left_join(refused, rows["customer_id"] == refused["refuser"])
    out = rows["address"].isnull() | rows["barred"].notnull() | rows["refuser"].notnull()
    return rows.filter(out).drop("address", "hash", "barred", "refuser")


def _suppressed(ground: Ground, channel: Channel) -> ibis.Table:
    rows = table_of(ground.tables, "suppressions", ground.schema)
    rows = rows.filter(rows["channel"] == channel.value, known(rows["since"], ground.today))
    if "scope" in rows.columns:
        rows = rows.filter(rows["scope"].isin(["all", "care"]).fill_null(True))
    return rows.select(barred=rows["address_hash"].lower()).distinct()


def _refused(ground: Ground, channel: Channel) -> ibis.Table:
    rows = table_of(ground.tables, "consents", ground.schema)
    back = (rows["withdrawn_on"] <= ibis.date(ground.today)).fill_null(True)
    rows = rows.filter(rows["channel"] == channel.value, rows["purpose"] == "care", rows["status"] == "withdrawn", back)
    return rows.select(refuser="customer_id").distinct()


def without_basis(ground: Ground) -> int:
    """Customers of whom no consent that stands names its ground: consent or contract. Source: "Anyone who has placed an
    order in our store or chatted with us will be added as a friend"."""
    rows = table_of(ground.tables, "consents", ground.schema)
    since = (rows["given_on"] <= ibis.date(ground.today)).fill_null(True)
    based = rows.filter(rows["status"] == "given", rows["basis"].notnull(), since)
    return how_often(ground, people(ground).anti_join(based.select("customer_id"), "customer_id"))


def contradictions(ground: Ground) -> Mapping[str, int]:
    """How many rows of the file can't be true, by what is wrong with them."""
    return {words: how_often(ground, find(ground)) for words, find in _CONTRADICTIONS.items()}


def _orders_after_goodbye(ground: Ground) -> ibis.Table:
    rows = outside(ground, table_of(ground.tables, "customers", ground.schema))
    gone = rows.filter(known(rows["lost_on"], ground.today)).select("lost_on", gone="customer_id")
    last = purchases(ground).group_by("customer_id").aggregate(last=lambda row: row["day"].max())
    both = gone.inner_join(last, gone["gone"] == last["customer_id"])
    return both.filter(both["last"] > both["lost_on"])


def _members_before(ground: Ground) -> ibis.Table:
    rows = people(ground)
    first = purchases(ground).group_by(buyer="customer_id").aggregate(first=lambda row: row["day"].min())
    both = rows.inner_join(first, rows["customer_id"] == first["buyer"])
    return both.filter(both["member_since"] > both["first"])


def _born_tomorrow(ground: Ground) -> ibis.Table:
    rows = people(ground)
    return rows.filter(rows["birthday"] > ibis.date(ground.today))


def _delivered_before(ground: Ground) -> ibis.Table:
    rows = outside(ground, table_of(ground.tables, "orders", ground.schema))
    rows = rows.filter(known(rows["ordered_at"], ground.today))
    return rows.filter(days_between(rows["ordered_at"], rows["delivered_on"]) < 0)


def _solved_before(ground: Ground) -> ibis.Table:
    rows = table_of(ground.tables, "complaints", ground.schema)
    return rows.filter(known(rows["opened_on"], ground.today), rows["solved_on"] < rows["opened_on"])


def _kept_before(ground: Ground) -> ibis.Table:
    rows = table_of(ground.tables, "promises", ground.schema)
    return rows.filter(known(rows["made_on"], ground.today), rows["kept_on"] < rows["made_on"])


def _withdrawn_and_given(ground: Ground) -> ibis.Table:
    rows = table_of(ground.tables, "consents", ground.schema)
    later = (rows["withdrawn_on"] >= rows["given_on"]).fill_null(True)
    return rows.filter(rows["status"] == "given", known(rows["withdrawn_on"], ground.today), later)


def _shared_mailboxes(ground: Ground) -> ibis.Table:
    rows = people(ground)
    rows = rows.mutate(mailbox=address_of(rows, Channel.MAIL))
    rows = rows.filter(rows["mailbox"].notnull())
    return rows.group_by("mailbox").aggregate(owners=rows.count()).filter(lambda row: row["owners"] > 1)


_CONTRADICTIONS: Mapping[str, Callable[[Ground], ibis.Table]] = {
    "customers who said goodbye and ordered afterwards": _orders_after_goodbye,
    "customers who became members after their first order": _members_before,
    "birthdays in the future": _born_tomorrow,
    "orders delivered before they were ordered": _delivered_before,
    "complaints solved before they came": _solved_before,
    "promises kept before they were made": _kept_before,
    "consents that are given and were withdrawn later": _withdrawn_and_given,
    "e-mail addresses of several customers": _shared_mailboxes,
}


def missing(ground: Ground) -> ibis.Table:
    """The customers with a column for each of ASKED, true where it is missing, and `lacks`, how many are."""
    rows = people(ground)
    gaps = {f"no {name}": ~FIELDS[name][1](rows).fill_null(False) for name in ASKED}
    rows = rows.select("customer_id", "adviser_id", **gaps)
    lacks = sum((rows[name].cast("int64") for name in gaps), ibis.literal(0))
    return rows.mutate(lacks=lacks)
