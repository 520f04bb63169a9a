"""The receiver as an ASGI application."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from sitegen.errors import Unusable
from sitegen.model.claim import Purpose
from sitegen.send.ledger import open_ledger
from sitegen.send.receiver import forms, result, rsvp, step, unsubscribe, wishes
from sitegen.send.receiver.buckets import Buckets
from sitegen.send.receiver.door import LARGEST, Endpoint, Hall
from sitegen.send.receiver.guard import Guard
from sitegen.send.receiver.pages import files, pages
from sitegen.send.receiver.setting import Setting, notice

KINDS = {404: "lost", 405: "lost", 408: "slow", 413: "large"}
"""What is said of a request that no page can answer, by its status; 400 is "unreadable", 5xx "closed"."""
HOUR = "public, max-age=3600"


def application(setting: Setting, tell: Callable[[str], None]) -> ASGIApp:
    """The receiver of one shop. `tell` gets a line for each fault of ours.

    Raises Unusable where the ledger can't be kept.
    """
    with open_ledger(setting.ledger):
        pass
    hall = Hall(setting, pages(setting), Buckets(setting.ticks))
    base = setting.base
    both = ["GET", "POST"]
    doors = {
        "unsubscribe": hall.door(Purpose.UNSUBSCRIBE, unsubscribe.answer),
        "preferences": hall.door(Purpose.PREFERENCES, wishes.answer),
        "survey": hall.door(Purpose.SURVEY, forms.survey),
        "survey/{name:path}": hall.door(Purpose.SURVEY, forms.survey),
        "complaint": hall.door(Purpose.COMPLAINT, forms.complaint),
        "suggestion": hall.door(Purpose.SUGGESTION, forms.suggestion),
        "rsvp": hall.door(Purpose.RSVP, rsvp.answer),
        "result": hall.door(Purpose.RESULT, result.answer),
        "step": hall.door(Purpose.STEP, step.answer),
    }
    shelf = files(setting.theme)
    routes = [
        *(Route(base + path, endpoint, methods=both) for path, endpoint in doors.items()),
        Route(base + "health", _health(setting), methods=["GET"]),
        *(Route(base + path, _file(*held), methods=["GET"]) for path, held in shelf.items()),
    ]
    app = Starlette(routes=routes, exception_handlers=_handlers(hall))
    # RFC 8058 forbids to redirect a POST, so an address is right or wrong.
    app.router.redirect_slashes = False
    return Guard(RequestBodyLimitMiddleware(app, LARGEST), tell)


def _health(setting: Setting) -> Endpoint:
    """200 where the ledger can be written: opening it takes its write lock."""

    def writable() -> bool:
        try:
            with open_ledger(setting.ledger):
                return True
        except Unusable:
            return False

    async def health(_: Request) -> Response:
        well = await run_in_threadpool(writable)
        return PlainTextResponse("ok\n" if well else "the ledger cannot be written\n", 200 if well else 503)

    return health


def _file(content: bytes, kind: str) -> Endpoint:
    async def file(_: Request) -> Response:
        return Response(content, media_type=kind, headers={"Cache-Control": HOUR})

    return file


def _handlers(hall: Hall) -> dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]]:
    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        answer = await hall.show(request, notice(KINDS.get(error.status_code, "unreadable"), error.status_code))
        answer.headers.update(error.headers or {})
        return answer

    async def broken(request: Request, _: Exception) -> Response:
        return await hall.show(request, notice("closed", HTTPStatus.INTERNAL_SERVER_ERROR))

    return {HTTPException: refused, Exception: broken}
