"""Sign messages by DKIM, where no relay does it."""

from __future__ import annotations

from collections.abc import Callable

from sitegen.errors import Unusable
from sitegen.model.smtp import DKIM_VARIABLE, Dkim

SIGNED = (
    b"from",
    b"from",
    b"reply-to",
    b"to",
    b"subject",
    b"date",
    b"message-id",
    b"list-id",
    b"list-unsubscribe",
    b"list-unsubscribe-post",
    b"mime-version",
    b"content-type",
)
"""From stands twice, so that nobody can add another; RFC 8058 wants both List-Unsubscribe headers signed."""
_PROBE = b"From: a@shop.example\r\n\r\n\r\n"


def signer(dkim: Dkim, key: str) -> Callable[[bytes], bytes]:
    """What puts a signature (RFC 6376, relaxed, RSA with SHA-256) before a message with CRLF.

    `key` is an RSA private key in PEM, its line ends perhaps spelled `\\n`. Raises Unusable where it is none, or the
    library is missing.
    """
    try:
        # An extra: most shops let their relay sign.
        import dkim as library  # type: ignore[import-untyped]  # noqa: PLC0415 - see above
    except ImportError as error:
        hint = "pip install 'sitegen[dkim]', or leave 'dkim' out of site.yaml and let the relay sign"
        raise Unusable(f"signing needs dkimpy, which is not installed\nhint: {hint}") from error
    if not key:
        raise Unusable(
            f"site.yaml wants messages signed, and {DKIM_VARIABLE} is not set\nhint: put the private key there, in PEM"
        )
    private = key.replace("\\n", "\n").encode()

    def sign(message: bytes) -> bytes:
        made: bytes = library.sign(
            message,
            dkim.selector.encode(),
            dkim.domain.encode(),
            private,
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=SIGNED,
        )
        return made + message

    try:
        sign(_PROBE)
    except (library.DKIMException, ValueError, TypeError) as error:
        hint = "make one: openssl genrsa -traditional 2048"
        raise Unusable(f"{DKIM_VARIABLE} is no RSA private key in PEM\nhint: {hint}") from error
    return sign
