"""Care and service of the sample shop: nothing is left open, no goods are without a word, and promises have answers."""

from __future__ import annotations

import csv
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from sitegen.build.checking.care import care_problems
from sitegen.content.project import read_project
from sitegen.model.project import Project
from sitegen.programme.care.answering import answer_by, due_on, free_days_of
from sitegen.programme.care.coverage import coverage_findings
from sitegen.programme.care.life_stages import product_findings, rule_of, stage_of
from sitegen.programme.care.pages import Product, care_findings, care_pages
from tests.audience.little_shop import segments

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 9, 8)
HAMBURG = ZoneInfo("Europe/Berlin")


@cache
def sample() -> Project:
    """The sample shop, read once."""
    return read_project(ROOT)


def test_the_rules_of_the_sample_leave_nothing_open() -> None:
    assert list(care_problems(sample(), TODAY)) == []


def test_all_goods_of_the_sample_have_care_and_something_to_read() -> None:
    programme, pages = sample().programme, sample().pages
    with (ROOT / "content/customers/products.csv").open(encoding="utf-8", newline="") as file:
        goods = [Product(row["product_id"], row["group"], row["care"]) for row in csv.DictReader(file)]
    known = care_pages(programme.care, pages)
    standing = {page.id for page in pages if not page.draft and page.window.contains(TODAY)}
    assert programme.care
    assert programme.coverage
    assert programme.life_stages
    assert list(care_findings(goods, known, programme.care.place)) == []
    assert list(coverage_findings(goods, programme.coverage, known, standing)) == []
    ids, groups = [one.id for one in goods], {one.group for one in goods}
    assert list(product_findings(programme.life_stages, ids, groups)) == []
    assert groups == set(programme.care.pages)


def test_the_stages_of_the_sample_can_be_segments() -> None:
    stages = sample().programme.life_stages
    assert stages
    rules = "".join(
        f"  s{number}:\n    {rule_of(one)}".replace("\n  -", "\n      -") for number, one in enumerate(stages.stages)
    )
    assert len(segments(f"segments:\n{rules}")) == len(stages.stages) == 6
    three = stage_of(stages, 3)
    assert three
    assert three.title == "Down on the floor"


def test_what_the_sample_promises_has_a_day_and_an_hour() -> None:
    programme, shop = sample().programme, sample().shop
    free = free_days_of(shop, TODAY, TODAY)
    assert programme.care
    assert programme.care.answer
    assert programme.returns
    assert programme.returns.refund
    # Asked on the Friday before the Day of German Unity, a Saturday.
    asked = datetime(2026, 10, 2, 16, tzinfo=HAMBURG)
    assert answer_by(programme.care.answer, asked, free) == datetime(2026, 10, 5, 16, tzinfo=HAMBURG)
    assert due_on(programme.returns.refund, date(2026, 10, 1), holidays=free) == date(2026, 10, 8)
