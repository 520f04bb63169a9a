"""Compare a folder with what was built: one changed, one missing and one strange file are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.publish.deploy.place import Wanted
from sitegen.publish.verify.findings import Finding, Kind, Report
from sitegen.publish.verify.folder import verify_folder
from tests.protect import tinysite
from tests.publish.deploy.versions import wanted


@pytest.fixture
def site(tmp_path: Path) -> Wanted:
    return wanted(tinysite.site(), tmp_path / "www")


def test_a_folder_that_is_as_it_was_built_passes(site: Wanted) -> None:
    assert verify_folder(site.site, site.digests) == Report(str(site.site), len(site.digests), ())


@pytest.mark.parametrize("path", tinysite.site())
def test_goal_25_one_flipped_bit_of_any_file_is_found(path: str, site: Wanted) -> None:
    file = site.site / path
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    said = "has other bytes than those that were built"
    assert verify_folder(site.site, site.digests).findings == (Finding(path, Kind.CHANGED, said),)


def test_goal_25_a_missing_and_a_strange_file_are_found(site: Wanted) -> None:
    (site.site / "about" / "index.html").unlink()
    (site.site / ".hidden").write_text("x")
    (site.site / "sg" / "1" / "k" / "17").mkdir(parents=True)
    (site.site / "sg" / "1" / "k" / "17" / "0000.bin").write_text("a former keyring")
    assert [(found.path, found.kind) for found in verify_folder(site.site, site.digests).findings] == [
        (".hidden", Kind.EXTRA),
        ("about/index.html", Kind.MISSING),
        ("sg/1/k/17/0000.bin", Kind.EXTRA),
    ]


def test_a_link_is_no_file_even_where_its_bytes_are_right(site: Wanted, tmp_path: Path) -> None:
    (site.site / "style.css").rename(tmp_path / "elsewhere.css")
    (site.site / "style.css").symlink_to(tmp_path / "elsewhere.css")
    (found,) = verify_folder(site.site, site.digests).findings
    assert (found.path, found.kind) == ("style.css", Kind.CHANGED)
