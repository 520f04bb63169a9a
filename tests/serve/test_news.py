"""What browsers are told."""

from __future__ import annotations

from sitegen.errors import Problem
from sitegen.serve.news import News
from sitegen.serve.trees import Change

WRONG = Problem("content/pages/about.md", 3, 1, "unknown-key", "unknown key 'drafft'")


def news() -> News:
    """After three good builds."""
    made = News("a run")
    for name in ("first", "second", "third"):
        made.good(Change(frozenset({f"{name}.html"})), ())
    return made


def test_a_browser_is_told_what_changed_since_its_own_build() -> None:
    told = news().told(1)

    assert (told["number"], told["files"], told["trouble"]) == (3, ["second.html", "third.html"], None)


def test_a_browser_of_another_run_or_of_long_ago_takes_it_that_everything_changed() -> None:
    assert news().told(-1)["files"] is None
    assert news().told(4)["files"] is None


def test_a_build_that_failed_is_no_new_one() -> None:
    made = news()

    made.bad((WRONG,), "")

    assert (made.told(3)["number"], made.told(3)["files"]) == (3, [])
    assert made.told(3)["trouble"] == {"attempt": 1, "number": 1}


def test_a_good_build_ends_the_trouble_though_nothing_changed() -> None:
    made = news()
    made.bad((WRONG,), "")

    made.good(Change(), ())

    assert made.told(3)["trouble"] is None
    assert made.number == 3


def test_trouble_with_the_members_outlives_a_good_page() -> None:
    made = news()
    made.bad((), "the customer file is gone", members=True)

    made.good(Change(frozenset({"fourth.html"})), ())

    assert made.trouble
    made.keyrings()
    assert made.trouble is None


def test_mistakes_are_not_told_to_those_who_know_only_the_pages() -> None:
    made = news()
    made.bad((WRONG,), "")

    assert "about.md" not in str(made.told(0))


def test_whoever_waits_hears_of_the_end() -> None:
    made = news()
    version = made.version
    made.end()

    assert made.wait(version, 0.01) != version
    assert made.ended
