"""`sitegen export` and `sitegen erase`: what is held of a customer, and how it goes."""

from __future__ import annotations

import io
import json
import stat
from datetime import date
from pathlib import Path

import pytest

from sitegen.build.pages.goods_file import Filled, keep_shelves, kept_shelves
from sitegen.cli.main import run
from sitegen.errors import Exit
from sitegen.model.channel import Channel, MessageClass
from sitegen.model.gathering import Idea
from sitegen.model.goods import Shelf
from sitegen.model.ledger import Delivery, Form, Preference, State, Submission
from sitegen.send.ledger import open_ledger, prefer, record, submit
from tests.cli.conftest import DAY, Sitegen


def tables(shop: Path) -> dict[str, str]:
    folder = shop / "content" / "customers"
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir())}


def everything_below(folder: Path) -> str:
    files = (path for path in folder.rglob("*") if path.is_file())
    return "\n".join(path.read_bytes().decode("utf-8", errors="replace") for path in files)


def test_an_export_holds_every_row_of_the_customer_and_of_nobody_else(inside: Sitegen, shop: Path) -> None:
    done = inside("export", "C-1", at=shop)
    assert (done.returncode, done.stderr) == (0, "")
    held = json.loads(done.stdout)
    assert held["customer"] == "C-1"
    assert [row["email"] for row in held["tables"]["customers"]] == ["ada.holm@mail.example.com"]
    assert [row["order_id"] for row in held["tables"]["orders"]] == ["O-1"]
    assert held["tables"]["orders"][0]["amount"] == "620.00"
    assert {segment["id"] for segment in held["segments"]} == {"gold"}
    assert "C-2" not in done.stdout


def test_an_export_to_a_hyphen_goes_to_the_screen(inside: Sitegen, shop: Path) -> None:
    assert inside("export", "C-1", "--to", "-", at=shop).stdout == inside("export", "C-1", at=shop).stdout
    assert not (shop / "-").exists()


def test_an_exported_file_is_for_its_owner_alone(inside: Sitegen, shop: Path) -> None:
    done = inside("export", "C-1", "--to", "ada.json", at=shop)
    assert done.stdout == "2 rows of 2 tables are in ada.json.\n"
    assert stat.S_IMODE((shop / "ada.json").stat().st_mode) == 0o600


def test_an_export_over_a_file_takes_it_from_others(inside: Sitegen, shop: Path) -> None:
    (shop / "ada.json").touch(mode=0o644)
    assert inside("export", "C-1", "--to", "ada.json", at=shop).returncode == 0
    assert stat.S_IMODE((shop / "ada.json").stat().st_mode) == 0o600


def test_an_export_to_nowhere_is_told_without_a_traceback(inside: Sitegen, shop: Path) -> None:
    done = inside("export", "C-1", "--to", "nowhere/ada.json", at=shop)
    assert (done.returncode, done.stdout) == (1, "")
    message = "'nowhere/ada.json' cannot be written: No such file or directory"
    assert done.stderr == f"{message}\nhint: name a file in a folder that is there\n"


def test_a_customer_who_is_not_there_can_neither_be_exported_nor_erased(inside: Sitegen, shop: Path) -> None:
    for verb in ("export", "erase"):
        done = inside(verb, "C-9", at=shop)
        assert done.returncode == 1
        assert done.stderr == "there is no customer 'C-9'\nhint: ask with the id that the customer file has\n"


def test_a_dry_run_says_what_would_go_and_changes_nothing(inside: Sitegen, shop: Path) -> None:
    before = tables(shop)
    done = inside("erase", "C-1", "--dry-run", at=shop)
    assert done.returncode == 0
    assert [line.split() for line in done.stdout.splitlines()[:2]] == [["customers", "1"], ["orders", "1"]]
    assert tables(shop) == before


