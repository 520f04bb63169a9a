"""The desk's list of everything says who may read a thing on its day, and when that changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from sitegen.serve.clerk import Clerk
from tests.build.test_embargo import ALL, BEFORE, BOTH, FRONT, GOLD, TEXT
from tests.build.test_renewal import ORDER
from tests.content.shop_folder import page, write_shop


@pytest.mark.parametrize(
    ("day", "state", "open_to_all"),
    [
        (BEFORE, ("from 2026-11-01", "for all from 2026-11-15"), True),
        (GOLD, ("for all from 2026-11-15",), False),
        (BOTH, ("for all from 2026-11-15",), False),
        (ALL, (), True),
    ],
)
def test_news_that_some_are_told_first_is_theirs_until_its_day(
    tmp_path: Path, day: date, state: tuple[str, ...], open_to_all: bool
) -> None:
    root = write_shop(tmp_path, pages__blue=page(FRONT, TEXT))
    listing = Clerk(root).listing(replace(ORDER, first=day, last=day), (0, 0))
    assert not isinstance(listing, str)
    news = next(one for one in listing.pages if one.title == "Nantong indigo")
    assert (news.state, news.door == "") == (state, open_to_all)
