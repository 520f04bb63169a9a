"""Run a real Apache in front of a folder, with rules that sitegen made."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.servers.web import free_port, listening

MODULES = Path("/usr/lib/apache2/modules")
LOADED = (
    *("mpm_event", "authz_core", "authz_host", "dir", "mime", "rewrite", "headers", "filter", "deflate"),
    # As distributions load them: rules must hold beside them.
    *("autoindex", "negotiation", "alias", "env", "setenvif"),
)
CONFIGURATION = """\
ServerRoot {own}
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
PidFile {own}/apache.pid
DefaultRuntimeDir {own}
Mutex posixsem
ErrorLog /dev/stderr
LogLevel warn
TypesConfig /etc/mime.types
{user}
{modules}
<VirtualHost 127.0.0.1:{port}>
    DocumentRoot {root}
    <Directory {root}>
        Require all granted
        # The rules must forbid it by themselves.
        Options FollowSymLinks Indexes
        AllowOverride {override}
    </Directory>
    {include}
</VirtualHost>
"""


@contextmanager
def running(root: Path, rules: Path | None) -> Iterator[str]:
    """The origin (http://127.0.0.1:PORT) of an Apache that serves `root` with `rules`, an emitted apache.conf.

    Without `rules` it obeys the .htaccess files below `root`. Where tests run as root, `root` must be readable for all:
    Apache gives up root's rights.
    """
    program = shutil.which("apache2", path=os.environ.get("PATH", "") + ":/usr/sbin")
    assert program, "apache2 is missing; `make test` installs it"
    with TemporaryDirectory(prefix="sitegen-apache-") as made:
        own, port = Path(made), free_port()
        modules = "\n".join(f"LoadModule {name}_module {MODULES}/mod_{name}.so" for name in LOADED)
        text = CONFIGURATION.format(
            own=own,
            port=port,
            root=root,
            modules=modules,
            user="User nobody\nGroup nogroup" if os.geteuid() == 0 else "",
            override="None" if rules else "FileInfo Indexes Options",
            include=f"Include {rules}" if rules else "",
        )
        (own / "apache.conf").write_text(text)
        command = [program, "-D", "FOREGROUND", "-d", str(own), "-f", str(own / "apache.conf")]
        with listening(command, port, own) as origin:
            yield origin
