"""Know which program this is: what another one made may be other bytes."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import sitegen
from sitegen.content.stamps import stamps_below

LIBRARIES = ("jinja2", "markdown", "markupsafe", "pygments", "babel", "pillow", "pyyaml")
"""Whose new version may make other bytes."""


@cache
def code_print() -> str:
    """What stands for this program: its own files, Python, and the libraries that make pages."""
    said = [f"{name} {_version(name)}" for name in LIBRARIES]
    package = Path(sitegen.__file__).parent
    files = stamps_below(package)
    said += (f"{path} {size} {time}" for path, (size, time, *_) in sorted(files.items()) if path.endswith(".py"))
    return blake2b("\n".join(said).encode(), digest_size=16).hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
