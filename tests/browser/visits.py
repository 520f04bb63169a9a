"""A visitor to the sample shop: a browser without a past, and everything that it asked for and said."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import quote, urlsplit

from playwright.sync_api import Browser, BrowserContext, Page, Request, Response

from sitegen.serve import server as serve
from tests.golden.sample_shop import Shop

GOLD, SILVER = "C-00001", "C-00002"
# The day after the sample shop was built; later, its pages would say that they are old.
TODAY = datetime(2026, 9, 9, tzinfo=UTC)
RESTING = '[data-sg-state="open"], [data-sg-state="locked"], [data-sg-state="denied"], [data-sg-state="error"]'
LISTEN_FOR_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) => {
  console.error(`violation of ${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
});
"""


@dataclass(frozen=True, slots=True)
class House:
    """A built shop on the preview server. `heard` is all that the server was ever asked, byte by byte."""

    shop: Shop
    url: str
    heard: list[bytes]

    def code(self, customer: str) -> str:
        """The 28 characters of a member's card."""
        return self.shop.link(customer).spelled

    def public_paths(self) -> list[str]:
        """The address, below `url`, of each page that anybody may read."""
        paths = [path for path in self.shop.files() if path.endswith("index.html") and not path.startswith("m/")]
        return [quote(path.removesuffix("index.html")) for path in paths]

    def gated_paths(self) -> list[str]:
        """The address, below `url`, of each shell."""
        return sorted(f"m/{path.name}/" for path in (self.shop.site / "m").iterdir())


@contextmanager
def served(shop: Shop) -> Iterator[House]:
    """The shop on sitegen's own preview server."""
    server = serve.preview_server(shop.root, 0, "proofs")
    heard: list[bytes] = []

    class Listening(serve._Handler):
        def parse_request(self) -> bool:
            understood = super().parse_request()
            heard.append(f"{self.requestline}\n{getattr(self, 'headers', '')}".encode())
            return understood

    server.RequestHandlerClass = partial(Listening, directory=str(shop.site))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield House(shop, server.url, heard)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Visit:
    """One browser context and its first page. Without slots, since Playwright marks the owner of a handler."""

    house: House
    context: BrowserContext
    page: Page = field(init=False)
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.set_default_timeout(40_000)
        self.context.clock.set_fixed_time(TODAY)
        self.context.add_init_script(LISTEN_FOR_VIOLATIONS)
        self.page = self.new_page()

    def new_page(self) -> Page:
        """Another tab of the same browser."""
        page = self.context.new_page()
        page.on("request", self._asked)
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)
        page.on("console", lambda message: self.complaints.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        return page

    def _asked(self, request: Request) -> None:
        self.requests.append(request.url)

    def _failed(self, request: Request) -> None:
        # A page that is left drops what it still waits for; that is no failure of the site.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed: {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")

    def wait(self, state: str, error: str = "", page: Page | None = None) -> None:
        """Until the browser half is in a state, with this message and no other."""
        mark = f'[data-sg-error="{error}"]' if error else ":not([data-sg-error])"
        (page or self.page).wait_for_selector(f'html[data-sg-state="{state}"]{mark}', state="attached")

    def rest(self) -> str:
        """The state in which the browser half comes to rest."""
        self.page.wait_for_selector(f"html:is({RESTING})", state="attached")
        return self.page.locator("html").get_attribute("data-sg-state") or ""

    def open(self, path: str = "") -> None:
        """Go to a path below the shop's home."""
        self.page.goto(self.house.url + path)

    def unlock(self, customer: str) -> None:
        """Come in by the link of the card."""
        self.open(f"#{self.house.code(customer)}")
        self.page.wait_for_url(f"{self.house.url}m/*/")
        self.wait("open")

    def type_code(self, text: str) -> None:
        """Come to the door, and type."""
        self.open()
        self.page.get_by_label("Code on your card").fill(text)
        self.page.get_by_role("button", name="Open the door").click()

    def settle(self) -> None:
        """Until nothing changes any more: the page is opened or stays locked, pictures and letters are there."""
        self.page.wait_for_load_state("load")
        self.rest()
        self.page.wait_for_selector("html:not(:has([data-sg-src]))", state="attached")
        self.page.evaluate("document.fonts.ready.then(() => null)")

    def menu(self) -> dict[str, str]:
        """The member's own menu: titles and addresses."""
        links = self.page.locator('.member-strip [data-sg="menu"] a')
        return dict(links.evaluate_all("links => links.map(link => [link.textContent, link.href])"))

    def content(self) -> str:
        """What the page says."""
        return self.page.locator("main").inner_text()

    def strangers(self) -> list[str]:
        """Requests to any other place than the shop."""
        own = urlsplit(self.house.url)
        return [url for url in self.requests if urlsplit(url).scheme != "blob" and urlsplit(url).netloc != own.netloc]


@contextmanager
def visiting(house: House, browser: Browser, **options: Any) -> Iterator[Visit]:
    """A visitor who has never been here."""
    context = browser.new_context(**options)
    try:
        yield Visit(house, context)
    finally:
        context.close()
