"""`sitegen doctor` on the real command line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Sitegen = Callable[..., Any]


def test_the_doctor_tells_what_to_do_and_a_warning_is_no_failure(shop: Path, sitegen: Sitegen) -> None:
    done = sitegen("doctor", at=shop)
    assert (done.returncode, done.stderr) == (0, "")
    assert "warning  keys: development keys are in use" in done.stdout
    assert "           why it matters: they are fine for looking" in done.stdout
    assert "           do this: before you publish: `sitegen keys new`" in done.stdout
    assert done.stdout.rstrip().splitlines()[-1].startswith("no problems, ")
    assert not (shop / ".sitegen").exists()


def test_goal_28_a_site_on_a_shared_origin_is_a_problem(shop: Path, sitegen: Sitegen) -> None:
    site = shop / "content" / "site.yaml"
    lines = site.read_text(encoding="utf-8").splitlines()
    moved = ["url: https://mei.github.io/shop" if line.startswith("url:") else line for line in lines]
    site.write_text("\n".join(moved) + "\n", encoding="utf-8")
    done = sitegen("doctor", "--json", at=shop)
    assert done.returncode == 1
    said = json.loads(done.stdout)
    assert said["problems"] == 1
    (told,) = [check for check in said["checks"] if check["state"] == "problem"]
    assert told["name"] == "address"
    assert told["said"].startswith("all projects of this account share the origin 'mei.github.io'")


def test_a_shop_that_cannot_be_read_is_a_problem_and_no_traceback(shop: Path, sitegen: Sitegen) -> None:
    (shop / "content" / "site.yaml").write_text("name: [", encoding="utf-8")
    done = sitegen("doctor", at=shop)
    assert (done.returncode, done.stderr) == (1, "")
    assert "problem  content/site.yaml: " in done.stdout
