"""Open a preview: the server, the builds, the desk, and an end to all of them."""

from __future__ import annotations

import errno
import fcntl
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.build.keys import keep_lock, open_lock
from sitegen.build.order import Order
from sitegen.content.project import read_project
from sitegen.content.shop.shop_file import shop_of
from sitegen.errors import Mistakes, Unusable
from sitegen.model.segment import EVERYONE, PUBLIC
from sitegen.publish.atomic import write_file
from sitegen.publish.hold import hold
from sitegen.publish.key_file import private_folder
from sitegen.publish.lock_file import read_lock
from sitegen.serve.clerk import Clerk
from sitegen.serve.desk import PAGES, Desk
from sitegen.serve.live import LiveServer
from sitegen.serve.making import PREVIEW
from sitegen.serve.news import News
from sitegen.serve.preview import Orders, Preview, Terminal
from sitegen.serve.worker import Worker

PORTS = 20
"""Ports that are tried, from the one that was asked for."""
WORD_FILE = ".sitegen/preview-word"
"""The word in the desk's address stays, so that a page that is open finds the next preview of the shop."""


@dataclass(frozen=True, slots=True)
class House:
    """An open preview. `ended` is set when it ends."""

    server: LiveServer
    preview: Preview
    ended: Event

    def serve(self, poll: bool) -> None:
        """Build, watch and answer, in threads of their own."""
        self.preview.start(poll)
        Thread(target=self.server.serve_forever, daemon=True).start()


@contextmanager
def open_house(root: Path, orders: Orders, port: int, start_as: str, terminal: Terminal) -> Iterator[House]:
    """A preview of the shop, not yet serving. `port` is the one that is wanted: where it is taken, a later one is.

    `start_as`: the audience or the customer whom a visitor is let in as, "" for nobody. Raises Unusable where there is
    none of that name, where no port is free, and where the shop has a preview already.
    """
    with ExitStack() as held:
        _refuse_stranger(root, orders(PAGES), start_as)
        private_folder(root / PREVIEW)
        held.enter_context(_alone(root))
        _settle_lock(root, orders)
        shop = shop_of(root)
        server = _server(root, shop.base_path, port)
        held.callback(server.server_close)
        server.shop, server.start_as = shop, "" if start_as == PUBLIC else start_as
        server.news = News(secrets.token_hex(4))
        preview = Preview(root, orders, server.news, terminal)
        clerk = Worker(Clerk, root)
        held.callback(clerk.close)
        held.callback(preview.close)
        server.desk = Desk(preview, server, clerk)
        yield House(server, preview, preview.end)


def _refuse_stranger(root: Path, order: Order, name: str) -> None:
    if name in {"", PUBLIC}:
        return
    try:
        project = read_project(root)
    except Mistakes:
        # The browser shows them; whoever is let in is asked for again by then.
        return
    segments = {EVERYONE, *(segment.id for segment in project.segments if segment.named)}
    if name in segments and not order.guests:
        hint = "use a customer's number, or leave the keys out: development keys come by themselves"
        raise Unusable(f"only with development keys can the site be seen as '{name}'\nhint: {hint}")
    if name not in segments:
        # Ibis costs half a second, which only a customer's number is worth.
        from sitegen.build.people import strangers  # noqa: PLC0415

        if strangers(root, project.shop, (name,), order.database):
            hint = did_you_mean(name, segments) or "`sitegen segments list` names the segments"
            raise Unusable(f"there is neither a segment nor a customer '{name}'\nhint: {hint}")


def _server(root: Path, base: str, port: int) -> LiveServer:
    word = _word(root)
    for candidate in range(port, port + PORTS if port else 1):
        try:
            return LiveServer(root, base, candidate, word)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
        except OverflowError:
            break
    raise Unusable(f"port {port} is taken, and so are those after it\nhint: `--port 0` takes any free port")


def _word(root: Path) -> str:
    path = root / WORD_FILE
    if path.is_file() and len(word := path.read_text(encoding="utf-8").strip()) == 22:
        return word
    word = secrets.token_urlsafe(16)
    write_file(path, word.encode(), 0o600)
    return word


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Be the shop's only preview. A build of the shop may run beside it: they write into folders of their own."""
    with (root / PREVIEW / "preview.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Unusable("this shop has a preview already\nhint: open that one, or end it first") from None
        yield


def _settle_lock(root: Path, orders: Orders) -> None:
    """Members' codes hang on the site's id, so from the first preview on that must stay."""
    order = orders(PAGES)
    kept = open_lock(root, order.roots, order.dev, order.entropy)
    if read_lock(root, kept.file) is None:
        with hold(root):
            kept = open_lock(root, order.roots, order.dev, order.entropy)
            keep_lock(kept, kept.lock)
