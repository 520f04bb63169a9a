"""`sitegen new` as one types it."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.cli.conftest import Sitegen, copy_of_the_small_shop


def test_a_new_campaign_says_what_was_written_and_what_comes_next(inside: Sitegen, tmp_path: Path) -> None:
    shop = copy_of_the_small_shop(tmp_path)
    done = inside("new", "campaign", "first-frost", "--kind", "seasonal", "--language", "zh", at=shop)
    file = f"content/campaigns/{datetime.now(ZoneInfo('Europe/Berlin')).year}/first-frost.md"
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{file}: a draft\nnext: read it, make it yours, then: sitegen check\n"
    assert "language: zh\n" in (shop / file).read_text(encoding="utf-8")


def test_a_page_and_a_segment_are_begun_too(inside: Sitegen, tmp_path: Path) -> None:
    shop = copy_of_the_small_shop(tmp_path)
    assert "next: write what it says" in inside("new", "page", "linen-care", at=shop).stdout
    assert "next: say in its rule who is meant" in inside("new", "segment", "winter-friends", at=shop).stdout


def test_an_unknown_language_is_a_matter_of_usage(inside: Sitegen, tmp_path: Path) -> None:
    done = inside("new", "page", "linen", "--language", "xx", at=copy_of_the_small_shop(tmp_path))
    assert done.returncode == 2
    assert "unknown language 'xx'" in done.stderr


def test_a_name_in_words_becomes_a_file_and_stays_the_title(inside: Sitegen, tmp_path: Path) -> None:
    shop = copy_of_the_small_shop(tmp_path)
    asked = ("new", "campaign", "Grüße im März", "--segment", "gold", "--on", "2027-03-03", "--lang", "de")
    done = inside(*asked, at=shop)
    assert (done.returncode, done.stderr) == (0, "")
    text = (shop / done.stdout.partition(":")[0]).read_text(encoding="utf-8")
    assert done.stdout.partition(":")[0].endswith("/gruesse-im-maerz.md")
    assert [line.partition("#")[0].strip() for line in text.splitlines()[1:6]] == [
        "title: Grüße im März",
        "kind: letter",
        "audience: gold",
        "channels: [mail]",
        "on: 2027-03-03",
    ]


def test_a_page_is_for_whom_and_from_when_it_is_asked_for(inside: Sitegen, tmp_path: Path) -> None:
    shop = copy_of_the_small_shop(tmp_path)
    inside("new", "page", "Our kettle", "--segment", "public", "--on", "2027-03-03", at=shop)
    text = (shop / "content/pages/our-kettle.md").read_text(encoding="utf-8")
    assert "audience: public" in text
    assert "publish_on: 2027-03-03" in text


def test_an_unknown_segment_and_a_taken_name_come_with_a_suggestion(inside: Sitegen, tmp_path: Path) -> None:
    shop = copy_of_the_small_shop(tmp_path)
    assert "did you mean 'gold'?" in inside("new", "page", "tea", "--segment", "golt", at=shop).stderr
    assert not (shop / "content/pages/tea.md").exists()
    inside("new", "page", "tea", at=shop)
    assert "hint: 'tea-2' is free" in inside("new", "page", "tea", at=shop).stderr


def test_what_has_a_day_of_its_own_takes_no_other(inside: Sitegen, tmp_path: Path) -> None:
    shop = copy_of_the_small_shop(tmp_path)
    done = inside("new", "campaign", "wish", "--kind", "birthday", "--on", "2027-03-03", at=shop)
    assert done.returncode == 2
    assert "leaves on each customer's own day" in done.stderr


def test_a_new_card_says_where_it_is_and_how_to_look_at_it(inside: Sitegen, tmp_path: Path) -> None:
    done = inside("new", "card", "Lantern night", at=copy_of_the_small_shop(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("themes/my-hearth/cards/lantern-night/: ")
    assert "write 'theme: my-hearth' into content/site.yaml" in done.stdout
    assert "card: lantern-night" in done.stdout
