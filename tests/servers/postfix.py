"""Run a real Postfix on the loopback, with a queue, a log and mailboxes of its own."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.send.scripted_server import certificate
from tests.servers.web import free_port, listening

OWNER, READER = "postfix", "nobody"
MAIN = """\
compatibility_level = 3.6
queue_directory = {own}/queue
data_directory = {own}/data
command_directory = /usr/sbin
daemon_directory = /usr/lib/postfix/sbin
mail_owner = postfix
setgid_group = postdrop
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.smallloom.example
mydestination =
local_recipient_maps =
alias_maps =
alias_database =
mynetworks = 127.0.0.0/8
smtpd_relay_restrictions = permit_mynetworks, reject
virtual_mailbox_domains = {domain}
virtual_mailbox_base = {own}/mail
virtual_mailbox_maps = texthash:{own}/mailboxes
virtual_minimum_uid = 1
virtual_uid_maps = static:{uid}
virtual_gid_maps = static:{gid}
smtpd_tls_security_level = may
smtpd_tls_cert_file = {own}/127.0.0.1.pem
smtpd_tls_key_file = {own}/127.0.0.1.key
maillog_file = {own}/mail.log
maillog_file_prefixes = /tmp
"""
MASTER = """\
127.0.0.1:{port} inet n - n - - smtpd
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
error unix - - n - - error
retry unix - - n - - error
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
postlog unix-dgram n - n - 1 postlogd
"""


@dataclass(frozen=True, slots=True)
class Postfix:
    """A running Postfix. `mail` holds all its mailboxes, `authority` is the certificate that it shows itself."""

    port: int
    mail: Path
    log: Path
    authority: Path


@contextmanager
def running(domain: str, mailboxes: tuple[str, ...]) -> Iterator[Postfix]:
    """A Postfix of its own with these mailboxes of a domain, gone afterwards; its master starts as root only."""
    assert shutil.which("postfix", path=os.environ.get("PATH", "") + ":/usr/sbin"), "`make test` installs postfix"
    with TemporaryDirectory(prefix="sitegen-postfix-", dir="/tmp") as made:
        own, port = Path(made), free_port()
        own.chmod(0o755)
        reader = pwd.getpwnam(READER)
        pem, _ = certificate(own, "127.0.0.1")
        for name, owner in (("queue", "root"), ("data", OWNER), ("mail", READER), ("etc", "root")):
            (own / name).mkdir()
            shutil.chown(own / name, owner)
        boxes = "".join(f"{box}@{domain} {box}/\n" for box in mailboxes)
        (own / "mailboxes").write_text(boxes, encoding="utf-8")
        filled = MAIN.format(own=own, domain=domain, uid=reader.pw_uid, gid=reader.pw_gid)
        (own / "etc" / "main.cf").write_text(filled, encoding="utf-8")
        (own / "etc" / "master.cf").write_text(MASTER.format(port=port), encoding="utf-8")
        command = ["postfix", "-c", str(own / "etc")]
        path = {**os.environ, "PATH": os.environ.get("PATH", "") + ":/usr/sbin"}
        try:
            with listening([*command, "start-fg"], port, own, env=path):
                yield Postfix(port, own / "mail", own / "mail.log", pem)
        finally:
            subprocess.run([*command, "abort"], env=path, capture_output=True, check=False)
