"""Write the lines of iCalendar files (RFC 5545): texts escaped, instants in UTC, long lines folded."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256

from sitegen.model.shop import Shop

OCTETS = 75
"""Of a line, without its end (RFC 5545, 3.1)."""
_CONTROLS = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


def file_of(lines: Iterable[str]) -> bytes:
    """The bytes of a file of these lines, each folded."""
    return "".join(f"{folded(line)}\r\n" for line in lines).encode()


def head(shop: Shop, title: str = "") -> tuple[str, ...]:
    """The lines that begin a calendar. Programs that follow it show `title` as its name."""
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{text_value(shop.name)}//sitegen//EN", "CALSCALE:GREGORIAN")
    return (*lines, f"NAME:{text_value(title)}", f"X-WR-CALNAME:{text_value(title)}") if title else lines


def uid(shop: Shop, name: str) -> str:
    """The id of an event for ever: it tells nobody what `name` says."""
    host = shop.origin.partition("://")[2].partition(":")[0]
    return f"{sha256(f'{shop.url} {name}'.encode()).hexdigest()[:32]}@{host}"


def utc(moment: datetime) -> str:
    """A moment with a zone, in UTC."""
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def text_value(text: str) -> str:
    """A text as the value of a property."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return _CONTROLS.sub(" ", escaped.replace("\r\n", "\n").replace("\n", "\\n"))


def parameter(text: str) -> str:
    """A text within the quotes of a parameter, which can hold no double quotes at all (3.1)."""
    return _CONTROLS.sub(" ", text.replace('"', "'").replace("\n", " "))


def folded(line: str) -> str:
    """The line cut after at most OCTETS, never inside a character; what follows begins with a space."""
    pieces, length = [""], 0
    for character in line:
        octets = len(character.encode())
        if length + octets > OCTETS:
            pieces.append(" ")
            length = 1
        pieces[-1] += character
        length += octets
    return "\r\n".join(pieces)
