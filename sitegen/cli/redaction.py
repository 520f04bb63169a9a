"""Keep secrets out of whatever a failed command prints."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote, unquote

from sitegen.cli.secrets import KEY_FILE_VARIABLE, Given
from sitegen.errors import SitegenError

MARK = "<secret>"
LEAST_BYTES, LEAST_CHARACTERS = 16, 3
"""Less is no key, and no password that hiding would help."""
PASSWORD = re.compile(r"://[^/@\s]*?:(?P<url>[^@\s]*)@|password\s*=\s*'?(?P<words>[^'\s]+)")
CODE = re.compile(r"\b[0-9A-HJKMNP-TV-Z]{4}(?:-?[0-9A-HJKMNP-TV-Z]{4}){6}\b")
"""A member code as it is printed and as a link carries it."""


def redacted(text: str, secrets: Iterable[str]) -> str:
    """The text with a mark in place of every secret, however it is spelled, and of every member code."""
    spellings = {spelling for secret in secrets for spelling in _spellings(secret) if len(spelling) >= LEAST_CHARACTERS}
    # The longest first, in one pass: a password may be a part of another spelling, or of the mark.
    found = "|".join(re.escape(spelling) for spelling in sorted(spellings, key=len, reverse=True))
    return CODE.sub(MARK, re.sub(found, MARK, text) if found else text)


def secrets_held(given: Given, folder: Path) -> Iterator[str]:
    """Every secret that a run in `folder` may have seen: from the environment, its key file, the development keys."""
    # Imported late, for a run that goes well never needs it.
    from sitegen.content.folder import find_shop
    from sitegen.publish.key_file import DEV_KEYS, read_keys

    yield from (value for name, value in given.values.items() if name != KEY_FILE_VARIABLE)
    files = [Path(given.values[KEY_FILE_VARIABLE])] if given.values.get(KEY_FILE_VARIABLE) else []
    with suppress(SitegenError):
        files.append(find_shop(folder) / DEV_KEYS)
    for file in files:
        try:
            yield from read_keys(file).values()
        except (OSError, SitegenError):
            # A file that can't be read has told the run nothing.
            continue


def _spellings(secret: str) -> Iterator[str]:
    for match in PASSWORD.finditer(secret):
        yield from _of_text(match["url"] or match["words"] or "")
    yield from _of_text(secret)
    try:
        raw = base64.b64decode(secret.strip(), validate=True)
    except (binascii.Error, ValueError):
        return
    if len(raw) >= LEAST_BYTES:
        yield from _of_bytes(raw)


def _of_text(secret: str) -> Iterator[str]:
    for shape in (secret, unquote(secret)):
        yield from (shape, repr(shape)[1:-1], quote(shape, safe=""))


def _of_bytes(raw: bytes) -> Iterator[str]:
    yield from (raw.hex(), raw.hex().upper(), str(int.from_bytes(raw, "big")), ", ".join(map(str, raw)))
    for encode in (base64.b64encode, base64.urlsafe_b64encode, base64.b32encode):
        yield encode(raw).decode("ascii").rstrip("=")
    yield base64.b32encode(raw).decode("ascii").rstrip("=").lower()
    yield from (repr(raw)[2:-1], repr(bytearray(raw))[12:-2], raw.decode("latin-1"))
