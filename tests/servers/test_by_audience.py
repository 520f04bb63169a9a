"""`layout: by-audience`: a host that knows who is there can guard each audience's folder by its prefix alone."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Route

from sitegen.protect.policy import Shelf, headers
from sitegen.publish.host.paths import ID
from tests.browser.visits import House, visiting
from tests.golden.sample_shop import Shop
from tests.servers import platforms
from tests.servers.hosted import hosted, small_shop

pytestmark = pytest.mark.slow
GOLD, PLAIN = "C-1", "C-2"


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """The small shop, each audience's things in a folder of their own."""
    return small_shop(tmp_path_factory.mktemp("audiences") / "shop", "/", "output:\n  layout: by-audience\n")


def folders(shop: Shop) -> set[str]:
    """The top folders that hold locked things, each with its first and last slash."""
    return {f"/a/{path.name}/" for path in (shop.site / "a").iterdir()}


def test_every_locked_thing_lies_in_the_folder_of_one_audience_that_access_json_names(shop: Shop) -> None:
    rules = json.loads((shop.root / "output/host/access.json").read_text(encoding="utf-8"))["prefixes"]
    guarded = {prefix: allowed for prefix, allowed in rules.items() if allowed != ["*"]}
    assert not (shop.site / "sg/1/o").exists()
    assert set(guarded) == folders(shop)
    assert all(len(allowed) == 1 and re.fullmatch(ID, allowed[0]) for allowed in guarded.values())
    assert len({allowed[0] for allowed in guarded.values()}) == len(guarded) == 2


@pytest.mark.parametrize("name", ["netlify/_headers", "cloudflare/_headers"])
def test_the_folders_have_the_headers_of_locked_things(shop: Shop, name: str) -> None:
    rules = platforms.header_file((shop.root / "output/host" / name).read_text(encoding="utf-8"))
    locked = [path for path in shop.files() if path.startswith("a/")]
    assert all(platforms.headers_of(rules, f"/{path}") == dict(headers(Shelf.OBJECT, https=True)) for path in locked)
    routes = platforms.routes_file((shop.root / "output/host/cloudflare/_routes.json").read_text(encoding="utf-8"))
    assert all(platforms.is_routed(routes, f"/{path}") for path in locked)


@pytest.mark.parametrize("member", [GOLD, PLAIN])
def test_a_member_finds_everything_in_the_folders_of_their_own_audiences(
    shop: Shop, member: str, browser: Browser
) -> None:
    asked: set[str] = set()

    def guard(route: Route) -> None:
        asked.add("/".join(urlsplit(route.request.url).path.split("/")[:3]) + "/")
        route.continue_()

    with hosted(shop, "nginx", "/") as host, visiting(House(shop, host.url, []), browser) as visit:
        visit.context.route("**/a/**", guard)
        visit.unlock(member)
        visit.settle()
        states = {}
        for path in visit.house.gated_paths():
            visit.open(path)
            states[visit.content().partition("\n")[0] if visit.rest() == "open" else path] = visit.rest()
        assert sorted(states.values()) == (["open"] * 4 if member == GOLD else ["denied", "open", "open", "open"])
        assert ("The inner room" in states) == (member == GOLD)
    # Nobody knocks at a folder that is not theirs, so a guard there never stands in a member's way.
    assert asked == (folders(shop) if member == GOLD else asked & folders(shop))
    assert len(asked) == (2 if member == GOLD else 1)


def test_pages_in_the_other_layout_do_not_stand_beside_these_keyrings(shop: Shop, tmp_path: Path) -> None:
    shutil.copytree(shop.root, tmp_path / "shop")
    other = Shop(tmp_path / "shop")
    settings = other.root / "content/site.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("by-audience", "by-epoch"), encoding="utf-8")
    other.build("pages", "2026-09-08")
    assert not (other.site / "sg/site.json").exists()
    other.build("site", "2026-09-08")
    assert not (other.site / "a").exists()
    assert b"places" not in (other.site / "sg/site.json").read_bytes()
