"""What stands in output/ after a build: all of the plan, and nothing of what is gone."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from tests.build.conftest import SMALL_SHOP, Shop, new_shop

Line = tuple[str, str, str]


DAY = ("--on", "2026-09-08", "--only", "site,mail,texts,work")
WOOL = "---\ntitle: Unspun wool\naudience: public\ntags: [fleece]\n---\nA word like quernstone.\n"
CELLAR = "---\ntitle: The cellar\naudience: gold\n---\nA word like thistledown.\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """The small shop, built but for its cards; tests must leave it as it is."""
    shop = new_shop(tmp_path_factory.mktemp("built") / "shop", SMALL_SHOP / "content")
    shop.build(*DAY)
    return shop


@pytest.fixture(scope="module")
def grown(built: Shop, tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """The same shop with two pages more; tests must leave it as it is."""
    shop = copied(built, tmp_path_factory.mktemp("grown"))
    (shop.root / "content" / "pages" / "wool.md").write_text(WOOL)
    (shop.root / "content" / "pages" / "cellar.md").write_text(CELLAR)
    shop.build("--on", "2026-09-08", "--only", "site")
    return shop


@pytest.fixture(scope="module")
def pruned(grown: Shop, tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """The grown shop when both pages were deleted again; tests must leave it as it is."""
    shop = copied(grown, tmp_path_factory.mktemp("pruned"))
    for name in ("wool.md", "cellar.md"):
        (shop.root / "content" / "pages" / name).unlink()
    shop.build("--on", "2026-09-08", "--only", "site")
    return shop


def copied(shop: Shop, folder: Path) -> Shop:
    """The shop as it stands, somewhere else."""
    return Shop(Path(shutil.copytree(shop.root, folder / "shop")))


def plan_of(shop: Shop, side: str) -> list[dict[str, str]]:
    with (shop.output / "work" / "plan" / f"{side}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(rows: list[dict[str, str]]) -> list[Line]:
    return sorted((row["campaign"], row["channel"], row["customer_id"]) for row in rows)


def test_planned_and_excluded_are_the_candidates(built: Shop) -> None:
    planned, excluded = lines(plan_of(built, "planned")), lines(plan_of(built, "excluded"))
    everyone = ("C-1", "C-2", "C-3")
    candidates = [("autumn-card", "card", "C-1")]
    candidates += [("autumn-mail", "mail", customer) for customer in everyone]
    candidates += [("autumn-text", "text", customer) for customer in everyone]
    assert sorted(planned + excluded) == candidates
    assert excluded == [("autumn-text", "text", "C-3")]
    assert [row["reason"] for row in plan_of(built, "excluded")] == ["there is no phone number"]


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


def test_every_planned_message_stands_in_output_and_no_other(built: Shop) -> None:
    mails = {path.stem for path in (built.output / "mail").rglob("*.eml")}
    texts = (built.output / "texts" / "autumn-text.jsonl").read_text(encoding="utf-8").splitlines()
    planned = lines(plan_of(built, "planned"))
    assert mails == {customer for campaign, channel, customer in planned if channel == "mail"}
    told = {json.loads(line)["customer_id"] for line in texts}
    assert told == {customer for campaign, channel, customer in planned if channel == "text"}


def test_private_folders_are_for_their_owner_alone(built: Shop) -> None:
    for name in ("mail", "texts", "work"):
        assert (built.output / name).stat().st_mode & 0o077 == 0
        assert all(mode & 0o077 == 0 for _, mode, _ in built.tree(name).values() if mode & 0o100000)
    assert (built.output / "site").stat().st_mode & 0o777 == 0o755


def words_in(shop: Shop, words: str) -> set[str]:
    return {name for name, (content, _, _) in shop.tree().items() if words.encode() in content}


def test_nothing_is_left_of_a_public_page_that_was_deleted(grown: Shop, pruned: Shop) -> None:
    assert "site/wool/index.html" in grown.tree()
    assert words_in(grown, "quernstone")
    assert words_in(pruned, "quernstone") | words_in(pruned, "Unspun wool") | words_in(pruned, "wool/") == set()
    assert not [name for name in pruned.tree() if "wool" in name or "fleece" in name]


def test_nothing_is_left_of_a_members_page_that_was_deleted(built: Shop, grown: Shop, pruned: Shop) -> None:
    before = set(built.tree("site"))
    more = set(grown.tree("site")) - before
    assert any(name.startswith("m/") for name in more)
    assert words_in(grown, "thistledown") | words_in(grown, "The cellar") == set()
    assert set(pruned.tree("site")) == before
    assert set(json.loads((pruned.output / "build.json").read_text())["site"]) <= before


def test_nothing_is_left_of_a_campaign_that_was_deleted(built: Shop, tmp_path: Path) -> None:
    assert (built.output / "mail" / "autumn-mail").is_dir()
    shop = copied(built, tmp_path)
    (shop.root / "content" / "campaigns" / "autumn-mail.md").unlink()
    shop.build(*DAY)
    assert words_in(shop, "autumn-mail") == set()
    assert not (shop.output / "mail" / "autumn-mail").exists()


def test_a_part_that_is_not_built_stays_as_it_is(built: Shop, tmp_path: Path) -> None:
    shop = copied(built, tmp_path)
    before = {name: shop.tree(name) for name in ("site", "texts", "work")}
    shop.build("--on", "2026-09-01", "--only", "mail")
    assert {name: shop.tree(name) for name in ("site", "texts", "work")} == before
    assert not (shop.output / "mail" / "autumn-mail").exists()
