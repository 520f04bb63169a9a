"""Outside addresses are visited on request, politely, and remembered: a real server tells what it was asked."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from sitegen.build.checking.links import Link
from sitegen.build.checking.outside.client import Visit, opener, plain, visit
from sitegen.build.checking.outside.look import Outside, Seen, look_outside
from sitegen.build.checking.outside.memory import BAD_FOR, FILE, GOOD_FOR
from sitegen.content.references import Pointer
from sitegen.model.body import Block, Body
from sitegen.model.channel import Kind
from sitegen.model.message import Message
from sitegen.model.tree import Place

NOW = 1_800_000_000
MESSAGE = Message("a", "A", Kind.HOLIDAY, Body("content/messages/a.md", (), ()), Place("content/messages/a.md"))


@dataclass
class Server:
    """A server that knows a few paths, and what it was asked, with the most requests that it had at one time."""

    port: int
    asked: list[str] = field(default_factory=list)
    busy: int = 0
    most: int = 0

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


@pytest.fixture
def server() -> Iterator[Server]:
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.answer()

        def do_GET(self) -> None:
            self.answer()

        def answer(self) -> None:
            with lock:
                made.asked.append(f"{self.command} {self.path}")
                made.busy += 1
                made.most = max(made.most, made.busy)
            if self.path.startswith("/slow"):
                time.sleep(0.05)
            to = {"/moved": "/good", "/for-now": "/good", "/twice": "/moved", "/round": "/round", "/away": "ftp://x/y"}
            status = {"/moved": 308, "/twice": 301, "/for-now": 302, "/round": 302, "/away": 301}.get(self.path, 200)
            status = {"/gone": 404, "/busy": 429, "/broken": 500, "/closed": 403}.get(self.path, status)
            if self.path == "/no-head" and self.command == "HEAD":
                status = 405
            with lock:
                made.busy -= 1
            self.send_response(status)
            if self.path in to:
                self.send_header("Location", to[self.path])
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made = Server(httpd.server_address[1])
    thread = threading.Thread(target=httpd.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    httpd.shutdown()
    thread.join()
    httpd.server_close()


def link(url: str, line: int = 5) -> Link:
    place = Place("content/messages/a.md", line, 3)
    return Link("messages/a.md", MESSAGE, 0, Block("", 1), Pointer(url, 0), place)


def look(folder: Path, *urls: str, now: int = NOW, skip: tuple[str, ...] = ()) -> Seen:
    return look_outside(folder, [link(url) for url in urls], skip, Outside(now, {}))


def test_what_is_there_is_asked_for_its_head_once_however_often_it_is_linked(server: Server, tmp_path: Path) -> None:
    seen = look(tmp_path, server.url("/good"), server.url("/good#part"), "mailto:a@example.com", "care/linen.md")
    assert seen == Seen((), 1, 0)
    assert server.asked == ["HEAD /good"]


def test_what_is_gone_is_told_at_each_of_its_places(server: Server, tmp_path: Path) -> None:
    links = [link(server.url("/gone"), 5), link(server.url("/gone#a"), 9)]
    problems = look_outside(tmp_path, links, (), Outside(NOW, {})).problems
    assert [(one.code, one.line, one.column) for one in problems] == [("dead-link", 5, 3), ("dead-link", 9, 3)]
    assert problems[0].message == f"'{server.url('/gone')}' leads nowhere: 404 Not Found"
    assert server.asked == ["HEAD /gone", "GET /gone"]


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/no-head", Visit(200, "OK")),
        ("/broken", Visit(500, "Internal Server Error")),
        ("/busy", Visit(429, "Too Many Requests", sure=False)),
        ("/closed", Visit(403, "Forbidden", sure=False)),
        ("/for-now", Visit(200, "OK")),
        ("/round", Visit(0, "it leads on and on, 8 times")),
        ("/away", Visit(301, "it leads to 'ftp://x/y'")),
    ],
)
def test_a_visit_ends_with_what_a_reader_would_get(server: Server, path: str, wanted: Visit) -> None:
    found = visit(server.url(path), opener({}))
    assert found == wanted
    assert found.good == (path in {"/no-head", "/busy", "/closed", "/for-now"})


@pytest.mark.parametrize("path", ["/moved", "/twice"])
def test_an_address_that_moved_for_good_is_told_with_the_new_one(server: Server, path: str, tmp_path: Path) -> None:
    (problem,) = look(tmp_path, server.url(path)).problems
    assert (problem.code, problem.hint) == ("moved-link", f"write '{server.url('/good')}'")


def test_a_host_that_does_not_answer_is_told_in_words(server: Server) -> None:
    refused = visit("http://127.0.0.1:9/", opener({}), seconds=2)
    assert not refused.good
    assert refused.why == "connection refused"
    assert visit("http://[broken/", opener({})).good is False
    assert visit(server.url("/slow"), opener({}), seconds=0.01).why == "it did not answer in time"


def test_the_visits_are_remembered_good_ones_for_a_week_and_bad_ones_for_an_hour(
    server: Server, tmp_path: Path
) -> None:
    urls = (server.url("/good"), server.url("/gone"))
    assert look(tmp_path, *urls).remembered == 0
    again = look(tmp_path, *urls, now=NOW + BAD_FOR - 1)
    assert (again.remembered, len(again.problems)) == (2, 1)
    assert server.asked == ["HEAD /good", "HEAD /gone", "GET /gone"]
    assert look(tmp_path, *urls, now=NOW + BAD_FOR).remembered == 1
    assert server.asked[3:] == ["HEAD /gone", "GET /gone"]
    assert look(tmp_path, *urls, now=NOW + GOOD_FOR).remembered == 0
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0
    assert (tmp_path / FILE).parent.stat().st_mode & 0o077 == 0


def test_a_memory_that_is_broken_is_none(server: Server, tmp_path: Path) -> None:
    (tmp_path / ".sitegen").mkdir()
    for text in ("{", "[]", '{"a": 1}', '{"a": {"visit": {"no": 1}, "at": 2}}'):
        (tmp_path / FILE).write_text(text)
        assert look(tmp_path, server.url("/good")).remembered == 0
    assert list(json.loads((tmp_path / FILE).read_text())) == [server.url("/good")]


def test_what_the_shop_skips_is_not_asked_for(server: Server, tmp_path: Path) -> None:
    assert look(tmp_path, server.url("/gone"), skip=(server.url("/"),)) == Seen((), 0, 0)
    assert server.asked == []


def test_a_host_is_asked_one_thing_after_the_other_and_hosts_at_the_same_time(server: Server, tmp_path: Path) -> None:
    look(tmp_path, *(server.url(f"/slow/{number}") for number in range(4)))
    assert server.most == 1
    look(tmp_path, *(server.url(f"/slow/{host}", host) for host in ("127.0.0.1", "localhost")))
    assert len(server.asked) == 6


@pytest.mark.parametrize(
    ("url", "wanted"),
    [
        ("https://Example.com", "https://example.com/"),
        ("https://exämple.com/straße?q=ä b#teil", "https://xn--exmple-cua.com/stra%C3%9Fe?q=%C3%A4%20b"),
        ("http://[::1]:8080/a%20b", "http://[::1]:8080/a%20b"),
    ],
)
def test_an_address_goes_over_the_wire_in_ascii(url: str, wanted: str) -> None:
    assert plain(url) == wanted
