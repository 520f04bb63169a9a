"""Ask other people's servers whether an address leads somewhere: politely, once, and without reading pages."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.error import URLError
from urllib.parse import quote, urljoin, urlsplit, urlunsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request

from sitegen import __version__

SECONDS = 15.0
MOST_REDIRECTS = 8
PERMANENT = frozenset({301, 308})
REDIRECTS = PERMANENT | {302, 303, 307}
NO_ANSWER = frozenset({401, 403, 407, 429, 451, 503, 999})
"""The server is there, and does not let a program look: nobody knows whether people get further."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What became of a visit. `status` is 0 where no answer came; `why` then says it in words.

    `moved` is where the address leads for good, "" where it stays or moves for now; `sure`: False where the server
    does not say.
    """

    status: int
    why: str = ""
    moved: str = ""
    sure: bool = True

    @property
    def good(self) -> bool:
        """Whether somebody who follows the link gets something, as far as anybody can know."""
        return not self.sure or 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's first words: the status, and where a redirect leads."""

    status: int
    location: str


def opener(proxies: Mapping[str, str]) -> OpenerDirector:
    """What speaks http and https and nothing else, and follows no redirect by itself."""
    made = OpenerDirector()
    handlers = (ProxyHandler(dict(proxies)), HTTPHandler(), HTTPSHandler(context=ssl.create_default_context()))
    for handler in handlers:
        made.add_handler(handler)
    return made


def visit(url: str, web: OpenerDirector, seconds: float = SECONDS) -> Visit:
    """Follow an address to its end: asked for its head alone, and where a server knows no such question, for itself."""
    moved, stays = "", True
    try:
        here = plain(url)
        for _ in range(MOST_REDIRECTS):
            answer = _asked(here, web, seconds)
            if answer.status not in REDIRECTS or not answer.location:
                sure = answer.status not in NO_ANSWER
                return Visit(answer.status, http.client.responses.get(answer.status, ""), moved, sure)
            here = plain(urljoin(here, answer.location))
            if not here.startswith(("http://", "https://")):
                return Visit(answer.status, f"it leads to '{here}'", moved)
            # A move for good behind one for now is none: the address itself stays what people should write.
            stays = stays and answer.status in PERMANENT
            moved = here if stays else moved
        return Visit(0, f"it leads on and on, {MOST_REDIRECTS} times", moved)
    except (OSError, http.client.HTTPException, ValueError) as error:
        return Visit(0, _why(error))


def plain(url: str) -> str:
    """The address as it goes over the wire: without fragment, its host in ASCII, everything else escaped."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        host = host.encode("idna").decode() if not host.isascii() else host
    except UnicodeError as error:
        raise ValueError(f"'{host}' is no host") from error
    port = f":{parts.port}" if parts.port else ""
    shown = f"[{host}]" if ":" in host else host
    safe = "/%:;,@&=+$!*'()~"
    return urlunsplit((parts.scheme, shown + port, quote(parts.path, safe) or "/", quote(parts.query, safe + "?"), ""))


def _asked(url: str, web: OpenerDirector, seconds: float) -> Answer:
    answer = _once("HEAD", url, web, seconds)
    # Some servers answer a HEAD with a mistake, and the same address with a page.
    return answer if answer.status < 400 else _once("GET", url, web, seconds)


def _once(method: str, url: str, web: OpenerDirector, seconds: float) -> Answer:
    headers = {"User-Agent": f"sitegen/{__version__} (checks links)", "Accept": "*/*"}
    request = Request(url, headers=headers, method=method)  # noqa: S310 - http and https alone have a handler
    response = web.open(request, timeout=seconds)
    if response is None:
        raise ValueError(f"'{url}' is no address that can be visited")
    with response:
        return Answer(response.status or 0, response.headers.get("Location", ""))


def _why(error: Exception) -> str:
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, TimeoutError):
        return "it did not answer in time"
    if isinstance(reason, ssl.SSLCertVerificationError):
        return f"its certificate is not good: {reason.verify_message}"
    if isinstance(reason, OSError) and reason.strerror:
        return reason.strerror[:1].lower() + reason.strerror[1:]
    return str(reason) or type(reason).__name__
