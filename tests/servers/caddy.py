"""Run a real Caddy in front of a folder, with rules that sitegen made."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.servers.web import free_port, listening


@contextmanager
def running(root: Path, rules: Path) -> Iterator[str]:
    """The origin (http://127.0.0.1:PORT) of a Caddy that serves `root` with `rules`, an emitted Caddyfile."""
    program = shutil.which("caddy")
    assert program, "caddy is missing; `make test` installs it"
    with TemporaryDirectory(prefix="sitegen-caddy-") as made:
        own, port = Path(made), free_port()
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "HOME": str(own),
            "XDG_DATA_HOME": str(own),
            "XDG_CONFIG_HOME": str(own),
            "SITEGEN_ADDRESS": f"http://127.0.0.1:{port}",
            "SITEGEN_ROOT": str(root),
        }
        # Its door for administrators would listen on a port of its own.
        (own / "Caddyfile").write_text("{\n\tadmin off\n}\n" + rules.read_text(encoding="utf-8"))
        command = [program, "run", "--config", str(own / "Caddyfile"), "--adapter", "caddyfile"]
        with listening(command, port, own, env=environment) as origin:
            yield origin
