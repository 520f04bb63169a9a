"""Reckon again: how good the customer file is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from tests.desk.reports_oracle.book import Book, Row, Sheet, per_cent
from tests.desk.reports_oracle.reach import addresses, suppressed
from tests.desk.reports_oracle.satisfaction import worth
from tests.desk.sample import tables


def _address(row: Row) -> bool:
    return bool(row["street"] and row["city"] and row["postcode"])


GENERAL: Mapping[str, Callable[[Row], Any]] = {
    "Name": lambda row: row["first_name"] or row["last_name"],
    "Gender": lambda row: row["gender"],
    "Address, with all that a letter needs": _address,
    "Telephone": lambda row: row["phone"],
    "Fax": lambda row: row["fax"],
    "E-mail": lambda row: row["email"],
    "Income": lambda row: row["income"] is not None,
    "Family status": lambda row: row["family_status"],
    "Personal characteristics": lambda row: row["characteristics"],
    "General behaviour": lambda row: row["behaviour"],
}
MORE: Mapping[str, Callable[[Row], Any]] = {
    "Birthday": lambda row: row["birthday"] or row["lunar_birthday"],
    "Language": lambda row: row["language"],
    "Interests": lambda row: row["interests"],
    "Home store": lambda row: row["store_id"],
    "Adviser, named or the closest": lambda row: row["adviser_id"],
}
ASKED = {
    "name": "Name", "address": "Address, with all that a letter needs", "telephone": "Telephone", "e-mail": "E-mail",
    "family status": "Family status", "personal characteristics": "Personal characteristics",
    "general behaviour": "General behaviour", "birthday": "Birthday",
}  # fmt: skip
FIELDS = GENERAL | MORE


def sheet(book: Book) -> Sheet:
    """Fields known, whom to ask, what can't be true."""
    people = [
        row for row in book.customers.values() if not (row["lost_on"] is not None and row["lost_on"] <= book.today)
    ]
    known = {name: sum(bool(field(row)) for row in people) for name, field in FIELDS.items()}
    missing = {row["customer_id"]: _missing(row) for row in people}
    wrong = _contradictions(book)
    cells = sum(known[name] for name in GENERAL)
    figures = {
        "score": per_cent(cells, len(people) * len(GENERAL)),
        "customers": len(people),
        "unreached": sum(not _reached(row, book.today) for row in people),
        "without-basis": sum(not _basis(row["customer_id"], book.today) for row in people),
        "without-adviser": sum(not row["adviser_id"] for row in people),
        "incomplete": sum(bool(words) for words in missing.values()),
        "contradictions": sum(wrong.values()),
    }
    fields = [
        (name, known[name], len(people) - known[name], per_cent(known[name], len(people)), name in GENERAL)
        for name in FIELDS
    ]
    chart = (
        [name.split(",")[0] for name in GENERAL],
        {"Known": [per_cent(known[name], len(people)) for name in GENERAL]},
    )
    asked = sorted((who for who in missing if missing[who]), key=lambda who: (-worth(book, who), who))[:100]
    ids = {who: str(book.customers[who]["adviser_id"]) for who in asked}
    ask = [
        (book.adviser(who), who, book.name(who), worth(book, who), missing[who])
        for who in sorted(asked, key=lambda who: (book.adviser(who) or "", ids[who], -worth(book, who), who))
    ]
    return Sheet(figures, {"record": chart}, {"fields": fields, "ask": ask, "contradictions": list(wrong.items())})


def _missing(row: Row) -> str:
    return ", ".join(word for word, name in ASKED.items() if not FIELDS[name](row))


def _reached(row: Row, today: date) -> bool:
    """Whether a letter may still go somewhere: no channel's address is good, or all are suppressed or refused."""
    refused = {
        one["channel"]
        for one in tables()["consents"]
        if one["customer_id"] == row["customer_id"] and one["purpose"] == "care" and one["status"] != "given"
    }
    open_to = {channel: address for channel, address in addresses(row).items() if address and channel not in refused}
    return bool(set(open_to) & {"mail", "text", "card"}) and not (
        len(open_to) == 1 and suppressed(row, date.min, today)
    )


def _basis(customer: str, today: date) -> bool:
    return any(
        one["customer_id"] == customer
        and one["basis"] in ("consent", "contract")
        and one["status"] == "given"
        and (one["given_on"] is None or one["given_on"] <= today)
        and (one["withdrawn_on"] is None or one["withdrawn_on"] > today)
        for one in tables()["consents"]
    )


def _contradictions(book: Book) -> dict[str, int]:
    first = {who: rows[0]["ordered_at"] for who, rows in book.sales_of.items()}
    emails = Counter(row["email"].lower() for row in tables()["customers"] if row["email"])
    people = tables()["customers"]

    def before(table: str, early: str, late: str) -> int:
        return sum(
            row[early] is not None and row[late] is not None and row[early] < row[late] for row in tables()[table]
        )

    return {
        "Customers who said goodbye and ordered afterwards": sum(
            row["lost_on"] is not None
            and any(order["ordered_at"] > row["lost_on"] for order in book.sales_of.get(row["customer_id"], ()))
            for row in people
        ),
        "Customers who became members after their first order": sum(
            row["member_since"] is not None
            and row["customer_id"] in first
            and row["member_since"] > first[row["customer_id"]]
            for row in people
        ),
        "Birthdays in the future": sum(row["birthday"] is not None and row["birthday"] > book.today for row in people),
        "Orders delivered before they were ordered": before("orders", "delivered_on", "ordered_at"),
        "Complaints solved before they came": before("complaints", "solved_on", "opened_on"),
        "Promises kept before they were made": before("promises", "kept_on", "made_on"),
        "Consents that are given and were withdrawn later": sum(
            row["status"] == "given" and row["withdrawn_on"] is not None and row["withdrawn_on"] <= book.today
            for row in tables()["consents"]
        ),
        "E-mail addresses of several customers": sum(times > 1 for times in emails.values()),
    }
