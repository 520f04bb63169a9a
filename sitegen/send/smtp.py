"""Speak with the mail server: one connection, one message at a time, step by step."""

from __future__ import annotations

import re
import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sitegen.errors import Unusable
from sitegen.model.ledger import State
from sitegen.model.smtp import PASSWORD_VARIABLE, Security, Smtp
from sitegen.send.replies import READY, Outcome, Reply, after_data, before_data, read_reply, told

_LEADING_DOT = re.compile(rb"^\.", re.MULTILINE)
_BARE_END = re.compile(rb"(?<!\r)\n|\r(?!\n)")


class Unreachable(Unusable):
    """The server is not there, or not now; it may be a moment later."""


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds to wait: for a connection, for an answer, and for the answer to a whole message (RFC 5321, 4.5.3.2)."""

    connect: float = 30
    answer: float = 300
    message: float = 600


@dataclass(frozen=True, slots=True)
class Access:
    """A server, what it takes to be let in, and whom to trust to be it (see `trust`)."""

    server: Smtp
    password: str = field(repr=False)
    context: ssl.SSLContext | None = None
    timeouts: Timeouts = Timeouts()


@dataclass(frozen=True, slots=True)
class Envelope:
    """One message on its way: return path, recipient (both ASCII), and its bytes with CRLF."""

    sender: str
    recipient: str
    content: bytes = field(repr=False)


def trust(server: Smtp, root: Path) -> ssl.SSLContext | None:
    """Whose certificates are believed; None on a way without TLS. Raises Unusable where they can't be read."""
    if server.security is Security.NONE:
        return None
    try:
        return ssl.create_default_context(cafile=str(root / server.authority) if server.authority else None)
    except (OSError, ssl.SSLError) as error:
        hint = "'ca' in site.yaml names a file of certificates in PEM, relative to the shop's folder"
        raise Unusable(f"the certificates in '{server.authority}' can't be read\nhint: {hint}") from error


@dataclass(slots=True)
class Line:
    """An open connection, greeted and let in. `amid`: a message has begun, and was not answered."""

    smtp: smtplib.SMTP
    timeouts: Timeouts
    amid: bool = False

    def deliver(self, envelope: Envelope, claim: Callable[[], None]) -> Outcome:
        """Hand one message over. `claim` is called before the server can have a byte of it.

        Raises Unusable where the server refuses the sender, and so every message; then nothing was claimed.
        """
        travelling = _transparent(envelope.content)
        try:
            refusal = self._announce(envelope)
        except (smtplib.SMTPException, OSError) as error:
            return Outcome(State.DEFERRED, f"the connection was lost before the message: {told(str(error))}", lost=True)
        if refusal:
            return refusal
        claim()
        try:
            reply = self._ask("DATA")
        except (smtplib.SMTPException, OSError):
            return Outcome(State.DEFERRED, "the connection was lost before the message", lost=True)
        if reply.code != READY:
            # A 2xx here is no answer to DATA: whatever it is, it is not to be spoken with further.
            return before_data(reply)
        return self._hand_over(travelling)

    def wait(self, seconds: float) -> None:
        """How long to wait for the next answers."""
        if self.smtp.sock:
            self.smtp.sock.settimeout(seconds)

    def close(self) -> None:
        """Say goodbye, where there is still somebody to hear it, and where it is no part of a message."""
        if not self.amid:
            with suppress(smtplib.SMTPException, OSError):
                self.wait(self.timeouts.connect)
                self.smtp.quit()
        self.smtp.close()

    def _announce(self, envelope: Envelope) -> Outcome | None:
        """Name sender and recipient; what stands in the message's way, if anything does."""
        size = f" SIZE={len(envelope.content)}" if self.smtp.has_extn("size") else ""
        reply = self._ask(f"MAIL FROM:<{envelope.sender}>{size}")
        if reply.never and not reply.too_large:
            hint = "does it know the shop's sender, and does it ask for a user? See 'sender' and 'smtp' in site.yaml"
            raise Unusable(f"the mail server takes nothing from this sender: {reply}\nhint: {hint}")
        if not reply.positive:
            return self._taken_back(before_data(reply))
        reply = self._ask(f"RCPT TO:<{envelope.recipient}>")
        return None if reply.positive else self._taken_back(before_data(reply))

    def _taken_back(self, outcome: Outcome) -> Outcome:
        """The same, after the server has forgotten what was announced."""
        if outcome.lost:
            return outcome
        try:
            forgotten = self._ask("RSET").positive
        except (smtplib.SMTPException, OSError):
            forgotten = False
        return outcome if forgotten else Outcome(outcome.state, outcome.said, lost=True, gone=outcome.gone)

    def _hand_over(self, travelling: bytes) -> Outcome:
        """From here on only an answer tells whether the server has the message (RFC 1047)."""
        self.amid = True
        try:
            self.wait(self.timeouts.message)
            self.smtp.send(travelling)
            reply = read_reply(*self.smtp.getreply())
            self.amid = False
            self.wait(self.timeouts.answer)
        except (smtplib.SMTPException, OSError) as error:
            return Outcome(State.UNKNOWN, f"the connection was lost after the message: {told(str(error))}", lost=True)
        return after_data(reply)

    def _ask(self, command: str) -> Reply:
        return read_reply(*self.smtp.docmd(command))


