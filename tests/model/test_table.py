"""The declaration of the customer file agrees with itself and with what the specification asks for."""

import pytest

from sitegen.model.table import TABLES, Column, Kind, table

EVERY_COLUMN = [(declared, column) for declared in TABLES for column in declared.columns]


def test_the_tables_are_those_of_the_specification() -> None:
    assert {declared.name for declared in TABLES} == {
        "customers", "orders", "order_lines", "products", "contacts", "advisers", "stores", "events", "attendances",
        "complaints", "survey_answers", "suggestions", "referrals", "points", "responses", "consents",
        "suppressions", "promises", "loans", "children",
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


def test_the_general_record_has_the_fields_that_the_texts_list() -> None:
    fields = (
        "first_name", "last_name", "gender", "street", "phone", "fax", "email", "income", "family_status",
        "characteristics", "behaviour",
    )  # fmt: skip
    assert [name for name in fields if not table("customers").column(name).source] == []


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
