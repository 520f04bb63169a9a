"""One page of the receiver: count the caller, read the token and the form, ask the page what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from sitegen.errors import Unusable
from sitegen.model.claim import Claim, Purpose
from sitegen.protect.tokens import unseal
from sitegen.send.receiver.buckets import SECONDS, Buckets, neighbourhood
from sitegen.send.receiver.languages import language_of
from sitegen.send.receiver.origin import is_foreign, is_one_click
from sitegen.send.receiver.pages import Pages, Place
from sitegen.send.receiver.setting import Reply, Setting, Visit, notice

LARGEST = 64 * 1024
"""Bytes that a body may have."""
MOST_FIELDS = 100

Answer: TypeAlias = Callable[[Setting, Visit], Reply]
Endpoint: TypeAlias = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Hall:
    """What all doors share."""

    setting: Setting
    pages: Pages
    buckets: Buckets

    def door(self, purpose: Purpose, answer: Answer) -> Endpoint:
        """The endpoint of a page that takes tokens of one purpose."""

        async def endpoint(request: Request) -> Response:
            visit = _visit(self.setting, request, purpose)
            # Mail programs unsubscribe many people from a few machines, so a good token is counted by itself.
            if not self.buckets.take(_bearer(visit.claim) if visit.claim else _caller(request)):
                return await self.show(request, notice("busy", 429))
            if request.method == "POST":
                fields = await _fields(request)
                if not is_one_click(fields) and is_foreign(request.headers, self.setting.shop.receiver):
                    return await self.show(request, notice("elsewhere", 403))
                visit = replace(visit, fields=fields)
            return await self.show(request, await run_in_threadpool(_answered, answer, self.setting, visit), visit)

        return endpoint

    async def show(self, request: Request, reply: Reply, visit: Visit | None = None) -> Response:
        """The page of a reply in the visitor's language."""
        seen = visit or Visit(self.setting.now(), "", None, None, "", *_languages(request))
        # Only what a page was reached by goes on into its links; a broken address is not repeated.
        path = str(request.scope["path"]).removeprefix(self.setting.base) if visit else ""
        place = Place(path, visit.token if visit else "", seen.language if visit else "")
        html = await run_in_threadpool(self._html, reply, seen, place)
        headers = {"Retry-After": str(int(SECONDS))} if reply.status == 429 else {}
        return HTMLResponse(html, reply.status, headers)

    def _html(self, reply: Reply, visit: Visit, place: Place) -> str:
        return self.pages.render(reply, language_of(self.setting, visit), place)


def _answered(answer: Answer, setting: Setting, visit: Visit) -> Reply:
    try:
        return answer(setting, visit)
    except (Unusable, sqlite3.Error):
        return notice("closed", 503)


def _visit(setting: Setting, request: Request, purpose: Purpose) -> Visit:
    token = request.query_params.get("token", "")
    claim = unseal(setting.sealer, token, purpose) if token else None
    name = str(request.path_params.get("name", ""))
    return Visit(setting.now(), token if claim else "", claim, None, name, *_languages(request))


def _languages(request: Request) -> tuple[str, str]:
    return request.query_params.get("lang", "")[:16], request.headers.get("accept-language", "")


def _bearer(claim: Claim) -> str:
    """Whose token it is, however it is spelled: base64 has a few spellings of the same bytes.

    An adviser writes down a day's duties in a few minutes, so each duty counts by itself.
    """
    about = claim.about if claim.adviser_id else ""
    return f"{claim.purpose} {claim.edition} {claim.channel} {claim.address_key} {about}"


def _caller(request: Request) -> str:
    return neighbourhood(request.client.host) if request.client else ""


async def _fields(request: Request) -> dict[str, str]:
    """The texts of a form, trimmed, empty ones left out; line ends are single, and other controls are gone.

    Raises HTTPException 400 for what is no form.
    """
    try:
        form = await request.form(max_files=0, max_fields=MOST_FIELDS, max_part_size=LARGEST)
    except (ValueError, LookupError, AssertionError):
        # The parser decodes with whatever character set the sender names.
        raise HTTPException(400) from None
    texts = {name: _text(value) for name, value in form.items() if not isinstance(value, UploadFile)}
    return {_text(name): text for name, text in texts.items() if text}


def _text(value: str) -> str:
    whole = value.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(letter for letter in whole if letter in "\n\t" or letter.isprintable() or letter.isspace()).strip()
