"""Deploy to a folder: swapped in whole where that can be, else step by step, and never a site that does not open."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.errors import Unusable
from sitegen.protect import names
from sitegen.publish.deploy import folder as folders
from sitegen.publish.deploy.folder import FolderPlace
from sitegen.publish.deploy.place import Empty, Foreign, Standing, Wanted
from sitegen.publish.deploy.steps import Changes
from tests.protect import tinysite
from tests.publish.deploy.opening import pages_of, reader
from tests.publish.deploy.versions import CODES, OLD, PINNED, Files, edited, later_cases, wanted

NEW = edited(tinysite.newer(OLD))
INSTANT = 1_788_800_000


class Cut(BaseException):
    """Power failure."""


def cut_after(files: int) -> Callable[[], None]:
    left = [files]

    def tick() -> None:
        left[0] -= 1
        if left[0] <= 0:
            raise Cut

    return tick


def go_on() -> None:
    """No progress is shown."""


@pytest.fixture
def old(tmp_path: Path) -> Wanted:
    return wanted(tinysite.site(OLD), tmp_path / "old")


@pytest.fixture
def new(tmp_path: Path) -> Wanted:
    made = wanted(NEW, tmp_path / "new")
    for path in NEW:
        os.utime(made.site / path, (INSTANT, INSTANT))
    return made


@pytest.fixture
def live(tmp_path: Path, old: Wanted) -> FolderPlace:
    place = FolderPlace(tmp_path / "www" / "shop")
    deploy(place, old)
    return place


@pytest.fixture(params=["swapped", "step by step"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "step by step":
        monkeypatch.setattr(folders, "exchange_at_once", lambda first, second: False)
    return str(request.param)


def deploy(place: FolderPlace, site: Wanted, tick: Callable[[], None] = go_on) -> Changes:
    changes = place.compare(site)
    place.apply(site, changes, tick)
    return changes


def files(place: FolderPlace) -> Files:
    return {path: (place.path / path).read_bytes() for path in folders.files_of(place.path)}


def test_the_first_deploy_makes_the_folder_and_the_ones_above(tmp_path: Path, old: Wanted) -> None:
    place = FolderPlace(tmp_path / "srv" / "www" / "shop")
    assert place.state() == Empty()
    deploy(place, old)
    assert files(place) == tinysite.site(OLD)
    assert [path.name for path in place.path.parent.iterdir()] == ["shop"]


def test_a_deploy_leaves_what_was_built_and_nothing_else(live: FolderPlace, new: Wanted, way: str) -> None:
    changes = deploy(live, new)
    assert changes.added
    assert changes.changed
    assert changes.removed
    assert files(live) == NEW
    assert live.compare(new) == Changes()
    assert [path.name for path in live.path.parent.iterdir()] == ["shop"]
    assert not [path for path in live.path.rglob("*") if path.is_dir() and not any(path.iterdir())]


def test_every_file_gets_the_time_of_the_build_and_may_be_read(live: FolderPlace, new: Wanted, way: str) -> None:
    deploy(live, new)
    stats = [(live.path / path).stat() for path in NEW]
    assert {stat.st_mtime for stat in stats} == {INSTANT}
    assert {stat.st_mode & 0o777 for stat in stats} == {0o644}


def test_a_swap_that_is_cut_leaves_the_old_site_whole(live: FolderPlace, new: Wanted) -> None:
    before = files(live)
    for count in range(1, len(NEW) + 1, 3):
        with pytest.raises(Cut):
            deploy(live, new, cut_after(count))
        assert files(live) == before
    deploy(live, new)
    assert files(live) == NEW


@pytest.mark.parametrize("case", later_cases())
def test_steps_that_are_cut_leave_a_site_that_opens_and_the_next_deploy_ends_them(
    case: str, live: FolderPlace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "exchange_at_once", lambda first, second: False)
    new = later_cases()[case]
    site = wanted(new, tmp_path / case)
    cuts = 0
    while True:
        # What was copied for a swap that can't be was told too, before the steps.
        try:
            deploy(live, site, cut_after(len(new) + 2))
        except Cut:
            cuts += 1
            assert names.SITE_PATH in files(live)
            assert pages_of(reader(live.path), CODES["anna"], PINNED)
        else:
            break
    assert cuts > 0
    assert files(live) == new


def test_what_the_host_keeps_for_itself_stays(live: FolderPlace, new: Wanted, way: str) -> None:
    token = live.path / ".well-known" / "acme-challenge" / "token"
    token.parent.mkdir(parents=True)
    token.write_text("proof")
    deploy(live, new)
    assert token.read_text() == "proof"
    assert live.compare(new) == Changes()


def test_a_folder_without_room_beside_it_is_changed_step_by_step(
    live: FolderPlace, new: Wanted, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = live.path.stat().st_ino
    real = Path.mkdir

    def refuse(path: Path, *arguments: object, **more: object) -> None:
        if path.name.endswith(".sitegen-next"):
            raise PermissionError
        real(path, *arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "mkdir", refuse)
    deploy(live, new)
    assert files(live) == NEW
    assert live.path.stat().st_ino == before


def test_links_and_folders_in_the_place_of_files_are_mended(live: FolderPlace, new: Wanted, way: str) -> None:
    (live.path / "index.html").unlink()
    (live.path / "index.html").symlink_to("/etc/hostname")
    (live.path / "style.css").unlink()
    (live.path / "style.css").mkdir()
    (live.path / "style.css" / "x").write_text("x")
    (live.path / "about" / "index.html").unlink()
    (live.path / "about").rmdir()
    (live.path / "about").write_text("a file")
    deploy(live, new)
    assert files(live) == NEW
    assert not (live.path / "index.html").is_symlink()


def test_the_folder_keeps_its_rights(live: FolderPlace, new: Wanted, way: str) -> None:
    live.path.chmod(0o2750)
    deploy(live, new)
    assert live.path.stat().st_mode & 0o7777 == 0o2750


def test_a_folder_tells_what_stands_in_it(tmp_path: Path, live: FolderPlace) -> None:
    assert live.state() == Standing((live.path / names.SITE_PATH).read_bytes())
    (live.path / names.SITE_PATH).unlink()
    assert live.state() == Standing(b"")
    (tmp_path / "home" / ".well-known").mkdir(parents=True)
    assert FolderPlace(tmp_path / "home").state() == Empty()
    (tmp_path / "home" / "thesis.txt").write_text("years of work")
    assert FolderPlace(tmp_path / "home").state() == Foreign("thesis.txt")
    assert FolderPlace(tmp_path / "home" / "thesis.txt").state() == Foreign("thesis.txt")


def test_a_folder_that_cannot_be_written_is_told_in_words(tmp_path: Path, new: Wanted) -> None:
    (tmp_path / "file").write_text("")
    place = FolderPlace(tmp_path / "file" / "shop")
    with pytest.raises(Unusable, match=r"can't be used: File exists"):
        deploy(place, new)
