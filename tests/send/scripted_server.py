"""A mail server on a real socket that answers as a test wants, with certificates of its own making."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

CLOSE = ""
"""An answer that is none: the server hangs up."""
PLAIN: Mapping[str, str] = {
    "connect": "220 shop.example ESMTP",
    "EHLO": "250-shop.example\r\n250-SIZE 1000000\r\n250 ENHANCEDSTATUSCODES",
    "MAIL": "250 2.1.0 Ok",
    "RCPT": "250 2.1.5 Ok",
    "DATA": "354 End data with <CR><LF>.<CR><LF>",
    ".": "250 2.0.0 Ok: queued",
    "RSET": "250 2.0.0 Ok",
    "QUIT": "221 2.0.0 Bye",
    "AUTH": "235 2.7.0 Authentication successful",
    "STARTTLS": "220 2.0.0 Ready to start TLS",
}
EHLO = "250-shop.example\r\n"
"""How an answer to EHLO begins."""


@dataclass(slots=True)
class Scripted:
    """What the server was told, by connection, and the messages it was given. `answers` differ from PLAIN."""

    port: int
    answers: Mapping[str, str]
    context: ssl.SSLContext | None
    said: list[str] = field(default_factory=list)
    messages: list[bytes] = field(default_factory=list)

    def talk(self, connection: socket.socket) -> None:
        """Speak with one visitor until one of both hangs up."""
        with suppress(OSError), ExitStack() as open_sockets:
            open_sockets.enter_context(connection)
            connection.settimeout(10)
            if not self.reply(connection, "connect"):
                return
            lines = connection.makefile("rb")
            while line := lines.readline():
                command = line.decode().strip()
                self.said.append(command)
                verb = command.split()[0].upper() if command else ""
                if not self.reply(connection, verb) or verb == "QUIT":
                    return
                if verb == "STARTTLS" and self.context:
                    connection = self.context.wrap_socket(connection, server_side=True)
                    open_sockets.enter_context(connection)
                    lines = connection.makefile("rb")
                if verb == "DATA" and self.answer("DATA").startswith("354"):
                    message = b""
                    while (part := lines.readline()) not in {b".\r\n", b""}:
                        message += part
                    self.messages.append(message)
                    if not self.reply(connection, "."):
                        return

    def answer(self, verb: str) -> str:
        """What it says to a command."""
        return self.answers.get(verb, PLAIN.get(verb, "502 5.5.2 what?"))

    def reply(self, connection: socket.socket, verb: str) -> bool:
        """Say it; False where the server hangs up instead."""
        said = self.answer(verb)
        if said == CLOSE:
            return False
        connection.sendall(said.encode() + b"\r\n")
        return not said.startswith("421")


@contextmanager
def serving(answers: Mapping[str, str] | None = None, context: ssl.SSLContext | None = None) -> Iterator[Scripted]:
    """A server of its own, gone afterwards; `context` is what it shows after STARTTLS."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        server = Scripted(int(door.getsockname()[1]), answers or {}, context)
        visitors: list[threading.Thread] = []

        def listen() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = door.accept()
                    visitors.append(threading.Thread(target=server.talk, args=(connection,), daemon=True))
                    visitors[-1].start()

        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        try:
            yield server
        finally:
            door.shutdown(socket.SHUT_RDWR)
            listener.join(5)
            for visitor in visitors:
                visitor.join(5)


def certificate(folder: Path, name: str) -> tuple[Path, ssl.SSLContext]:
    """A certificate for a name or an address, in a file for those who trust it, and what a server shows."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
    own: x509.GeneralName = x509.IPAddress(ip_address(name)) if name[0].isdigit() else x509.DNSName(name)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    made = builder.add_extension(x509.SubjectAlternativeName([own]), critical=False).sign(key, hashes.SHA256())
    pem, secret = folder / f"{name}.pem", folder / f"{name}.key"
    pem.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(pem, secret)
    return pem, context
