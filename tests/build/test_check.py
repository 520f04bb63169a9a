"""A check knows what a build would refuse, and what it could not see on one day alone, without writing anything."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from sitegen.build.checking.check import Wish, check
from sitegen.build.checking.report import Report
from sitegen.cli.progress import Silent
from sitegen.errors import Exit
from sitegen.model.plan import Count
from tests.broken.test_broken import MISTAKES, shop_with

BROKEN = Path(__file__).parents[1] / "broken"
BASE = BROKEN / "base"
BEYOND = {"missing-customer-file", "missing-sqlite-file", "postgres-without-an-address", "record-too-long"}
"""Mistakes that only who opens the customers can know of."""
TODAY = date(2026, 9, 8)
MAIL = "kind: seasonal\naudience: everyone\nchannels: [mail]\non: 2026-09-15"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "shop"))


@pytest.fixture
def writings(tmp_path: Path) -> Path:
    """The shop without its customers, for what is wrong with words alone: to open the engine takes most of a check."""
    return Path(shutil.copytree(BASE, tmp_path / "shop", ignore=shutil.ignore_patterns("customers")))


def write(shop: Path, path: str, front: str, text: str) -> None:
    file = shop / "content" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"---\n{front}\n---\n{text}\n", encoding="utf-8")


def campaign(shop: Path, text: str, front: str = MAIL, title: str = "A wish") -> None:
    write(shop, "campaigns/wish.md", f"title: {title}\n{front}", text)


def checked(shop: Path, strict: bool = False) -> Report:
    return check(shop, Wish(TODAY, strict=strict), Silent())


def found(report: Report) -> list[tuple[str, str]]:
    return [(problem.file.removeprefix("content/"), problem.code) for problem in report.mistakes]


def everything_in(folder: Path) -> dict[str, int]:
    return {str(path.relative_to(folder)): path.stat().st_mtime_ns for path in folder.rglob("*")}


def test_a_shop_without_mistakes_is_looked_at_whole_and_left_as_it_was(shop: Path) -> None:
    before = everything_in(shop)
    report = checked(shop)
    infos, looked = report.infos, (Count("pages", 4), Count("mails", 1), Count("texts", 1))
    assert report == Report(looked, (), (), (), Exit.DONE, infos)
    assert {info.code for info in infos} == {"bare-occasion", "orphan-page"}
    assert everything_in(shop) == before


def test_mistakes_in_words_mails_links_and_customers_are_told_at_once_with_exit_code_1(shop: Path) -> None:
    campaign(shop, "Take a scarf, at half price.\n\n::: audience gold\n[See](http://loom.example/)\n:::")
    with (shop / "content/customers/customers.csv").open("a", encoding="utf-8") as customers:
        customers.write("C-1,again\n")
    report = checked(shop)
    codes = {code for _, code in found(report)}
    assert {"law-discount", "mail-link"} <= codes
    assert any(file.startswith("customers/") for file, _ in found(report))
    assert report.exit_code is Exit.MISTAKE


def test_what_only_some_readers_of_a_mail_would_get_is_found_and_ends_with_6(writings: Path) -> None:
    campaign(writings, "Take a scarf.\n\n::: audience gold\n[See](http://loom.example/)\n:::")
    report = checked(writings)
    assert found(report) == [("campaigns/wish.md", "mail-link")]
    assert report.exit_code is Exit.MESSAGE
    assert [count.number for count in report.looked] == [4, 2, 1]


def test_a_word_that_may_not_be_said_does_not_hide_a_mail_that_may_not_be_sent(writings: Path) -> None:
    campaign(writings, "Half price!", f"{MAIL}\npreheader: {'A long line. ' * 10}")
    report = checked(writings)
    assert [code for _, code in found(report)] == ["long-preheader", "law-discount"]
    assert report.exit_code is Exit.MESSAGE


def test_a_mail_is_composed_for_its_own_day_not_for_today(writings: Path) -> None:
    for day, broken in (("2026-09-15", [("campaigns/wish.md", "broken-link")]), ("2026-09-12", [])):
        write(writings, "pages/moon.md", "title: Moon\npublish_on: 2026-09-01\nexpire_on: 2026-09-14", "A moon.")
        campaign(writings, "Look at [the moon](../pages/moon.md).", MAIL.replace("2026-09-15", day))
        report = checked(writings)
        assert found(report) == broken
        assert report.exit_code is (Exit.BROKEN_LINK if broken else Exit.DONE)


def test_a_page_that_is_still_to_come_is_rendered_too(writings: Path) -> None:
    write(writings, "pages/draft.md", "title: Draft\ndraft: yes", "Not yet.")
    write(writings, "pages/moon.md", "title: Moon\npublish_on: 2027-01-01", "A [moon](draft.md).")
    report = checked(writings)
    assert [code for _, code in found(report)] == ["broken-link"]
    assert report.exit_code is Exit.BROKEN_LINK


def test_a_text_that_is_too_long_for_everybody_is_refused(writings: Path) -> None:
    campaign(writings, "A long word. " * 60, MAIL.replace("mail", "text").replace("seasonal", "contact"))
    assert found(checked(writings)) == [("campaigns/wish.md", "long-text")]


def test_without_a_customer_file_the_rest_is_looked_at_and_the_gap_is_told(shop: Path) -> None:
    shutil.rmtree(shop / "content/customers")
    report = checked(shop)
    assert report.exit_code is Exit.DONE
    assert len(report.notes) == 1


def test_a_warning_is_a_mistake_only_to_the_strict(writings: Path) -> None:
    campaign(writings, "Take a scarf.", f"{MAIL}\nsubject: TAKE A SCARF")
    report = checked(writings)
    assert [problem.code for problem in report.warnings] == ["law-loud-subject"]
    assert report.exit_code is Exit.DONE
    strict = checked(writings, strict=True)
    assert (found(strict), strict.warnings) == ([("campaigns/wish.md", "law-loud-subject")], ())
    assert strict.exit_code is Exit.MESSAGE


def test_a_misspelt_key_does_not_hide_what_is_wrong_in_a_mail(writings: Path) -> None:
    write(writings, "pages/wool.md", "title: Wool\nwieght: 3", "Air it.")
    campaign(writings, "Take a scarf. [See](http://loom.example/)")
    report = checked(writings)
    assert found(report) == [("campaigns/wish.md", "mail-link"), ("pages/wool.md", "unknown-key")]
    # Whether anything leads to a page with a misspelt key, nobody can say: it may be 'menu' that is misspelt.
    assert report.infos == ()


def test_a_shop_that_cannot_be_read_is_not_composed(shop: Path) -> None:
    campaign(shop, "Words.", MAIL.replace("seasonal", "sesonal"))
    report = checked(shop)
    assert [code for _, code in found(report)] == ["unknown-word"]
    assert report.looked == ()


def test_a_damaged_lock_is_told_beside_the_rest(writings: Path) -> None:
    (writings / "sitegen.lock").write_text("{")
    campaign(writings, "Half price!")
    report = checked(writings)
    assert [code for _, code in found(report)] == ["law-discount", "damaged-lock"]
    assert report.exit_code is Exit.MISTAKE


@pytest.mark.slow
@pytest.mark.parametrize("mistake", [one for one in MISTAKES if not (BROKEN / one / "command").exists()])
def test_what_a_build_refuses_a_check_knows(mistake: str, tmp_path: Path) -> None:
    wanted = BROKEN / mistake / "expected_exit"
    for_cards = wanted.exists() and int(wanted.read_text()) == Exit.CARD
    report = checked(shop_with(mistake, tmp_path))
    assert bool(report.mistakes) != (for_cards or mistake in BEYOND)
