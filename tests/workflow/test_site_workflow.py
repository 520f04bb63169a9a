"""The workflow that builds and deploys the site: what it may, and its own commands, run one after the other."""

from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen.protect import code, manifest
from tests.publish.deploy.opening import pages_of, reader

ROOT = Path(__file__).parents[2]
FILE = ROOT / ".github" / "workflows" / "site.yml"
SMALL_SHOP = ROOT / "tests" / "broken" / "base"
TEXT = FILE.read_text(encoding="utf-8")
WORKFLOW: dict[Any, Any] = yaml.safe_load(TEXT)
JOBS: dict[str, dict[str, Any]] = WORKFLOW["jobs"]
CONTENT, CARD, SIGN = (f"SITEGEN_{name}_KEY" for name in ("CONTENT", "CARD", "SIGN"))
DATABASE, DEPLOY = "SITEGEN_DATABASE_URL", "SITE_SSH_KEY"
EXPRESSION = re.compile(r"\$\{\{\s*([\w.-]+)\s*\}\}")
SITE_ID = "5a" * 16
# What sets a machine up is not run here: the libraries are there, and tests/build/test_wheel.py installs the package.
SET_UP = ("install", "machine")


def steps(job: str) -> list[dict[str, Any]]:
    return list(JOBS[job]["steps"])


def secrets_of(job: str) -> set[str]:
    return {name.removeprefix("secrets.") for name in EXPRESSION.findall(json.dumps(JOBS[job])) if "secrets." in name}


def test_each_secret_reaches_only_the_jobs_that_need_it() -> None:
    assert {job: secrets_of(job) for job in JOBS} == {
        "check": set(),
        "content": {CONTENT, SIGN},
        "keyrings": {CONTENT, CARD, SIGN, DATABASE},
        "cards": {CARD, DATABASE},
        "deploy": {DEPLOY},
    }
    assert "secrets." not in json.dumps([WORKFLOW.get("env"), *(JOBS[job].get("env") for job in JOBS)])
    installing = [step for job in JOBS for step in steps(job) if step.get("id") in SET_UP]
    assert all("env" not in step for step in installing)


def test_its_rights_are_the_least_and_strangers_start_nothing_with_a_secret() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}
    assert all("permissions" not in job for job in JOBS.values())
    assert "pull_request_target" not in TEXT
    for name in ("content", "cards"):
        assert "github.event_name != 'pull_request'" in JOBS[name]["if"]
    # The others come after these, and are skipped with them.
    assert "content" in JOBS["keyrings"]["needs"]
    assert "keyrings" in JOBS["deploy"]["needs"]


def test_every_action_is_pinned_and_no_command_is_put_together_from_outside() -> None:
    uses = [step["uses"] for job in JOBS for step in steps(job) if "uses" in step]
    assert all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", one) for one in uses)
    commands = [step["run"] for job in JOBS for step in steps(job) if "run" in step]
    assert not [command for command in commands if "${{" in command]
    checkouts = [step for job in JOBS for step in steps(job) if "checkout" in step.get("uses", "")]
    assert all(step["with"] == {"persist-credentials": False} for step in checkouts)


def test_every_job_installs_the_package_and_all_build_for_one_instant() -> None:
    for job in JOBS:
        (install,) = [step["run"] for step in steps(job) if step.get("id") == "install"]
        assert re.search(r"pip\" install --quiet ('\.\[postgres\]'|\.) ", install)
    for job in ("content", "keyrings", "cards"):
        assert JOBS[job]["env"] == {
            "SOURCE_DATE_EPOCH": "${{ needs.check.outputs.instant }}",
            "DAY": "${{ needs.check.outputs.day }}",
        }


