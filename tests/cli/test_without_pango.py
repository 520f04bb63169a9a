"""A machine without Pango, which no Python package brings: all but cards is made, and nobody sees a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import run_sitegen

DAY = ("--on", "2026-09-08")
WITHOUT = 'raise OSError("cannot load library libgobject-2.0-0\\nand more")\n'


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """An environment in which WeasyPrint does what it does where Pango is missing."""
    (tmp_path / "bare/weasyprint").mkdir(parents=True)
    (tmp_path / "bare/weasyprint/__init__.py").write_text(WITHOUT)
    return {"PYTHONPATH": str(tmp_path / "bare")}


@pytest.mark.slow
def test_a_shop_is_begun_and_built_but_for_its_cards(tmp_path: Path, bare: dict[str, str]) -> None:
    assert run_sitegen("init", "shop", *DAY, at=tmp_path, env=bare).returncode == 0
    shop = tmp_path / "shop"
    refused = run_sitegen("build", *DAY, "--quiet", at=shop, env=bare)
    assert refused.returncode == 1
    assert (
        "no card can be set on this machine: Pango is missing (cannot load library libgobject-2.0-0)\n"
        in refused.stderr
    )
    only = refused.stderr.partition("`sitegen build --only ")[2].partition("`")[0]
    assert run_sitegen("build", *DAY, "--only", only, "--quiet", at=shop, env=bare).returncode == 0
    assert (shop / "output/site/index.html").is_file()


def test_the_doctor_says_how_it_comes(tmp_path: Path, bare: dict[str, str]) -> None:
    done = run_sitegen("doctor", at=tmp_path, env=bare)
    assert done.returncode == 0
    assert "warning  Pango: is missing: cannot load library libgobject-2.0-0\n" in done.stdout
    assert "`sitegen init DIR` begins one" in done.stdout
    assert "pango" in done.stdout.partition("do this: ")[2].lower()
