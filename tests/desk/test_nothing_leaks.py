"""What stands on the advisers' work lists stands nowhere in what may be deployed, and nothing of the lists is taken."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from sitegen.build.deploy import prepare
from sitegen.publish.deploy.target import FolderTarget
from tests.desk.sample import project, tables
from tests.golden.sample_shop import Shop

LISTS = ("contacts", "complaints", "complaint_steps", "duty_results", "loans", "referrals")
"""Tables whose personal cells the lists show."""
BY_NAME = ("phone", "email", "street", "fax")
HEAD = 8
"""Bytes by which a secret is looked for; shorter ones say nothing of anybody."""


def secrets() -> set[bytes]:
    """Addresses and numbers of customers, and every personal cell of the lists, as bytes."""
    house = {str(row[name]) for row in tables()["advisers"] for name in ("phone", "email")}
    house |= {str(row["phone"]) for row in tables()["stores"]}
    return {
        cell.encode() for cell in (*_of_customers(), *_of_lists()) if cell not in house and len(cell.encode()) >= HEAD
    }


def _of_customers() -> Iterator[str]:
    for row in tables()["customers"]:
        yield from (str(row[name]) for name in BY_NAME if row[name])
        if row["phone"]:
            yield str(row["phone"]).replace(" ", "")


def _of_lists() -> Iterator[str]:
    for name in LISTS:
        personal = [column.name for column in project().shop.schema.table(name).columns if column.personal]
        for row in tables()[name]:
            yield from (str(row[column]) for column in personal if row[column])


def found_in(data: bytes, wanted: set[bytes]) -> set[bytes]:
    """Which of these occur: first by their heads, all places at once, then by the whole."""
    if len(data) < HEAD:
        return set()
    heads = np.array(sorted({int.from_bytes(one[:HEAD], "little") for one in wanted}), dtype=np.uint64)
    padded = np.frombuffer(data, dtype=np.uint8)
    windows = np.zeros(len(data) - HEAD + 1, dtype=np.uint64)
    for place in range(HEAD):
        windows |= padded[place : len(data) - HEAD + 1 + place].astype(np.uint64) << np.uint64(8 * place)
    hits = set(windows[np.isin(windows, heads)].tolist())
    return {one for one in wanted if int.from_bytes(one[:HEAD], "little") in hits and one in data}


def test_what_is_looked_for_is_found_where_it_is() -> None:
    wanted = {b"+49 40 66969 123", "手写了一张卡片。".encode()}
    assert found_in(b"Ring +49 40 66969 123 today.", wanted) == {b"+49 40 66969 123"}
    assert found_in("说：手写了一张卡片。好".encode(), wanted) == {"手写了一张卡片。".encode()}
    assert found_in(b"+49 40 66969 12", wanted) == set()


def test_the_lists_hold_what_is_looked_for(sample: Shop) -> None:
    """Else the next test could not fail."""
    lists = [path for path in (sample.root / "output" / "work" / "desk").rglob("*") if path.suffix in (".html", ".csv")]
    assert lists
    seen = {one for path in lists for one in found_in(path.read_bytes(), secrets())}
    assert len(seen) > 100


def test_no_personal_cell_of_the_work_lists_stands_on_the_site(sample: Shop) -> None:
    wanted = secrets()
    leaks = {path: sorted(found) for path, data in sample.files().items() if (found := found_in(data, wanted))}
    assert leaks == {}


def test_nothing_of_the_work_lists_is_deployed(sample: Shop, tmp_path: Path) -> None:
    taken = prepare(sample.root, FolderTarget(tmp_path / "host"), "ssh").built.wanted.digests
    work = {sha256(path.read_bytes()).hexdigest() for path in _files(sample.root / "output" / "work")}
    sent = {path: sha256(data).hexdigest() for path, data in sample.files().items() if path in taken}
    assert set(taken) <= set(sample.files())
    assert sent
    assert not set(sent.values()) & work


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("folder", ["work", "work/desk"])
def test_the_lists_lie_outside_the_site(sample: Shop, folder: str) -> None:
    assert (sample.root / "output" / folder).is_dir()
    assert not (sample.site / folder).exists()


def test_the_lists_are_for_the_owner_of_the_folder_alone(sample: Shop) -> None:
    folder = sample.root / "output" / "work"
    assert folder.stat().st_mode & 0o077 == 0
    # The folder that nobody else enters guards those below it.
    assert [path for path in folder.rglob("*") if path.is_file() and path.stat().st_mode & 0o077] == []
