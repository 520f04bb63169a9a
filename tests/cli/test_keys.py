"""Keys: where they come from, that the right ones are used, and that none of them is ever told."""

from __future__ import annotations

import base64
import json
import logging
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sitegen.model.lock import Lock
from sitegen.publish.lock_file import DEV_LOCK, read_lock

Done = subprocess.CompletedProcess[str]
Sitegen = Callable[..., Done]
DAY = "2026-09-08"


def build(sitegen: Sitegen, shop: Path, only: str = "pages", env: dict[str, str] | None = None) -> Done:
    return sitegen("build", "--on", DAY, "--only", only, at=shop, env=env)


def recorded(shop: Path) -> bool:
    dev = json.loads((shop / "output" / "build.json").read_text())["dev"]
    assert isinstance(dev, bool)
    return dev


def manifest(shop: Path) -> dict[str, object]:
    """What site.json says, without asking its signature."""
    outer = json.loads((shop / "output" / "site" / "sg" / "site.json").read_text())
    signed: dict[str, object] = json.loads(outer["signed"])
    return signed


def test_without_keys_development_keys_are_made_once(shop: Path, inside: Sitegen) -> None:
    assert build(inside, shop).returncode == 0
    made = shop / ".sitegen" / "dev-keys"
    first = made.read_bytes()
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700
    assert build(inside, shop).returncode == 0
    assert made.read_bytes() == first
    assert json.loads((shop / "sitegen.lock").read_text())["checks"] == {}


def test_a_build_with_development_keys_says_so_everywhere(built_shop: Path) -> None:
    assert recorded(built_shop) is True
    said = manifest(built_shop)
    assert said["dev"] is True
    trial, lock = read_lock(built_shop, DEV_LOCK), read_lock(built_shop)
    assert trial
    assert (trial.pack_bits, trial.slot, trial.capacity) == (said["bits"], said["slot"], said["capacity"])
    assert lock == Lock(trial.site_id)


def test_a_build_with_real_keys_is_no_development_build(shop: Path, inside: Sitegen, real_keys: dict[str, str]) -> None:
    done = build(inside, shop, "site", real_keys)
    assert done.returncode == 0
    assert "development" not in done.stdout
    assert recorded(shop) is False
    assert manifest(shop)["dev"] is False
    assert not (shop / ".sitegen" / "dev-keys").exists()
    assert set(json.loads((shop / "sitegen.lock").read_text())["checks"]) == {"content", "card", "sign"}


def test_a_key_that_does_not_fit_the_lock_is_refused(shop: Path, inside: Sitegen, real_keys: dict[str, str]) -> None:
    assert build(inside, shop, "site", real_keys).returncode == 0
    before = {path: path.read_bytes() for path in (shop / "output").rglob("*") if path.is_file()}
    other = {**real_keys, "SITEGEN_CARD_KEY": base64.b64encode(b"z" * 32).decode()}
    done = build(inside, shop, "site", other)
    assert done.returncode == 1
    assert "sitegen.lock: SITEGEN_CARD_KEY is not the key of this site\nhint: " in done.stderr
    assert {path: path.read_bytes() for path in (shop / "output").rglob("*") if path.is_file()} == before


def test_a_part_without_its_key_is_refused_by_name(shop: Path, inside: Sitegen, real_keys: dict[str, str]) -> None:
    del real_keys["SITEGEN_CARD_KEY"]
    done = build(inside, shop, "keyrings", real_keys)
    assert done.returncode == 1
    assert "'SITEGEN_CARD_KEY' is missing; it takes that to make keyrings\nhint: set it, or" in done.stderr
    assert not (shop / "output" / "site").exists()


def test_pages_need_no_card_key(shop: Path, inside: Sitegen, real_keys: dict[str, str]) -> None:
    del real_keys["SITEGEN_CARD_KEY"]
    assert build(inside, shop, "pages", real_keys).returncode == 0


