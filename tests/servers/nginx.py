"""Run a real nginx in front of a folder, with rules that sitegen made."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.servers.web import free_port, listening

CONFIGURATION = """\
{user}
daemon off;
worker_processes 1;
error_log stderr;
pid {own}/nginx.pid;
events {{ worker_connections 256; }}
http {{
    access_log off;
    client_body_temp_path {own}/body;
    proxy_temp_path {own}/proxy;
    fastcgi_temp_path {own}/fastcgi;
    uwsgi_temp_path {own}/uwsgi;
    scgi_temp_path {own}/scgi;
    server {{
        {listen}
        root {root};
        # The rules must forbid it by themselves.
        autoindex on;
        include {rules};
    }}
    {more}
}}
"""
SECURE = """listen 127.0.0.1:{port} ssl;
        ssl_certificate {certificate};
        ssl_certificate_key {key};"""
PLAIN = """server {{
        listen 127.0.0.1:{port};
        {words}
    }}"""


@dataclass(frozen=True, slots=True)
class Secure:
    """How nginx serves https on `port`, and what its server for http on `plain_port` does."""

    port: int
    certificate: Path
    key: Path
    plain_port: int
    words: str


@contextmanager
def running(root: Path, rules: Path, secure: Secure | None = None) -> Iterator[str]:
    """The origin (http://127.0.0.1:PORT) of an nginx that serves `root` with `rules`, an emitted nginx.conf.

    A site below a path of its host lies in that path below `root`.
    """
    port = secure.port if secure else free_port()
    listen, more = f"listen 127.0.0.1:{port};", ""
    if secure:
        listen = SECURE.format(port=port, certificate=secure.certificate, key=secure.key)
        more = PLAIN.format(port=secure.plain_port, words=secure.words)
    program = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
    assert program, "nginx is missing; `make test` installs it"
    with TemporaryDirectory(prefix="sitegen-nginx-") as made:
        own = Path(made)
        # Its workers would give up root's rights, and then could not read a test's folder.
        user = "user root;" if os.geteuid() == 0 else ""
        text = CONFIGURATION.format(user=user, own=own, listen=listen, root=root, rules=rules, more=more)
        (own / "nginx.conf").write_text(text)
        with listening([program, "-e", "stderr", "-p", str(own), "-c", str(own / "nginx.conf")], port, own) as origin:
            yield origin
