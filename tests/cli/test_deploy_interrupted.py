"""A deploy that is killed: the old site whole, the new one, or a mix that opens; never one that does not."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.protect import manifest
from sitegen.protect.keys import decode_root
from sitegen.publish.lock_file import read_lock
from tests.golden.sample_shop import Shop, copy_of_the_sample, environment, keys
from tests.publish.deploy.opening import pages_of, reader
from tests.servers import sshd

pytestmark = pytest.mark.slow

MEMBERS = ("C-00001", "C-00002", "C-00003", "C-00017", "C-00100")
# In October all locked files have other keys than in September.
OLD, NEW = "2026-09-08", "2026-10-02"

# An ssh that kills the whole deploy some time after its so-and-so-many-th connection has begun.
DEADLY = """
echo >> {count}
if [ $(wc -l < {count}) = {at} ]; then (sleep {after}; kill -9 0) < /dev/null > /dev/null 2>&1 & fi
exec ssh "$@"
"""


@pytest.fixture(scope="module")
def september(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    shop = copy_of_the_sample(tmp_path_factory.mktemp("september") / "shop")
    shop.build("site", OLD)
    return shop


@pytest.fixture(scope="module")
def october(september: Shop, tmp_path_factory: pytest.TempPathFactory) -> Shop:
    shop = Shop(Path(shutil.copytree(september.root, tmp_path_factory.mktemp("october") / "shop")))
    shop.build("site", NEW)
    return shop


@pytest.fixture(scope="module")
def host() -> Iterator[sshd.Host]:
    with sshd.running() as host:
        yield host


def command(target: str) -> list[str]:
    return [sys.executable, "-m", "sitegen", "deploy", target]


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def every_member_opens(shop: Shop, www: Path) -> None:
    lock = read_lock(shop.root)
    assert lock
    pinned = manifest.public_key(decode_root(keys()["SITEGEN_SIGN_KEY"], "SIGN"), bytes.fromhex(lock.site_id))
    for member in MEMBERS:
        assert len(pages_of(reader(www), shop.link(member).spelled, pinned)) > 1, member


def deploy(shop: Shop, target: str, more: dict[str, str]) -> float:
    started = time.monotonic()
    done = subprocess.run(
        command(target), cwd=shop.root, env=environment() | more, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return time.monotonic() - started


def started(shop: Shop, target: str, more: dict[str, str]) -> subprocess.Popen[bytes]:
    """A deploy in a group of its own, so that its rsync can be ended with it, as a terminal does."""
    return subprocess.Popen(
        command(target),
        cwd=shop.root,
        env=environment() | more,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill_within(shop: Shop, target: str, more: dict[str, str], seconds: float, how: signal.Signals) -> bool:
    """Start a deploy and end it; False where it had ended before."""
    process = started(shop, target, more)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, how)
        process.wait()
        return True
    return False


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_killed_deploy_to_a_folder_leaves_one_site_whole(
    how: signal.Signals, september: Shop, october: Shop, tmp_path: Path
) -> None:
    www, moments = tmp_path / "www" / "shop", random.Random(int(how))
    whole = deploy(september, str(www), {})
    old, new = files(www), files(october.site)
    killed = 0
    for _ in range(8):
        killed += kill_within(october, str(www), {}, moments.uniform(whole / 4, whole), how)
        left = files(www)
        assert left in (old, new)
        every_member_opens(september, www)
        if left == new:
            shutil.rmtree(www)
            deploy(september, str(www), {})
    assert killed > 3
    deploy(october, str(www), {})
    assert files(www) == new
    assert [path.name for path in www.parent.iterdir()] == ["shop"]


def test_a_deploy_over_ssh_killed_within_any_connection_leaves_a_site_that_opens(
    host: sshd.Host, september: Shop, october: Shop, tmp_path: Path
) -> None:
    www, moments, killed = tmp_path / "shop", random.Random(5), 0
    target = f"ssh://shop{www}"
    # The first two connections only look; then come the steps, the round over everything, and reading it back.
    for connection in (3, 4, 5, 6, 7, 8):
        shutil.rmtree(www, ignore_errors=True)
        shutil.copytree(september.site, www)
        shell = tmp_path / f"shell-{connection}"
        shell.write_text(
            DEADLY.format(count=shell.with_suffix(".count"), at=connection, after=moments.uniform(0.05, 0.5))
        )
        more = {"RSYNC_RSH": host.shell.replace("ssh ", f"sh {shell} ", 1)}
        process = started(october, target, more)
        killed += process.wait() == -signal.SIGKILL
        every_member_opens(september, www)
    assert killed > 3
    deploy(october, target, {"RSYNC_RSH": host.shell})
    assert files(www) == files(october.site)
