"""The emitted rules on the real servers: what is there is served with the right headers, and nothing else is."""

from __future__ import annotations

import gzip
import json
import posixpath
import re
import shutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser

from sitegen.protect.policy import Shelf, headers
from sitegen.publish.host.files import FILES
from sitegen.publish.host.paths import ID, pattern_of
from sitegen.publish.host.types import COMPRESSED, content_type
from tests.browser.visits import GOLD, House, visiting
from tests.golden.sample_shop import Shop
from tests.servers import platforms
from tests.servers.hosted import BELOW, MOVED, SERVERS, TRAP, TRAPS, Answer, Hosted, facts, hosted, small_shop

REFUSED = {400, 403, 404, 405, 501}
LED_ON = {301, 308}
MEMBER = "C-2"
POLICY = frozenset(name.lower() for shelf in Shelf for name, _ in headers(shelf, https=True))


@pytest.fixture(scope="module")
def shop_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Shop]:
    """The small shop, built once for each path of its host that is asked for."""
    return cache(lambda base: small_shop(tmp_path_factory.mktemp("host") / "shop", base))


@pytest.fixture(scope="module", params=["/", pytest.param(BELOW, marks=pytest.mark.slow)], ids=["top", "below"])
def base(request: pytest.FixtureRequest) -> str:
    """Where the site lies on its host."""
    return str(request.param)


@pytest.fixture(scope="module", params=SERVERS)
def host(request: pytest.FixtureRequest, shop_of: Callable[[str], Shop], base: str) -> Iterator[Hosted]:
    """The site on each server."""
    with hosted(shop_of(base), request.param, base) as host:
        yield host


def agrees(host: Hosted, target: str) -> bool:
    """Whether the server says of a target what the model says."""
    answer, pattern = host.ask(target), pattern_of(host.site, target)
    path = unquote(target.partition("?")[0], errors="surrogateescape").removeprefix(host.site.base)
    if pattern and is_moved(host, path):
        return answer.status in LED_ON and unquote(answer.header("location")).endswith(f"{host.site.base}zh/亚麻/")
    if pattern and not pattern.folder:
        content = host.files.get(path + "index.html" if path.endswith("/") or not path else path)
        return is_refused(answer) if content is None else (answer.status, answer.body) == (200, content)
    if pattern and f"{path}/index.html" in host.files:
        own = {f"{origin}{host.site.base}{path}/" for origin in ("", host.site.origin)}
        return answer.status in LED_ON and unquote(answer.header("location").partition("?")[0]) in own
    return is_refused(answer)


def is_moved(host: Hosted, path: str) -> bool:
    """Whether a server leads on from a path; in the preview, the page that stands there does."""
    return host.server != "preview" and path.removesuffix("/") in MOVED and not path.endswith("//")


def is_refused(answer: Answer) -> bool:
    return answer.status in REFUSED and TRAP not in answer.body and b"<title>Index of" not in answer.body


def readable(host: Hosted) -> list[str]:
    """A target for each file that anybody may ask for."""
    return [host.target(path) for path in host.files if not path.startswith(".")]


def test_every_file_and_every_folder_with_a_page_is_there(host: Hosted) -> None:
    targets = readable(host)
    folders = [target.removesuffix("index.html") for target in targets if target.endswith("/index.html")]
    assert len(folders) > 8
    for target in (*targets, *folders):
        moved = is_moved(host, unquote(target).removeprefix(host.site.base))
        assert (host.ask(target).status in LED_ON) if moved else (host.ask(target).status == 200), target
        assert agrees(host, target), target


def test_a_folder_gets_its_last_slash_without_leaving_the_host(host: Hosted) -> None:
    for path in ("care", "care/linen", "zh/亚麻", "old/flax"):
        assert host.ask(host.target(path)).status in LED_ON, path
        assert agrees(host, host.target(path)), path
        answer = host.ask(f"/{host.target(path)}")
        assert is_refused(answer) or "//" not in answer.header("location"), path


