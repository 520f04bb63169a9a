"""Tell whether the program at the other end of a connection is one of this user's: others may work on this machine."""

from __future__ import annotations

import os
import socket
import struct
from pathlib import Path

TABLE = Path("/proc/net/tcp")
LOCAL, OWNER = 1, 7
"""Columns of the kernel's table: an end of a connection, and whose it is."""


def same_user(host: str, port: int, table: Path = TABLE) -> bool:
    """Whether the end of a connection to this machine is this user's own. False where the system does not say."""
    try:
        number = struct.unpack("=I", socket.inet_aton(host))[0]
        wanted = f"{number:08X}:{port:04X}"
        rows = (row.split() for row in table.read_text(encoding="ascii").splitlines()[1:])
        owners = [int(row[OWNER]) for row in rows if len(row) > OWNER and row[LOCAL] == wanted]
    except (OSError, ValueError):
        return False
    return owners == [os.getuid()]
