"""Stand before every request: headers on each answer, a time limit on bodies, and no word of a visitor in a log."""

from __future__ import annotations

import asyncio
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sitegen.protect.policy import HTTPS_ONLY, Header

BODY_SECONDS = 15.0
"""In which a body must have come; ours are a few kilobytes."""
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
HEADERS: tuple[Header, ...] = (
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("X-Robots-Tag", "noindex, nofollow"),
)
NO_STORE = "no-store"


@dataclass(frozen=True, slots=True)
class Guard:
    """The outermost layer. `tell` gets one line for each fault of ours: what and where, never whose."""

    app: ASGIApp
    tell: Callable[[str], None]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        deadline = asyncio.get_running_loop().time() + BODY_SECONDS

        async def receive_in_time() -> Message:
            try:
                async with asyncio.timeout_at(deadline):
                    return await receive()
            except TimeoutError:
                raise HTTPException(408) from None

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _add_headers(MutableHeaders(scope=message), scope["scheme"] == "https")
            await send(message)

        try:
            await self.app(scope, receive_in_time, send_with_headers)
        except Exception as error:  # noqa: BLE001 - the last fence; the answer has gone out already
            self.tell(_place(error))


def _add_headers(headers: MutableHeaders, https: bool) -> None:
    for name, value in (*HEADERS, *((HTTPS_ONLY,) if https else ())):
        headers[name] = value
    headers.setdefault("Cache-Control", NO_STORE)


def _place(error: Exception) -> str:
    """Where it broke. The error's own words may hold a visitor's, so they are left out."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"receive: {type(error).__name__} at {last.filename}:{last.lineno}; a page said that something broke"


def to_stderr(line: str) -> None:
    """Tell the operator, who reads stderr or its journal."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
