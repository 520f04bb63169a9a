"""What comes from elsewhere: every package in one known version, and nothing at all in the browser."""

from __future__ import annotations

import re
from importlib.metadata import requires, version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from sitegen.protect import runtime

ROOT = Path(__file__).parents[2]
LINES = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
PINS = dict(line.split("==") for line in LINES if line and not line.startswith("#"))


def plain(name: str) -> str:
    """A package's name as PyPI compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(name: str, extras: frozenset[str]) -> set[str]:
    """The package, and all that it needs with these extras."""
    found, asked = {name}, [(name, extras)]
    for one, more in asked:
        for line in requires(one) or []:
            requirement = Requirement(line)
            marker = requirement.marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in more):
                found.add(plain(requirement.name))
                then = (plain(requirement.name), frozenset({"", *requirement.extras}))
                asked += [then] if then not in asked else []
    return found


@pytest.mark.parametrize("extra", ["", "postgres", "cluster", "receiver", "dkim", "test"])
def test_goal_27_every_package_that_comes_along_is_pinned_to_the_version_that_is_here(extra: str) -> None:
    pins = {plain(name): pinned for name, pinned in PINS.items()}
    packages = needed("sitegen", frozenset({"", extra})) - {"sitegen"}
    assert len(packages) > 20
    assert {name: pins.get(name) for name in packages} == {name: version(name) for name in packages}


def test_goal_27_the_browser_half_is_ours_alone_and_named_by_its_content() -> None:
    assert not list(ROOT.glob("package*.json"))
    script = runtime.bundle().decode()
    assert not re.search(r"\b(import|require)\s*\(?\s*[\"'](https?:)?//|[\"']https?://", script)
    assert re.fullmatch(r"sg/rt-[0-9a-f]{12}\.js", runtime.path())
