"""`sitegen receive`."""

from __future__ import annotations

import importlib.util
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import click

from sitegen.errors import Unusable

NEEDED = ("starlette", "uvicorn", "python_multipart", "flufl.bounce")
"""What the extra `receiver` installs."""


@click.command(
    "receive",
    short_help="Answer one-click unsubscribing, preferences and forms.",
    epilog="Example: sitegen receive --port 8025 --proxy-headers",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen; a web server stands before it.")
@click.option("--port", default=8025, show_default=True, type=click.IntRange(1, 65535))
@click.option(
    "--proxy-headers", is_flag=True, help="Believe the web server on this machine who asks (X-Forwarded-For)."
)
@click.option(
    "--mail",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Read a mailbox instead: a Maildir, an mbox, an .eml file, or - for standard input.",
)
def receive_command(host: str, port: int, proxy_headers: bool, mail: Path | None) -> None:
    """Take what customers answer to our messages, and write it into the ledger, where the next plan finds it.

    Serves the pages below `receiver:` of site.yaml until it is stopped. It holds SITEGEN_RECEIVER_KEY alone and refuses
    to start beside the keys that lock the site. With --mail, it reads mails that unsubscribe, mails that came back and
    complaints, once, and leaves the mailbox as it is.
    """
    from sitegen.content.folder import find_shop

    root = find_shop(Path.cwd())
    lacking = [name for name in NEEDED if not _is_installed(name)]
    if lacking:
        raise Unusable(f"'{lacking[0]}' is not installed\nhint: run `pip install 'sitegen[receiver]'`")
    if mail is None:
        _serve(root, host, port, proxy_headers)
    else:
        _read(root, mail)


def _serve(root: Path, host: str, port: int, proxy_headers: bool) -> None:
    from sitegen.build.post.receiver import prepare
    from sitegen.send.receiver.app import application
    from sitegen.send.receiver.guard import to_stderr
    from sitegen.send.receiver.server import Listening, serve

    key, dev = _key(root)
    if dev:
        click.echo("These are development keys: only links of mails that were built with them open.")
    setting = prepare(root, key, lambda: datetime.now(UTC), time.monotonic)
    app = application(setting, to_stderr)
    public = f" for {setting.shop.receiver}" if setting.shop.receiver else ""
    click.echo(f"The receiver listens at http://{host}:{port}{setting.base}{public} (Ctrl-C ends it).")
    with suppress(KeyboardInterrupt):
        serve(app, Listening(host, port, proxy_headers))
    click.echo("Ended; what was running is done.")


def _read(root: Path, mail: Path) -> None:
    from sitegen.build.post.receiver import read_mailbox

    place = mail if mail == Path("-") else Path.cwd() / mail
    counted = read_mailbox(root, place, sys.stdin.buffer, datetime.now(UTC))
    told = ", ".join(f"{count:,} {effect}" for effect, count in sorted(counted.items()))
    click.echo(f"Read {counted.total():,} mails{': ' + told if told else ''}.")


def _key(root: Path) -> tuple[bytes, bool]:
    """SITEGEN_RECEIVER_KEY from the environment, a key file, or the development keys (then True); never a root.

    Raises Unusable beside roots: who is on the internet must not hold what opens the site.
    """
    from sitegen.cli.secrets import DEVELOPMENT, RECEIVER_VARIABLE, ROOT_VARIABLES, spelled_keys
    from sitegen.protect.keys import decode_root, require

    spelled = spelled_keys(root)
    held = _first(spelled.sources, ROOT_VARIABLES)
    if held and not spelled.dev:
        hint = f"give the receiver {RECEIVER_VARIABLE} alone: it answers to the internet"
        raise Unusable(f"the receiver does not start beside '{held}'\nhint: {hint}")
    if RECEIVER_VARIABLE not in spelled.keys:
        require(None, RECEIVER_VARIABLE)
    dev = spelled.sources[RECEIVER_VARIABLE] == DEVELOPMENT
    return decode_root(spelled.keys[RECEIVER_VARIABLE], RECEIVER_VARIABLE), dev


def _first(sources: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((name for name in names if name in sources), "")


def _is_installed(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:
        return False
