"""Tests of the one form of an address, however it was typed."""

from __future__ import annotations

from dataclasses import replace

import ibis
import phonenumbers
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.data.answer import answer
from sitegen.data.checking.address_forms import email_form, phone_form
from sitegen.data.checking.normal_forms import home_country, with_normal_forms
from sitegen.data.checking.phone_regions import regions
from sitegen.render.mail.headers import usable_address
from tests.examples import examples
from tests.plain_shop import SHOP

Person = dict[str, str | None]
FORMATS = (
    phonenumbers.PhoneNumberFormat.E164,
    phonenumbers.PhoneNumberFormat.INTERNATIONAL,
    phonenumbers.PhoneNumberFormat.NATIONAL,
)
COUNTRIES = sorted(phonenumbers.SUPPORTED_REGIONS)


def forms(*people: Person, home: str = "", few: int = 0) -> list[Person]:
    """The customers with their normal forms, as the engine makes them: by patterns, where they are not `few`."""
    connection = ibis.duckdb.connect()
    columns = {name: pa.array([person.get(name) for person in people], pa.string()) for name in people[0]}
    numbered = {"number": pa.array(range(len(people)), pa.int64()), **columns}
    schema = {name: "int64" if name == "number" else "string" for name in numbered}
    customers = connection.create_table("customers", schema=ibis.schema(schema))
    connection.con.register("written", pa.table(numbered))
    connection.insert("customers", connection.table("written"))
    made = with_normal_forms(connection, customers, home, few)
    return answer(connection, made.order_by("number").drop("number"))


def keys(column: str, *texts: str | None, country: str | None = None, home: str = "") -> list[str | None]:
    name = column.removesuffix("_key")
    return [row[column] for row in forms(*({name: text, "country": country} for text in texts), home=home)]


def test_an_email_address_is_lower_cased_and_its_domain_written_in_ascii() -> None:
    typed = (" Mei.Lin@Mail.Example.org ", "jo@BÜCHER.example", "jo@xn--bcher-kva.example", None, "  ")
    assert keys("email_key", *typed) == [
        "mei.lin@mail.example.org",
        "jo@xn--bcher-kva.example",
        "jo@xn--bcher-kva.example",
        None,
        None,
    ]


@pytest.mark.parametrize(
    "text",
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
        "a@example.org, b@example.org",
        "Anna <a@example.org>",
        f"{'a' * 65}@example.org",
        f"a@{'b' * 64}.org",
        "a@xn--a.org",
    ],
)
def test_what_no_mail_can_go_to_has_no_form(text: str) -> None:
    assert keys("email_key", text) == [None]


@pytest.mark.parametrize(
    ("text", "country", "form"),
    [
        ("+49 (40) 66969-100", None, "+494066969100"),
        ("+49 (0)40 66969-100", None, "+494066969100"),
        ("0049 40 66969 100", "DE", "+494066969100"),
        ("040 66969 100", "DE", "+494066969100"),
        ("040/66969-100", "de", "+494066969100"),
        ("040 66969 100", None, "+494066969100"),
        ("020 7946 0018", "GB", "+442079460018"),
        ("+44 020 7946 0018", "DE", "+442079460018"),
        ("(202) 555-0123", "US", "+12025550123"),
        ("1 202 555 0123", "US", "+12025550123"),
        ("06 698 12345", "IT", "+390669812345"),
        ("8 (495) 123-45-67", "RU", "+74951234567"),
        ("138 1234 5678", "CN", "+8613812345678"),
        ("+86 129 0000 0100", "CN", "+8612900000100"),
        ("+49 40 66969 100 ext. 5", "DE", "+494066969100"),
        ("call me", "DE", None),
        ("110", "DE", None),
        ("", "DE", None),
        ("040 66969 100 / 040 66969 101", "DE", None),
        ("+999 12345678", "DE", None),
    ],
)
def test_a_number_is_read_as_one_dials_it_in_the_customers_country(
    text: str, country: str | None, form: str | None
) -> None:
    assert keys("phone_key", text, country=country, home="DE") == [form]


def test_without_any_country_only_a_number_with_a_plus_has_a_form() -> None:
    assert keys("phone_key", "+44 20 7946 0018", "020 7946 0018") == ["+442079460018", None]


def test_customers_without_the_columns_have_no_forms() -> None:
    assert forms({"city": "Hamburg"}) == [{"city": "Hamburg", "email_key": None, "phone_key": None}]


