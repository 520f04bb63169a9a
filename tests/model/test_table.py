"""The declaration of the customer file agrees with itself and with what the specification asks for."""

import pytest

from sitegen.model.table import TABLES, Column, Kind, table

EVERY_COLUMN = [(declared, column) for declared in TABLES for column in declared.columns]


def test_the_tables_are_those_of_the_specification() -> None:
    assert {declared.name for declared in TABLES} == {
        "customers", "orders", "order_lines", "products", "contacts", "advisers", "stores", "events", "attendances",
        "complaints", "survey_answers", "suggestions", "referrals", "points", "responses", "consents",
        "suppressions", "promises", "loans", "children", "weather", "coupons", "gifts",
        "price_changes", "complaint_steps", "duty_results",
    }  # fmt: skip


def test_only_the_customers_must_be_there() -> None:
    assert [declared.name for declared in TABLES if declared.required] == ["customers"]


def test_no_two_tables_and_no_two_columns_of_a_table_share_a_name() -> None:
    assert len({declared.name for declared in TABLES}) == len(TABLES)
    assert len({(declared.name, column.name) for declared, column in EVERY_COLUMN}) == len(EVERY_COLUMN)


def test_a_key_is_made_of_required_columns_of_its_table() -> None:
    for declared in TABLES:
        assert declared.key
        for name in declared.key:
            assert declared.column(name).required, f"{declared.name}.{name}"


def test_a_reference_points_to_a_table_with_a_single_key_and_is_named_after_what_it_leads_to() -> None:
    references = [column for _, column in EVERY_COLUMN if column.refers_to]
    assert references
    for column in references:
        assert len(table(column.refers_to).key) == 1
        assert column.name.endswith("_id")


def test_a_reference_has_the_kind_of_the_key_that_it_repeats() -> None:
    for _, column in EVERY_COLUMN:
        if column.refers_to:
            (key,) = table(column.refers_to).key
            assert column.kind is table(column.refers_to).column(key).kind


def test_a_name_is_written_in_small_letters_and_underscores() -> None:
    for name in [declared.name for declared in TABLES] + [column.name for _, column in EVERY_COLUMN]:
        assert name.isascii()
        assert name == name.lower()
        assert name.replace("_", "").isalpha()


def test_allowed_values_are_texts_and_differ() -> None:
    limited = [column for _, column in EVERY_COLUMN if column.allowed]
    assert limited
    for column in limited:
        assert column.kind is Kind.TEXT
        assert len(set(column.allowed)) == len(column.allowed) > 1


def test_money_and_counts_say_their_unit() -> None:
    for declared, column in EVERY_COLUMN:
        numbered = column.name in {"line", "entry"}  # a running number counts nothing
        if column.kind in {Kind.MONEY, Kind.INTEGER} and not numbered:
            assert column.unit, f"{declared.name}.{column.name}"


def test_every_column_says_what_it_means() -> None:
    assert [column.name for _, column in EVERY_COLUMN if not column.meaning.strip()] == []


ASKED = {
    "A1 the general record": "customers: first_name last_name gender street phone fax email income family_status"
    " characteristics behaviour",
    "A2 order and return": "orders: ordered_at status",
    "A2 consultation and service request": "contacts: subject outcome",
    "A2 complaint": "complaints: opened_on factor step",
    "A3 what, how often, how much": "order_lines: product_id quantity price",
    "A3 kind of goods": "products: group",
    "A4 response to promotional information": "responses: campaign answer",
    "A5 the archive that is kept up": "contacts: adviser_id subject",
    "A6 record at the first purchase": "customers: member_since",
    "A7 the need of all walks of life": "customers: interests",
    "A7 baby and child": "children: due_on born_on",
    "A9 consent from an order or a chat": "consents: source",
    "A10 stores": "stores: name region",
    "A11 five needs": "customers: stated_need real_need unstated_need delight secret_need",
    "A12 five factors": "survey_answers: factor score",
    "A13 place in the trade": "customers: type",
    "A14 what is lent": "loans: item deposit",
    "B3 evaluation": "orders: rating",
    "B4 at work": "customers: company_address salutation",
    "B12 who was lost, when and why": "customers: lost_on lost_reason",
    "B17 couriers": "orders: courier delivered_on",
    "C14 a rainy day": "weather: day condition",
}
"""What the source texts ask a customer file to hold, by the number under which the sentences are listed."""


@pytest.mark.parametrize("number", ASKED)
def test_what_the_texts_ask_for_has_a_column_that_quotes_the_sentence(number: str) -> None:
    name, _, columns = ASKED[number].partition(": ")
    assert [column for column in columns.split() if not table(name).column(column).source] == []


@pytest.mark.parametrize(
    ("name", "column", "words"),
    [
        ("contacts", "subject", {"consultation", "return", "complaint", "service", "order", "chat"}),
        ("responses", "answer", {"accepted", "ignored", "refused", "bounced", "unsubscribed"}),
        ("survey_answers", "factor", {"quality", "service", "price", "innovation", "image"}),
        ("customers", "type", {"agent", "dealer", "wholesaler", "retailer", "final"}),
        ("consents", "source", {"shop", "chat"}),
        ("orders", "status", {"returned"}),
    ],
)
def test_a_column_has_the_words_of_the_texts(name: str, column: str, words: set[str]) -> None:
    assert words <= set(table(name).column(column).allowed)


PLAIN = {
    "customer_id": "the shop's own number, which says nothing outside it",
    "child_id": "the same, of a child",
    "language": "one of a few, shared by thousands",
    "region": "a province or a sales region",
    "country": "a country",
    "type": "a place in the trade",
    "class": "customer, or one of the house",
    "store_id": "which store looks after the customer",
    "adviser_id": "which adviser does",
    "tags": "the shop's own marks, for its work",
    "time_zone": "a zone is as wide as a country",
    "company_address": "yes or no",
    "member_since": "a day in the shop's life",
    "lost_on": "the same",
}
"""The columns of people that are shown to everybody who may run sitegen, and why."""


@pytest.mark.parametrize("name", ["customers", "children"])
def test_every_column_of_people_is_personal_or_plain_for_a_reason(name: str) -> None:
    for column in table(name).columns:
        assert column.personal != (column.name in PLAIN), column.name


def test_free_words_of_and_about_customers_are_personal() -> None:
    # The shop's own short words.
    shown = {"campaign", "question", "survey", "reason", "wording", "item", "compensation", "courier", "gives", "rule"}
    shown |= {"opinion_by"}
    for declared in TABLES:
        if declared.customer:
            for column in declared.columns:
                free = column.kind is Kind.TEXT and not column.allowed and not column.refers_to
                if free and column.name not in {*declared.key, *shown}:
                    assert column.personal, f"{declared.name}.{column.name}"


def test_a_hash_of_an_address_is_personal_too() -> None:
    assert table("suppressions").column("address_hash").personal


def test_a_column_is_found_by_its_name() -> None:
    assert table("orders").column("amount") == Column(
        "amount",
        Kind.MONEY,
        "what the customer paid, after discount",
        unit="currency",
        source="Anyone who has placed an order in our store",
        required=True,
    )


def test_an_unknown_table_or_column_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="oders"):
        table("oders")
    with pytest.raises(KeyError, match="amuont"):
        table("orders").column("amuont")
