"""A small real shop on each web server that sitegen makes rules for, and questions to it as raw bytes."""

from __future__ import annotations

import shutil
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote, urlsplit

from sitegen.publish.host.site import Doors, HostSite, Place, host_site
from sitegen.serve import server as serve
from tests.golden.sample_shop import Shop
from tests.servers import apache, caddy, nginx
from tests.servers.web import free_port, listening

BASE = Path(__file__).parents[1] / "broken" / "base"
ORIGIN = "https://members.smallloom.example"
BELOW = "/~loom/members/"
SERVERS = ("nginx", "apache", "htaccess", "caddy", "preview")
"""The servers that have rules, and the preview, which compresses nothing."""
TRAP = b"a neighbour's secret"
TRAPS = (
    *(
        ".git/HEAD",
        ".env",
        "care/.hidden",
        "sg/.secret.bin",
        "backup.zip",
        "site.yaml",
        "build.json",
        "mail/index.html",
    ),
    *("care/notes.txt", "care/linen/draft.html", "static/plain.css", "fonts/x.0123456789.exe", "sg/1/o/readme.bin"),
    *(
        "sg/1/o/2026-09/00/short.bin",
        "sg/1/k/keys.bin",
        "sg/site.json.bak",
        "index.html~",
        "index.php",
        "m/secret/index.html",
    ),
    *("m/index.html", "assets/index.html", "Care/index.html", "care./index.html", "about"),
)
"""Files that lie in the site's folder and belong to no site."""
PAGES = {
    "pages/zh/亚麻.md": "---\ntitle: 亚麻\naudience: public\naliases: [old/flax]\n---\n洗净，晾干。\n",
    "pages/inner.md": "---\ntitle: The inner room\naudience: gold\n---\nCome in.\n",
    "pages/cloth.md": "---\ntitle: Cloth\naudience: public\n---\n![Moon](/assets/moon.svg)\n",
}
MOVED = {"old/flax": "zh/亚麻/"}
MOON = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="3"/></svg>\n'


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said: the names of headers are in lower case, and each occurs as often as it was said."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The one value of a header, "" where it is absent."""
        values = [value for said, value in self.headers if said == name.lower()]
        assert len(values) < 2, f"{name} was said twice: {values}"
        return values[0] if values else ""


@dataclass(frozen=True, slots=True, repr=False)
class Hosted:
    """A site on a running server. `files` are the bytes of each file of the site by its path."""

    server: str
    origin: str
    site: HostSite
    files: dict[str, bytes]

    @property
    def url(self) -> str:
        """Where the site's home is."""
        return self.origin + self.site.base

    def ask(self, target: str, method: str = "GET", *more: str) -> Answer:
        """The answer to a request whose target goes out as it stands, with `more` lines of headers."""
        host = urlsplit(self.origin).netloc
        lines = (f"{method} {target} HTTP/1.1", f"Host: {host}", "Connection: close", *more, "", "")
        with socket.create_connection((host.partition(":")[0], int(host.partition(":")[2])), 20) as connection:
            connection.sendall("\r\n".join(lines).encode())
            said = b"".join(iter(lambda: connection.recv(1 << 16), b""))
        return _read(said)

    def target(self, path: str) -> str:
        """The request's target for a path of the site."""
        return quote(self.site.base + path, safe="/~")


def _read(said: bytes) -> Answer:
    head, _, body = said.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = [(name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]
    if ("transfer-encoding", "chunked") in headers:
        body = _unchunked(body)
    return Answer(int(first.split()[1]), tuple(headers), body)


def _unchunked(body: bytes) -> bytes:
    whole = b""
    while body:
        size, _, rest = body.partition(b"\r\n")
        whole += rest[: int(size, 16)]
        body = rest[int(size, 16) + 2 :]
    return whole


def small_shop(root: Path, base: str, more: str = "") -> Shop:
    """A small shop with pages of every kind, its site built for a path of its host; `more` goes into site.yaml."""
    shutil.copytree(BASE, root)
    for name, text in PAGES.items():
        file = root / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (root / "content/assets/moon.svg").write_text(MOON, encoding="utf-8")
    settings = root / "content/site.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(
        text.replace("url: https://members.smallloom.example", f"url: {ORIGIN}{base}") + more, encoding="utf-8"
    )
    shop = Shop(root)
    shop.build("site", "2026-09-08")
    return shop


def facts(shop: Shop, base: str) -> HostSite:
    """What the host rules of a built shop are made from, read off the site itself."""
    public = [path for path in shop.files() if not path.startswith(("m/", "sg/1/")) and path != "sg/site.json"]
    return host_site(Place(ORIGIN, base), Doors("", 1, ()), public, MOVED)


@contextmanager
def hosted(shop: Shop, server: str, base: str) -> Iterator[Hosted]:
    """The shop's site on a server, among traps."""
    with TemporaryDirectory(prefix="sitegen-host-", dir="/tmp") as made:
        folder = Path(made)
        # Apache serves as a user without rights.
        folder.chmod(0o755)
        root, rules = folder / "root", folder / "rules"
        site = root / base.strip("/")
        shutil.copytree(shop.site, site)
        shutil.copytree(shop.root / "output" / "host", rules)
        (folder / "secret.txt").write_bytes(TRAP)
        # The preview serves a folder that only a build writes to.
        for name in TRAPS if server != "preview" else ():
            _plant(site / name)
        if server == "htaccess":
            shutil.copy(rules / "htaccess.txt", site / ".htaccess")
            (site / ".htaccess").chmod(0o644)
        with _serving(server, root, site, base) as origin:
            yield Hosted(server, origin, facts(shop, base), shop.files())


def _plant(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        file.write_bytes(TRAP)


def _serving(server: str, root: Path, site: Path, base: str) -> AbstractContextManager[str]:
    rules = root.parent / "rules"
    match server:
        case "nginx":
            return nginx.running(root, rules / "nginx.conf")
        case "apache":
            return apache.running(root, rules / "apache.conf")
        case "htaccess":
            return apache.running(root, None)
        case "caddy":
            return caddy.running(root, rules / "Caddyfile")
        case "preview":
            return _preview(site, base)
        case _:
            port = free_port()
            command = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1", "--directory", str(root)]
            return listening(command, port, root.parent)


@contextmanager
def _preview(site: Path, base: str) -> Iterator[str]:
    server = serve.PreviewServer(site, base, 0)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
