"""`sitegen import`, as one types it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

Done = subprocess.CompletedProcess[str]
Sitegen = Callable[..., Done]

EXPORTS = Path(__file__).parents[1] / "data" / "exports"


def export(shop: Path, name: str) -> str:
    shutil.copy(EXPORTS / name, shop)
    return name


def test_an_import_says_what_became_of_each_row_and_where_the_rejected_ones_are(shop: Path, inside: Sitegen) -> None:
    done = inside("import", export(shop, "klaviyo_profiles.csv"), "--as", "klaviyo", at=shop)
    assert done.returncode == 0
    assert done.stdout == (
        "Klaviyo's profile export: 4 rows read, 3 taken in\n"
        "  customers           2 new       1 updated       0 unchanged\n"
        "  consents            5 new       0 updated       0 unchanged\n"
        "  suppressions        1 new       0 updated       0 unchanged\n"
        "  rejected            1, first on line 5: 'Atlantis' is no country like GB (column 'Country')\n"
        "Mend klaviyo_profiles.rejected.csv and import it the same way: "
        "its columns 'row' and 'reason' are passed over.\n"
    )
    assert done.stderr == "reading customers ...\nwriting ...\n"
    assert (shop / "klaviyo_profiles.rejected.csv").is_file()
    plan = inside("plan", "--on", "2026-09-08", "--json", at=shop)
    assert plan.returncode == 0


def test_a_dry_run_of_an_import_writes_nothing_and_names_who_shares_an_address(shop: Path, inside: Sitegen) -> None:
    customers = shop / "content" / "customers" / "customers.csv"
    customers.write_text(customers.read_text() + "C-4,Adi,Holm,ADA.holm@mail.example.com,,,,,,\n")
    before = {path: path.read_bytes() for path in shop.rglob("*") if path.is_file()}
    file = str(EXPORTS / "klaviyo_profiles.csv")
    done = inside("import", file, "--as", "klaviyo", "--dry-run", "--quiet", at=shop)
    assert (done.returncode, done.stderr) == (0, "")
    assert "notice: one e-mail address belongs to several customers: C-1, C-4\n" in done.stdout
    assert done.stdout.endswith("Nothing was written.\n")
    assert {path: path.read_bytes() for path in shop.rglob("*") if path.is_file()} == before
    assert not (EXPORTS / "klaviyo_profiles.rejected.csv").exists()


def test_a_file_that_is_another_systems_is_not_understood(shop: Path, inside: Sitegen) -> None:
    done = inside("import", export(shop, "klaviyo_profiles.csv"), "--as", "shopify", "--quiet", at=shop)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "klaviyo_profiles.csv:1: column 'Accepts Email Marketing' is missing: Shopify's customer export has it\n"
        "hint: did you mean 'Email Marketing Consent'?\n"
        "\n1 mistake; nothing was written\n`sitegen explain missing-column` tells more\n"
    )


def test_into_is_for_our_own_words_and_the_file_must_be_there(shop: Path, inside: Sitegen) -> None:
    file = export(shop, "klaviyo_profiles.csv")
    assert inside("import", file, "--as", "klaviyo", "--into", "orders", at=shop).returncode == 2
    done = inside("import", "nothing.csv", "--as", "klaviyo", at=shop)
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, "there is no file 'nothing.csv'")