def connect(access: Access) -> Line:
    """A connection that is ready for messages.

    Raises Unreachable for what may pass, Unusable for what somebody must mend: a certificate, a password.
    """
    server = access.server
    where = f"the mail server '{server.host}', port {server.port},"
    try:
        smtp = _open(access)
    except ssl.SSLCertVerificationError as error:
        hint = "'host' must be the name in its certificate; 'ca' in site.yaml may name a file that it is checked with"
        message = f"{where} shows a certificate that is not to be trusted: {error.verify_message}"
        raise Unusable(f"{message}\nhint: {hint}") from error
    except smtplib.SMTPConnectError as error:
        raise _refusal(f"{where} turns us away", error) from error
    except smtplib.SMTPAuthenticationError as error:
        hint = f"is 'user' in site.yaml right, and {PASSWORD_VARIABLE} in the environment?"
        said = read_reply(error.smtp_code, _bytes(error.smtp_error))
        if said.later:
            raise Unreachable(f"{where} can't check the password now: {said}") from error
        raise Unusable(f"{where} does not let '{server.user}' in: {said}\nhint: {hint}") from error
    except smtplib.SMTPNotSupportedError as error:
        raise _unsupported(where, server) from error
    except (smtplib.SMTPException, OSError) as error:
        hint = "is it running, and are 'host', 'port' and 'security' in site.yaml right?"
        raise Unreachable(f"{where} can't be reached: {told(str(error))}\nhint: {hint}") from error
    line = Line(smtp, access.timeouts)
    line.wait(access.timeouts.answer)
    return line


def _open(access: Access) -> smtplib.SMTP:
    server, wait = access.server, access.timeouts.connect
    if server.security is Security.TLS:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(
            server.host, server.port, local_hostname=server.hello, timeout=wait, context=access.context
        )
    else:
        smtp = smtplib.SMTP(server.host, server.port, local_hostname=server.hello, timeout=wait)
    try:
        smtp.ehlo_or_helo_if_needed()
        if server.security is Security.STARTTLS:
            _guard(smtp, access.context)
        if server.user:
            smtp.login(server.user, access.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _guard(smtp: smtplib.SMTP, context: ssl.SSLContext | None) -> None:
    code, said = smtp.starttls(context=context)
    if code != 220:
        raise smtplib.SMTPConnectError(code, said)
    smtp.ehlo_or_helo_if_needed()


def _refusal(what: str, error: smtplib.SMTPResponseException) -> Unusable:
    said = read_reply(error.smtp_code, _bytes(error.smtp_error))
    if said.never:
        return Unusable(f"{what}: {said}")
    return Unreachable(f"{what} for now: {said}")


def _unsupported(where: str, server: Smtp) -> Unusable:
    if server.security is Security.STARTTLS:
        hint = "many servers speak TLS from the start on port 465: 'security: tls'"
        return Unusable(f"{where} offers no STARTTLS, or no way to say the password\nhint: {hint}")
    return Unusable(f"{where} asks for no user\nhint: leave 'user' out of site.yaml")


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode()


def _transparent(content: bytes) -> bytes:
    """The message as it travels: leading dots doubled, and the line that ends it (RFC 5321, 4.5.2)."""
    # A bare line end could be taken for the end of the message by one server, and not by the next.
    assert not _BARE_END.search(content), "a message must have CRLF only"
    body = _LEADING_DOT.sub(b"..", content)
    return body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n"
