"""Remember in theme.yaml what the parent's files were like when they were copied."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

LENGTH = 16
"""Hexadecimal digits of a digest: enough to notice a change, short enough to be read past."""
SECTION = re.compile(r"^copied:[^\n]*\n?(?:[ \t]+[^\n]*\n?|[ \t]*\n(?=[ \t]+\S))*", re.MULTILINE)
PLAIN = re.compile(r"[A-Za-z0-9_./-]+")


def digest(content: bytes) -> str:
    """A short fingerprint of a file."""
    return hashlib.sha256(content).hexdigest()[:LENGTH]


def with_copied(text: str, digests: Mapping[str, str]) -> str:
    """The text of a theme.yaml with this `copied` section; nothing else of it changes."""
    lines = [f"  {_key(path)}: '{digests[path]}'\n" for path in sorted(digests)]
    section = "copied:\n" + "".join(lines)
    text = text if text.endswith("\n") or not text else text + "\n"
    return SECTION.sub(lambda _: section, text, count=1) if SECTION.search(text) else text + section


def _key(path: str) -> str:
    return path if PLAIN.fullmatch(path) else "'" + path.replace("'", "''") + "'"
