"""Know which program this is: what another one made may be other bytes."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import sitegen

LIBRARIES = ("jinja2", "markdown", "markupsafe", "pygments", "babel", "pillow", "pyyaml")
"""Whose new version may make other bytes."""


@cache
def code_print() -> str:
    """What stands for this program: its own files, Python, and the libraries that make pages."""
    said = [f"{name} {_version(name)}" for name in LIBRARIES]
    package = Path(sitegen.__file__).parent
    for path in sorted(package.rglob("*.py")):
        found = path.stat()
        said.append(f"{path.relative_to(package)} {found.st_size} {found.st_mtime_ns}")
    return blake2b("\n".join(said).encode(), digest_size=16).hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
