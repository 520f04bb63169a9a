"""Deploy to a real OpenSSH server with the real rsync."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from sitegen.build.deploy import _run
from sitegen.errors import Unusable
from sitegen.protect import names
from sitegen.publish.deploy.place import Empty, Foreign, Standing, Wanted
from sitegen.publish.deploy.ssh import Ran, SshPlace
from sitegen.publish.deploy.steps import Changes
from sitegen.publish.deploy.target import SshTarget
from tests.protect import tinysite
from tests.publish.deploy.opening import pages_of, reader
from tests.publish.deploy.versions import CODES, OLD, PINNED, Files, later_cases, wanted
from tests.servers import sshd

NEXT_MONTH = later_cases()["the next month"]


@pytest.fixture(scope="module")
def host() -> Iterator[sshd.Host]:
    with sshd.running() as host:
        yield host


@pytest.fixture
def place(host: sshd.Host, tmp_path: Path) -> SshPlace:
    return SshPlace(SshTarget("shop", str(tmp_path / "www" / "my 'shop'; touch $(x)")), _run, host.shell)


@pytest.fixture
def old(tmp_path: Path) -> Wanted:
    return wanted(tinysite.site(OLD), tmp_path / "old")


@pytest.fixture
def new(tmp_path: Path) -> Wanted:
    return wanted(NEXT_MONTH, tmp_path / "new")


def go_on() -> None:
    """No progress is shown."""


def served(place: SshPlace) -> Path:
    return Path(place.target.path)


def files(place: SshPlace) -> Files:
    top = served(place)
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in top.rglob("*") if path.is_file()}


def deploy(place: SshPlace, site: Wanted) -> Changes:
    changes = place.compare(site)
    place.apply(site, changes, go_on)
    return changes


@pytest.mark.slow
def test_a_site_goes_there_and_its_changes_after_it(place: SshPlace, old: Wanted, new: Wanted) -> None:
    served(place).parent.mkdir()
    assert place.state() == Empty()
    assert deploy(place, old) == Changes(added=tuple(sorted(tinysite.site(OLD))))
    assert files(place) == tinysite.site(OLD)
    assert place.state() == Standing(tinysite.site_json(OLD))

    (served(place) / ".well-known").mkdir()
    (served(place) / ".well-known" / "token").write_text("the host's own")
    seen: list[set[str]] = []
    changes = place.compare(new)
    place.apply(new, changes, lambda: seen.append(set(pages_of(reader(served(place)), CODES["anna"], PINNED))))
    before = tinysite.site(OLD).keys()
    assert changes.added == tuple(sorted(NEXT_MONTH.keys() - before))
    assert changes.removed == tuple(sorted(before - NEXT_MONTH.keys()))
    assert changes.changed == (names.SITE_PATH,)
    assert files(place) == NEXT_MONTH | {".well-known/token": b"the host's own"}
    assert len(seen) > 3
    assert seen[0] == {"Your home", "Gold", "Hostile"}
    assert seen[-1] == {"Your home", "Gold", "News"}

    # A file of the same length and time is seen to have other bytes.
    changed = served(place) / "index.html"
    then = changed.stat()
    changed.write_bytes(changed.read_bytes().replace(b"Shop", b"shop"))
    os.utime(changed, ns=(then.st_atime_ns, then.st_mtime_ns))
    assert deploy(place, new) == Changes(changed=("index.html",))
    assert place.compare(new) == Changes()


def test_an_unknown_host_key_stops_everything(host: sshd.Host, place: SshPlace, old: Wanted) -> None:
    known = (host.folder / "known_hosts").read_text()
    host.forget()
    try:
        with pytest.raises(Unusable, match="compare the host's fingerprint"):
            place.state()
        with pytest.raises(Unusable, match="Host key verification failed"):
            place.compare(old)
    finally:
        (host.folder / "known_hosts").write_text(known)


def test_a_key_that_the_host_does_not_know_is_told(host: sshd.Host, place: SshPlace) -> None:
    strict = SshPlace(place.target, _run, f"{host.shell} -o IdentityFile=none -o PubkeyAuthentication=no")
    with pytest.raises(Unusable, match="give the host your public ssh key"):
        strict.state()


def test_something_else_that_stands_there_is_seen(host: sshd.Host, place: SshPlace) -> None:
    served(place).mkdir(parents=True)
    assert place.state() == Empty()
    (served(place) / "a thesis.txt").write_text("years of work")
    assert place.state() == Foreign("a thesis.txt")
    # The port of the address goes to ssh.
    by_port = SshPlace(SshTarget("127.0.0.1", place.target.path, host.port), _run, host.shell)
    assert by_port.state() == Foreign("a thesis.txt")


def test_a_first_deploy_that_was_cut_is_known_as_ours(place: SshPlace, old: Wanted) -> None:
    served(place).parent.mkdir()

    class Cut(BaseException):
        pass

    def cut() -> None:
        raise Cut

    with pytest.raises(Cut):
        place.apply(old, place.compare(old), cut)
    assert place.state() == Standing(b"")
    deploy(place, old)
    assert files(place) == tinysite.site(OLD)


def test_a_folder_that_cannot_be_made_is_told_in_the_hosts_words(place: SshPlace, old: Wanted) -> None:
    words = r"(?s)'shop' can't be deployed to:.*(mkdir.*No such file or directory|rsync ended with code \d+)"
    with pytest.raises(Unusable, match=words):
        deploy(place, old)


def test_without_rsync_here_or_there_the_word_is_said(place: SshPlace, old: Wanted) -> None:
    def missing_here(command: tuple[str, ...], given: bytes) -> Ran:
        raise FileNotFoundError(command[0])

    with pytest.raises(Unusable, match="rsync is missing here"):
        SshPlace(place.target, missing_here).state()

    def missing_there(command: tuple[str, ...], given: bytes) -> Ran:
        return _run((command[0], "--rsync-path=/nowhere/rsync", *command[1:]), given)

    with pytest.raises(Unusable, match="rsync is missing on 'shop'"):
        SshPlace(place.target, missing_there, place._shell).state()
