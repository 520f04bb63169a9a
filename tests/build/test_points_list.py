"""The rows that a day adds to the points ledger: written by a build, taken in by an import, and then no longer due."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sitegen.cli.main import run

BASE = Path(__file__).parents[1] / "broken" / "base"
HEAD = "customer_id,entry,day,points,kind,reason,order_id\n"
RULES = "points:\n  since: 2026-01-01\n  pending: 14\n  expire: {months: 12}\n"
OTHERS = "C-1,1,2026-03-01,200,corrected,welcome,\n"


def due(shop: Path, day: str) -> str:
    assert run(["build", "--on", day, "--only", "work", "--quiet"]) == 0
    return (shop / "output" / "work" / "points.csv").read_text(encoding="utf-8").removeprefix(HEAD)


def add(shop: Path) -> None:
    assert run(["import", "output/work/points.csv", "--as", "sitegen", "--quiet"]) == 0


@pytest.mark.slow
def test_a_day_is_booked_once_whatever_the_ledger_held_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = tmp_path / "shop"
    shutil.copytree(BASE, shop)
    monkeypatch.chdir(shop)
    (shop / "content/programme").mkdir()
    (shop / "content/programme/points.yaml").write_text(RULES, encoding="utf-8")
    (shop / "content/customers/points.csv").write_text(HEAD + OTHERS, encoding="utf-8")

    first = "C-1,2,2026-09-08,620,pending,order,O-1\nC-2,1,2026-09-08,45,pending,order,O-2\n"
    assert due(shop, "2026-09-08") == first
    add(shop)
    second = "C-1,3,2026-09-22,620,active,order,O-1\nC-2,2,2026-09-22,45,active,order,O-2\n"
    assert due(shop, "2026-09-22") == second
    assert (shop / "content/customers/points.csv").read_text(encoding="utf-8").startswith(HEAD)


def test_a_shop_without_points_has_no_such_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = tmp_path / "shop"
    shutil.copytree(BASE, shop)
    monkeypatch.chdir(shop)
    assert run(["build", "--on", "2026-09-08", "--only", "work", "--quiet"]) == 0
    assert not (shop / "output/work/points.csv").exists()


def test_a_letter_says_to_those_whose_points_go_soon_how_many_and_when(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop = tmp_path / "shop"
    shutil.copytree(BASE, shop)
    monkeypatch.chdir(shop)
    (shop / "content/programme").mkdir()
    (shop / "content/programme/points.yaml").write_text(RULES, encoding="utf-8")
    (shop / "content/customers/points.csv").write_text(
        f"{HEAD}C-1,1,2025-09-20,150,earned,,\nC-1,2,2025-10-20,10,earned,,\nC-2,1,2026-09-01,90,pending,,\n"
        "C-3,1,2025-09-20,99,earned,,\n",
        encoding="utf-8",
    )
    (shop / "content/segments/points.yaml").write_text(SOON, encoding="utf-8")
    (shop / "content/campaigns/points.md").write_text(LETTER, encoding="utf-8")

    assert run(["build", "--on", "2026-09-08", "--only", "mail", "--quiet"]) == 0

    letters = {path.stem: path for path in (shop / "output/mail/points").rglob("*.eml")}
    assert set(letters) == {"C-1"}
    assert "160 points go, the first on 20 September 2026; 0 wait." in letters["C-1"].read_text(encoding="utf-8")


SOON = """\
segments:
  points-that-go:
    title: Points that go soon
    why: some of your points go soon
    all:
      - points expiring: at least 100
      - points expire on: within next 90 days
"""
LETTER = """\
---
title: Some points go
kind: letter
audience: points-that-go
channels: [mail]
on: 2026-09-08
subject: Some of your points go
---
{{ points_expiring | number }} points go, the first on {{ points_expire_on | date }}; {{ points_pending }} wait.
"""
