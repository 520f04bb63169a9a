"""The live preview's server: the site as it was built last, and each page told when there is a newer one."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from http import HTTPStatus
from importlib import resources
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast
from urllib.parse import parse_qs, urlsplit

from sitegen.build.record import KEYRING_FILE
from sitegen.protect.policy import CONTENT_SECURITY_POLICY
from sitegen.serve.injected import nothing_yet, with_script
from sitegen.serve.making import KEYRINGS, PAGES
from sitegen.serve.peers import same_user
from sitegen.serve.server import BESIDE, PreviewServer, _Handler

if TYPE_CHECKING:
    from sitegen.model.shop import Shop
    from sitegen.serve.desk import Desk
    from sitegen.serve.news import News

JAVASCRIPT, CSS, HTML = "text/javascript; charset=utf-8", "text/css; charset=utf-8", "text/html; charset=utf-8"
OWN_FILES = {"live.js": JAVASCRIPT, "live.css": CSS, "desk.js": JAVASCRIPT, "desk.css": CSS}
HEARTBEAT = 15.0
"""Seconds after which a silent stream says that it is still there, and finds out who has left."""
PATIENCE = 180.0
"""Seconds that a page waits for the first build."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """The two paths that are no part of the site, each with a word that nobody can guess.

    `live` stands in every page, so it gives nothing away that the site does not; `desk` holds everything, customers
    too, and only programs of whoever started the preview learn it.
    """

    desk: str
    live: str


def addresses(secret: str) -> Addresses:
    """The paths that belong to a secret word."""
    return Addresses(f"{BESIDE}{secret}/", f"{BESIDE}{sha256(f'live {secret}'.encode()).hexdigest()[:16]}/")


class LiveServer(PreviewServer):
    """Serves a preview that changes. `start_as` is whom a visitor of its pages is let in as, "" for nobody."""

    def __init__(self, root: Path, base: str, port: int, secret: str) -> None:
        super().__init__(root / PAGES / "site", base, port)
        self.RequestHandlerClass = partial(_LiveHandler, directory=str(root / PAGES / "site"))
        self.root = root
        self.addresses = addresses(secret)
        self.start_as = ""
        self.shop: Shop
        self.news: News
        self.desk: Desk

    @property
    def desk_url(self) -> str:
        """Where everything is listed: for whoever started the server, and for nobody else."""
        return f"http://127.0.0.1:{self.port}{self.addresses.desk}"


class _LiveHandler(_Handler):
    @property
    def live(self) -> LiveServer:
        return cast("LiveServer", self.server)

    def show_beside(self, path: str) -> bool:
        """The preview's own files and stream, and the desk."""
        own = self.live.addresses
        asked = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        if path == f"{own.live}events":
            self.stream(asked)
        elif path.startswith(own.live) and path.removeprefix(own.live) in OWN_FILES:
            name = path.removeprefix(own.live)
            self.answer(own_file(name), OWN_FILES[name], "default-src 'none'")
        elif path.startswith(own.desk):
            page = self.live.desk.page(path.removeprefix(own.desk), asked)
            if page is None:
                return False
            self.answer(page.content, page.media_type, page.policy, page.status)
        else:
            return False
        return True

    def stream(self, asked: Mapping[str, str]) -> None:
        """Tell a page of each new build for as long as it listens (server-sent events)."""
        news = self.live.news
        # After a break the browser says by itself what it heard last.
        heard = self.headers.get("Last-Event-ID") or f"{asked.get('run')}:{asked.get('since')}"
        run, _, number = heard.partition(":")
        since = int(number) if run == news.run and number.isdigit() else -1
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        super(_Handler, self).end_headers()
        version = -1
        while not news.ended and self.command != "HEAD":
            now = news.wait(version, HEARTBEAT)
            if now == version:
                self.wfile.write(b": still here\n\n")
                continue
            version = now
            said = news.told(since)
            since = said["number"]
            self.wfile.write(f"id: {news.run}:{since}\ndata: {json.dumps(said)}\n\n".encode())

    def send_below(self, below: str) -> IO[bytes] | None:
        """A file of the last good build, with the preview's script where it is a page. Nobody keeps any of it."""
        news = self.live.news
        news.tried.wait(PATIENCE)
        # Before the bytes are read: who hears of a newer build once too often only asks once too often.
        number, keys = news.number, news.keys
        if not number:
            self.answer(self.told(nothing_yet(news.attempts), 0, 0), HTML, POLICY, HTTPStatus.SERVICE_UNAVAILABLE)
            return None
        path = f"{below}index.html" if not below or below.endswith("/") else below
        folder = KEYRINGS if KEYRING_FILE.match(path) else PAGES
        try:
            content = (self.live.root / folder / "site" / path).read_bytes()
        except (OSError, ValueError):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        if path.endswith(".html"):
            content = self.told(content, number, keys)
        self.send_content(content, self.guess_type(path))
        return None

    def told(self, page: bytes, number: int, keys: int, missing: bool = False) -> bytes:
        """The page with the script, which knows the desk where it is one's own browser that asks."""
        server = self.live
        said = {
            "run": server.news.run,
            "number": str(number),
            "keys": str(keys),
            "base": server.base,
            "live": server.addresses.live,
        }
        if missing:
            said["missing"] = "yes"
        if same_user(*self.client_address[:2]):
            said["desk"] = server.addresses.desk
            if server.start_as:
                said["as"] = server.start_as
        return with_script(page, f"{server.addresses.live}live.js", said)

    def send_content(self, content: bytes, media_type: str, status: int = HTTPStatus.OK) -> None:
        """Bytes of the site, with the headers of a good host."""
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's 404 page, which goes as soon as there is a page at its address."""
        news = self.live.news
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = self.told(page.read_bytes(), news.number, news.keys, missing=True)
        self.send_content(content, HTML, HTTPStatus.NOT_FOUND)

    def send_header(self, keyword: str, value: str) -> None:
        """As ever, but that nothing may be kept: the same address is another thing a moment later."""
        super().send_header(keyword, "no-store" if keyword == "Cache-Control" else value)


POLICY = f"{CONTENT_SECURITY_POLICY}; frame-ancestors 'none'"


@cache
def own_file(name: str) -> bytes:
    """A file of the preview's browser half."""
    return resources.files("sitegen.serve").joinpath("browser", name).read_bytes()
