"""A missing value leaves one customer out; where the build is strict, it stops the build."""

from __future__ import annotations

import json

from tests.build.conftest import Shop

LETTER = """---
title: A letter by name
kind: seasonal
audience: everyone
channels: [mail]
on: 2026-09-08
---
Dear {{ salutation }} {{ last_name }},

the evenings grow cool.
"""


def with_a_letter(shop: Shop) -> Shop:
    (shop.root / "content" / "campaigns" / "by-name.md").write_text(LETTER, encoding="utf-8")
    return shop


def test_a_customer_without_a_value_is_left_out_with_the_reason(shop: Shop) -> None:
    done = with_a_letter(shop).run("plan", "--on", "2026-09-08", "--campaign", "by-name", "--json")
    plan = json.loads(done.stdout)
    assert plan["planned"] == []
    assert {line["reason"] for line in plan["excluded"]} == {"no value for 'salutation' and no fallback"}


def test_a_strict_build_tells_it_as_a_mistake_and_writes_nothing(shop: Shop) -> None:
    done = with_a_letter(shop).run("build", "--on", "2026-09-08", "--only", "mail", "--strict", "--quiet")
    assert done.returncode == 1
    assert done.stderr == (
        "content/campaigns/by-name.md:1:1: no value for 'salutation' and no fallback: 3 customers, such as 'C-1'\n"
        'hint: write a fallback, like {{ first_name or "friend" }}, or fill the values in\n'
        "\n1 mistake; nothing was written\n`sitegen explain no-value` tells more\n"
    )
    assert not (shop.output / "mail").exists()
