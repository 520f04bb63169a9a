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
