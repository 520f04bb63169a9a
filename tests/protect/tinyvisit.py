"""A browser at the tiny site, and everything that it asked for and said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, BrowserContext, Page, Request

from tests.protect import tinysite

# Two days after the tiny site was built, so that no test depends on the day it is run.
TODAY = datetime(2026, 9, 9, tzinfo=UTC)
ANNA, BEN = tinysite.code_of("anna"), tinysite.code_of("ben")


@dataclass(slots=True)
class Visit:
    """A browser without a past at the site, and everything that it asked for and said."""

    folder: Path
    url: str
    context: BrowserContext
    page: Page
    requests: list[Request] = field(default_factory=list)
    console: list[str] = field(default_factory=list)

    def path(self, logical: str) -> str:
        return f"{self.url}m/{tinysite.spelled(logical)}/"

    def wait(self, state: str, error: str | None = None, page: Page | None = None) -> None:
        mark = f'[data-sg-error="{error}"]' if error else ":not([data-sg-error])"
        (page or self.page).wait_for_selector(f'html[data-sg-state="{state}"]{mark}', state="attached")

    def unlock(self, spelling: str, page: Page | None = None) -> None:
        """Come in by the link of the card."""
        page = page or self.page
        page.goto(f"{self.url}#{spelling}")
        page.wait_for_url(self.path("home"))
        self.wait("open", page=page)

    def new_page(self) -> Page:
        page = self.context.new_page()
        page.on("request", lambda request: self.requests.append(request))  # noqa: PLW0108 - playwright marks it
        page.on("console", lambda message: self.console.append(message.text))
        page.on("pageerror", lambda error: self.console.append(f"error: {error}"))
        return page


@contextmanager
def visiting(folder: Path, url: str, browser: Browser, **options: Any) -> Iterator[Visit]:
    """A browser without a past at the site in `folder`, which `url` serves."""
    context = browser.new_context(**options)
    context.set_default_timeout(15_000)
    context.clock.set_fixed_time(TODAY)
    one = Visit(folder, url, context, page=None)  # type: ignore[arg-type]
    one.page = one.new_page()
    try:
        yield one
    finally:
        context.close()


def stored(page: Page, spelled: Literal["base64", "hex"] = "base64") -> dict[str, dict[str, Any]]:
    """Everything in IndexedDB; keys with what they allow."""
    entries: dict[str, dict[str, Any]] = page.evaluate(
        """async (spelled) => {
          const spell = (bytes) => spelled === "hex"
            ? Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
            : btoa(String.fromCharCode(...bytes));
          const plain = (value) => {
            if (value instanceof ArrayBuffer) value = new Uint8Array(value);
            if (value instanceof Uint8Array) return spell(value);
            if (value instanceof CryptoKey) return { extractable: value.extractable };
            if (value && typeof value === "object") {
              return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plain(one)]));
            }
            return value;
          };
          const entries = {};
          for (const { name } of await indexedDB.databases()) {
            const database = await new Promise((resolve) => {
              indexedDB.open(name).onsuccess = (event) => resolve(event.target.result);
            });
            if (database.objectStoreNames.contains("kept")) {
              const store = database.transaction("kept").objectStore("kept");
              await new Promise((resolve) => {
                store.openCursor().onsuccess = (event) => {
                  const cursor = event.target.result;
                  if (!cursor) return resolve();
                  entries[cursor.key] = plain(cursor.value);
                  cursor.continue();
                };
              });
            }
            database.close();
          }
          return entries;
        }""",
        spelled,
    )
    return entries
