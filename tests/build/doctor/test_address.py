"""Goal 28: the caveats of hosts are told, each with what to do."""

from __future__ import annotations

import pytest

from sitegen.build.doctor.address import address_checks
from sitegen.build.doctor.checks import State

OK, WARNING, PROBLEM = State


@pytest.mark.parametrize(
    ("url", "state", "words"),
    [
        ("https://members.lanternandloom.de", OK, "is a place of its own"),
        ("http://members.lanternandloom.de", PROBLEM, "plain http"),
        ("http://shop.s3-website-eu-west-1.amazonaws.com", PROBLEM, "S3 website endpoints speak plain http only"),
        ("https://shop.s3-website.eu-central-1.amazonaws.com", PROBLEM, "S3 website endpoints speak plain http only"),
        ("https://s3.eu-central-1.amazonaws.com/shop", PROBLEM, "strangers' pages"),
        ("https://storage.googleapis.com/shop/", PROBLEM, "strangers' pages"),
        ("https://mei.github.io/shop", PROBLEM, "all projects of this account share the origin"),
        ("https://mei.gitlab.io/shop/", PROBLEM, "all projects of this account share the origin"),
        ("https://mei.github.io", WARNING, "other projects of this account"),
        ("https://lanternandloom.de/members", WARNING, "whatever else"),
        ("https://lantern.netlify.app", WARNING, "is lent by the host"),
        ("https://bit.ly/abc", PROBLEM, "shortens links"),
        ("https://www.tinyurl.com", PROBLEM, "shortens links"),
        ("https://203.0.113.7", WARNING, "is a number"),
        ("http://127.0.0.1:8000", WARNING, "is this machine"),
        ("http://localhost", WARNING, "is this machine"),
        ("https://members.lanternandloom.example", WARNING, "a name for examples"),
    ],
)
def test_goal_28_each_kind_of_host_gets_its_caveat(url: str, state: State, words: str) -> None:
    told = [check for check in address_checks(url) if words in check.said]
    assert [check.state for check in told] == [state]
    assert bool(told[0].todo) == bool(told[0].why) == (state is not OK)


def test_goal_28_github_pages_is_told_with_its_terms_too() -> None:
    assert any("exclude online business" in check.said for check in address_checks("https://mei.github.io/shop"))


def test_a_good_address_gets_one_line() -> None:
    assert len(address_checks("https://members.lanternandloom.de/")) == 1
