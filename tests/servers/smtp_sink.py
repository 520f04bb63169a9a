"""Run Postfix's smtp-sink on the loopback: it takes mail, refuses it, or hangs up, as its options say."""

from __future__ import annotations

import os
import pwd
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.servers.web import free_port, listening

USER = "nobody"
"""As whom it runs where the tests run as root, which it refuses."""
END = b"--=_sitegen--"
"""How a whole message of ours ends."""


@dataclass(frozen=True, slots=True)
class Sink:
    """A running sink. `dump` holds a file for each mail transaction, whole or not."""

    port: int
    dump: Path

    def count(self) -> int:
        """How many transactions have begun."""
        return sum(1 for _ in self.dump.iterdir()) if self.dump.exists() else 0

    def messages(self) -> list[Message]:
        """Every whole message; `X-Rcpt-Args` is whom it was for, `X-Mail-Args` its return path."""
        files = sorted(self.dump.iterdir()) if self.dump.exists() else []
        contents = (file.read_bytes() for file in files)
        return [message_from_bytes(content) for content in contents if content.rstrip().endswith(END)]

    def recipients(self) -> list[str]:
        """Whom the whole messages were for, in lower case."""
        return sorted(str(message["X-Rcpt-Args"]).strip("<>").lower() for message in self.messages())


@contextmanager
def running(*options: str, port: int = 0) -> Iterator[Sink]:
    """A sink of its own, gone afterwards."""
    program = shutil.which("smtp-sink", path=os.environ.get("PATH", "") + ":/usr/sbin")
    assert program, "smtp-sink is missing; `make test` installs postfix"
    # Another user must get there, and pytest's own folders are closed to them.
    with TemporaryDirectory(prefix="sitegen-sink-", dir="/tmp") as made:
        folder = Path(made)
        user: tuple[str, ...] = ()
        if os.geteuid() == 0:
            os.chown(folder, pwd.getpwnam(USER).pw_uid, pwd.getpwnam(USER).pw_gid)
            user = ("-u", USER)
        sink = Sink(port or free_port(), folder / "dump")
        command = [program, *user, *options, "-d", f"{sink.dump}/m.", f"127.0.0.1:{sink.port}", "100"]
        with listening(command, sink.port, folder):
            yield sink
