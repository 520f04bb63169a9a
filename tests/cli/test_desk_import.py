"""`sitegen import` of what the desk wrote down: into the ledger, beside the customer file."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.data.ledger import belongings_of

Done = subprocess.CompletedProcess[str]
Sitegen = Callable[..., Done]

DUTIES = """\
desk: {since: 2026-01-01, owners: [A-1]}
duties:
  - name: big-order
    title: Call about the big order
    what: call
    for each: orders
    with: {amount: more than 10}
    within: 7 days
"""
HEAD = "due,title,customer,duty,subject,customer_id,adviser_id,day,channel,outcome,note,excuse\n"


@pytest.fixture
def desk_shop(shop: Path) -> Path:
    (shop / "content" / "programme").mkdir(exist_ok=True)
    (shop / "content" / "programme" / "duties.yaml").write_text(DUTIES)
    customers = shop / "content" / "customers"
    (customers / "advisers.csv").write_text("adviser_id,first_name\nA-1,Wen\n")
    (customers / "complaints.csv").write_text("complaint_id,customer_id,opened_on\nB-1,C-1,2026-05-02\n")
    return shop


def everything(shop: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in shop.rglob("*") if path.is_file()}


def test_results_go_into_the_ledger_once_and_what_is_wrong_is_mended_and_imported_again(
    desk_shop: Path, inside: Sitegen
) -> None:
    (desk_shop / "results.csv").write_text(
        HEAD + '2026-02-10,Call,Ada Holm,big-order,O-1,C-1,A-1,2026-02-05,call,open-question,"Glad, 很高兴",\n'
        "2026-05-27,Call,Ben Lind,big-order,O-2,C-2,A-1,2026-02-06,call,reached,,\n"
        ",,,big-order,O-2,,A-1,,,,,\n"
    )
    before = everything(desk_shop)
    tried = inside("import", "results.csv", "--as", "desk", "--dry-run", "--quiet", at=desk_shop)
    assert (tried.returncode, tried.stdout.splitlines()[-1]) == (0, "Nothing was written.")
    assert everything(desk_shop) == before

    done = inside("import", "results.csv", "--as", "desk", at=desk_shop)
    told = (
        "  done                1\n"
        "  not done yet        1\n"
        "  rejected            1, first on line 3: on 2026-02-06 it was nobody's duty yet: it began on 2026-05-20\n"
        "notice: a question stayed open and a time must be arranged: C-1 (big-order O-1)\n"
        "Mend results.rejected.csv and import it the same way: its columns 'row' and 'reason' are passed over.\n"
    )
    assert (done.returncode, done.stderr) == (0, "content ...\nreading customers ...\n")
    assert done.stdout == "results of duties: 3 rows read, 1 taken in (1 new, 0 known)\n" + told
    customers = desk_shop / "content" / "customers"
    assert {path: text for path, text in before.items() if customers in path.parents} == everything(customers)

    again = inside("import", "results.csv", "--as", "desk", "--quiet", at=desk_shop)
    assert again.stdout == "results of duties: 3 rows read, 1 taken in (0 new, 1 known)\n" + told
    rejected = desk_shop / "results.rejected.csv"
    rejected.write_text(rejected.read_text().replace("2026-02-06,", "2026-05-22,"))
    mended = inside("import", "results.rejected.csv", "--as", "desk", "--quiet", at=desk_shop)
    assert mended.stdout == "results of duties: 1 row read, 1 taken in (1 new, 0 known)\n  done                1\n"
    ledger = desk_shop / ".sitegen" / "ledger.sqlite"
    assert [len(belongings_of(ledger, name)["submissions"]) for name in ("C-1", "C-2")] == [1, 1]


def test_steps_of_complaints_go_the_same_way(desk_shop: Path, inside: Sitegen) -> None:
    (desk_shop / "steps.csv").write_text(
        "complaint_id,step,done_on,adviser_id,evidence\n"
        "B-1,talk,2026-05-03,A-1,We looked at the seam together.\n"
        "B-1,listen,2026-05-02,A-1,She told me of the seam.\n"
        "B-1,analyse,2026-05-04,A-1,The thread was too thin.\n"
    )
    told = (
        "  listen              1\n"
        "  talk                1\n"
        "  rejected            1, first on line 4: 'apologise' comes before 'analyse', and no step is skipped\n"
        "Mend steps.rejected.csv and import it the same way: its columns 'row' and 'reason' are passed over.\n"
    )
    done = inside("import", "steps.csv", "--as", "complaints", "--quiet", at=desk_shop)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "steps of complaints: 3 rows read, 2 taken in (2 new, 0 known)\n" + told
    again = inside("import", "steps.csv", "--as", "complaints", "--quiet", at=desk_shop)
    assert again.stdout.splitlines()[0] == "steps of complaints: 3 rows read, 2 taken in (0 new, 2 known)"


@pytest.mark.slow
def test_what_the_desk_wrote_down_of_a_customer_is_exported_and_erased_with_them(
    desk_shop: Path, inside: Sitegen
) -> None:
    (desk_shop / "results.csv").write_text(
        HEAD
        + ",,,big-order,O-1,C-1,A-1,2026-02-05,call,reached,She knits.,\n"
        + ",,,big-order,O-2,C-2,A-1,,,,,he moved to Peru\n"
    )
    assert inside("import", "results.csv", "--as", "desk", "--quiet", at=desk_shop).returncode == 0
    shown = inside("export", "C-1", at=desk_shop)
    assert shown.returncode == 0
    for words in ("She knits.", '"contacts"', '"duty_results"', "big-order/O-1"):
        assert words in shown.stdout, words
    assert inside("erase", "C-1", "--yes", at=desk_shop).returncode == 0
    ledger = (desk_shop / ".sitegen" / "ledger.sqlite").read_bytes()
    assert b"She knits." not in ledger
    assert belongings_of(desk_shop / ".sitegen" / "ledger.sqlite", "C-2") != {}


def test_a_shop_without_duties_has_no_results(shop: Path, inside: Sitegen) -> None:
    (shop / "results.csv").write_text(HEAD)
    done = inside("import", "results.csv", "--as", "desk", "--quiet", at=shop)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "this shop has no duties of which there could be results\n"
        "hint: write 'desk:' and 'duties:' in content/programme/duties.yaml\n"
    )