@pytest.mark.parametrize(("written", "code"), [("Germany", "DE"), ("de", "DE"), ("GB", "GB"), ("Ruritania", "CN")])
def test_the_shop_s_country_is_known_by_name_or_code(written: str, code: str) -> None:
    shop = replace(SHOP, address=replace(SHOP.address, country=written), countries=("CN",))
    assert home_country(shop) == code


def written(country: str) -> list[Person]:
    """The library's own examples of numbers of a country, as they are written there and abroad."""
    kinds = phonenumbers.PhoneNumberType.values()
    numbers = {str(found): found for kind in kinds if (found := phonenumbers.example_number_for_type(country, kind))}
    return [
        {"phone": phonenumbers.format_number(number, style), "country": country}
        for number in numbers.values()
        for style in FORMATS
    ]


def test_the_engine_says_of_a_number_what_the_library_says() -> None:
    people = [person for country in COUNTRIES for person in written(country)]
    made = forms(*people)
    expected = [phone_form(person["phone"] or "", person["country"] or "", "") for person in people]
    wrong = [(person, said) for person, said in zip(made, expected, strict=True) if person["phone_key"] != said]
    assert wrong == []
    assert len(made) > 3000


def test_most_numbers_never_leave_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("sitegen.data.checking.normal_forms.phone_form", lambda text, *_: asked.append(text))
    people: list[Person] = [
        {"phone": phone, "country": country}
        for phone, country in (
            ("+49 40 66969 100", "DE"),
            ("040/66969-100", "DE"),
            ("020 7946 0018", "GB"),
            ("(202) 555-0123", "US"),
            ("06 12 34 56 78", "FR"),
            ("138 1234 5678", "CN"),
        )
    ]
    assert None not in [person["phone_key"] for person in forms(*people)]
    assert asked == []


def test_few_numbers_have_the_same_forms_without_any_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [person for country in ("DE", "CN", "IT", "US") for person in written(country)]
    people += [{"phone": text, "country": country} for text, country in (("call me", "DE"), ("040 66969 100", None))]
    by_patterns = forms(*people, home="DE")
    monkeypatch.setattr("sitegen.data.checking.normal_forms.regions", lambda _: pytest.fail("patterns were made"))
    assert forms(*people, home="DE", few=len(people)) == by_patterns
    assert len({row["phone_key"] for row in by_patterns}) > 20


dialled = st.one_of(
    st.from_regex(r"\A\+?[0-9 ()./-]{3,16}\Z"),
    st.from_regex(r"\A(\+49|0049|0|\+1|\+86|1|8|\+7)[0-9 -]{6,12}\Z"),
    st.text(max_size=14),
)


@examples(25)
@given(
    st.lists(
        st.tuples(dialled, st.sampled_from(("DE", "US", "CN", "RU", "IT", "BR", "", "XX"))), min_size=1, max_size=40
    )
)
def test_any_text_has_the_same_form_in_the_engine_as_in_the_library(texts: list[tuple[str, str]]) -> None:
    people: list[Person] = [{"phone": text, "country": country} for text, country in texts]
    made = forms(*people, home="GB")
    assert [row["phone_key"] for row in made] == [phone_form(text, country, "GB") for text, country in texts]


mailbox = st.one_of(
    st.from_regex(r"\A[A-Za-z0-9.+_-]{1,9}@[A-Za-z0-9.-]{1,12}\.[a-z]{1,4}\Z"),
    st.emails(),
    st.from_regex(r"\A[a-zäK]{1,3}@(xn--)?[a-zü中ßK-]{1,6}\.[a-zK]{2,3}\Z"),
    st.text(max_size=14),
)


@examples(25)
@given(st.lists(mailbox, min_size=1, max_size=40))
def test_an_address_has_the_same_form_in_the_engine_and_a_letter_can_go_there(texts: list[str]) -> None:
    made = keys("email_key", *texts)
    assert made == [email_form(text) for text in texts]
    for text, form in zip(texts, made, strict=True):
        if form is not None:
            assert form.isascii()
            assert usable_address(text) is not None
            assert email_form(form) == form


def test_every_pattern_of_every_country_is_one_that_the_engine_can_read() -> None:
    connection = ibis.duckdb.connect()
    one = connection.create_table("one", schema=ibis.schema({"number": "string"}))
    connection.insert("one", [{"number": "0123456789"}])
    for region in regions(COUNTRIES):
        number = one["number"]
        asked = [region.abroad, region.not_abroad, region.bare, region.not_bare, region.with_trunk, region.not_trunk]
        row = {str(index): number.re_search(pattern) for index, pattern in enumerate(asked)}
        assert len(answer(connection, one.select(**row))) == 1