def test_what_lies_in_the_folder_and_belongs_to_no_site_is_not_there(host: Hosted) -> None:
    for path in (*TRAPS, ".nojekyll", ".htaccess"):
        assert is_refused(host.ask(host.target(path))), path


def tricks(target: str) -> list[str]:
    """Other spellings of a target that must not be taken for it, nor for anything else."""
    start, _, last = target.rstrip("/").rpartition("/")
    slash = "/" if target.endswith("/") else ""
    spelled = [
        *(f"/{target}", f"{start}//{last}{slash}", f"{target}/", f"{target}//", f"{start}/./{last}{slash}"),
        *(f"{start}/x/../{last}{slash}", f"{start}/%2e/{last}", f"{start}/x/%2e%2e/{last}", f"{start}%2f{last}"),
        *(f"{start}%2F{last}", f"{start}\\{last}", f"{start}%5c{last}", f"{target}%5C", f"/..{target}"),
        *(f"{start}/{last}.{slash}", f"{start}/{last}%20{slash}", f"{start}/{last}%00{slash}", f"{target}%0a"),
        *(f"{start}/{last}~", f"{start}/{last}.bak", f"{start}/{last}::$DATA", f"{start}/{last};x{slash}"),
        *(f"{start}/{last.upper()}{slash}", f"{start.upper()}/{last}{slash}", f"{start}/{last}%23"),
        *(f"{target}%3f", f"{target}%3Fx", f"{start}/.{last}", f"{start}/{last}/index.php", f"{target}%252e"),
    ]
    return [one for one in spelled if one != target]


def test_goal_29_no_other_spelling_of_a_path_opens_anything(host: Hosted) -> None:
    some = {target.rpartition(".")[2] + target[len(host.site.base) :][:2]: target for target in readable(host)}
    for target in (*some.values(), host.target("care/"), host.target("zh/亚麻/")):
        for trick in tricks(target):
            assert agrees(host, trick), trick


def test_goal_29_no_path_leads_out_of_the_site(host: Hosted) -> None:
    out = ("secret.txt", "rules/access.json", "../etc/passwd")
    ups = (
        "../",
        "..%2f",
        "%2e%2e/",
        "%2e%2e%2f",
        "..\\",
        "..%5c",
        "....//",
        "..;/",
        "%c0%ae%c0%ae/",
        "..%252f",
        ".%2e/",
    )
    for start in ("", "care/", "care/linen/", "sg/1/", "static/"):
        for up in ups:
            for times in (1, 2, 4):
                for name in out:
                    target = f"{host.site.base}{start}{up * times}{name}"
                    answer = host.ask(target)
                    assert is_refused(answer), target
                    assert b"root:" not in answer.body, target


PIECES = (
    *(
        "/",
        "//",
        ".",
        "..",
        "/./",
        "/../",
        "%2e",
        "%2f",
        "%5c",
        "\\",
        "%00",
        "%",
        "%zz",
        "%25",
        "?",
        "&",
        ";",
        "~",
        "*",
    ),
    *("care", "linen", "CARE", "index.html", "404.html", "sg", "1", "o", "k", "m", "site.json", "static", "site.css"),
    *("assets", "%61ssets", "c%61re", "%E4%BA%9A", "zh", ".git", "HEAD", "mail", "build.json", "x", "%7f", "%c0%ae"),
)


def test_goal_29_whatever_is_asked_the_server_says_what_the_model_says(host: Hosted) -> None:
    @settings(max_examples=50)
    @given(pieces=st.lists(st.sampled_from(PIECES), max_size=7))
    def check(pieces: list[str]) -> None:
        target = host.site.base + "".join(pieces)
        # What lies beside the site is the host's own affair, as long as nothing of ours is in it.
        beside = not posixpath.normpath(unquote(target.partition("?")[0])).startswith(host.site.base.rstrip("/"))
        assert is_refused(host.ask(target)) or beside or agrees(host, target), target

    check()


def test_folders_are_not_listed(host: Hosted) -> None:
    for path in ("sg/", "sg/1/", "sg/1/o/", "sg/1/k/", "m/", "static/", "fonts/", "assets/", "tags/", "zh/", "old/"):
        answer = host.ask(host.target(path))
        if f"{path}index.html" not in host.files:
            assert is_refused(answer), path


