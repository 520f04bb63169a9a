"""Quoted-printable (RFC 2045, 6.7): encode a message's text, and a template's literals once for all recipients."""

from __future__ import annotations

import binascii

from sitegen.render.merge import MergeTemplate

SOFT_BREAK = "=\r\n"
LONGEST = 76
"""Characters of an encoded line, a soft break's equals sign included."""


def quoted_printable(text: str) -> str:
    """The text in lines of at most 76 characters with CRLF; "\\n" in it is a line end."""
    encoded = binascii.b2a_qp(text.replace("\r\n", "\n").encode("utf-8", "replace")).decode("ascii")
    if len(encoded) <= LONGEST:
        return encoded.replace("\n", "\r\n")
    # binascii forgets to count what a space or tab at a line's end takes ("=20").
    return "\r\n".join(_short(line) for line in encoded.split("\n"))


def _short(line: str) -> str:
    return line if len(line) <= LONGEST else f"{line[:-3]}{SOFT_BREAK}{line[-3:]}"


def encoded_template(template: MergeTemplate) -> MergeTemplate:
    """The template with its literals encoded, so that only values are left to encode for each recipient.

    Every literal ends in a soft break, so that whatever follows starts on a line of its own and no line grows.
    """
    return MergeTemplate(
        tuple(_left_open(quoted_printable(part)) if isinstance(part, str) else part for part in template.parts)
    )


def encoded_value(value: str) -> str:
    """A value as it may stand in an encoded template."""
    return _left_open(quoted_printable(value)) if value else ""


def _left_open(encoded: str) -> str:
    """The encoded text with a soft break behind it, for which a full last line gives up its last character."""
    if len(encoded) - (encoded.rfind("\n") + 1) == LONGEST:
        cut = -3 if encoded[-3] == "=" else -1
        encoded = encoded[:cut] + SOFT_BREAK + encoded[cut:]
    return encoded + SOFT_BREAK
