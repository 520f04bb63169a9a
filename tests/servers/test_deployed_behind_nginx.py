"""A site that was deployed to a folder behind nginx with the emitted rules, seen from outside."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.visits import GOLD, House, visiting
from tests.golden.sample_shop import Shop, environment
from tests.servers import nginx

pytestmark = pytest.mark.xdist_group("sample")


def verified(shop: Shop, url: str) -> Any:
    command = [sys.executable, "-m", "sitegen", "verify", url, "--json"]
    done = subprocess.run(command, cwd=shop.root, env=environment(), capture_output=True, text=True, check=False)
    said = json.loads(done.stdout)
    assert done.returncode == (1 if said["findings"] else 0), done.stderr
    return said


def test_a_deployed_site_opens_by_a_cards_link_and_verify_reads_every_byte(
    sample: Shop, browser: Browser, tmp_path: Path
) -> None:
    www = tmp_path / "shop"
    sample.run("deploy", str(www))
    with nginx.running(www, sample.root / "output" / "host" / "nginx.conf") as origin:
        said = verified(sample, origin)
        assert (said["files"], said["findings"]) == (len(sample.files()), [])
        with visiting(House(sample, f"{origin}/", []), browser) as visit:
            visit.unlock(GOLD)
            visit.settle()
            assert "Mei" in visit.content()
            assert visit.complaints == []
            assert visit.strangers() == []

        flipped = www / "about" / "index.html"
        content = bytearray(flipped.read_bytes())
        content[200] ^= 1
        flipped.write_bytes(content)
        assert [(one["path"], one["kind"]) for one in verified(sample, origin)["findings"]] == [
            ("about/index.html", "changed")
        ]


@pytest.mark.slow
def test_who_is_logged_in_reads_on_after_the_next_months_deploy(sample: Shop, browser: Browser, tmp_path: Path) -> None:
    www = tmp_path / "shop"
    sample.run("deploy", str(www))
    october = Shop(Path(shutil.copytree(sample.root, tmp_path / "october")))
    october.build("site", "2026-10-02")
    with (
        nginx.running(www, sample.root / "output" / "host" / "nginx.conf") as origin,
        visiting(House(sample, f"{origin}/", []), browser) as visit,
    ):
        visit.unlock(GOLD)
        october.run("deploy", str(www))
        visit.page.reload()
        visit.wait("open")
        visit.settle()
        assert "Mei" in visit.content()
        for address in visit.menu().values():
            visit.page.goto(address)
            visit.wait("open")
        assert visit.complaints == []
