"""Read the address of a place that a site is deployed to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.parse import unquote, urlsplit

from sitegen.errors import Exit, SitegenError

SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
RSYNC_FORM = re.compile(r"((?:[^@/\s:]+@)?(?:[^@/\s:\[\]]+|\[[0-9A-Fa-f:.]+\])):(?!//)(.*)", re.DOTALL)
ROOTS = ("", ".", "/", "~")
HINT = "write a folder like /srv/www/shop, or ssh://user@host/srv/www/shop"


class BadTarget(SitegenError):
    """An address that names no place for a site."""

    exit_code = Exit.USAGE


@dataclass(frozen=True, slots=True)
class FolderTarget:
    """A folder of this machine."""

    path: Path

    def __str__(self) -> str:
        return str(self.path)


@dataclass(frozen=True, slots=True)
class SshTarget:
    """A folder of a host that has OpenSSH and rsync. `host` may carry a user, `port` 0 is what ssh's settings say."""

    host: str
    path: str
    port: int = 0

    def __str__(self) -> str:
        return f"{self.host}:{self.path}"


Target: TypeAlias = FolderTarget | SshTarget


def read_target(text: str, start: Path) -> Target:
    """The place that an address names; a relative folder is seen from `start`. Raises BadTarget."""
    if not text.isprintable():
        raise BadTarget(f"the target has characters that no address has\nhint: {HINT}")
    if text.startswith("ssh://"):
        return _ssh_url(text)
    if text.startswith("folder:"):
        return _folder(text.removeprefix("folder:"), start)
    if SCHEME.match(text):
        raise BadTarget(f"sitegen can't deploy to '{text.partition('://')[0]}://' yet\nhint: {HINT}")
    form = RSYNC_FORM.fullmatch(text)
    return _ssh(form[1], form[2]) if form else _folder(text, start)


def _folder(text: str, start: Path) -> FolderTarget:
    if not text:
        raise BadTarget(f"the target is empty\nhint: {HINT}")
    return FolderTarget((start / text).resolve())


def _ssh_url(text: str) -> SshTarget:
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port or 0
    except ValueError:
        raise BadTarget(f"'{text}' is no address\nhint: {HINT}") from None
    if parts.password is not None:
        # Said without the address, since that holds the password.
        raise BadTarget("the target holds a password, and others on this machine could read it\nhint: use an ssh key")
    if parts.query or parts.fragment:
        raise BadTarget(f"'{text}' has a '?' or a '#'\nhint: {HINT}")
    bracketed = f"[{host}]" if ":" in host else host
    return _ssh(f"{parts.username}@{bracketed}" if parts.username else bracketed, unquote(parts.path), port)


def _ssh(host: str, path: str, port: int = 0) -> SshTarget:
    # rsync starts in the user's own folder, so this is the same place without asking a shell.
    inner = path.removeprefix("~/").rstrip("/") if path.startswith("~/") else path.rstrip("/")
    if not host or host.startswith("-") or "@-" in host or host.endswith("@"):
        raise BadTarget(f"'{host}' is no host\nhint: {HINT}")
    if inner in ROOTS or not inner.isprintable() or ".." in inner.split("/"):
        raise BadTarget(f"'{host}:{path}' names no folder of its own for the site\nhint: {HINT}")
    return SshTarget(host, inner, port)
