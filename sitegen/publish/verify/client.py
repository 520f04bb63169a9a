"""Ask a web server for files: connections that are kept, redirects that are told, bodies that are digested."""

from __future__ import annotations

import hashlib
import http.client
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote, urljoin, urlsplit

from sitegen import __version__

SECONDS = 20
"""How long a server may say nothing."""
CHUNK = 1 << 16
MOST_REDIRECTS = 3
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Address:
    """Where a site lies: `base` is its path on the host, with a slash at both ends."""

    secure: bool
    host: str
    port: int
    base: str

    @property
    def origin(self) -> str:
        """Scheme, host and port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.secure else 'http'}://{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status, the headers in lower case, the SHA-256 of the body.

    `left` is where a redirect leads that leaves the origin, else "". `led` is the path, relative to the site, to which
    redirects led, "" where none did.
    """

    status: int
    headers: Mapping[str, str]
    digest: str
    left: str = ""
    led: str = ""


def read_address(url: str) -> Address:
    """The address that a URL names. Raises ValueError where it names none."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(f"'{url}' is no address of a site")
    if parts.username is not None:
        raise ValueError("the address holds a name or a password")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    path = unquote(parts.path).strip("/")
    return Address(parts.scheme == "https", parts.hostname, port, f"/{path}/" if path else "/")


class Client:
    """Asks one host; each thread has a connection of its own."""

    def __init__(self, address: Address, seconds: int = SECONDS) -> None:
        self.address = address
        self._seconds = seconds
        self._own = threading.local()
        self._all: list[http.client.HTTPConnection] = []

    def get(self, path: str) -> Answer:
        """The answer for a path relative to the site. Raises OSError or HTTPException where none comes."""
        asked = target = quote(self.address.base + path)
        for _ in range(MOST_REDIRECTS):
            answer = self._patiently(target)
            if answer.status not in REDIRECTS:
                led = unquote(target).removeprefix(self.address.base) if target != asked else ""
                return replace(answer, led=led)
            place = urljoin(self.address.origin + target, answer.headers.get("location", ""))
            if self._origin(place) != self.address.origin:
                return Answer(answer.status, answer.headers, answer.digest, place)
            parts = urlsplit(place)
            target = parts.path + (f"?{parts.query}" if parts.query else "")
        return answer

    def close(self) -> None:
        """Hang up."""
        for connection in self._all:
            connection.close()

    def _patiently(self, target: str) -> Answer:
        try:
            return self._once(target)
        except (http.client.HTTPException, ConnectionError):
            # Servers close a connection that they have kept for long; a new one tells.
            self._connection().close()
            return self._once(target)

    def _once(self, target: str) -> Answer:
        connection = self._connection()
        try:
            headers = {"User-Agent": f"sitegen/{__version__}", "Accept-Encoding": "identity"}
            connection.request("GET", target, headers=headers)
            response = connection.getresponse()
            digest = hashlib.sha256()
            while chunk := response.read(CHUNK):
                digest.update(chunk)
        except BaseException:
            # Half an answer would be taken for the start of the next one.
            connection.close()
            raise
        said = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, said, digest.hexdigest())

    def _connection(self) -> http.client.HTTPConnection:
        found: http.client.HTTPConnection | None = getattr(self._own, "connection", None)
        if found is None:
            kind = http.client.HTTPSConnection if self.address.secure else http.client.HTTPConnection
            found = self._own.connection = kind(self.address.host, self.address.port, timeout=self._seconds)
            self._all.append(found)
        return found

    def _origin(self, url: str) -> str:
        try:
            return read_address(url.partition("?")[0].partition("#")[0]).origin
        except ValueError:
            return ""