class Runner:
    """Runs the jobs' own commands, each job in a fresh copy of the repository."""

    def __init__(self, folder: Path, known: Mapping[str, str]) -> None:
        self.folder = folder
        self.known = dict(known)
        self.artefacts = folder / "artefacts"

    def run(self, job: str) -> Path:
        work, temporary = self.folder / job / "work", self.folder / job / "temp"
        temporary.mkdir(parents=True)
        shutil.copytree(SMALL_SHOP, work)
        (work / "sitegen.lock").write_text(json.dumps({"site_id": SITE_ID}), encoding="utf-8")
        (work / ".gitignore").write_text("/.sitegen/\n/output/\n", encoding="utf-8")
        subprocess.run(["git", "init", "--quiet"], cwd=work, check=True)
        shared = JOBS[job].get("env", {})
        for step in steps(job):
            if "uses" in step:
                self.carry(step, work)
            elif step.get("id") not in SET_UP:
                self.command(job, step["run"], {**shared, **step.get("env", {})}, work)
        return work

    def carry(self, step: dict[str, Any], work: Path) -> None:
        given = step.get("with", {})
        if "upload-artifact" in step["uses"]:
            (self.artefacts / given["name"]).mkdir(parents=True)
            shutil.copy(work / given["path"], self.artefacts / given["name"])
        elif "download-artifact" in step["uses"]:
            shutil.copytree(self.artefacts / given["name"], work / given["path"])

    def command(self, job: str, script: str, given: Mapping[str, str], work: Path) -> None:
        said = self.folder / job / "temp" / "said"
        said.write_text("")
        env = {
            **{name: value for name, value in os.environ.items() if name in {"HOME", "LANG", "TMPDIR"}},
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "GITHUB_OUTPUT": str(said),
            "RUNNER_TEMP": str(said.parent),
            **{name: self.filled(text) for name, text in given.items()},
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
            cwd=work,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{job}: {script}\n{done.stdout}{done.stderr}"
        for line in said.read_text().splitlines():
            name, _, value = line.partition("=")
            self.known[f"needs.{job}.outputs.{name}"] = value

    def filled(self, text: str) -> str:
        return EXPRESSION.sub(lambda found: self.known.get(found[1], ""), text)


def key(number: int) -> str:
    return base64.b64encode(bytes([number]) * 32).decode()


@pytest.mark.slow
def test_the_workflows_own_commands_bring_a_site_that_a_member_opens(tmp_path: Path) -> None:
    certificate, private = tmp_path / "certificate.pem", tmp_path / "private.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=print", "-days", "2"]
    subprocess.run([*made, "-keyout", private, "-out", certificate], check=True, capture_output=True)
    www = tmp_path / "www" / "shop"
    runner = Runner(
        tmp_path / "runner",
        {
            f"secrets.{CONTENT}": key(1),
            f"secrets.{CARD}": key(2),
            f"secrets.{SIGN}": key(3),
            "vars.SITE_TARGET": str(www),
            "vars.SITE_CARDS_CERTIFICATE": certificate.read_text(),
        },
    )
    for job in ("check", "content", "keyrings", "cards"):
        runner.run(job)
    deploying = runner.run("deploy")

    assert not (deploying / ".sitegen" / "dev-keys").exists()
    verify = [sys.executable, "-m", "sitegen", "verify", str(www)]
    assert subprocess.run(verify, cwd=deploying, capture_output=True, check=False).returncode == 0
    pinned = manifest.public_key(bytes([3]) * 32, bytes.fromhex(SITE_ID))
    first = (SMALL_SHOP / "content/customers/customers.csv").read_text(encoding="utf-8").splitlines()[1].split(",")[0]
    card = code.spell(code.member_code(bytes([2]) * 32, bytes.fromhex(SITE_ID), first, 1))
    assert pages_of(reader(www), card, pinned)
    assert len({path.stat().st_mtime for path in www.rglob("*") if path.is_file()}) == 1

    locked = runner.artefacts / "cards" / "cards.p7m"
    opened = ["openssl", "cms", "-decrypt", "-inform", "DER", "-in", str(locked), "-inkey", str(private)]
    subprocess.run([*opened, "-out", str(tmp_path / "cards.tar")], check=True, capture_output=True)
    names = subprocess.run(["tar", "-tf", tmp_path / "cards.tar"], check=True, capture_output=True, text=True).stdout
    assert "cards/" in names
    everything = b"".join(path.read_bytes() for path in runner.artefacts.rglob("*") if path.is_file())
    assert not any(key(number).encode() in everything for number in (1, 2, 3))
