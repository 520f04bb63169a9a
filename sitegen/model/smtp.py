"""The mail server that takes the shop's e-mails, and how it wants them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

PASSWORD_VARIABLE = "SITEGEN_SMTP_PASSWORD"  # noqa: S105 - the name of a variable
DKIM_VARIABLE = "SITEGEN_DKIM_KEY"


class Security(StrEnum):
    """How the way to the server is guarded: by TLS from the first byte, by STARTTLS, or not at all (loopback only)."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Dkim:
    """The name of the key by which our own signatures are checked: `<selector>._domainkey.<domain>`."""

    selector: str
    domain: str


@dataclass(frozen=True, slots=True)
class Smtp:
    """A server. `user` is "" where it asks for none; `authority` is a file of certificates, relative to the shop's
    folder, "" for those that the machine trusts.

    `rate` is how many messages a second leave at most; `errors` the share of failures at which sending stops.
    `dkim` is None where the server signs. `hello` is the name that we greet it with.
    """

    host: str
    port: int
    security: Security
    hello: str
    user: str = ""
    authority: str = ""
    rate: int = 20
    errors: float = 0.05
    dkim: Dkim | None = None