def test_only_reading_is_allowed(host: Hosted) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "PROPFIND", "MKCOL", "get", "HACK"):
        for path in ("", "care/", "sg/site.json"):
            if (host.server, method) == ("htaccess", "TRACE"):
                continue  # Only a server's own configuration can forbid it; it gives back what it was asked.
            answer = host.ask(host.target(path), method, "Content-Length: 0")
            assert is_refused(answer), (method, path)


def test_head_says_the_same_without_a_body(host: Hosted) -> None:
    for path in ("", "sg/site.json", "robots.txt", "no/such/page/"):
        head, whole = (host.ask(host.target(path), method) for method in ("HEAD", "GET"))
        assert (head.status, head.body) == (whole.status, b"")
        assert head.header("content-type") == whole.header("content-type")


def test_what_is_missing_gets_the_sites_own_page(host: Hosted) -> None:
    missing = ("nothing", "no/such/page/", "care/none/", "static/none.0123456789.css", "m/0/", "sg/1/k/1/0000.bin")
    for path in missing:
        answer = host.ask(host.target(path))
        assert (answer.status, answer.body) == (404, host.files["404.html"]), path
        assert answer.header("content-type") == "text/html; charset=utf-8"
        assert of_the_policy(answer) == expected(host, Shelf.PAGE), path


def of_the_policy(answer: Answer) -> dict[str, str]:
    return {name: answer.header(name) for name in POLICY if answer.header(name)}


def expected(host: Hosted, shelf: Shelf) -> dict[str, str]:
    """The headers of a shelf; the preview knows only one, without https."""
    preview = host.server == "preview"
    return {name.lower(): value for name, value in headers(Shelf.PAGE if preview else shelf, https=not preview)}


def test_goal_22_each_kind_of_file_has_exactly_its_headers(host: Hosted) -> None:
    seen = set()
    for path in host.files:
        pattern = pattern_of(host.site, host.target(path))
        if pattern is None:
            continue
        answer = host.ask(host.target(path))
        assert of_the_policy(answer) == expected(host, pattern.shelf), path
        assert answer.header("content-type") == content_type(path), path
        assert answer.header("set-cookie") == "", path
        seen.add(pattern.shelf)
    assert seen == set(Shelf)


@pytest.mark.parametrize("host", SERVERS[:-1], indirect=True)
def test_text_is_compressed_and_what_is_locked_is_not(host: Hosted) -> None:
    for path, content in host.files.items():
        if pattern_of(host.site, host.target(path)) is None:
            continue
        answer = host.ask(host.target(path), "GET", "Accept-Encoding: gzip")
        packed = answer.header("content-encoding") == "gzip"
        assert (gzip.decompress(answer.body) if packed else answer.body) == content, path
        assert packed <= (content_type(path).partition(";")[0] in COMPRESSED), path
        assert packed or len(content) < 1000 or path.rpartition(".")[2] not in {"html", "css", "js", "json"}, path


# The preview's own browser tests are in tests/browser/, and .htaccess is Apache's too.
@pytest.mark.parametrize(
    "host",
    ["nginx", "apache", "caddy", *(pytest.param(server, marks=pytest.mark.slow) for server in ("htaccess", "preview"))],
    indirect=True,
)
def test_goal_22_a_member_comes_in_by_the_link_of_the_card(
    host: Hosted, shop_of: Callable[[str], Shop], browser: Browser
) -> None:
    with visiting(House(shop_of(host.site.base), host.url, []), browser) as visit:
        visit.unlock(MEMBER)
        visit.settle()
        assert "How good that you are here" in visit.content()
        assert visit.page.evaluate("window.isSecureContext")
        assert visit.complaints == []
        assert visit.strangers() == []


