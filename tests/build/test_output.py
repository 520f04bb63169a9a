"""What stands in output/ after a build: all of the plan, and nothing of what is gone."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Protocol

import pytest

Line = tuple[str, str, str]


class Shop(Protocol):
    root: Path
    output: Path

    def build(self, *arguments: str) -> None: ...
    def tree(self, part: str = ...) -> dict[str, tuple[bytes, int, int]]: ...


def plan_of(shop: Shop, side: str) -> list[dict[str, str]]:
    with (shop.output / "work" / "plan" / f"{side}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(rows: list[dict[str, str]]) -> list[Line]:
    return sorted((row["campaign"], row["channel"], row["customer_id"]) for row in rows)


def test_planned_and_excluded_are_the_candidates(shop: Shop) -> None:
    shop.build("--on", "2026-09-08", "--only", "work")
    planned, excluded = lines(plan_of(shop, "planned")), lines(plan_of(shop, "excluded"))
    everyone = ("C-1", "C-2", "C-3")
    candidates = [("autumn-card", "card", "C-1")]
    candidates += [("autumn-mail", "mail", customer) for customer in everyone]
    candidates += [("autumn-text", "text", customer) for customer in everyone]
    assert sorted(planned + excluded) == candidates
    assert excluded == [("autumn-text", "text", "C-3")]
    assert [row["reason"] for row in plan_of(shop, "excluded")] == ["there is no phone number"]


@pytest.mark.slow
def test_in_the_sample_shop_nobody_is_planned_twice_or_both_planned_and_excluded(sample: Shop) -> None:
    sample.build("--on", "2026-09-08..2026-10-07", "--only", "work")
    keys = ("campaign", "edition", "channel", "customer_id")
    planned, excluded = (
        [tuple(row[key] for key in keys) for row in plan_of(sample, side)] for side in ("planned", "excluded")
    )
    made = json.loads((sample.output / "build.json").read_text())["made"]
    assert (len(planned), len(excluded)) == (made["planned"], made["excluded"])
    assert len({*planned, *excluded}) == len(planned) + len(excluded)
    assert all(row["reason"] for row in plan_of(sample, "excluded"))


def test_every_planned_message_stands_in_output_and_no_other(shop: Shop) -> None:
    shop.build("--on", "2026-09-08", "--only", "mail,texts,work")
    mails = {path.stem for path in (shop.output / "mail").rglob("*.eml")}
    texts = (shop.output / "texts" / "autumn-text.jsonl").read_text(encoding="utf-8").splitlines()
    planned = lines(plan_of(shop, "planned"))
    assert mails == {customer for campaign, channel, customer in planned if channel == "mail"}
    told = {json.loads(line)["customer_id"] for line in texts}
    assert told == {customer for campaign, channel, customer in planned if channel == "text"}


def test_private_folders_are_for_their_owner_alone(shop: Shop) -> None:
    shop.build("--on", "2026-09-08", "--only", "site,mail,texts,work")
    for name in ("mail", "texts", "work"):
        assert (shop.output / name).stat().st_mode & 0o077 == 0
        assert all(mode & 0o077 == 0 for _, mode, _ in shop.tree(name).values() if mode & 0o100000)
    assert (shop.output / "site").stat().st_mode & 0o777 == 0o755


def words_in(shop: Shop, words: str) -> set[str]:
    return {name for name, (content, _, _) in shop.tree().items() if words.encode() in content}


def test_nothing_is_left_of_a_public_page_that_was_deleted(shop: Shop) -> None:
    page = shop.root / "content" / "pages" / "wool.md"
    page.write_text("---\ntitle: Unspun wool\naudience: public\ntags: [fleece]\n---\nA word like quernstone.\n")
    shop.build("--on", "2026-09-08", "--only", "site")
    assert "site/wool/index.html" in shop.tree()
    assert words_in(shop, "quernstone")
    page.unlink()
    shop.build("--on", "2026-09-08", "--only", "site")
    assert words_in(shop, "quernstone") | words_in(shop, "Unspun wool") | words_in(shop, "wool/") == set()
    assert not [name for name in shop.tree() if "wool" in name or "fleece" in name]


def test_nothing_is_left_of_a_members_page_that_was_deleted(shop: Shop) -> None:
    shop.build("--on", "2026-09-08", "--only", "site")
    before = set(shop.tree("site"))
    page = shop.root / "content" / "pages" / "cellar.md"
    page.write_text("---\ntitle: The cellar\naudience: gold\n---\nA word like quernstone.\n")
    shop.build("--on", "2026-09-08", "--only", "site")
    more = set(shop.tree("site")) - before
    assert any(name.startswith("m/") for name in more)
    assert words_in(shop, "quernstone") | words_in(shop, "The cellar") == set()
    page.unlink()
    shop.build("--on", "2026-09-08", "--only", "site")
    assert set(shop.tree("site")) == before
    assert set(json.loads((shop.output / "build.json").read_text())["site"]) <= before


def test_nothing_is_left_of_a_campaign_that_was_deleted(shop: Shop) -> None:
    shop.build("--on", "2026-09-08", "--only", "mail,work")
    assert (shop.output / "mail" / "autumn-mail").is_dir()
    (shop.root / "content" / "campaigns" / "autumn-mail.md").unlink()
    shop.build("--on", "2026-09-08", "--only", "mail,work")
    assert words_in(shop, "autumn-mail") == set()
    assert not (shop.output / "mail" / "autumn-mail").exists()


def test_a_part_that_is_not_built_stays_as_it_is(shop: Shop) -> None:
    shop.build("--on", "2026-09-01", "--only", "site,mail,texts,work")
    before = {name: shop.tree(name) for name in ("site", "texts", "work")}
    shop.build("--on", "2026-09-08", "--only", "mail")
    assert {name: shop.tree(name) for name in ("site", "texts", "work")} == before
    assert (shop.output / "mail" / "autumn-mail").is_dir()
