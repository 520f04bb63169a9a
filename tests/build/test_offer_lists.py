"""The work lists of coupons, kept prices and parcels: what is due is listed once, and the till learns little."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from sitegen.build.people import open_people
from sitegen.build.post.coupons import coupon_code, coupon_lists
from sitegen.cli.main import run
from sitegen.content.project import read_project
from sitegen.model.lock import Lock
from sitegen.programme.coupons.code import read
from tests.data.import_shop import bring, small_shop

Lists = dict[str, list[dict[str, str]]]
PROGRAMME = """\
tiers:
  - {name: Friend, threshold: 0}
coupons:
  - name: thanks
    occasion: first-order
    gift: P-2
    gives: {thing: tea, cost: 4}
    says: a pot of tea
    valid: 60
    least: 30
    budget: 9
price_protection: {uncollected: 30, unsold: 60, tiers: [Friend]}
attachments:
  - {name: map, groups: [travel], page: care/linen.md, thing: a road map}
"""
CUSTOMERS = {
    "products": "product_id,name,group,price,cost,stock\nP-1,Rug,travel,100.00,40.00,9\nP-2,Pouch,gifts,5.00,2.00,1\n",
    "orders": (
        "order_id,customer_id,ordered_at,amount,delivered_on,status\n"
        "O-1,C-1,2026-09-01,200.00,2026-09-02,delivered\nO-2,C-2,2026-09-02,100.00,,paid\n"
        "O-3,C-3,2026-09-03,100.00,2026-09-03,delivered\n"
    ),
    "order_lines": (
        "order_id,line,product_id,quantity,price,unsold\nO-1,1,P-1,2,100.00,1\nO-2,1,P-1,1,100.00,\nO-3,1,P-1,1,100.00,\n"
    ),
    "price_changes": "product_id,day,price,former\nP-1,2026-09-07,90.00,100.00\nP-1,2026-09-08,110.00,\n",
    "coupons": "customer_id,code,gives,valid_from,valid_until,used_on\nC-1,TEA-16,=tea,2026-08-01,2026-09-30,\n",
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = small_shop(tmp_path_factory.mktemp("offers"))
    (made / "content" / "programme").mkdir()
    (made / "content" / "programme" / "offers.yaml").write_text(PROGRAMME, encoding="utf-8")
    for name, text in CUSTOMERS.items():
        (made / "content" / "customers" / f"{name}.csv").write_text(text, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def found(shop: Path) -> Lists:
    """The work lists of the shop's first build."""
    return lists(shop)


def lists(shop: Path) -> Lists:
    """The work lists of a build, by their names."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(shop)
        assert run(["build", "--on", "2026-09-08", "--only", "work", "--quiet"]) == 0
    made = {}
    for path in sorted((shop / "output" / "work").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            made[path.stem] = list(csv.DictReader(stream))
    return made


def test_gifts_go_first_and_coupons_follow_as_far_as_the_budget_reaches(found: Lists) -> None:
    # One pouch is there, for who came first; the budget holds two pots of tea.
    assert [(row["customer_id"], row["gives"], row["used_on"], row["rule"]) for row in found["coupons"]] == [
        ("C-1", "Pouch", "2026-09-01", "thanks (gift)"),
        ("C-2", "a pot of tea", "", "thanks"),
        ("C-3", "a pot of tea", "", "thanks"),
    ]
    assert all(read(row["code"]) == row["code"] for row in found["coupons"])
    assert found["coupons"][1]["valid_until"] == "2026-10-31"
    assert list(found["till"][0].items()) == [
        ("code", "TEA-16"),
        ("for", "Ada H."),
        ("gives", "'=tea"),
        ("valid_from", "2026-08-01"),
        ("valid_until", "2026-09-30"),
        ("used_on", ""),
        ("least", ""),
    ]


def test_a_fall_is_credited_and_a_rise_is_not_paid_for(found: Lists) -> None:
    (note,) = found["credit-notes"]
    assert (note["number"], note["customer_id"], note["quantity"], note["credit"]) == (
        "CN-20260907-O-1-1",
        "C-1",
        "1",
        "10.00",
    )
    (kept,) = found["kept-prices"]
    assert (kept["customer_id"], kept["price"], kept["new"], kept["until"]) == ("C-2", "100.00", "110.00", "2026-10-02")


def test_what_goes_along_with_an_order_that_waits_stands_on_the_packing_list(found: Lists) -> None:
    assert found["packing"] == [
        {
            "order_id": "O-2",
            "customer_id": "C-2",
            "attachment": "map",
            "thing": "a road map",
            "file": "",
            "page": "care/linen.md",
        }
    ]


def test_an_import_of_the_list_makes_it_known_and_nothing_is_due_twice(shop: Path, found: Lists) -> None:
    done = bring(shop, shop / "output" / "work" / "coupons.csv", "sitegen")
    assert (done.counts(), done.reasons()) == ({"coupons": (3, 0, 0)}, {})
    after = lists(shop)
    assert after["coupons"] == []
    till = sorted((row["for"], row["gives"], row["least"]) for row in after["till"] if row["code"] != "TEA-16")
    assert till == [("Ben L.", "a pot of tea", "30"), ("Cleo M.", "a pot of tea", "30")]
    assert {row["code"] for row in found["coupons"][1:]} < {row["code"] for row in after["till"]}


def test_without_the_card_key_no_code_is_made_and_somebody_is_told(shop: Path) -> None:
    notices: list[str] = []
    project = read_project(shop)
    with open_people(shop, project, date(2026, 9, 8)) as people:
        made = [*coupon_lists(project, people, date(2026, 9, 8), (Lock("0" * 32), None), notices)]
    assert [one.path for one in made] == ["work/till.csv"]
    assert notices == ["no new coupons were listed: their codes are made with SITEGEN_CARD_KEY"]


def test_a_code_is_made_of_the_key_the_rule_the_customer_and_the_day() -> None:
    day = date(2026, 9, 1)
    code = coupon_code(bytes(32), "thanks", "C-1", day)
    others = {
        coupon_code(bytes(31) + b"1", "thanks", "C-1", day),
        coupon_code(bytes(32), "thank", "sC-1", day),
        coupon_code(bytes(32), "thanks", "C-2", day),
        coupon_code(bytes(32), "thanks", "C-1", date(2026, 9, 2)),
    }
    assert code == coupon_code(bytes(32), "thanks", "C-1", day)
    assert len(others | {code}) == 5
