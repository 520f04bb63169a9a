"""Tests of a shop's own columns and tables, and of where it keeps its customers."""

from __future__ import annotations

from textwrap import dedent

import pytest

from sitegen.audience.language.catalogue import catalogue_of, paths_from
from sitegen.audience.plan.addresses import EMAIL_KEY, PHONE_KEY
from sitegen.content.keys import Keys
from sitegen.content.shop.data_file import Data, read_data
from sitegen.content.shop.schema_file import MADE
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Problem
from sitegen.model.column import Kind
from sitegen.model.shop import FolderSource, PostgresSource, Source, SqliteSource
from sitegen.model.table import STANDARD

PETS = """
    data:
      columns:
        customers:
          bead_size: {type: integer, unit: mm, meaning: beads that fit, personal: yes}
          taste: {type: text, allowed: [plain, gay]}
      tables:
        pets:
          meaning: animals of the family
          key: pet_id
          day: adopted_on
          columns:
            pet_id: {type: text}
            customer_id: {type: text, refers_to: customers}
            adopted_on: {type: date}
        visits:
          key: [pet_id, number]
          day: pet.adopted_on
          columns:
            pet_id: {type: text, refers_to: pets}
            number: {type: integer}
"""


def read(text: str) -> tuple[Data, list[Problem]]:
    problems: list[Problem] = []
    keys = Keys(read_yaml(dedent(text).lstrip("\n"), "content/site.yaml"), problems, "site.yaml")
    return read_data(keys), problems


def test_own_columns_follow_the_standard_ones_and_are_facts() -> None:
    data, problems = read(PETS)
    assert problems == []
    columns = data.schema.table("customers").columns
    assert columns[: len(STANDARD.table("customers").columns)] == STANDARD.table("customers").columns
    size, taste = columns[-2:]
    assert (size.name, size.kind, size.unit, size.meaning, size.personal) == (
        "bead_size",
        Kind.INTEGER,
        "mm",
        "beads that fit",
        True,
    )
    assert taste.allowed == ("plain", "gay")
    assert catalogue_of(data.schema)["bead size"].personal


def test_own_tables_have_their_key_day_and_customer() -> None:
    schema = read(PETS)[0].schema
    pets, visits = schema.table("pets"), schema.table("visits")
    assert (pets.key, pets.day, pets.customer) == (("pet_id",), "adopted_on", "customer_id")
    assert (visits.key, visits.day, visits.customer) == (("pet_id", "number"), "pet.adopted_on", "pet.customer_id")
    assert pets.column("pet_id").required
    assert not pets.column("customer_id").required
    assert "pet.adopted_on" in paths_from(schema, "visits")
    assert schema.tables[: len(STANDARD.tables)] == (
        schema.table("customers"),
        *(table for table in STANDARD.tables if table.name != "customers"),
    )


def test_an_own_table_may_get_a_column_from_outside_like_any_other() -> None:
    added = """
    data:
      columns: {pets: {paws: {type: integer}}, stores: {rooms: {type: integer}}}
      tables: {pets: {key: pet_id, columns: {pet_id: {type: text}}}}
    """
    data, problems = read(added)
    assert problems == []
    assert [column.name for column in data.schema.table("pets").columns] == ["pet_id", "paws"]
    assert data.schema.table("stores").column("rooms").kind is Kind.INTEGER
    assert data.schema.table("stores").customer == ""


def test_a_shop_without_own_columns_has_the_standard_schema() -> None:
    assert read("name: x")[0] == Data(FolderSource(), STANDARD, "1GB")
    assert read("data: {folder: here}")[0].schema == STANDARD


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("data: {folder: customers}", FolderSource("customers")),
        ("data: {sqlite: shop.sqlite}", SqliteSource("shop.sqlite")),
        ("data: {postgres: sitegen}", PostgresSource("sitegen")),
        ("data:\n  postgres:\n", PostgresSource("public")),
        ("data: {memory: 4GB}", FolderSource()),
    ],
)
def test_the_source_is_the_one_that_is_named(text: str, source: Source) -> None:
    data, problems = read(text)
    assert (data.source, problems) == (source, [])


