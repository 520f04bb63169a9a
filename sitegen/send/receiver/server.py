"""Serve the receiver until it is asked to stop; what runs then is brought to its end."""

from __future__ import annotations

import signal
from dataclasses import dataclass

import uvicorn
from starlette.types import ASGIApp

from sitegen.send.receiver.patience import ImpatientProtocol

MOST_AT_ONCE = 200
"""Connections; more are told to come again later (503)."""
KEEP_SECONDS = 5
"""For which a line is kept open between two requests."""
STOP_SECONDS = 20
"""In which running requests end, before they are ended."""


@dataclass(frozen=True, slots=True)
class Listening:
    """Where to listen. `behind_proxy`: a web server of this machine says who asks."""

    host: str
    port: int
    behind_proxy: bool = False


def serve(app: ASGIApp, listening: Listening) -> None:
    """Serve until SIGTERM, or SIGINT, which raises KeyboardInterrupt in the end. Requests are not logged."""
    configuration = uvicorn.Config(
        app,
        host=listening.host,
        port=listening.port,
        http=ImpatientProtocol,
        ws="none",
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=listening.behind_proxy,
        forwarded_allow_ips="127.0.0.1,::1",
        limit_concurrency=MOST_AT_ONCE,
        timeout_keep_alive=KEEP_SECONDS,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    # Uvicorn raises the signal again when all is done; a clean end has the exit code 0.
    signal.signal(signal.SIGTERM, lambda *_: None)
    uvicorn.Server(configuration).run()