@pytest.mark.slow
@pytest.mark.parametrize("server", ["nginx", "apache", "caddy"])
def test_every_page_of_the_sample_shop_opens_behind_each_server(sample: Shop, server: str, browser: Browser) -> None:
    with hosted(sample, server, "/") as host, visiting(House(sample, host.url, []), browser) as visit:
        visit.unlock(GOLD)
        for address in (*visit.menu().values(), *(host.url + path for path in visit.house.public_paths())):
            visit.page.goto(address)
            visit.wait("open")
            visit.settle()
        assert visit.complaints == []
        assert visit.strangers() == []


@pytest.mark.slow
def test_the_simplest_server_of_all_opens_the_site_too(
    shop_of: Callable[[str], Shop], base: str, browser: Browser
) -> None:
    shop = shop_of(base)
    with hosted(shop, "http.server", base) as simple, visiting(House(shop, simple.url, []), browser) as visit:
        visit.unlock(MEMBER)
        visit.settle()
        assert "How good that you are here" in visit.content()
        assert visit.complaints == []


def test_a_build_writes_the_rules_for_its_owner_alone(shop_of: Callable[[str], Shop], base: str) -> None:
    folder = shop_of(base).root / "output/host"
    written = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    assert set(written) == set(FILES)
    assert all(path.stat().st_mode & 0o077 == 0 for path in (folder, *written.values()))


@pytest.mark.slow
@pytest.mark.parametrize("part", ["pages", "keyrings", "work"])
def test_a_build_of_one_part_leaves_the_same_rules(
    shop_of: Callable[[str], Shop], base: str, part: str, tmp_path: Path
) -> None:
    shutil.copytree(shop_of(base).root, tmp_path / "shop")
    shop = Shop(tmp_path / "shop")
    before = {name: (shop.root / "output/host" / name).read_bytes() for name in FILES}
    shop.build(part, "2026-09-08")
    assert {name: (shop.root / "output/host" / name).read_bytes() for name in FILES} == before


@pytest.mark.parametrize("name", ["netlify/_headers", "cloudflare/_headers", "netlify.toml"])
def test_netlify_and_cloudflare_give_each_file_exactly_its_headers(
    shop_of: Callable[[str], Shop], base: str, name: str
) -> None:
    shop = shop_of(base)
    text = (shop.root / "output/host" / name).read_text(encoding="utf-8")
    rules = platforms.toml_file(text) if name.endswith(".toml") else platforms.header_file(text)
    site, seen = facts(shop, base), set()
    for path in shop.files():
        pattern = pattern_of(site, quote(base + path))
        shelf = pattern.shelf if pattern else Shelf.PAGE
        wanted = dict(headers(shelf, https=True))
        if shelf is Shelf.PAGE:
            # Their own rule for whatever nobody speaks of: to be asked for again each time.
            del wanted["Cache-Control"]
        assert platforms.headers_of(rules, base + path) == wanted, path
        seen.add(shelf)
    assert seen == set(Shelf)


def test_a_function_on_cloudflare_sees_the_locked_part_and_nothing_else(
    shop_of: Callable[[str], Shop], base: str
) -> None:
    shop = shop_of(base)
    routes = platforms.routes_file((shop.root / "output/host/cloudflare/_routes.json").read_text(encoding="utf-8"))
    seen = {path for path in shop.files() if platforms.is_routed(routes, base + path)}
    assert seen == {path for path in shop.files() if path.startswith("sg/1/")}
    assert seen


def test_access_json_says_of_each_file_what_the_model_says(shop_of: Callable[[str], Shop], base: str) -> None:
    shop = shop_of(base)
    rules = json.loads((shop.root / "output/host/access.json").read_text(encoding="utf-8"))
    assert (rules["default"], rules["methods"]) == ("deny", ["GET", "HEAD"])
    for path in shop.files():
        fitting = [prefix for prefix in rules["prefixes"] if (base + path).startswith(prefix)]
        allowed = rules["exact"].get(base + path) or (rules["prefixes"][max(fitting, key=len)] if fitting else [])
        if path.startswith("sg/1/o/"):
            assert len(allowed) == 2, path
            assert all(re.fullmatch(ID, audience) for audience in allowed)
        else:
            assert allowed == ([] if path == ".nojekyll" else ["*"]), path
