"""Whose program is at the other end."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from sitegen.serve.peers import same_user


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells whose a connection is")
def test_a_connection_of_this_user_is_known_as_such() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        accepted, (host, port) = server.accept()
        with accepted:
            assert same_user(host, port)


def test_a_connection_of_somebody_else_or_of_nobody_is_none_of_ours(tmp_path: Path) -> None:
    table = tmp_path / "tcp"
    row = "   0: 0100007F:1F90 0100007F:C350 01 00000000:00000000 00:00000000 00000000 {} 0 1 1 0"
    table.write_text("head\n" + row.format(os.getuid() + 1) + "\n")
    assert not same_user("127.0.0.1", 0x1F90, table)
    assert not same_user("127.0.0.1", 0x1F91, table)
    table.write_text("head\n" + row.format(os.getuid()) + "\n")
    assert same_user("127.0.0.1", 0x1F90, table)
    assert not same_user("127.0.0.1", 0x1F90, tmp_path / "none")
