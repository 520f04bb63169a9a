"""What tills took becomes the day of use of a coupon: once, between its days, by its holder; anything else is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.errors import Mistakes
from tests.data.import_shop import bring, folder_bytes, small_shop, table, written

COUPONS = """\
customer_id,code,gives,valid_from,valid_until,used_on,rule
C-1,TEA-16,tea,2026-06-15,2026-09-15,,
C-2,VWYC-9CX3-MFXF,tea,2026-06-15,2026-09-15,2026-07-01,thanks
C-2,WELCOME,tea,,,,
C-3,WELCOME,tea,2026-09-05,,,
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    made = small_shop(tmp_path)
    (made / "content" / "customers" / "coupons.csv").write_text(COUPONS, encoding="utf-8")
    return made


def used(shop: Path) -> dict[tuple[str, str], str]:
    return {(row["customer_id"], row["code"]): row["used_on"] for row in table(shop, "coupons") if "used_on" in row}


def till(shop: Path, *rows: str) -> Path:
    return written(shop, "till.csv", "\n".join(("code,used_on,customer_id", *rows, "")))


def test_a_coupon_is_used_on_the_day_that_the_till_says(shop: Path) -> None:
    done = bring(shop, till(shop, "tea-16,2026-09-01,", "WELCOME,2026-09-07,C-3"), "till")
    assert (done.prepared.what, done.counts(), done.reasons()) == ("redeemed coupons", {"coupons": (0, 2, 0)}, {})
    assert used(shop) == {
        ("C-1", "TEA-16"): "2026-09-01",
        ("C-2", "VWYC-9CX3-MFXF"): "2026-07-01",
        ("C-3", "WELCOME"): "2026-09-07",
    }


def test_a_second_import_of_the_same_file_changes_nothing(shop: Path) -> None:
    file = till(shop, "TEA-16,2026-09-01,")
    bring(shop, file, "till")
    before = folder_bytes(shop)
    assert bring(shop, file, "till").counts() == {"coupons": (0, 0, 1)}
    assert folder_bytes(shop) == before


def test_what_no_till_should_have_taken_is_told_and_changes_nothing(shop: Path) -> None:
    before = folder_bytes(shop)
    done = bring(
        shop,
        till(
            shop,
            "vwyc 9cx3 mfxf,2026-08-01,",
            "VWYC-9CX3-MFXG,2026-08-01,",
            "TEA-16,2026-06-14,",
            "TEA-16,2026-09-16,",
            "TEA-16,2026-09-01,C-2",
            "TEA-16,yesterday,",
            "WELCOME,2026-09-06,",
            "NOTHING,2026-09-06,",
            ",2026-09-06,",
        ),
        "till",
    )
    assert list(done.reasons().values()) == [
        "the coupon 'VWYC-9CX3-MFXF' was used on 2026-07-01 already",
        "no customer has a coupon 'VWYC-9CX3-MFXG': is one character mistyped?",
        "the coupon 'TEA-16' counts from 2026-06-15 on",
        "2026-09-16 is still to come",
        "the coupon 'TEA-16' is not that of 'C-2'",
        "'used_on' is 'yesterday', not a date like 2026-09-25",
        "2 customers have a coupon 'WELCOME': add 'customer_id'",
        "no customer has a coupon 'NOTHING'",
        "'code' is empty",
    ]
    assert folder_bytes(shop) == before


def test_a_code_that_stands_twice_in_a_file_is_used_once(shop: Path) -> None:
    done = bring(shop, till(shop, "TEA-16,2026-09-01,", "TEA-16,2026-09-01,"), "till")
    assert done.reasons() == {3: "the coupon 'TEA-16' stands twice in this file"}
    assert used(shop)["C-1", "TEA-16"] == "2026-09-01"


def test_a_coupon_that_ended_is_not_used_any_more(shop: Path) -> None:
    file = shop / "content" / "customers" / "coupons.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("2026-09-15,,", "2026-08-31,,"), encoding="utf-8")
    done = bring(shop, till(shop, "TEA-16,2026-09-01,"), "till")
    assert done.reasons() == {2: "the coupon 'TEA-16' ended on 2026-08-31"}


def test_a_file_without_a_day_is_no_list_of_a_till(shop: Path) -> None:
    with pytest.raises(Mistakes) as caught:
        bring(shop, written(shop, "till.csv", "code,used on\nTEA-16,2026-09-01\n"), "till")
    (problem,) = caught.value.problems
    assert (problem.code, problem.message, problem.hint) == (
        "missing-column",
        "column 'used_on' is missing: a till's list has it",
        "did you mean 'used on'?",
    )
