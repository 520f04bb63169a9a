"""Write the header lines of an e-mail: folded, encoded where needed, and impossible to break out of.

Written by hand because Python's own generator folds long `List-Unsubscribe` and `Message-ID` values into encoded
words, which receivers then ignore (github.com/python/cpython issues 87659 and 74717).
"""

from __future__ import annotations

import base64
import re

LINE = 76
"""Longest line that is written where a break is possible (RFC 5322 recommends 78, RFC 2047 demands 76)."""

# Sixty-four leaves room for the header's name on the first line, so every encoded word fits wherever it stands.
_ROOM = 64 - len("=?utf-8?q??=")
_SEPARATORS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
# Characters that turn the direction of writing round: in a sender's name or a subject they can only deceive.
_TURNING = re.compile(r"[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+")
_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9][A-Za-z0-9-]{0,61}[A-Za-z0-9]")
_READABLE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/")


def text(name: str, value: str) -> str:
    """A header of free text (`Subject`) with its line end; the value reads back as `clean(value)`."""
    value = clean(value)
    if not _needs_encoding(value):
        return "\r\n ".join(_folded(f"{name}: {value}")) + "\r\n"
    return f"{name}: " + "\r\n ".join(encoded_words(value)) + "\r\n"


def mailbox(name: str, person: str, address: str) -> str:
    """A header that holds one name and one address (`From`, `Reply-To`, `To`); the name may be empty.

    `address` must have come through `usable_address`.
    """
    person = clean(person)
    if not person:
        return f"{name}: {address}\r\n"
    phrase = _phrase(person)
    last = f"{name}: {phrase}".rpartition("\r\n")[2]
    gap = " " if len(last) + len(address) + 3 <= LINE else "\r\n "
    return f"{name}: {phrase}{gap}<{address}>\r\n"


def raw(name: str, *items: str) -> str:
    """A header of machine-readable items (`Message-ID`, `List-Unsubscribe`): folded between them, never encoded.

    Raises ValueError for an item with spaces, controls or non-ASCII characters.
    """
    for item in items:
        if not item.isascii() or _SEPARATORS.search(item):
            raise ValueError(f"'{item}' cannot stand in the header '{name}'")
    return f"{name}: " + ",\r\n ".join(items) + "\r\n"


def clean(value: str) -> str:
    """The value on one line: line ends and other controls become a space, so that no header can be smuggled in."""
    if value.isascii() and value.isprintable() and "  " not in value:
        return value.strip()
    return _SEPARATORS.sub(" ", _TURNING.sub("", value)).strip()


def usable_address(address: str) -> str | None:
    """The address as it may stand in a header, its domain in ASCII (IDNA 2008), or None where mail cannot go there.

    A local part beyond ASCII needs SMTPUTF8 at every server on the way, and one in quotes is mistaken by many: to
    neither goes any mail.
    """
    local, _, domain = address.strip().rpartition("@")
    if not domain.isascii():
        domain = _ascii_domain(domain)
    fits = len(local) <= 64 and len(local) + len(domain) < 254
    if fits and _LOCAL_PART.fullmatch(local) and _DOMAIN.fullmatch(domain):
        return f"{local}@{domain}"
    return None


def _ascii_domain(domain: str) -> str:
    """The domain in Punycode, "" where it is none. Python's own codec would write straße.example as strasse.example."""
    import idna  # noqa: PLC0415 - its tables are large, and few domains need them

    try:
        return idna.encode(domain, uts46=True).decode("ascii")
    except idna.IDNAError:
        return ""


def encoded_words(value: str) -> tuple[str, ...]:
    """The value as encoded words of RFC 2047, each at most 64 characters, none cutting a character in two.

    The shorter of the two encodings is taken: Q keeps Latin names readable, B is short for Chinese.
    """
    quoted = [_quoted(character) for character in value]
    sizes = [len(character.encode("utf-8", "replace")) for character in value]
    if sum(map(len, quoted)) <= sum(sizes) * 4 / 3:
        spans = _spans([len(text) for text in quoted], _ROOM)
        return tuple(f"=?utf-8?q?{''.join(quoted[start:end])}?=" for start, end in spans)
    return tuple(f"=?utf-8?b?{_packed(value[start:end])}?=" for start, end in _spans(sizes, _ROOM // 4 * 3))


def _spans(sizes: list[int], room: int) -> list[tuple[int, int]]:
    """Consecutive stretches, each as long as fits into `room`."""
    spans, start, used = [], 0, 0
    for end, size in enumerate(sizes):
        if used + size > room:
            spans.append((start, end))
            start, used = end, 0
        used += size
    return [*spans, (start, len(sizes))]


def _quoted(character: str) -> str:
    if character in _READABLE:
        return character
    return "_" if character == " " else "".join(f"={byte:02X}" for byte in character.encode("utf-8", "replace"))


def _packed(value: str) -> str:
    return base64.b64encode(value.encode("utf-8", "replace")).decode("ascii")


def _phrase(person: str) -> str:
    if _needs_encoding(person) or len(person) > LINE - 16:
        return "\r\n ".join(encoded_words(person))
    if _PLAIN_NAME.fullmatch(person):
        return person
    escaped = person.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _needs_encoding(value: str) -> bool:
    # "=?" would be read as an encoded word; an endless word could not be folded.
    return not value.isascii() or "=?" in value or any(len(word) > LINE - 12 for word in value.split(" "))


def _folded(line: str) -> list[str]:
    lines, words = [], line.split(" ")
    current = words[0]
    for word in words[1:]:
        # The continuation lines start with one space, so they hold one character less.
        if len(current) + 1 + len(word) > LINE - 1 and current != words[0]:
            lines.append(current)
            current = word
        else:
            current += f" {word}"
    return [*lines, current]
