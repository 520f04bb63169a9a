"""The workflow that a new shop begins with: who holds which secret, and its commands run one after the other."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen.build.beginning.shop import NewShop, new_shop

EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")
KEYS = {"SITEGEN_CONTENT_KEY", "SITEGEN_CARD_KEY", "SITEGEN_SIGN_KEY", "SITEGEN_DATABASE_URL"}


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    new_shop(tmp_path / "shop", NewShop("My shop", "en", "hearth", date(2026, 9, 8)))
    return tmp_path / "shop"


def jobs(shop: Path) -> dict[str, Any]:
    workflow = yaml.safe_load((shop / ".github/workflows/site.yml").read_text(encoding="utf-8"))
    assert workflow["permissions"] == {"contents": "read"}
    found: dict[str, Any] = workflow["jobs"]
    return found


def secrets_of(job: object) -> set[str]:
    return {name.removeprefix("secrets.") for name in EXPRESSION.findall(json.dumps(job)) if "secrets." in name}


def test_no_job_can_open_everything_and_send_it_away(shop: Path) -> None:
    assert {name: secrets_of(job) for name, job in jobs(shop).items()} == {
        "check": set(),
        "build": KEYS,
        "deploy": {"SITE_SSH_KEY"},
    }
    installing = [step for job in jobs(shop).values() for step in job["steps"] if step.get("id") == "install"]
    assert len(installing) == 3
    assert not any(secrets_of(step) for step in installing)


@pytest.mark.slow
def test_its_commands_publish_the_site(shop: Path, tmp_path: Path) -> None:
    keys = sitegen(shop, "sitegen keys new -", {}).splitlines()
    secrets = dict(line.partition("=")[::2] for line in keys if line.startswith("SITEGEN_"))
    # The customers stay where the database would be: a checkout has none of them.
    checkout = tmp_path / "checkout"
    shutil.copytree(shop, checkout, ignore=shutil.ignore_patterns("output", ".sitegen", "customers"))
    run_job(jobs(shop)["check"], checkout, {})
    assert (checkout / "output/site/index.html").is_file()
    shutil.rmtree(checkout / "output")
    shutil.rmtree(checkout / ".sitegen")
    shutil.copytree(shop / "content/customers", checkout / "content/customers")
    run_job(jobs(shop)["build"], checkout, secrets)
    elsewhere = tmp_path / "elsewhere"
    shutil.copytree(shop, elsewhere, ignore=shutil.ignore_patterns("output", ".sitegen", "customers"))
    (elsewhere / "built").mkdir()
    shutil.move(checkout / "site.tar", elsewhere / "built/site.tar")
    run_job(jobs(shop)["deploy"], elsewhere, {"SITE_SSH_KEY": "", "SITE_TARGET": str(tmp_path / "public")})
    assert (tmp_path / "public/sg/site.json").is_file()
    assert "Ada" not in (tmp_path / "public/index.html").read_text(encoding="utf-8")


def run_job(job: dict[str, Any], at: Path, known: dict[str, str]) -> None:
    for step in job["steps"]:
        if "run" in step and step.get("id") != "install":
            given = step.get("env", {}).items()
            env = {name: EXPRESSION.sub(lambda found: value_of(found[1], known), text) for name, text in given}
            sitegen(at, step["run"], {name: value for name, value in env.items() if value or name == "KEY"})


def value_of(expression: str, known: dict[str, str]) -> str:
    return known.get(expression.partition(".")[2], "")


def sitegen(at: Path, script: str, env: dict[str, str]) -> str:
    ours = Path(sys.executable).parent
    given = {"PATH": f"{ours}:/usr/bin:/bin", "RUNNER_TEMP": str(at.parent), "LANG": os.environ.get("LANG", "C.UTF-8")}
    command = ["bash", "-e", "-o", "pipefail", "-c", script]
    done = subprocess.run(command, cwd=at, env={**given, **env}, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
    return done.stdout
