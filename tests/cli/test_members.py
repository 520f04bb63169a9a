"""Cards that are reissued and revoked: who gets in after the next build, and who does not."""

from __future__ import annotations

import csv
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.model.lock import Lock
from sitegen.protect.keys import decode_root
from sitegen.protect.member_link import member_link
from sitegen.protect.serials import revoked
from sitegen.publish.hold import hold
from sitegen.publish.lock_file import DEV_LOCK, read_lock, write_lock
from tests.remembered import leaf_keys, objects, objects_opened, segment_keys

Done = subprocess.CompletedProcess[str]
Sitegen = Callable[..., Done]
DAY = "2026-09-08"


def lock_in(shop: Path, file: str = "sitegen.lock") -> Lock:
    found = read_lock(shop, file)
    assert found
    return found


def code_of(shop: Path, customer: str, keys: dict[str, str]) -> str:
    card_key = decode_root(keys["SITEGEN_CARD_KEY"], "SITEGEN_CARD_KEY")
    return member_link(card_key, lock_in(shop), customer, "https://shop.example").spelled


def build(sitegen: Sitegen, shop: Path, keys: dict[str, str], only: str = "site", day: str = DAY) -> None:
    done = sitegen("build", "--on", day, "--only", only, "--quiet", at=shop, env=keys)
    assert done.returncode == 0, done.stderr


def test_goal_12_who_was_revoked_opens_nothing_new_and_the_others_stay_logged_in(
    shop: Path, inside: Sitegen, real_keys: dict[str, str]
) -> None:
    site = shop / "output" / "site"
    build(inside, shop, real_keys)
    before = objects(site)
    ada, ben = (leaf_keys(code_of(shop, name, real_keys), site) for name in ("C-1", "C-2"))
    saved, kept = segment_keys(site, ada), segment_keys(site, ben)
    assert saved
    assert kept
    seen_by_ada, seen_by_ben = objects_opened(site, saved), objects_opened(site, kept)
    assert set(seen_by_ada) == set(before), "a gold friend reads everything that is locked"
    assert seen_by_ben

    assert inside("members", "revoke", "C-1", at=shop, env=real_keys).returncode == 0
    build(inside, shop, real_keys)

    after = objects(site)
    assert len(after) == len(before)
    assert set(before) & set(after) == set()
    assert set(before.values()) & set(after.values()) == set()
    assert segment_keys(site, ada) is None
    assert objects_opened(site, saved) == {}
    held = segment_keys(site, ben)
    assert held
    assert sorted(objects_opened(site, held).values()) == sorted(seen_by_ben.values())
    assert set(held) & set(kept) == set()


def test_who_leaves_a_segment_is_out_at_the_next_period_and_at_once_after_a_rotation(
    shop: Path, inside: Sitegen, real_keys: dict[str, str]
) -> None:
    site = shop / "output" / "site"
    build(inside, shop, real_keys)
    ada = leaf_keys(code_of(shop, "C-1", real_keys), site)
    as_gold = segment_keys(site, ada)
    assert as_gold
    everything = set(objects_opened(site, as_gold))
    orders = shop / "content/customers/orders.csv"
    orders.write_text(orders.read_text(encoding="utf-8").replace("620.00", "20.00"), encoding="utf-8")

    build(inside, shop, real_keys)
    as_friend = segment_keys(site, ada)
    assert as_friend
    assert set(objects_opened(site, as_friend)) < everything, "the slot has lost the key of gold"
    assert set(objects_opened(site, as_gold)) == everything, "saved keys work to the end of the period"

    build(inside, shop, real_keys, day="2026-10-01")
    assert objects_opened(site, as_gold) == {}
    next_month = segment_keys(site, ada)
    assert next_month
    assert objects_opened(site, next_month)

    assert inside("keys", "rotate", at=shop, env=real_keys).returncode == 0
    build(inside, shop, real_keys, day="2026-10-01")
    assert objects_opened(site, {*as_gold, *as_friend, *next_month}) == {}
    rotated = segment_keys(site, ada)
    assert rotated
    assert objects_opened(site, rotated)


def test_a_new_card_opens_and_the_old_one_does_not(shop: Path, inside: Sitegen, real_keys: dict[str, str]) -> None:
    write_lock(shop, Lock("ab" * 16))
    old = code_of(shop, "C-1", real_keys)
    done = inside("members", "reissue", "C-1", "C-3", "C-1", at=shop, env=real_keys)
    assert done.returncode == 0
    assert "2 cards reissued: C-1, C-3. Commit sitegen.lock." in done.stdout
    assert old not in done.stdout
    assert lock_in(shop).epoch == 2
    new = code_of(shop, "C-1", real_keys)
    build(inside, shop, real_keys)
    site = shop / "output" / "site"
    assert segment_keys(site, leaf_keys(new, site))
    assert segment_keys(site, leaf_keys(old, site)) is None