def test_without_a_yes_nothing_goes(sitegen: Sitegen, shop: Path) -> None:
    before = tables(shop)
    done = sitegen("erase", "C-1", at=shop)
    assert done.returncode == 130
    assert tables(shop) == before


def test_who_answers_no_hears_that_nothing_was_changed(
    shop: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tables(shop)
    monkeypatch.chdir(shop)
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert run(["erase", "C-1"]) == Exit.INTERRUPTED
    told = capsys.readouterr()
    assert told.out.endswith("Erase 'C-1' for good? [y/N]: Nothing was changed.\n")
    assert told.err == ""
    assert tables(shop) == before


@pytest.mark.slow
def test_who_is_erased_is_in_no_table_no_plan_and_no_later_build(inside: Sitegen, shop: Path) -> None:
    assert inside("build", "--on", DAY, "--quiet", at=shop).returncode == 0
    assert inside("plan", "--on", DAY, at=shop).returncode == 0
    left = Delivery(
        "old",
        "old/2026-01-01",
        Channel.MAIL,
        "hash",
        "C-1",
        State.ACCEPTED,
        date(2026, 1, 1),
        MessageClass.CARE,
        "2026-01-01T08:00:00Z",
    )
    with open_ledger(shop / ".sitegen" / "ledger.sqlite") as book:
        record(book, left)
        prefer(book, Preference("C-1", "frequency", "week", "2026-09-01T08:00:00Z"))
        words = {"words": "The beads of Ada Holm came undone."}
        submit(book, Submission("K-1", Form.COMPLAINT, "C-1", "", "quality", words, "2026-09-01T08:00:00Z"))
    idea = Idea("G-1", "", date(2026, 9, 1), "A day when Ada's beads come undone.")
    keep_shelves(shop, {Shelf.IDEAS: Filled("as they stood", (idea,))})
    held = json.loads(inside("export", "C-1", at=shop).stdout)
    assert [row["value"] for row in held["said"]["preferences"]] == ["week"]
    assert [row["text"] for row in held["tables"]["complaints"]] == [words["words"]]

    done = inside("erase", "C-1", "--yes", at=shop)

    assert (done.returncode, done.stderr) == (0, "")
    assert "ledger                2  (consents, wishes, answers, forms)\n" in done.stdout
    assert "came undone" not in everything_below(shop / ".sitegen")
    assert not kept_shelves(shop)
    assert "C-1" not in "".join(tables(shop).values())
    assert "ada.holm" not in "".join(tables(shop).values())
    assert tables(shop)["suppressions.csv"].count("erased") == 3
    assert "C-1" not in everything_below(shop / ".sitegen")
    assert inside("build", "--on", DAY, "--quiet", at=shop).returncode == 0
    assert "C-1" not in everything_below(shop / "output")
    assert "Holm" not in everything_below(shop / "output")
    assert inside("erase", "C-1", "--yes", at=shop).returncode == 1


def test_print_files_that_a_killed_build_left_go_with_any_customer(inside: Sitegen, shop: Path) -> None:
    hidden = shop / ".sitegen"
    (hidden / "print").mkdir(parents=True)
    (hidden / "print" / ("a" * 64)).write_bytes(b"%PDF of a card for Ada Holm")
    (hidden / "print" / f".{'b' * 64}.new").write_bytes(b"half of one")
    (hidden / "refused.csv").write_text("record,customer_id\n1,C-1\n")
    done = inside("erase", "C-1", "--yes", at=shop)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("'C-1' is gone. Build again: output/ is as it was until then.\n")
    assert not (hidden / "print").exists()
    assert not (hidden / "refused.csv").exists()


def test_a_dry_run_leaves_the_print_files_of_a_killed_build(inside: Sitegen, shop: Path) -> None:
    kept = shop / ".sitegen" / "print" / ("a" * 64)
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"%PDF")
    assert inside("erase", "C-1", "--dry-run", at=shop).returncode == 0
    assert kept.read_bytes() == b"%PDF"
