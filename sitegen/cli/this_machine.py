"""Say which machine this is, so that a copy of the shop on another one is noticed."""

from __future__ import annotations

import socket
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sitegen.send.lease import Machine

ID_FILES = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
NETWORK = Path("/sys/class/net")


def this_machine() -> Machine:
    """The machine: the system's own id, its name and its network cards, for a cloned disk has the same id."""
    from sitegen.send.lease import Machine

    name = socket.gethostname()
    # Cards without a device come and go with containers and tunnels.
    cards = [card / "address" for card in sorted(NETWORK.glob("*")) if (card / "device").exists()]
    known = [name, *_read(ID_FILES), *_read(cards)]
    return Machine(sha256("\n".join(known).encode()).hexdigest()[:32], name)


def _read(paths: Iterable[Path]) -> list[str]:
    found: list[str] = []
    for path in paths:
        with suppress(OSError, UnicodeDecodeError):
            found.append(path.read_text(encoding="utf-8").strip())
    return found
