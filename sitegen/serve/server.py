"""The preview server: output/site on loopback, as a good static host would serve it, and proofs beside it."""

from __future__ import annotations

import errno
import mimetypes
import sys
from contextlib import suppress
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO
from urllib.parse import parse_qs, quote, unquote, urlsplit

from sitegen.content.shop.shop_file import shop_of
from sitegen.errors import Unusable
from sitegen.protect.policy import Shelf, headers
from sitegen.publish.host.paths import is_strange
from sitegen.serve.proofs import Proofs, proof

LOOPBACK = "127.0.0.1"
BESIDE = "/-/"
"""Below this path lies what is no part of the site."""
LOCAL_NAMES = ("127.0.0.1", "localhost")
PROOF_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' https:; frame-src 'self'; form-action 'self'"
)
"""Inline styles are the only ones that mails have; a frame inherits all of it."""


class PreviewServer(ThreadingHTTPServer):
    """Serves one site below its base path, and proofs of what will be sent below a path that only the shop knows."""

    daemon_threads = True

    def __init__(self, site: Path, base: str, port: int) -> None:
        self.base = base
        self.proofs: Proofs | None = None
        super().__init__((LOOPBACK, port), partial(_Handler, directory=str(site)))

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that leaves before it has heard everything is no fault; all else is told as ever."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]

    @property
    def port(self) -> int:
        """The port that is really listened on."""
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        """Where the site's home is."""
        return f"http://{LOOPBACK}:{self.port}{self.base}"


def preview_server(root: Path, port: int, secret: str) -> PreviewServer:
    """A server for the shop's output/site, not yet serving. Raises Unusable where there is none, or no free port.

    `secret` is a part of the address of the proofs, which hold what customers are told: others who work on this
    machine can reach the port, but can't guess it.
    """
    site = root / "output" / "site"
    if not (site / "index.html").is_file():
        raise Unusable("there is no site yet\nhint: run `sitegen build` first")
    shop = shop_of(root)
    try:
        server = PreviewServer(site, shop.base_path, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Unusable(f"port {port} is taken\nhint: try `sitegen serve --port {port + 1}`") from None
        raise
    server.proofs = Proofs(root / "output", f"/-/{secret}/", shop.origin + shop.base_path, server.url)
    return server


class _Handler(SimpleHTTPRequestHandler):
    server: PreviewServer
    server_version = "sitegen"
    sys_version = ""
    protocol_version = "HTTP/1.1"
    extensions_map = {  # noqa: RUF012 - the base class's own attribute
        **SimpleHTTPRequestHandler.extensions_map,
        ".woff2": "font/woff2",
        ".svg": "image/svg+xml",
        ".js": "text/javascript; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".html": "text/html; charset=utf-8",
        ".xml": "application/xml; charset=utf-8",
        ".txt": "text/plain; charset=utf-8",
        ".json": "application/json",
        ".webmanifest": "application/manifest+json",
        ".bin": "application/octet-stream",
        "": mimetypes.types_map.get(".bin", "application/octet-stream"),
    }

    def send_head(self) -> IO[bytes] | None:  # type: ignore[override]
        """Refuse other hosts' names and paths outside the base path; show the site's own page for what is missing."""
        host = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        if host not in LOCAL_NAMES:
            # A page elsewhere may resolve its own name to this machine and read the preview (DNS rebinding).
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST, "this server answers to 127.0.0.1 and localhost only")
            return None
        # The base class has tidied self.path already.
        if is_strange(self.requestline.split()[1]):
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        path = unquote(urlsplit(self.path).path)
        if path.startswith(BESIDE) and self.show_beside(path):
            return None
        if not path.startswith(self.server.base):
            if path == "/" or path + "/" == self.server.base:
                self.lead(HTTPStatus.FOUND, self.server.base)
            else:
                self.send_error(HTTPStatus.NOT_FOUND)
            return None
        below = path.removeprefix(self.server.base)
        if self.is_folder(below):
            # The base class would lose the base path, and would lead to folders without a page.
            if (Path(self.directory) / below / "index.html").is_file():
                self.lead(HTTPStatus.MOVED_PERMANENTLY, quote(path) + "/")
            else:
                self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return self.send_below(below)

    def send_below(self, below: str) -> IO[bytes] | None:
        """A file of the site."""
        self.path = "/" + quote(below)
        return super().send_head()

    def show_beside(self, path: str) -> bool:
        """What is shown beside the site; whether there is something at that path."""
        proofs = self.server.proofs
        if proofs is None or not path.startswith(proofs.home):
            return False
        self.show_proof(proofs, path.removeprefix(proofs.home))
        return True

    def show_proof(self, proofs: Proofs, path: str) -> None:
        """A proof: frames of this server only, no script, pictures from here or where the shop's site will be."""
        asked = parse_qs(urlsplit(self.path).query)
        page = proof(proofs, path, asked.get("customer", [""])[0].strip())
        if page is None:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        self.answer(page.encode(), "text/html; charset=utf-8", PROOF_POLICY)

    def answer(self, content: bytes, media_type: str, policy: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        """Something that no file of the site is, and that no browser keeps."""
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", policy)
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        super().end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def is_folder(self, path: str) -> bool:
        """Whether a path lacks only its last slash."""
        with suppress(OSError):
            return not path.endswith("/") and bool(path) and (Path(self.directory) / path).is_dir()
        return False

    def lead(self, status: HTTPStatus, location: str) -> None:
        """Send the reader to a path of this server."""
        self.send_response(status)
        self.send_header("Location", location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def list_directory(self, path: str) -> None:  # type: ignore[override]  # noqa: ARG002
        """Folders are not listed."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """The site's 404 page for what is not there."""
        page = Path(self.directory) / "404.html"
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        content = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def end_headers(self) -> None:
        """The headers that every good host sends."""
        # As for a page that may change at any moment: here everything may.
        for name, value in headers(Shelf.PAGE, https=False):
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's own name
        """Say nothing: requests are nobody's news."""
