"""Run a real sshd on the loopback, with a host key, an account's key and a known_hosts file of its own."""

from __future__ import annotations

import getpass
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.servers.web import free_port, listening

SERVER = """\
ListenAddress 127.0.0.1
Port {port}
HostKey {own}/host_key
AuthorizedKeysFile {own}/authorized_keys
PidFile none
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
UseDNS no
PermitRootLogin prohibit-password
"""
CLIENT = """\
Host shop 127.0.0.1
  HostName 127.0.0.1
  Port {port}
  User {user}
  IdentityFile {own}/account_key
  IdentitiesOnly yes
  IdentityAgent none
  UserKnownHostsFile {own}/known_hosts
  GlobalKnownHostsFile none
  StrictHostKeyChecking yes
  BatchMode yes
  KexAlgorithms curve25519-sha256
  AddressFamily inet
"""


@dataclass(frozen=True, slots=True)
class Host:
    """A host that the current user may log in to, known to ssh as "shop"; `folder` is all it needs to know."""

    folder: Path
    port: int

    @property
    def shell(self) -> str:
        """What RSYNC_RSH must say."""
        return f"ssh -F {self.folder}/client"

    def forget(self) -> None:
        """Let nobody know its key any more."""
        (self.folder / "known_hosts").write_text("")


@contextmanager
def running() -> Iterator[Host]:
    """A host of its own, gone afterwards."""
    program = shutil.which("sshd", path=os.environ.get("PATH", "") + ":/usr/sbin")
    assert program, "sshd is missing; `make test` installs it"
    if os.geteuid() == 0:
        # It insists on an empty folder for its children; Debian's service makes it, and none runs here.
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    with TemporaryDirectory(prefix="sitegen-sshd-") as made:
        host = Host(Path(made), free_port())
        for name in ("host_key", "account_key"):
            command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", str(host.folder / name)]
            subprocess.run(command, check=True)
        (host.folder / "authorized_keys").write_text((host.folder / "account_key.pub").read_text())
        known = (host.folder / "host_key.pub").read_text()
        (host.folder / "known_hosts").write_text(f"[127.0.0.1]:{host.port} {known}")
        for name, text in (("server", SERVER), ("client", CLIENT)):
            filled = text.format(own=host.folder, port=host.port, user=getpass.getuser())
            (host.folder / name).write_text(filled)
        # sshd starts itself anew for each visitor, so it must be called by its whole path.
        with listening([program, "-D", "-e", "-f", str(host.folder / "server")], host.port, host.folder):
            yield host
