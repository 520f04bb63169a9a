"""Quoted-printable (RFC 2045, 6.7): encode a message's text, and a template's literals once for all recipients."""

from __future__ import annotations

import binascii

from sitegen.render.merge import MergeTemplate

SOFT_BREAK = "=\r\n"


def quoted_printable(text: str) -> str:
    """The text in lines of at most 76 characters with CRLF; "\\n" in it is a line end."""
    encoded = binascii.b2a_qp(text.replace("\r\n", "\n").encode("utf-8", "replace")).decode("ascii")
    return encoded.replace("\n", "\r\n")


def encoded_template(template: MergeTemplate) -> MergeTemplate:
    """The template with its literals encoded, so that only values are left to encode for each recipient.

    Every literal ends in a soft break, so that whatever follows starts on a line of its own and no line grows.
    """
    return MergeTemplate(
        tuple(quoted_printable(part) + SOFT_BREAK if isinstance(part, str) else part for part in template.parts)
    )


def encoded_value(value: str) -> str:
    """A value as it may stand in an encoded template."""
    return quoted_printable(value) + SOFT_BREAK if value else ""
