"""A tiny site on a loopback server."""

from __future__ import annotations

import functools
import http.server
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.protect import tinysite
from tests.protect.tinyvisit import Visit, visiting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        pass


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder below a sub-path, and its address."""
    with serving(tmp_path) as place:
        yield place


@contextmanager
def serving(root: Path) -> Iterator[tuple[Path, str]]:
    """An empty folder in `root`, served below a sub-path, and its address."""
    folder = root / "shop"
    folder.mkdir()
    handler = functools.partial(QuietHandler, directory=str(root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield folder, f"http://127.0.0.1:{server.server_address[1]}/shop/"
        server.shutdown()
        thread.join()


@pytest.fixture
def visit(served: tuple[Path, str], browser: Browser) -> Iterator[Visit]:
    """Somebody who has never been at the tiny site."""
    folder, url = served
    tinysite.write(tinysite.site(), folder)
    with visiting(folder, url, browser) as visit:
        yield visit
