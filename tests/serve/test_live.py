"""The live preview's server: the last good pages, keyrings from beside them, and nothing for strangers."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from sitegen.serve.desk import Answer
from sitegen.serve.live import LiveServer
from sitegen.serve.news import News
from sitegen.serve.trees import Change

SECRET = "a-word-that-nobody-knows"
FILES = {
    "pages/site/index.html": "<html><head></head><body>Home</body></html>",
    "pages/site/404.html": "<html><head></head><body>Not here</body></html>",
    "pages/site/static/site.css": "h1 {}",
    "pages/site/sg/site.json": "of the pages",
    "keyrings/site/sg/site.json": "of the keyrings",
    "keyrings/site/sg/1/k/20/0000.bin": "a pack",
    "pages/build.json": "what was built",
}


@dataclass
class FakeDesk:
    """A desk that says what it was asked for."""

    asked: list[str] = field(default_factory=list)

    def page(self, path: str, query: Mapping[str, str]) -> Answer | None:
        self.asked.append(path)
        return Answer(b"the desk") if path == "" else None


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LiveServer]:
    for path, text in FILES.items():
        file = tmp_path / ".sitegen" / "preview" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    server = LiveServer(tmp_path, "/", 0, SECRET)
    server.news, server.desk = News("a run"), FakeDesk()  # type: ignore[assignment]
    server.news.good(Change(), ())
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.news.end()
    server.shutdown()
    thread.join()
    server.server_close()


def ask(server: LiveServer, path: str, host: str = "") -> tuple[HTTPResponse, str]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.putrequest("GET", path, skip_host=True)
    connection.putheader("Host", host or f"127.0.0.1:{server.port}")
    connection.endheaders()
    response = connection.getresponse()
    page = response.read().decode()
    connection.close()
    return response, page


def test_a_page_goes_out_with_the_script_and_is_kept_by_nobody(server: LiveServer) -> None:
    answer, page = ask(server, "/")

    assert f'<script src="{server.addresses.live}live.js"' in page
    assert answer.getheader("Cache-Control") == "no-store"
    assert "script-src 'self'" in (answer.getheader("Content-Security-Policy") or "")
    assert answer.getheader("Last-Modified") is None


def test_the_404_page_listens_too(server: LiveServer) -> None:
    answer, page = ask(server, "/none/")

    assert (answer.status, 'data-missing="yes"' in page) == (404, True)


def test_keyrings_come_from_their_own_folder(server: LiveServer) -> None:
    assert ask(server, "/sg/site.json")[1] == "of the keyrings"
    assert ask(server, "/sg/1/k/20/0000.bin")[1] == "a pack"
    assert ask(server, "/static/site.css")[1] == "h1 {}"


@pytest.mark.parametrize(
    "path", ["/../build.json", "/..%2fbuild.json", "/%2e%2e/build.json", "/static/../../build.json", "/.x", "/static"]
)
def test_no_path_leads_out_of_the_site(server: LiveServer, path: str) -> None:
    answer, page = ask(server, path)

    assert answer.status in {301, 400, 404}
    assert "what was built" not in page


@pytest.mark.parametrize("path", ["/-/", "/-/another-word/", f"/-/{SECRET}", "/-/events", "/-/live.js"])
def test_nobody_finds_the_desk_or_the_news_without_their_words(server: LiveServer, path: str) -> None:
    assert ask(server, path)[0].status == 404
    assert server.desk.asked == []  # type: ignore[attr-defined]


def test_the_desk_is_found_by_its_word_alone(server: LiveServer) -> None:
    assert ask(server, f"/-/{SECRET}/")[1] == "the desk"
    assert SECRET not in server.addresses.live
    assert ask(server, f"/-/{SECRET}/", host="evil.example")[0].status == 421


def test_another_users_browser_is_not_told_where_the_desk_is(
    server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert SECRET in ask(server, "/")[1]
    monkeypatch.setattr("sitegen.serve.live.same_user", lambda host, port: False)

    assert SECRET not in ask(server, "/")[1]


def test_a_page_that_listens_hears_of_each_good_build(server: LiveServer) -> None:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", f"{server.addresses.live}events?run=a+run&since=1")
    stream = connection.getresponse()

    def heard() -> str:
        lines = [stream.readline().decode() for _ in range(3)]
        return lines[0] + lines[1]

    assert stream.getheader("Content-Type") == "text/event-stream"
    assert '"number": 1' in heard()
    server.news.good(Change(frozenset({"index.html"})), ())
    second = heard()
    assert second.startswith("id: a run:2\n")
    assert '"files": ["index.html"]' in second
    stream.close()
    connection.close()


def test_before_the_first_good_build_every_page_waits(server: LiveServer) -> None:
    server.news.number = 0

    answer, page = ask(server, "/anything/")

    assert (answer.status, "live.js" in page) == (503, True)
