"""A build that can't be right stops, and output/ is as it was, to the byte."""

from __future__ import annotations

import base64
import shutil
import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

Done = subprocess.CompletedProcess[str]
Sitegen = Callable[..., Done]
Keys = dict[str, str]
CUSTOMERS = "content/customers/customers.csv"


def wrong_key(_: Path, keys: Keys) -> None:
    keys["SITEGEN_SIGN_KEY"] = base64.b64encode(b"w" * 32).decode()


def missing_key(_: Path, keys: Keys) -> None:
    del keys["SITEGEN_CARD_KEY"]


def page_for_an_unknown_segment(shop: Path, _: Keys) -> None:
    (shop / "content/pages/silver.md").write_text("---\ntitle: Silver\naudience: silver\n---\nFor some.\n")


def block_for_an_unknown_segment(shop: Path, _: Keys) -> None:
    text = "---\ntitle: A block\n---\nHello.\n\n::: audience silver\nFor some.\n:::\n"
    (shop / "content/pages/block.md").write_text(text)


def rule_that_names_an_unknown_segment(shop: Path, _: Keys) -> None:
    with (shop / "content/segments/friends.yaml").open("a") as file:
        file.write("  rest:\n    title: The rest\n    none:\n      - segment: is silver\n")


def oversize_record(shop: Path, _: Keys) -> None:
    path = shop / CUSTOMERS
    path.write_text(path.read_text().replace("Ada", "A" * 5000))


def member_who_stands_twice(shop: Path, _: Keys) -> None:
    path = shop / CUSTOMERS
    path.write_text(path.read_text() + path.read_text().splitlines()[1] + "\n")


CASES = {
    wrong_key: "SITEGEN_SIGN_KEY is not the key of this site",
    missing_key: "'SITEGEN_CARD_KEY' is missing",
    page_for_an_unknown_segment: "unknown segment 'silver'",
    block_for_an_unknown_segment: "unknown segment 'silver'",
    rule_that_names_an_unknown_segment: "silver",
    oversize_record: "'C-1'",
    member_who_stands_twice: "'C-1'",
}


def hashes(output: Path) -> dict[str, str]:
    """SHA-256 of every file, and every name."""
    return {
        path.relative_to(output).as_posix(): sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in output.rglob("*")
    }


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for a shop that was built once for all cases."""
    return tmp_path_factory.mktemp("standing") / "shop"


@pytest.fixture
def built(standing: Path, shop: Path, inside: Sitegen, real_keys: Keys) -> Path:
    """A shop that is built."""
    if not standing.exists():
        done = inside("build", "--on", "2026-09-08", "--only", "site", "--quiet", at=shop, env=real_keys)
        assert done.returncode == 0, done.stderr
        shutil.copytree(shop, standing)
    return Path(shutil.copytree(standing, shop, dirs_exist_ok=True))


@pytest.mark.parametrize("spoil", CASES, ids=lambda case: case.__name__.replace("_", " "))
def test_goal_4_what_can_not_be_right_stops_the_build_and_leaves_output_as_it_was(
    spoil: Callable[[Path, Keys], None], built: Path, inside: Sitegen, real_keys: Keys
) -> None:
    before, lock = hashes(built / "output"), (built / "sitegen.lock").read_bytes()
    assert any(path.endswith("site.json") for path in before)

    spoil(built, real_keys)
    done = inside("build", "--on", "2026-09-09", "--only", "site", "--quiet", at=built, env=real_keys)

    assert done.returncode == 1, done.stderr
    assert CASES[spoil] in done.stderr
    assert hashes(built / "output") == before
    assert (built / "sitegen.lock").read_bytes() == lock