def test_a_revoked_member_has_no_link_until_the_card_is_reissued(
    shop: Path, inside: Sitegen, real_keys: dict[str, str]
) -> None:
    assert inside("members", "revoke", "C-2", at=shop, env=real_keys).returncode == 0
    refused = inside("members", "link", "C-2", at=shop, env=real_keys)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "the card of 'C-2' was revoked\nhint: `sitegen members reissue C-2`" in refused.stderr
    assert inside("members", "reissue", "C-2", at=shop, env=real_keys).returncode == 0
    given = inside("members", "link", "C-2", at=shop, env=real_keys)
    assert given.stdout.split()[1].replace("-", "") == code_of(shop, "C-2", real_keys)
    text = (shop / "sitegen.lock").read_text()
    assert "C-2" not in text


def test_who_is_no_customer_is_refused_with_all_others_who_are_none(
    shop: Path, inside: Sitegen, real_keys: dict[str, str]
) -> None:
    done = inside("members", "revoke", "C-1", "c-2", "C-77", at=shop, env=real_keys)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("there is no customer 'C-77', 'c-2' in the customer file\nhint: ids are case-sens")
    assert "`sitegen keys rotate`" in done.stderr
    assert read_lock(shop) is None


def test_no_card_is_planned_for_who_was_revoked_and_the_reason_is_told(
    shop: Path, inside: Sitegen, real_keys: dict[str, str]
) -> None:
    card_key = decode_root(real_keys["SITEGEN_CARD_KEY"], "SITEGEN_CARD_KEY")
    write_lock(shop, revoked(Lock("ab" * 16), card_key, ["C-1"]))
    build(inside, shop, real_keys, "work,cards")
    with (shop / "output/work/plan/excluded.csv").open(encoding="utf-8", newline="") as file:
        reasons = {(row["campaign"], row["customer_id"]): row["code"] for row in csv.DictReader(file)}
    assert reasons == {("autumn-card", "C-1"): "revoked", ("autumn-text", "C-3"): "no-phone"}
    made = json.loads((shop / "output/build.json").read_text())
    assert made["made"]["planned"] + made["made"]["excluded"] == 7
    assert not list((shop / "output/cards").rglob("*.pdf"))


@pytest.mark.slow
def test_a_plan_without_the_card_key_says_that_it_can_not_know(
    shop: Path, inside: Sitegen, real_keys: dict[str, str]
) -> None:
    card_key = decode_root(real_keys["SITEGEN_CARD_KEY"], "SITEGEN_CARD_KEY")
    write_lock(shop, revoked(Lock("ab" * 16), card_key, ["C-1"]))
    told = inside("plan", "--on", DAY, at=shop, env=real_keys)
    assert (told.stderr, "the card was revoked" in " ".join(told.stdout.split())) == ("", True)
    blind = inside("plan", "--on", DAY, at=shop, env={"SITEGEN_CONTENT_KEY": real_keys["SITEGEN_CONTENT_KEY"]})
    assert "note: without the card key nobody can tell whose card was revoked" in blind.stderr


def test_while_a_build_is_running_nothing_is_changed(shop: Path, inside: Sitegen, real_keys: dict[str, str]) -> None:
    with hold(shop):
        done = inside("members", "revoke", "C-1", at=shop, env=real_keys)
    assert done.returncode == 1
    assert "another build of this shop is running" in done.stderr
    assert read_lock(shop) is None


def test_with_development_keys_the_lock_of_the_site_stays_as_it_is(
    shop: Path, inside: Sitegen, real_keys: dict[str, str]
) -> None:
    build(inside, shop, real_keys, "pages")
    before = (shop / "sitegen.lock").read_bytes()
    done = inside("members", "revoke", "C-1", at=shop)
    assert "These are development keys" in done.stdout
    assert inside("keys", "rotate", at=shop).returncode == 0
    assert (shop / "sitegen.lock").read_bytes() == before
    trial = lock_in(shop, DEV_LOCK)
    assert (trial.site_id, trial.epoch, len(trial.revoked), trial.checks) == (lock_in(shop).site_id, 3, 1, {})
    build(inside, shop, {}, "pages")
    assert (shop / "output/site/sg/3").is_dir()
    build(inside, shop, real_keys, "pages")
    assert (shop / "output/site/sg/1").is_dir()
    assert (shop / "sitegen.lock").read_bytes() == before
    assert lock_in(shop, DEV_LOCK) == trial


def test_a_trial_in_a_new_folder_leaves_the_site_only_its_id(shop: Path, inside: Sitegen) -> None:
    assert inside("members", "reissue", "C-1", at=shop).returncode == 0
    assert lock_in(shop) == Lock(lock_in(shop).site_id)
    assert lock_in(shop, DEV_LOCK).epoch == 2
