"""Compare what a web server gives with what was built, good hosts and bad ones."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import pytest

from sitegen.errors import Unusable
from sitegen.protect import names
from sitegen.protect.policy import Shelf, headers
from sitegen.publish.verify.client import Address, read_address
from sitegen.publish.verify.findings import Finding, Kind, Report
from sitegen.publish.verify.judging import Site
from sitegen.publish.verify.web import requests, serves, verify_web
from tests.protect import tinysite
from tests.servers.web import free_port

FILES = tinysite.site() | {"404.html": b"nothing is here", ".nojekyll": b"", "bücher & co.txt": b"1"}
Answer = tuple[int, dict[str, str], bytes]


@dataclass
class Host:
    """A web server that does as a test says: `rule` may answer a path, else the site's file is given."""

    files: dict[str, bytes] = field(default_factory=lambda: dict(FILES))
    rule: Callable[[str], Answer | None] = lambda path: None
    base: str = "/"
    headers: dict[str, str] = field(default_factory=lambda: dict(headers(Shelf.PAGE, https=False)))
    asked: list[str] = field(default_factory=list)
    connections: set[object] = field(default_factory=set)

    def answer(self, path: str) -> Answer:
        self.asked.append(path)
        ruled = self.rule(path)
        if ruled:
            return ruled
        name = path + "index.html" if path == "" or path.endswith("/") else path
        if name in self.files and not name.startswith("."):
            return 200, self.headers, self.files[name]
        return 404, self.headers, self.files.get("404.html", b"")


