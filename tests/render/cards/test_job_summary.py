"""job.json sums a print job up; it names no customer."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from sitegen.render.cards.job_summary import Job, JobFile, job_summary

JOB = Job("2026/moon", "A quiet wish", "eu", datetime(2026, 9, 1, 8, tzinfo=UTC), {"weasyprint": "70.0"}, "contact.png")
FILES = (
    JobFile("cards-001.pdf", "moon-rabbit", 1, 501, {"zh-CN": 200, "en": 300}, "aa", "bb"),
    JobFile("cards-002.pdf", "spring-plum", 502, 511, {"en": 10}, "cc", "dd"),
)


def test_all_cards_of_the_plan_are_made_refused_or_skipped() -> None:
    told = json.loads(job_summary(JOB, FILES, refused=1, skipped=4))
    assert told["totals"] == {"planned": 515, "made": 510, "refused": 1, "skipped": 4}
    assert told["designs"] == {"moon-rabbit": 500, "spring-plum": 10}
    assert told["languages"] == {"en": 310, "zh-CN": 200}


def test_each_file_has_its_records_and_hashes() -> None:
    told = json.loads(job_summary(JOB, FILES, refused=1, skipped=0))
    assert told["files"]["cards-001.pdf"] == {
        "records": 500,
        "pages": 1000,
        "design": "moon-rabbit",
        "first": 1,
        "last": 501,
        "inputs": "aa",
        "content": "bb",
    }
    assert (told["picture"], told["print_house"], told["instant"]) == ("contact.png", "eu", "2026-09-01T08:00:00Z")


def test_a_job_without_cards_is_told_too() -> None:
    told = json.loads(job_summary(JOB, (), refused=0, skipped=0))
    assert told["totals"] == {"planned": 0, "made": 0, "refused": 0, "skipped": 0}
    assert told["files"] == {}


def test_the_order_of_what_comes_in_does_not_change_the_bytes() -> None:
    other = JobFile("cards-001.pdf", "moon-rabbit", 1, 501, {"en": 300, "zh-CN": 200}, "aa", "bb")
    assert job_summary(JOB, (other, FILES[1]), 0, 0) == job_summary(JOB, FILES, 0, 0)
