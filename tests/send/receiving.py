"""A receiver of the sample shop with clocks of its own, and questions to it without a network."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.types import ASGIApp, Message

from sitegen.build.post.receiver import prepare
from sitegen.model.channel import Channel, MessageClass
from sitegen.model.claim import Claim, Purpose
from sitegen.protect.tokens import seal
from sitegen.send.receiver.app import application
from sitegen.send.receiver.setting import Setting

REPOSITORY = Path(__file__).parents[2]
KEY = bytes(range(32))
NOW = datetime(2026, 10, 2, 9, 30, tzinfo=UTC)
FORM = "application/x-www-form-urlencoded"
ONE_CLICK = b"List-Unsubscribe=One-Click"
CLAIM = Claim(
    purpose=Purpose.UNSUBSCRIBE,
    customer_id="C-7",
    channel=Channel.MAIL,
    message_class=MessageClass.PROMOTION,
    campaign="2026/autumn-survey",
    edition="2026/autumn-survey/2026-09-30",
    address_key="ab" * 32,
    day=date(2026, 9, 30),
)


@dataclass(slots=True)
class Clock:
    """What time it is for the receiver, until a test says otherwise."""

    now: datetime = NOW
    ticks: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiver answered."""

    status: int
    headers: dict[str, str]
    body: str


@dataclass(frozen=True, slots=True)
class Desk:
    """A receiver with a ledger of its own."""

    setting: Setting
    app: ASGIApp
    clock: Clock
    faults: list[str] = field(default_factory=list)

    def token(self, purpose: Purpose, **changes: Any) -> str:
        """A token as a mail would carry it."""
        return seal(self.setting.sealer, replace(CLAIM, purpose=purpose, **changes))

    def get(self, target: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a page."""
        return ask(self.app, target, method, (), headers)

    def post(self, target: str, fields: dict[str, str] | bytes, kind: str = FORM, **headers: str) -> Answer:
        """Send a form, or any bytes of a kind."""
        body = fields if isinstance(fields, bytes) else urlencode(fields).encode()
        return ask(self.app, target, "POST", (body,), {"content-type": kind, **headers})

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        """What stands in a table of the ledger."""
        with closing(sqlite3.connect(self.setting.ledger)) as connection:
            return connection.execute(f"SELECT * FROM {table}").fetchall()

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """What stands in the whole ledger."""
        names = ("suppressions", "consents", "preferences", "responses", "submissions", "deliveries")
        return {name: self.rows(name) for name in names}


def desk(folder: Path, **changes: Any) -> Desk:
    """A receiver of the sample shop, whose ledger lies in a folder; `changes` are other parts of its setting."""
    clock = Clock()
    faults: list[str] = []
    parts = {"ledger": folder / "ledger.sqlite", "now": lambda: clock.now, "ticks": lambda: clock.ticks, **changes}
    setting = replace(_sample(), **parts)
    return Desk(setting, application(setting, faults.append), clock, faults)


@cache
def _sample() -> Setting:
    return prepare(REPOSITORY, KEY, lambda: NOW, lambda: 0.0)


def ask(
    app: ASGIApp, target: str, method: str = "GET", chunks: Iterable[bytes] = (), headers: dict[str, str] | None = None
) -> Answer:
    """The application's answer. The body comes in chunks, as it would on a slow line."""
    # Playwright's loop may run in this thread, where another one can't.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(_ask(app, target, method, list(chunks), headers or {}))).result()


async def _ask(app: ASGIApp, target: str, method: str, chunks: list[bytes], headers: dict[str, str]) -> Answer:
    path, _, query = target.partition("?")
    client = headers.pop("client", "203.0.113.9")
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "https",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query.encode(),
        "headers": [(b"host", b"hello.lanternandloom.example")]
        + [(name.replace("_", "-").encode(), value.encode("latin-1")) for name, value in headers.items()],
        "client": (client, 4711),
        "server": ("127.0.0.1", 8025),
    }
    coming: list[Message] = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    coming.append({"type": "http.request", "body": b"", "more_body": False})
    said: list[Message] = []

    async def receive() -> Message:
        return coming.pop(0) if coming else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        said.append(message)

    await app(scope, receive, send)
    told = [(name.decode(), value.decode()) for name, value in said[0]["headers"]]
    assert len(told) == len(dict(told)), told
    body = b"".join(message.get("body", b"") for message in said[1:])
    return Answer(said[0]["status"], dict(told), body.decode())
