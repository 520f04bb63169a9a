"""`sitegen keys`: new keys are made once, kept by their owner alone, and never shown."""

from __future__ import annotations

import base64
import json
import stat
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.model.lock import Lock
from sitegen.protect.keys import decode_root
from sitegen.protect.serials import valid_serial
from sitegen.publish.hold import hold
from sitegen.publish.key_file import read_keys
from sitegen.publish.lock_file import DEV_LOCK, read_lock, write_lock

Done = subprocess.CompletedProcess[str]
Sitegen = Callable[..., Done]
CARD = "SITEGEN_CARD_KEY"
ROOTS = ("SITEGEN_CONTENT_KEY", CARD, "SITEGEN_SIGN_KEY")


def lock_in(shop: Path) -> Lock:
    found = read_lock(shop)
    assert found
    return found


def made(shop: Path, inside: Sitegen) -> dict[str, str]:
    """The shop's first keys."""
    done = inside("keys", "new", at=shop)
    assert done.returncode == 0, done.stderr
    return read_keys(shop / ".sitegen" / "keys")


def held(keys: Path) -> dict[str, str]:
    return {"SITEGEN_KEY_FILE": str(keys)}


def test_new_keys_lie_in_a_file_of_the_owner_alone_and_are_not_shown(shop: Path, inside: Sitegen) -> None:
    done = inside("keys", "new", at=shop)
    file = shop / ".sitegen" / "keys"
    keys = read_keys(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [*keys] == [*ROOTS, "SITEGEN_RECEIVER_KEY"]
    assert len({decode_root(value, name) for name, value in keys.items()}) == 4
    assert set(lock_in(shop).checks) == {"content", "card", "sign"}
    assert not any(value in done.stdout + done.stderr for value in keys.values())
    assert f"export SITEGEN_KEY_FILE={file}" in done.stdout
    assert "Keep a copy on paper or in a safe" in done.stdout
    assert inside("keys", "check", at=shop, env=held(file)).returncode == 0


def test_the_site_has_its_keys_once(shop: Path, inside: Sitegen) -> None:
    keys, lock = made(shop, inside), lock_in(shop)
    done = inside("keys", "new", "elsewhere", at=shop)
    assert done.returncode == 1
    assert "this site has its keys already: sitegen.lock knows them\nhint: use those; where one leaked" in done.stderr
    assert not (shop / "elsewhere").exists()
    assert (read_keys(shop / ".sitegen" / "keys"), lock_in(shop)) == (keys, lock)


def test_a_file_that_is_there_is_never_replaced_and_the_lock_stays_too(shop: Path, inside: Sitegen) -> None:
    (shop / "keys").write_text("something")
    done = inside("keys", "new", "keys", at=shop)
    assert done.returncode == 1
    assert "there is a key file 'keys' already; it was left as it is" in done.stderr
    assert (shop / "keys").read_text() == "something"
    assert read_lock(shop) is None


@pytest.mark.parametrize("place", ["content/keys", "output/site/keys", "themes/keys", "content/../content/pages/keys"])
def test_keys_are_not_put_where_something_is_published(shop: Path, inside: Sitegen, place: str) -> None:
    done = inside("keys", "new", place, at=shop)
    assert done.returncode == 1
    assert f"the key file would lie inside {place.partition('/')[0]}/" in done.stderr
    assert read_lock(shop) is None


def test_keys_may_go_to_a_safe_instead_of_a_file(shop: Path, inside: Sitegen) -> None:
    done = inside("keys", "new", "-", at=shop)
    keys = dict(line.split("=", 1) for line in done.stdout.splitlines())
    assert [*keys] == [*ROOTS, "SITEGEN_RECEIVER_KEY"]
    assert "These keys were not kept anywhere." in done.stderr
    assert not any(value in done.stderr for value in keys.values())
    assert [path.name for path in (shop / ".sitegen").iterdir()] == ["build.lock"]
    assert inside("keys", "check", at=shop, env=keys).returncode == 0


@pytest.mark.parametrize(
    ("name", "consequence"),
    [
        ("content", "all content is locked anew"),
        ("card", "every printed card is useless and must be printed again"),
        ("sign", "members type their code once more"),
    ],
)
def test_a_key_that_leaked_is_made_anew_and_the_others_stay(
    shop: Path, inside: Sitegen, name: str, consequence: str
) -> None:
    old, before = made(shop, inside), lock_in(shop)
    file = shop / ".sitegen" / "keys"
    done = inside("keys", "new", "--replace", name, at=shop, env=held(file))
    assert done.returncode == 0, done.stderr
    assert f"  {name} is new: {consequence}" in done.stdout
    new = read_keys(shop / ".sitegen" / "keys-2")
    variable = f"SITEGEN_{name.upper()}_KEY"
    assert {other for other in old if old[other] != new[other]} == {variable}
    assert not any(value in done.stdout for value in new.values())
    now = lock_in(shop)
    assert {check for check in now.checks if now.checks[check] != before.checks[check]} == {name}
    assert now == replace(before, epoch=2, checks=now.checks)
    assert read_keys(file) == old
    refused = inside("keys", "check", at=shop, env=held(file))
    assert refused.returncode == 1
    assert f"  {name:<8}  key file      IS NOT THE KEY OF THIS SITE\n" in refused.stdout


def test_a_lost_key_is_replaced_with_the_others_only(shop: Path, inside: Sitegen) -> None:
    old = made(shop, inside)
    del old["SITEGEN_SIGN_KEY"]
    missing = inside("keys", "new", "--replace", "content", at=shop, env=old)
    assert missing.returncode == 1
    assert "'SITEGEN_SIGN_KEY' is missing" in missing.stderr
    assert lock_in(shop).epoch == 1
    assert inside("keys", "new", "--replace", "sign", at=shop, env=old).returncode == 0


def test_a_key_is_not_replaced_with_the_help_of_another_sites_keys(shop: Path, inside: Sitegen) -> None:
    old = made(shop, inside)
    strange = {**old, CARD: base64.b64encode(b"s" * 32).decode()}
    done = inside("keys", "new", "--replace", "content", at=shop, env=strange)
    assert done.returncode == 1
    assert "SITEGEN_CARD_KEY is not the key of this site" in done.stderr
    assert not (shop / ".sitegen" / "keys-2").exists()


def test_a_site_without_keys_has_none_to_replace(shop: Path, inside: Sitegen) -> None:
    done = inside("keys", "new", "--replace", "card", at=shop)
    assert done.returncode == 1
    assert "this site has no keys yet\nhint: leave --replace out" in done.stderr


def test_who_was_revoked_stays_so_under_a_new_card_key(shop: Path, inside: Sitegen) -> None:
    old = made(shop, inside)
    for verb in ("reissue", "revoke"):
        assert inside("members", verb, "C-2", at=shop, env=old).returncode == 0
    done = inside("keys", "new", "--replace", "card", at=shop, env=old)
    assert done.returncode == 0, done.stderr
    assert "revocations" not in done.stdout
    lock = lock_in(shop)
    key = decode_root(read_keys(shop / f".sitegen/keys-{lock.epoch}")[CARD], CARD)
    assert [valid_serial(lock, key, customer) for customer in ("C-1", "C-2", "C-3")] == [1, None, 1]
    assert lock.serials == {}


def test_without_the_old_card_key_the_lost_revocations_are_counted(shop: Path, inside: Sitegen) -> None:
    old = made(shop, inside)
    write_lock(shop, replace(lock_in(shop), revoked=frozenset({"ab" * 16})))
    del old[CARD]
    done = inside("keys", "new", "--replace", "card", at=shop, env=old)
    assert "1 of the revocations hung on the old card key: name them to `sitegen members revoke`" in done.stdout


def test_rotating_makes_a_new_epoch_and_changes_nothing_else(
    shop: Path, inside: Sitegen, real_keys: dict[str, str]
) -> None:
    write_lock(shop, Lock("ab" * 16, epoch=4, serials={"cd" * 16: 2}))
    done = inside("keys", "rotate", at=shop, env=real_keys)
    assert done.returncode == 0
    assert "Epoch 5" in done.stdout
    assert "when it is deployed" in done.stdout
    assert replace(lock_in(shop), checks={}) == Lock("ab" * 16, epoch=5, serials={"cd" * 16: 2})
    with hold(shop):
        assert "another build" in inside("keys", "rotate", at=shop, env=real_keys).stderr
    assert lock_in(shop).epoch == 5


def test_rotating_with_development_keys_says_that_it_was_not_the_site(shop: Path, inside: Sitegen) -> None:
    write_lock(shop, Lock("ab" * 16, epoch=4))
    done = inside("keys", "rotate", at=shop)
    assert "sitegen.lock is as it was" in done.stdout
    assert lock_in(shop).epoch == 4
    trial = read_lock(shop, DEV_LOCK)
    assert trial
    assert trial.epoch == 2


def test_a_check_says_where_each_key_comes_from(shop: Path, inside: Sitegen) -> None:
    made(shop, inside)
    file = shop / ".sitegen" / "keys"
    strange = base64.b64encode(b"s" * 32).decode()
    done = inside("keys", "check", "--json", at=shop, env={**held(file), CARD: strange})
    assert done.returncode == 1
    assert json.loads(done.stdout) == {
        "development": False,
        "keys": [
            {"name": "content", "held": "key file", "fits": True},
            {"name": "card", "held": "environment", "fits": False},
            {"name": "sign", "held": "key file", "fits": True},
        ],
        "epoch": 1,
        "reissued": 0,
        "revoked": 0,
    }


def test_a_check_without_keys_makes_none(shop: Path, inside: Sitegen) -> None:
    done = inside("keys", "check", at=shop)
    assert done.returncode == 0
    assert "No keys of the site are held" in done.stdout
    assert not (shop / ".sitegen").exists()


def test_a_check_of_one_job_knows_only_its_own_key(shop: Path, inside: Sitegen) -> None:
    keys = made(shop, inside)
    done = inside("keys", "check", at=shop, env={CARD: keys[CARD]})
    assert done.returncode == 0
    assert "  content   not held" in done.stdout
    assert "  card      environment   fits sitegen.lock" in done.stdout