@pytest.mark.parametrize(
    "value", ["not base64!", base64.b64encode(b"short").decode(), base64.b64encode(bytes(32)).decode()]
)
def test_a_damaged_key_is_refused_and_not_repeated(
    shop: Path, inside: Sitegen, real_keys: dict[str, str], value: str
) -> None:
    done = build(inside, shop, "pages", {**real_keys, "SITEGEN_SIGN_KEY": value})
    assert done.returncode == 1
    assert "'SITEGEN_SIGN_KEY'" in done.stderr
    assert value not in done.stderr


def key_file(folder: Path, keys: dict[str, str], mode: int) -> Path:
    file = folder / "keys.env"
    file.write_text("# keys of the shop\n" + "".join(f"{name}={value}\n" for name, value in keys.items()))
    file.chmod(mode)
    return file


def test_keys_may_come_from_a_file_of_the_owner_alone(
    shop: Path, inside: Sitegen, real_keys: dict[str, str], tmp_path: Path
) -> None:
    file = key_file(tmp_path, real_keys, 0o600)
    assert build(inside, shop, "site", {"SITEGEN_KEY_FILE": str(file)}).returncode == 0
    assert recorded(shop) is False


def test_a_key_file_that_others_may_read_is_refused(
    shop: Path, inside: Sitegen, real_keys: dict[str, str], tmp_path: Path
) -> None:
    file = key_file(tmp_path, real_keys, 0o644)
    done = build(inside, shop, "pages", {"SITEGEN_KEY_FILE": str(file)})
    assert done.returncode == 1
    assert "keys.env: others than its owner may read the key file\nhint: run `chmod 600 keys.env`" in done.stderr
    assert not (shop / "output").exists()


def test_a_key_file_inside_content_is_refused(shop: Path, inside: Sitegen, real_keys: dict[str, str]) -> None:
    file = key_file(shop / "content", real_keys, 0o600)
    done = build(inside, shop, "pages", {"SITEGEN_KEY_FILE": str(file)})
    assert done.returncode == 1
    assert "the key file lies inside content/" in done.stderr


def test_goal_7_no_secret_is_told_or_published_or_kept_in_a_cache(
    shop: Path, inside: Sitegen, real_keys: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secrets = {**real_keys, "SITEGEN_DATABASE_URL": "postgresql://shop:quernstone@db.example/customers"}
    commands = (
        ("build", "--on", DAY, "--only", "site,mail,texts,work"),
        ("plan", "--on", DAY),
        ("segments", "list", "--on", DAY),
        ("keys", "check"),
        ("members", "link", "C-1"),
    )
    told: list[bytes] = []
    for arguments in commands:
        done = inside(*arguments, at=shop, env=secrets)
        assert done.returncode == 0, done.stderr
        told += [done.stdout.encode(), done.stderr.encode()]
    told.append(caplog.text.encode())
    spelled = done.stdout.split()[1].replace("-", "")
    files = [path for path in shop.rglob("*") if path.is_file()]
    assert {".sitegen", "output"} <= {path.relative_to(shop).parts[0] for path in files}
    written = [path.read_bytes() for path in files] + [str(path).encode() for path in files]
    for shape in shapes(secrets):
        assert not any(shape in content for content in (*written, *told)), shape
    assert len(spelled) == 28
    assert not any(spelled.encode() in content for content in written), "codes are on cards only"


def shapes(secrets: dict[str, str]) -> Iterator[bytes]:
    """Each secret raw, in hexadecimal, in base 64 and in base 32."""
    for name, text in secrets.items():
        raw = base64.b64decode(text) if name.endswith("_KEY") else text.encode()
        yield raw
        yield raw.hex().encode()
        yield base64.b64encode(raw).rstrip(b"=")
        yield base64.urlsafe_b64encode(raw).rstrip(b"=")
        yield base64.b32encode(raw).rstrip(b"=")
    yield b"quernstone"
