"""Output is made aside and takes its place whole, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import Exit, SitegenError, Unusable
from sitegen.model.artifact import Artifact, OpenArtifact, PrivateArtifact, SealedArtifact
from sitegen.publish import atomic
from sitegen.publish.atomic import ASIDE
from sitegen.publish.tree import BadPath, Staging, staging

INSTANT = 1_788_800_000
FOLDERS = ("site", "mail")
FIRST = (
    OpenArtifact("index.html", b"one"),
    SealedArtifact("sg/1/o/ab/x.bin", b"lock"),
    PrivateArtifact("mail/a/1.eml", b"hi"),
)


def publish(output: Path, *artifacts: Artifact, folders: tuple[str, ...] = FOLDERS, record: bytes = b"{}\n") -> None:
    with staging(output, INSTANT, folders) as tree:
        for artifact in artifacts:
            tree.write(artifact)
        tree.commit(record)


def files(output: Path) -> dict[str, bytes]:
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_build_leaves_what_it_wrote_and_nothing_else(tmp_path: Path) -> None:
    output = tmp_path / "output"
    publish(output, *FIRST)
    assert files(output) == {
        "site/index.html": b"one", "site/sg/1/o/ab/x.bin": b"lock", "mail/a/1.eml": b"hi", "build.json": b"{}\n",
    }  # fmt: skip
    assert sorted(path.name for path in output.iterdir()) == ["build.json", "mail", "site"]


def test_the_next_build_takes_the_place_of_the_last(tmp_path: Path) -> None:
    publish(tmp_path, *FIRST)
    publish(tmp_path, OpenArtifact("about.html", b"two"), record=b"2")
    assert files(tmp_path) == {"site/about.html": b"two", "build.json": b"2"}


def test_folders_that_are_not_built_stay(tmp_path: Path) -> None:
    publish(tmp_path, *FIRST)
    publish(tmp_path, OpenArtifact("index.html", b"two"), folders=("site",))
    assert files(tmp_path)["mail/a/1.eml"] == b"hi"
    assert files(tmp_path)["site/index.html"] == b"two"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, Unusable])
def test_a_build_that_fails_leaves_the_output_as_it_was(tmp_path: Path, error: type[BaseException]) -> None:
    publish(tmp_path, *FIRST)
    before = files(tmp_path)

    def fail() -> None:
        with staging(tmp_path, INSTANT, FOLDERS) as tree:
            tree.write(OpenArtifact("index.html", b"two"))
            raise error("stop")

    with pytest.raises(error):
        fail()
    assert files(tmp_path) == before
    assert not (tmp_path / ".next").exists()


def test_nothing_is_seen_before_the_commit(tmp_path: Path) -> None:
    publish(tmp_path, *FIRST)
    with staging(tmp_path, INSTANT, FOLDERS) as tree:
        tree.write(OpenArtifact("index.html", b"two"))
        assert (tmp_path / "site/index.html").read_bytes() == b"one"
        assert mode(tree.next) == 0o700
        tree.commit(b"2")
        assert (tmp_path / "site/index.html").read_bytes() == b"two"


def test_where_one_folder_cannot_move_those_that_did_go_back(tmp_path: Path) -> None:
    publish(tmp_path, *FIRST)
    before = files(tmp_path)
    # A folder where build.json belongs: the last step of the commit fails.
    (tmp_path / "build.json").unlink()
    (tmp_path / "build.json").mkdir()
    with pytest.raises(Unusable, match=r"output/ can't be written"):
        publish(tmp_path, OpenArtifact("index.html", b"two"), PrivateArtifact("mail/b.eml", b"new"))
    (tmp_path / "build.json").rmdir()
    assert {**files(tmp_path), "build.json": b"{}\n"} == before


def test_a_first_build_that_cannot_end_leaves_no_folders(tmp_path: Path) -> None:
    (tmp_path / "build.json").mkdir()
    with pytest.raises(Unusable):
        publish(tmp_path, *FIRST)
    assert [path.name for path in tmp_path.iterdir()] == ["build.json"]


def test_what_a_killed_build_left_vanishes(tmp_path: Path) -> None:
    publish(tmp_path, *FIRST)
    (tmp_path / ".next/site/m").mkdir(parents=True)
    (tmp_path / ".next/site/m/old.html").write_bytes(b"half")
    publish(tmp_path, *FIRST)
    assert not (tmp_path / ".next").exists()
    assert "site/m/old.html" not in files(tmp_path)


def test_a_folder_that_a_killed_exchange_put_aside_comes_back(tmp_path: Path) -> None:
    publish(tmp_path, *FIRST)
    (tmp_path / ".next").mkdir()
    (tmp_path / "site").rename(tmp_path / ".next" / f"site{ASIDE}")
    with pytest.raises(ValueError, match="stop"), staging(tmp_path, INSTANT, FOLDERS):
        raise ValueError("stop")
    assert files(tmp_path)["site/index.html"] == b"one"


@pytest.mark.parametrize(
    "path",
    ["../index.html", "a/../../b", "/etc/passwd", "a//b", "", ".", "a/./b", "a\\b", "a/", "..", "a\0b"],
)
@pytest.mark.parametrize("kind", [OpenArtifact, SealedArtifact])
def test_a_path_that_leads_elsewhere_is_refused(
    tmp_path: Path, kind: type[OpenArtifact | SealedArtifact], path: str
) -> None:
    with staging(tmp_path / "output", INSTANT, FOLDERS) as tree, pytest.raises(BadPath):
        tree.write(kind(path, b"x"))
    assert files(tmp_path) == {}


@pytest.mark.parametrize(
    "path", ["site/a.eml", "cards/a.pdf", "a.eml", "mail", "../mail/a", "mail/../site/a", ".next/a"]
)
def test_a_private_file_lies_in_a_private_folder_of_this_build(tmp_path: Path, path: str) -> None:
    with staging(tmp_path / "output", INSTANT, FOLDERS) as tree, pytest.raises(BadPath):
        tree.write(PrivateArtifact(path, b"x"))
    assert files(tmp_path) == {}


def test_two_artifacts_with_one_path_are_a_bug(tmp_path: Path) -> None:
    with staging(tmp_path, INSTANT, FOLDERS) as tree:
        tree.write(OpenArtifact("a/index.html", b"x"))
        with pytest.raises(BadPath, match="two artifacts") as caught:
            tree.write(SealedArtifact("a/index.html", b"y"))
    assert caught.value.exit_code == Exit.BUG


def test_a_file_where_a_folder_is_needed_is_told(tmp_path: Path) -> None:
    with staging(tmp_path, INSTANT, FOLDERS) as tree:
        tree.write(OpenArtifact("a", b"x"))
        with pytest.raises(Unusable, match=r"output/ can't be written"):
            tree.write(OpenArtifact("a/b", b"x"))


def test_an_output_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("no folder")
    with pytest.raises(Unusable, match=r"output/ can't be written"):
        publish(tmp_path / "output")


def test_an_error_of_the_build_itself_is_not_blamed_on_the_output(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), staging(tmp_path, INSTANT, FOLDERS):
        (tmp_path / "none").read_bytes()


def test_the_site_is_for_all_and_the_rest_for_its_owner(tmp_path: Path) -> None:
    before = os.umask(0o002)
    try:
        publish(tmp_path, *FIRST)
    finally:
        os.umask(before)
    assert [mode(tmp_path / path) for path in ("site", "site/index.html", "mail", "mail/a/1.eml")] == [
        0o755, 0o644, 0o700, 0o600,
    ]  # fmt: skip


def test_every_file_and_folder_of_a_build_has_its_instant(tmp_path: Path) -> None:
    publish(tmp_path, *FIRST)
    publish(tmp_path, *FIRST)
    made = [path for folder in FOLDERS for path in (tmp_path / folder, *(tmp_path / folder).rglob("*"))]
    assert len(made) == 10
    assert {path.stat().st_mtime_ns for path in made} == {INSTANT * 10**9}


def test_a_file_of_the_last_build_can_be_kept(tmp_path: Path) -> None:
    publish(tmp_path, *FIRST)
    with staging(tmp_path, INSTANT, ("site",)) as tree:
        tree.write(OpenArtifact("index.html", b"two"))
        for path in ("index.html", "sg/1/o/ab/x.bin"):
            tree.keep(f"site/{path}")
        tree.commit(b"2")
    assert files(tmp_path / "site") == {"index.html": b"two", "sg/1/o/ab/x.bin": b"lock"}


def test_without_an_exchange_of_the_system_the_result_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic, "exchange_at_once", lambda first, second: False)
    publish(tmp_path, *FIRST)
    publish(tmp_path, OpenArtifact("index.html", b"two"), PrivateArtifact("mail/b.eml", b"new"))
    assert files(tmp_path) == {"site/index.html": b"two", "mail/b.eml": b"new", "build.json": b"{}\n"}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["build.json", "mail", "site"]


PATHS = st.lists(st.sampled_from(["a", "b", "..", ".", "", "c.html", "site", "mail", ".x"]), min_size=1, max_size=4)


@given(st.lists(st.tuples(PATHS, st.booleans()), max_size=6))
def test_no_artifact_leaves_its_folder(
    tmp_path_factory: pytest.TempPathFactory, wanted: list[tuple[list[str], bool]]
) -> None:
    root = tmp_path_factory.mktemp("root")
    output = root / "output"
    written: set[str] = set()
    with staging(output, INSTANT, FOLDERS) as tree:
        for parts, private in wanted:
            path = "/".join(parts)
            artifact: Artifact = PrivateArtifact(path, b"x") if private else OpenArtifact(path, b"x")
            if attempt(tree, artifact):
                written.add(path if private else f"site/{path}")
        tree.commit(b"")
    assert {path for path in files(root) if path != "output/build.json"} == {f"output/{path}" for path in written}
    assert all(path.startswith(("site/", "mail/")) for path in written)


def attempt(tree: Staging, artifact: Artifact) -> bool:
    try:
        tree.write(artifact)
    except SitegenError:
        return False
    return True