@pytest.mark.parametrize(("text", "memory"), [("4GB", "4GB"), ("512 mb", "512MB"), ("256MB", "256MB")])
def test_memory_is_a_size(text: str, memory: str) -> None:
    assert read(f"data: {{memory: {text}}}")[0].memory == memory


@pytest.mark.parametrize("text", ["4", "0GB", "255MB", "a lot", "4 GB or so", "-1GB", "99999GB"])
def test_memory_that_is_no_size_or_too_small_is_a_mistake(text: str) -> None:
    data, problems = read(f"data: {{memory: {text}}}")
    assert data.memory == "1GB"
    assert [problem.code for problem in problems] == ["wrong-value"]


@pytest.mark.parametrize(
    ("column", "message"),
    [
        ("size: {type: int}", "unknown type 'int'"),
        ("size: {}", "'size' has no 'type'"),
        ("size: integer", "'size' must hold keys and values"),
        ("size: {type: integer, units: mm}", "unknown key 'units' in 'size'"),
        ("email: {type: text}", "customers has a column 'email' already"),
        ("email_key: {type: text}", "'email_key' is what sitegen makes of an address"),
        ("last_order: {type: date}", "'last order' is a fact already"),
        ("tier_id: {type: text, refers_to: products}", "'tier' is a fact already"),
        ("Size: {type: integer}", "'Size' can't be a name"),
        ("größe: {type: integer}", "'größe' can't be a name"),
        ("size: {type: yes/no, allowed: [yes]}", "'allowed' is for texts and lists, and 'size' is yes/no"),
        ("house: {type: text, refers_to: stores}", "'house' refers to a row, but does not end in _id"),
        ("house_id: {type: text, refers_to: houses}", "no table is called 'houses'"),
        ("house_id: {type: integer, refers_to: stores}", "'house_id' is integer, but the key of stores is text"),
        (
            "line_id: {type: text, refers_to: order_lines}",
            "a row of 'order_lines' can't be referred to: its key is order_id and line",
        ),
    ],
)
def test_a_column_that_cannot_be_is_told_at_its_place(column: str, message: str) -> None:
    data, problems = read(f"data:\n  columns:\n    customers:\n      {column}\n")
    assert [(problem.line, problem.message) for problem in problems] == [(4, message)]
    assert all(problem.hint and problem.column >= 7 for problem in problems)
    tables = {declared.name for declared in data.schema.tables}
    assert {known.refers_to for declared in data.schema.tables for known in declared.columns} <= tables | {""}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("key: pet_id", "key: pet", "the key 'pet' is no column of 'pets'"),
        ("          key: pet_id\n", "", "table 'pets' has no key"),
        ("day: adopted_on", "day: adopted", "the day 'adopted' of 'pets' leads to no column"),
        ("day: adopted_on", "day: pet_id", "the day 'pet_id' of 'pets' is text, not a date or time"),
        ("day: adopted_on", "day: customer.store.name", "the day 'customer.store.name' of 'pets' is text"),
        ("        pets:", "        orders:", "there is a table 'orders' already"),
        ("        pets:", "        my pets:", "'my pets' can't be a name"),
        ("refers_to: pets", "refers_to: pet", "no table is called 'pet'"),
    ],
)
def test_a_table_that_cannot_be_is_told_and_the_rest_stands(old: str, new: str, message: str) -> None:
    assert old in PETS
    data, problems = read(PETS.replace(old, new, 1))
    assert any(problem.message.startswith(message) for problem in problems)
    assert data.schema.table("visits").key == ("pet_id", "number")


def test_the_names_of_normal_forms_are_taken() -> None:
    assert {EMAIL_KEY, PHONE_KEY} == set(MADE)