@contextmanager
def served(host: Host) -> Iterator[Address]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host.connections.add(self.client_address)
            path = unquote(self.path)
            inside = path.startswith(host.base)
            status, said, body = host.answer(path.removeprefix(host.base)) if inside else (404, {}, b"")
            self.send_response(status)
            for name, value in {**said, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's own name
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 32

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield read_address(f"http://127.0.0.1:{server.server_address[1]}{host.base}")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def site(former: tuple[str, ...] = ()) -> Site:
    return Site({path: hashlib.sha256(content).hexdigest() for path, content in FILES.items()}, former)


def report(host: Host, former: tuple[str, ...] = ()) -> Report:
    with served(host) as address:
        return verify_web(address, site(former), lambda: None)


def kinds(host: Host, former: tuple[str, ...] = ()) -> list[tuple[str, Kind]]:
    return [(found.path, found.kind) for found in report(host, former).findings]


@pytest.mark.parametrize("base", ["/", "/shop/"])
def test_a_site_that_is_served_as_it_was_built_passes(base: str) -> None:
    host = Host(base=base)
    made = report(host)
    assert (made.files, made.findings, made.warnings) == (len(FILES), (), ())
    assert made.where.endswith(base)
    assert len(host.connections) <= 9
    assert len(host.asked) == requests(site()) + 1


@pytest.mark.parametrize(
    "path", ["index.html", "404.html", "sg/site.json", "bücher & co.txt", names.shell_path(tinysite.identifier("gold"))]
)
def test_goal_25_one_flipped_bit_of_any_file_is_found_on_the_web(path: str) -> None:
    content = bytearray(FILES[path])
    content[len(content) // 2] ^= 1
    host = Host(FILES | {path: bytes(content)})
    assert kinds(host) == [(path, Kind.CHANGED)]


def test_goal_25_a_missing_and_a_strange_file_are_found_on_the_web() -> None:
    files = FILES | {".git/HEAD": b"ref", "content/site.yaml": b"name: x", "sg/1/k/17/0000.bin": b"a former keyring"}
    del files["about/index.html"]
    host = Host(files, rule=lambda path: (200, {}, files[path]) if path == ".git/HEAD" else None)
    assert kinds(host, former=("sg/1/k/17/0000.bin",)) == [
        (".git/HEAD", Kind.EXTRA),
        ("about/index.html", Kind.MISSING),
        ("content/site.yaml", Kind.EXTRA),
        ("sg/1/k/17/0000.bin", Kind.EXTRA),
    ]


def test_a_host_that_lists_its_folders_is_told_so() -> None:
    host = Host(rule=lambda path: (200, {}, b"Index of") if path in {"sg/", "sg/1/"} else None)
    assert report(host).findings == (
        Finding("sg/", Kind.EXTRA, "is listed, and lists tell what was built when"),
        Finding("sg/1/", Kind.EXTRA, "is listed, and lists tell what was built when"),
    )


def test_a_redirect_on_the_same_host_is_followed_and_one_that_leaves_it_is_found() -> None:
    def rule(path: str) -> Answer | None:
        if path == "about/":
            return 308, {"Location": "../elsewhere/"}, b""
        if path == "elsewhere/":
            return 200, {}, FILES["about/index.html"]
        if path == "":
            return 301, {"Location": "https://lapsed.example/"}, b""
        return None

    said = "leads away to https://lapsed.example/; a card's code would go there with it"
    assert report(Host(rule=rule)).findings == (Finding("index.html", Kind.REDIRECTED, said),)


def test_a_former_address_may_lead_to_another_page_of_the_build_but_nothing_else_may() -> None:
    files = FILES | {"old/flax/index.html": b"leads on by itself", "linen/index.html": b"linen"}
    digests = {path: hashlib.sha256(content).hexdigest() for path, content in files.items()}

    def found(*ways: str) -> list[str]:
        led = dict(way.split(" ") for way in ways)

        def rule(path: str) -> Answer | None:
            return (301, {"Location": led[path]}, b"") if path in led else None

        with served(Host(files, rule)) as address:
            return [finding.path for finding in verify_web(address, Site(digests, ()), lambda: None).findings]

    shell = names.shell_url(tinysite.identifier("gold"))
    assert found("old/flax/ /linen/") == []
    assert found("old/flax/ /") == ["old/flax/index.html"]
    assert found("404.html /linen/") == ["404.html"]
    assert found(f"{shell} /linen/") == [f"{shell}index.html"]


def test_a_circle_of_redirects_and_a_host_in_trouble_are_found() -> None:
    def rule(path: str) -> Answer | None:
        if path == "about/":
            return 302, {"Location": "/about/"}, b""
        return (503, {}, b"") if path == "style.css" else None

    assert kinds(Host(rule=rule)) == [
        ("about/index.html", Kind.UNANSWERED),
        ("style.css", Kind.UNANSWERED),
    ]


def test_a_host_that_says_200_to_everything_is_warned_of() -> None:
    host = Host()
    host.rule = lambda path: None if {path, f"{path}index.html"} & FILES.keys() else (200, {}, FILES["index.html"])
    made = report(host)
    assert made.findings == ()
    assert made.warnings == ("the host answers 200 for what is not there; it should answer 404",)


def test_missing_headers_are_warned_of_by_name() -> None:
    host = Host(headers={"Cache-Control": "max-age=600", "Referrer-Policy": "origin"})
    made = report(host)
    assert made.findings == ()
    told = "\n".join(made.warnings)
    assert "sg/site.json may be kept by caches (Cache-Control: 'max-age=600')" in told
    assert "pages come without Content-Security-Policy" in told
    assert "pages come with another Referrer-Policy" in told
    assert "Strict-Transport-Security" not in told


def test_a_server_that_hangs_up_now_and_then_is_asked_again() -> None:
    host = Host(headers={**headers_of_a_good_host(), "Connection": "close"})
    assert report(host).findings == ()


def headers_of_a_good_host() -> dict[str, str]:
    return dict(headers(Shelf.PAGE, https=False))


def test_nobody_at_home_is_told_as_such_and_is_no_finding() -> None:
    address = read_address(f"http://127.0.0.1:{free_port()}/")
    with pytest.raises(Unusable, match=r"'http://127.0.0.1:\d+' does not answer"):
        verify_web(address, site(), lambda: None)
    assert not serves(address, site().digests)


def test_an_address_serves_this_build_or_another() -> None:
    with served(Host()) as address:
        assert serves(address, site().digests)
        assert not serves(address, {"sg/site.json": "0" * 64})


@pytest.mark.parametrize(
    ("url", "read"),
    [
        ("https://shop.example", Address(secure=True, host="shop.example", port=443, base="/")),
        ("https://shop.example/a%20b", Address(secure=True, host="shop.example", port=443, base="/a b/")),
        ("http://[::1]:80/x/", Address(secure=False, host="::1", port=80, base="/x/")),
    ],
)
def test_addresses_are_read(url: str, read: Address) -> None:
    assert read_address(url) == read


@pytest.mark.parametrize(
    "url", ["ftp://x", "https://", "https://u:p@x/", "https://x/?q", "https://x/#code", "https://x:y"]
)
def test_addresses_of_no_site_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"address|port|Port"):
        read_address(url)
