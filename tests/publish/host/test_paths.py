"""The kinds of paths of a site: everything that a build writes, and nothing else."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.protect import names, runtime
from sitegen.protect.policy import Shelf
from sitegen.publish.host.paths import LONGEST, alternatives, is_strange, literal, pattern_of, patterns, whole
from sitegen.publish.host.site import Doors, Drawer, HostSite, Place, host_site

PUBLIC = (
    *(
        "index.html",
        "404.html",
        "feed.xml",
        ".nojekyll",
        "care/index.html",
        "care/linen/index.html",
        "zh/亚麻/index.html",
    ),
    *("assets/moon.0123456789.svg", "static/site.abcdef0123.css", "fonts/OFL.0123456789", runtime.path()),
)
IDS = st.binary(min_size=16, max_size=16)


def site(base: str = "/") -> HostSite:
    return host_site(Place("https://members.example", base), Doors("5a" * 16, 1, ()), PUBLIC)


def shelf(target: str, base: str = "/") -> Shelf | None:
    pattern = pattern_of(site(base), target)
    return pattern.shelf if pattern and not pattern.folder else None


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("", Shelf.PAGE),
        ("index.html", Shelf.PAGE),
        ("404.html", Shelf.PAGE),
        ("care/", Shelf.PAGE),
        ("care/linen/", Shelf.PAGE),
        ("zh/亚麻/index.html", Shelf.PAGE),
        ("assets/moon.0123456789.svg", Shelf.ASSET),
        ("assets/another.aaaaaaaaaa.svg", Shelf.ASSET),
        ("static/site.abcdef0123.css", Shelf.THEME),
        ("fonts/OFL.0123456789", Shelf.THEME),
        ("sg/site.json", Shelf.STATE),
        (runtime.path(), Shelf.RUNTIME),
    ],
)
@pytest.mark.parametrize("base", ["/", "/~loom/members/", "/a+b/(c)/"])
def test_each_file_stands_on_its_shelf(base: str, path: str, expected: Shelf) -> None:
    assert shelf(base + quote(path), base) is expected
    assert shelf(base + quote(path) + "?1", base) is expected


@given(identifier=IDS, epoch=st.integers(1, 10**6), build=st.integers(0, 10**11), prefix=st.integers(0, 2**20))
@pytest.mark.parametrize("period", ["2026-09", "2026-W37", "2026-09-08"])
def test_every_name_of_a_locked_thing_is_known(
    period: str, identifier: bytes, epoch: int, build: int, prefix: int
) -> None:
    assert shelf("/" + names.object_path(epoch, period, identifier)) is Shelf.OBJECT
    assert shelf("/" + names.pack_path(epoch, build, prefix)) is Shelf.PACK
    assert shelf("/" + names.shell_path(identifier)) is Shelf.SHELL
    assert shelf("/" + names.shell_url(identifier)) is Shelf.SHELL


@given(place=IDS, identifier=IDS)
def test_where_each_audience_has_a_folder_things_are_there_and_nowhere_else(place: bytes, identifier: bytes) -> None:
    doors = Doors("5a" * 16, 1, ("0" * 26,), (Drawer("1" * 26, "0" * 26),))
    one = host_site(Place("https://members.example", "/"), doors, PUBLIC)
    placed = pattern_of(one, "/" + names.placed_path(place, identifier))
    assert placed
    assert placed.shelf is Shelf.OBJECT
    assert pattern_of(one, "/" + names.object_path(1, "2026-09", identifier)) is None
    assert shelf("/" + names.placed_path(place, identifier)) is None


@pytest.mark.parametrize(
    "target",
    [
        *(
            "/.nojekyll",
            "/.git/HEAD",
            "/care/.hidden",
            "/mail/",
            "/mail/index.html",
            "/build.json",
            "/index.php",
            "/m/",
        ),
        *("/CARE/", "/Care/", "/care", "/care/notes.txt", "/sg/", "/sg/1/", "/sg/1/o/", "/sg/site.json/", "/404.html/"),
        *("/assets/moon.svg", "/assets/moon.0123456789.exe", "/static/x.0123456789.svg", "/sg/rt-0123.js", "/fonts/"),
        *(
            "//",
            "/care//linen/",
            "/care/./linen/",
            "/care/../care/",
            "/care%2flinen/",
            "/care/%2e%2e/",
            "/care\\linen/",
        ),
        *("/care%5clinen/", "/care/%00/", "/care/%0a/", "/%2567it/", "/care/linen/%3f", "/care/x%7f/"),
    ],
)
def test_nothing_else_is_a_file(target: str) -> None:
    assert shelf(target) is None


def test_a_folder_without_its_last_slash_is_told_apart() -> None:
    for target in ("/care", "/care/linen", "/zh/x", f"/m/{'0' * 26}"):
        pattern = pattern_of(site(), target)
        assert pattern
        assert pattern.folder


def test_below_a_path_nothing_above_it_is_ours() -> None:
    for target in ("/", "/care/", "/index.html", "/members", "/members.html", "/other/members/"):
        assert pattern_of(site("/members/"), target) is None


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters=" /?#%\\<>\"'"), min_size=1))
def test_a_folder_of_any_name_stands_for_itself_alone(name: str) -> None:
    if name.startswith(".") or name in {"assets", "fonts", "m", "sg", "static"}:
        return
    one = host_site(Place("https://members.example", "/"), Doors("", 1, ()), [f"{name}/index.html"])
    assert pattern_of(one, f"/{quote(name)}/")
    assert pattern_of(one, f"/{quote(name)}x/") is None
    assert '"' not in whole(one, patterns(one)[1])


def test_many_folders_make_several_patterns_that_a_server_can_read() -> None:
    many = [f"folder-{number}" for number in range(2000)]
    pieces = alternatives(many)
    assert max(map(len, pieces)) <= LONGEST
    assert "|".join(pieces) == "|".join(map(literal, many))
    one = host_site(Place("https://members.example", "/"), Doors("", 1, ()), [f"{name}/index.html" for name in many])
    assert pattern_of(one, "/folder-1999/")
    assert max(len(whole(one, pattern)) for pattern in patterns(one)) < 4000


@given(st.text(max_size=30))
def test_a_query_makes_nothing_strange(query: str) -> None:
    assert not is_strange(f"/care/?{query}")


def test_all_patterns_are_anchored() -> None:
    for pattern in patterns(site()):
        assert re.fullmatch(r"\^.*\$", whole(site(), pattern))
