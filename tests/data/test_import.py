"""Tests of taking in what Shopify, WooCommerce, Mailchimp and Klaviyo export, and tables of one's own."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.content.shop.shop_file import shop_of
from sitegen.data.imports.run import writable_folder
from sitegen.errors import Mistakes, Unusable
from sitegen.model.shop import PostgresSource, SqliteSource
from tests.data.import_shop import EXPORTS, bring, folder_bytes, row, small_shop, table, written
from tests.examples import examples

SYSTEMS = {
    "shopify_customers.csv": "shopify",
    "shopify_orders.csv": "shopify",
    "woocommerce_customers.csv": "woocommerce",
    "woocommerce_orders.csv": "woocommerce",
    "subscribed_members_export.csv": "mailchimp",
    "unsubscribed_members_export.csv": "mailchimp",
    "cleaned_members_export.csv": "mailchimp",
    "klaviyo_profiles.csv": "klaviyo",
}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return small_shop(tmp_path)


def test_every_export_in_the_folder_is_tried() -> None:
    assert {path.name for path in EXPORTS.iterdir()} == set(SYSTEMS)


def test_customers_of_shopify_are_new_updated_or_rejected(shop: Path) -> None:
    done = bring(shop, "shopify_customers.csv", "shopify")
    assert done.counts() == {"customers": (3, 1, 0), "consents": (3, 0, 0)}
    assert done.reasons() == {5: "'nils.anker(at)mail.example.com' is no e-mail address (column 'Email')"}
    assert done.prepared.read == done.prepared.taken + len(done.prepared.rejected) == 5
    assert row(shop, "customers", "shopify:6742001000105") == {
        "customer_id": "shopify:6742001000105",
        "first_name": "Ona",
        "last_name": "Petraitė",
        "email": "ona.p@mail.example.com",
        "street": "Pilies g. 5\nII aukštas",
        "city": "Vilnius",
        "postcode": "01123",
        "country": "LT",
        "tags": "tea",
    }
    assert row(shop, "customers", "shopify:6742001000101")["tags"] == "linen;wool"
    assert row(shop, "consents", "C-1") == {
        "customer_id": "C-1",
        "channel": "mail",
        "purpose": "promotion",
        "status": "given",
        "basis": "consent",
        "source": "web",
        "wording": "shopify",
    }


def test_a_customer_is_known_by_the_address_and_keeps_what_the_export_leaves_empty(shop: Path) -> None:
    before = row(shop, "customers", "C-1")
    bring(shop, "shopify_customers.csv", "shopify")
    assert row(shop, "customers", "C-1") == {**before, "region": "HH"}
    assert [found["customer_id"] for found in table(shop, "customers") if found["first_name"] == "Ada"] == ["C-1"]


def test_an_order_of_shopify_is_put_together_from_its_rows(shop: Path) -> None:
    done = bring(shop, "shopify_orders.csv", "shopify")
    assert done.counts() == {
        "customers": (1, 0, 0),
        "orders": (2, 0, 0),
        "order_lines": (3, 0, 0),
        "products": (3, 0, 0),
    }
    assert row(shop, "orders", "shopify:1001") == {
        "order_id": "shopify:1001",
        "customer_id": "C-1",
        "ordered_at": "2026-03-04",
        "amount": "88.90",
        "channel": "web",
        "status": "sent",
    }
    assert row(shop, "orders", "shopify:1002")["status"] == "returned"
    assert table(shop, "order_lines")[:2] == [
        {"order_id": "shopify:1001", "line": "1", "product_id": "shopify:TOWEL-1", "quantity": "2", "price": "30.00"},
        {
            "order_id": "shopify:1001",
            "line": "2",
            "product_id": "shopify:Cushion, blue",
            "quantity": "1",
            "price": "24.00",
        },
    ]
    assert row(shop, "customers", "shopify:order:1002")["first_name"] == "Rosa María"


def test_an_order_of_which_one_row_is_wrong_is_rejected_whole(shop: Path) -> None:
    assert bring(shop, "shopify_orders.csv", "shopify").reasons() == {
        5: "another row of order #1003 is rejected",
        6: "'one' is no whole number (column 'Lineitem quantity')",
        7: "there is neither an e-mail address nor a telephone number: nobody knows whose order it is",
    }


def test_goods_that_the_shop_sells_under_the_same_number_are_its_own(shop: Path) -> None:
    written(shop, "content/customers/products.csv", "product_id,name,price\nTOWEL-1,Our towel,31.00\n")
    assert bring(shop, "shopify_orders.csv", "shopify").counts()["products"] == (2, 0, 0)
    assert row(shop, "order_lines", "shopify:1001")["product_id"] == "TOWEL-1"


def test_customers_and_orders_of_woocommerce(shop: Path) -> None:
    people = bring(shop, "woocommerce_customers.csv", "woocommerce")
    assert people.counts() == {"customers": (1, 1, 0)}
    assert row(shop, "customers", "C-2")["phone"] == "+49 40 1000 002"  # 040 1000 002 is the same number
    orders = bring(shop, "woocommerce_orders.csv", "woocommerce")
    assert orders.counts() == {"customers": (1, 0, 0), "orders": (2, 0, 0)}
    assert orders.reasons() == {4: "'soon' is no day like 2026-09-30 (column 'order_date')"}
    assert row(shop, "orders", "woocommerce:501")["customer_id"] == "woocommerce:18"
    assert row(shop, "orders", "woocommerce:502")["ordered_at"] == "2026-04-03"


def test_who_subscribed_gave_consent_on_the_day_of_the_sign_up(shop: Path) -> None:
    bring(shop, "subscribed_members_export.csv", "mailchimp")
    given = row(shop, "consents", "C-1")
    assert (given["status"], given["given_on"], given["wording"]) == ("given", "2024-03-14", "mailchimp")
    assert row(shop, "customers", "C-1")["tags"] == "tea circle;linen"
    assert "time_zone" not in row(shop, "customers", "mailchimp:c2cb0681b0")


@pytest.mark.parametrize("name", ["nonsubscribed_email_audience_export.csv", "renamed.csv"])
def test_a_file_that_does_not_say_subscribed_gives_no_consent(shop: Path, name: str) -> None:
    text = (EXPORTS / "subscribed_members_export.csv").read_text()
    bring(shop, written(shop, name, text), "mailchimp")
    assert not (shop / "content" / "customers" / "consents.csv").exists()


def test_unsubscribed_and_cleaned_are_known_by_their_columns_too(shop: Path) -> None:
    for name, what in (("unsubscribed", "unsubscribed contacts"), ("cleaned", "cleaned contacts")):
        text = (EXPORTS / f"{name}_members_export.csv").read_text()
        done = bring(shop, written(shop, "renamed.csv", text), "mailchimp")
        assert done.prepared.what == f"Mailchimp's export of {what}"


def test_cleaned_are_known_by_the_name_of_their_file(shop: Path) -> None:
    text = (EXPORTS / "cleaned_members_export.csv").read_text()
    plain = text.replace("CLEAN_TIME", "X").replace("CLEAN_CAMPAIGN_TITLE", "Y")
    done = bring(shop, written(shop, "cleaned_email_audience_export_1.csv", plain), "mailchimp")
    assert done.counts()["suppressions"] == (1, 0, 0)


def test_who_unsubscribed_gets_no_mail_from_us_either(shop: Path) -> None:
    bring(shop, "unsubscribed_members_export.csv", "mailchimp")
    said = [(found["purpose"], found["status"], found["withdrawn_on"]) for found in table(shop, "consents")]
    assert said == [("promotion", "withdrawn", "2026-02-01"), ("care", "withdrawn", "2026-02-01")]


def test_an_address_that_bounced_is_suppressed_by_its_hash_alone(shop: Path) -> None:
    bring(shop, "cleaned_members_export.csv", "mailchimp")
    digest = sha256(b"cleo.marsh@mail.example.com").hexdigest()
    assert table(shop, "suppressions") == [
        {"channel": "mail", "address_hash": digest, "reason": "bounced", "since": "2026-01-15"}
    ]


def test_profiles_of_klaviyo(shop: Path) -> None:
    done = bring(shop, "klaviyo_profiles.csv", "klaviyo")
    assert done.reasons() == {5: "'Atlantis' is no country like GB (column 'Country')"}
    said = {
        (found["customer_id"], found["channel"], found["purpose"]): found["status"] for found in table(shop, "consents")
    }
    assert said == {
        ("C-1", "mail", "promotion"): "given",
        ("klaviyo:01HTOM", "mail", "promotion"): "withdrawn",
        ("klaviyo:01HTOM", "mail", "care"): "withdrawn",
        ("klaviyo:01HTOM", "text", "promotion"): "given",
        ("klaviyo:01HUNA", "mail", "promotion"): "given",
    }
    (barred,) = table(shop, "suppressions")
    assert (barred["reason"], barred["since"]) == ("bounced", "2026-01-01")


CONSENTS = "customer_id,channel,purpose,status,basis,source,given_on,withdrawn_on,wording\n"


def test_a_consent_that_was_taken_back_later_than_it_was_given_elsewhere_stays_taken_back(shop: Path) -> None:
    line = "C-1,mail,promotion,withdrawn,consent,shop,2020-01-01,2025-01-01,card-1\n"
    written(shop, "content/customers/consents.csv", CONSENTS + line)
    bring(shop, "subscribed_members_export.csv", "mailchimp")
    assert row(shop, "consents", "C-1")["status"] == "withdrawn"
    bring(shop, "klaviyo_profiles.csv", "klaviyo")  # subscribed in June 2025: the later word
    again = row(shop, "consents", "C-1")
    assert (again["status"], again["given_on"], "withdrawn_on" in again) == ("given", "2025-06-01", False)


def test_a_no_of_the_system_that_said_yes_takes_back_its_own_consent_only(shop: Path) -> None:
    text = (
        (EXPORTS / "shopify_customers.csv")
        .read_text()
        .replace("Ada.Holm@Mail.example.com,yes", "ada.holm@mail.example.com,no")
    )
    for wording, status in (("shopify", "withdrawn"), ("card-1", "given")):
        line = f"C-1,mail,promotion,given,consent,shop,2020-01-01,,{wording}\n"
        written(shop, "content/customers/consents.csv", CONSENTS + line)
        bring(shop, written(shop, "again.csv", text), "shopify")
        assert row(shop, "consents", "C-1")["status"] == status


QUICK = ("shopify_customers.csv", "woocommerce_orders.csv", "cleaned_members_export.csv")
"""Customers, orders, and addresses that are barred; the files of other systems are for the slow tests."""


@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in SYSTEMS]
)
def test_the_same_file_once_more_changes_nothing(shop: Path, name: str) -> None:
    bring(shop, name, SYSTEMS[name])
    before = folder_bytes(shop)
    rejected = sorted(path.name for path in shop.glob("*.rejected*"))
    again = bring(shop, name, SYSTEMS[name])
    assert {(new, updated) for new, updated, _ in again.counts().values()} <= {(0, 0)}
    assert folder_bytes(shop) == before
    assert sorted(path.name for path in shop.glob("*.rejected*")) == rejected


@pytest.mark.slow
def test_a_dry_run_says_the_same_and_writes_nothing(shop: Path) -> None:
    before = folder_bytes(shop)
    said = bring(shop, "klaviyo_profiles.csv", "klaviyo", dry_run=True)
    assert folder_bytes(shop) == before
    assert list(shop.glob("*.rejected*")) == []
    assert bring(shop, "klaviyo_profiles.csv", "klaviyo").counts() == said.counts()


@pytest.mark.slow
def test_rejected_rows_can_be_mended_and_imported_again(shop: Path) -> None:
    rejected = bring(shop, "shopify_orders.csv", "shopify").rejected
    assert rejected is not None
    assert rejected.name == "shopify_orders.rejected.csv"
    text = rejected.read_text()
    original = (EXPORTS / "shopify_orders.csv").read_text().splitlines()
    assert text.splitlines()[0] == f"row,reason,{original[0]}"
    mended = (
        text.replace(",one,Linen", ",1,Linen").replace(",UK,", ",GB,").replace("#1004,,", "#1004,kai@mail.example.com,")
    )
    rejected.write_text(mended)
    again = bring(shop, rejected, "shopify")
    assert again.reasons() == {}
    assert {found["order_id"] for found in table(shop, "orders")} >= {"shopify:1003", "shopify:1004"}
    assert rejected.read_text() == mended


@pytest.mark.slow
def test_a_file_of_rejected_rows_that_somebody_is_mending_is_never_overwritten(shop: Path) -> None:
    first = bring(shop, "klaviyo_profiles.csv", "klaviyo").rejected
    assert first is not None
    first.write_text(first.read_text().replace("Atlantis", "Ireland"))
    second = bring(shop, "klaviyo_profiles.csv", "klaviyo").rejected
    assert second is not None
    assert second.name == "klaviyo_profiles.rejected-2.csv"
    assert "Ireland" in first.read_text()


def test_other_rows_of_a_file_stay_byte_for_byte(shop: Path) -> None:
    head = "\ufeffcustomer_id;first_name;email;phone\r\n"
    ada, ben = 'C-1;"Ada";ada.holm@mail.example.com;\r\n', "C-2;Ben;ben.lind@mail.example.com;"
    written(shop, "content/customers/customers.csv", head + ada + ben)
    written(shop, "content/customers/orders.csv", "order_id,customer_id,ordered_at,amount\n")
    columns = "Email,First Name,Last Name,Email Marketing Consent,Phone Number"
    text = f"{columns}\nben.lind@mail.example.com,Ben,,,+49 40 1000002\n"
    bring(shop, written(shop, "profiles.csv", text), "klaviyo")
    now = (shop / "content" / "customers" / "customers.csv").read_bytes().decode()
    assert now == head + ada + ben + "+49 40 1000002\r\n"


def test_of_two_who_share_a_mailbox_the_namesake_is_meant(shop: Path) -> None:
    pair = "C-1,Ada,Holm,home@mail.example.com\nC-2,Ben,Holm,home@mail.example.com\n"
    written(shop, "content/customers/customers.csv", "customer_id,first_name,last_name,email\n" + pair)
    text = "Email,First Name,Last Name,Email Marketing Consent,City\nhome@mail.example.com,ben,holm,,Kiel\n"
    bring(shop, written(shop, "profiles.csv", text), "klaviyo")
    assert row(shop, "customers", "C-2")["city"] == "Kiel"
    assert "city" not in row(shop, "customers", "C-1")


def test_a_shared_telephone_alone_makes_no_one_the_same_person(shop: Path) -> None:
    head = "Email,First Name,Last Name,Email Marketing Consent,Phone Number\n"
    done = bring(shop, written(shop, "p.csv", f"{head},Eva,Holm,,+49 40 1000 001\n,Ada,Holm,,0401000001\n"), "klaviyo")
    assert done.counts()["customers"] == (1, 0, 1)


def test_two_rows_of_one_new_person_make_one_customer(shop: Path) -> None:
    head = "Email,First Name,Last Name,Email Marketing Consent,City\n"
    text = f"{head}new@mail.example.com,Nia,,SUBSCRIBED,\nNEW@mail.example.com,,Berg,SUBSCRIBED,Kiel\n"
    done = bring(shop, written(shop, "p.csv", text), "klaviyo")
    assert (done.counts()["customers"], done.prepared.taken) == ((1, 0, 0), 2)
    (made,) = (found for found in table(shop, "customers") if found["customer_id"].startswith("klaviyo:"))
    assert (made["first_name"], made["last_name"], made["city"]) == ("Nia", "Berg", "Kiel")
    assert "@" not in made["customer_id"]


def test_who_was_erased_does_not_come_back_with_an_old_export(shop: Path) -> None:
    digest = sha256(b"mara.ilves@mail.example.com").hexdigest()
    text = f"channel,address_hash,reason,since\nmail,{digest},erased,2026-01-01\n"
    written(shop, "content/customers/suppressions.csv", text)
    done = bring(shop, "shopify_customers.csv", "shopify")
    assert done.reasons()[2] == "this address was erased at its owner's wish"
    assert done.counts()["customers"] == (2, 1, 0)


def test_a_file_that_is_no_such_export_is_refused_with_the_columns_that_it_lacks(shop: Path) -> None:
    before = folder_bytes(shop)
    with pytest.raises(Mistakes) as caught:
        bring(shop, written(shop, "x.csv", "Mail,First Name,Last Name\na@b.example,A,B\n"), "klaviyo")
    assert [problem.message for problem in caught.value.problems] == [
        "column 'Email Marketing Consent' is missing: Klaviyo's profile export has it",
        "column 'Email' is missing: Klaviyo's profile export has it",
    ]
    assert caught.value.problems[1].hint == "did you mean 'Mail'?"
    assert folder_bytes(shop) == before


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"PK\x03\x04 a spreadsheet", "Email,Größe\n".encode("latin-1"), "Email\n".encode("utf-16")]
)
def test_what_is_no_csv_is_refused(shop: Path, content: bytes) -> None:
    path = shop / "x.csv"
    path.write_bytes(content)
    with pytest.raises(Mistakes):
        bring(shop, path, "klaviyo")


def test_a_table_that_is_not_csv_is_not_changed(shop: Path) -> None:
    customers = shop / "content" / "customers" / "customers.csv"
    customers.unlink()
    ids = [f"C-{number}" for number in (1, 2, 3)]
    pq.write_table(pa.table({"customer_id": ids}), customers.with_suffix(".parquet"))
    with pytest.raises(Unusable, match=r"cannot change customers\.parquet"):
        bring(shop, "klaviyo_profiles.csv", "klaviyo")


def test_a_table_in_our_own_words_is_checked_row_by_row(shop: Path) -> None:
    text = (
        "order_id,customer_id,ordered_at,amount,status\n"
        "O-1,C-1,2026-02-03,620,delivered\n"
        "O-3,C-3,2026-02-30,1.00,\n"
        "O-4,C-9,2026-02-03,1.00,\n"
        "O-5,C-3,2026-02-03,,lost\n"
        "O-6,C-3,2026-02-03,7.5,\n"
        "O-7,C-3\n"
    )
    done = bring(shop, written(shop, "orders.csv", text), "sitegen")
    assert done.counts() == {"orders": (1, 1, 0)}
    assert done.reasons() == {
        3: "'ordered_at' is '2026-02-30', not a date",
        4: "'customer_id' is 'C-9', which is not in customers",
        5: "'amount' is empty; 'status' cannot be 'lost': allowed are paid, sent, delivered, returned, cancelled",
        7: "2 cells, but the first line names 5 columns",
    }
    assert row(shop, "orders", "O-1")["status"] == "delivered"
    assert row(shop, "orders", "O-6")["amount"] == "7.50"


def test_the_table_may_be_named_and_must_be_known(shop: Path) -> None:
    path = written(shop, "people.csv", "customer_id,first_name,country\nC-4,Dora,DE\nC-5,Emil,Germany\n")
    done = bring(shop, path, "sitegen", into="customers")
    assert done.counts() == {"customers": (1, 0, 0)}
    assert done.reasons() == {3: "'country' is 'Germany', not the code of a country"}
    with pytest.raises(Unusable, match="there is no table 'people'"):
        bring(shop, path, "sitegen", into="people")


def test_notices_name_those_who_share_an_address(shop: Path) -> None:
    head = "customer_id,first_name,email,phone\n"
    path = written(shop, "customers.csv", f"{head}C-8,Adi,ADA.holm@mail.example.com,\nC-9,Zoe,,call me\n")
    done = bring(shop, path, "sitegen")
    assert [(notice.code, notice.count, notice.first) for notice in done.notices] == [
        ("shared-email", 1, (("C-1", "C-8"),)),
        ("bad-phone", 1, (("C-9",),)),
        ("no-address", 1, (("C-9",),)),
    ]


cell = st.one_of(
    st.sampled_from(
        ("", "ada.holm@mail.example.com", "new@mail.example.com", "x@", "SUBSCRIBED", "no", "Germany", "17")
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12),
)
COLUMNS = ("Email", "First Name", "Last Name", "Email Marketing Consent", "Phone Number", "Country", "Klaviyo ID")


@examples(5)
@given(st.lists(st.lists(cell, min_size=len(COLUMNS), max_size=len(COLUMNS)), max_size=25))
def test_no_row_is_ever_lost(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    shop = small_shop(tmp_path_factory.mktemp("random"))
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([COLUMNS, *rows])
    done = bring(shop, written(shop, "random.csv", text.getvalue()), "klaviyo")
    assert done.prepared.read == len(rows)
    assert done.prepared.taken + len(done.prepared.rejected) == len(rows)
    again = bring(shop, shop / "random.csv", "klaviyo")
    assert {(new, updated) for new, updated, _ in again.counts().values()} <= {(0, 0)}


@pytest.mark.parametrize("source", [SqliteSource("shop.sqlite"), PostgresSource()])
def test_a_database_is_not_imported_into(shop: Path, source: SqliteSource | PostgresSource) -> None:
    with pytest.raises(Unusable, match="this shop's customers are in a database\nhint: "):
        writable_folder(shop, replace(shop_of(shop), source=source))
