"""The work list of promises, from a customer file to the CSV that advisers open."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from sitegen.build.people import open_people
from sitegen.build.post.promises import promise_list
from sitegen.cli.main import run
from sitegen.model.programme import Programme
from sitegen.model.project import Project
from sitegen.model.shop import FolderSource
from sitegen.model.theme import Theme
from tests.audience.little_shop import TODAY
from tests.broken.test_broken import shop_with
from tests.plain_shop import SHOP

CUSTOMERS = """\
customer_id,first_name,adviser_id
C-1,Mei,A-2
C-2,Jonas,
"""
PROMISES = """\
promise_id,customer_id,adviser_id,promise,made_on,due_on,kept_on,proof
V-1,C-1,,"=mend, please",2026-09-01,2026-09-10,,
V-2,C-1,A-1,a swatch,2026-09-01,2026-09-05,,
V-3,C-2,,a call,2026-09-01,2026-09-02,,
V-4,C-2,A-1,a letter,2026-09-01,2026-09-02,2026-09-02,sent
"""


def test_a_work_list_goes_by_adviser_and_holds_no_formula(tmp_path: Path) -> None:
    (tmp_path / "customers").mkdir()
    (tmp_path / "customers" / "customers.csv").write_text(CUSTOMERS, encoding="utf-8")
    (tmp_path / "customers" / "promises.csv").write_text(PROMISES, encoding="utf-8")
    (tmp_path / "customers" / "advisers.csv").write_text("adviser_id,first_name\nA-1,Yue\nA-2,Wen\n", encoding="utf-8")
    shop = replace(SHOP, source=FolderSource("customers"))
    project = Project(shop, (), (), (), (), Programme(), Theme("", "", {}, {}, {}, ()), {})
    with open_people(tmp_path, project, TODAY) as people:
        made = promise_list(people, TODAY)
    assert made.path == "work/promises.csv"
    assert made.content.decode().splitlines() == [
        "adviser_id,due_on,days_late,customer_id,promise_id,promise,order_id,made_on",
        ",2026-09-02,6,C-2,V-3,a call,,2026-09-01",
        "A-1,2026-09-05,3,C-1,V-2,a swatch,,2026-09-01",
        'A-2,2026-09-10,-2,C-1,V-1,"\'=mend, please",,2026-09-01',
    ]


def test_a_build_of_work_lists_writes_the_promises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = shop_with("promises-late-and-without-proof", tmp_path)
    for name in [name for name in os.environ if name.startswith("SITEGEN_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(shop)
    assert run(["build", "--on", "2026-09-08", "--only", "work", "--quiet"]) == 0
    lines = (shop / "output" / "work" / "promises.csv").read_text(encoding="utf-8").splitlines()
    assert [line.split(",")[4] for line in lines] == ["promise_id", "V-2", "V-1", "V-4"]
