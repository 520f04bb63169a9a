"""Read which mail server sends the shop's e-mails: the `smtp:` of site.yaml."""

from __future__ import annotations

import re
from decimal import Decimal
from ipaddress import ip_address

from sitegen.content.keys import Keys
from sitegen.model.smtp import PASSWORD_VARIABLE, Dkim, Security, Smtp

PORTS = {Security.STARTTLS: 587, Security.TLS: 465, Security.NONE: 25}
MOST_PORT = 65535
FASTEST = 1000
"""Messages a second; more than that no ledger can write down one by one."""
HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
LABEL = re.compile(r"[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?")


def read_smtp(keys: Keys, sender: str) -> Smtp | None:
    """The server, None where site.yaml names none; what is wrong is added to the keys' problems.

    `sender` is the shop's own address, whose domain it greets with and signs for where no other is named.
    """
    inner = keys.keys("smtp")
    if inner is None:
        return None
    domain = sender.rpartition("@")[2]
    security = inner.choice("security", Security, Security.STARTTLS)
    server = Smtp(
        host=_host(inner, "host", required=True),
        port=inner.integer("port", PORTS[security], 1, MOST_PORT),
        security=security,
        hello=_host(inner, "hello") or domain,
        user=inner.text("user"),
        authority=inner.text("ca"),
        rate=inner.integer("rate", 20, 1, FASTEST),
        errors=_share(inner),
        dkim=_dkim(inner, domain),
    )
    _refuse_open_way(inner, server)
    _refuse_password(inner)
    inner.finish()
    return server


def is_loopback(host: str) -> bool:
    """Whether what is said to this host never leaves the machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def _host(keys: Keys, key: str, required: bool = False) -> str:
    host = keys.text(key, required=required)
    if host and not HOST.fullmatch(host) and not _is_address(host):
        hint = "write its name alone, like mail.example.com; the port has a line of its own"
        keys.problems.append(keys.place(key).problem("bad-host", f"'{host}' is not the name of a host", hint))
    return host


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _share(keys: Keys) -> float:
    share = keys.decimal("errors", Decimal("0.05"))
    if not 0 < share <= 1:
        hint = "write a share like 0.05: more than 5 of 100 messages that fail stop the sending"
        keys.problems.append(keys.place("errors").problem("wrong-value", f"'errors' can't be '{share}'", hint))
    return float(share)


def _dkim(keys: Keys, domain: str) -> Dkim | None:
    inner = keys.keys("dkim")
    if inner is None:
        return None
    dkim = Dkim(inner.text("selector", required=True), inner.text("domain", domain))
    for key, value in (("selector", dkim.selector), ("domain", dkim.domain)):
        if value and not LABEL.fullmatch(value):
            hint = "write what the DNS has it under, like 'autumn' and 'shop.example'"
            inner.problems.append(inner.place(key).problem("wrong-value", f"'{key}' can't be '{value}'", hint))
    inner.finish()
    return dkim


def _refuse_password(keys: Keys) -> None:
    if keys.node("password"):
        hint = f"put it into the environment as {PASSWORD_VARIABLE}, and change it: whoever has the file has seen it"
        message = "a password does not belong into a file that is shared"
        keys.problems.append(keys.place("password").problem("password-in-file", message, hint))


def _refuse_open_way(keys: Keys, server: Smtp) -> None:
    if server.security is Security.NONE and server.host and not is_loopback(server.host):
        message = f"'{server.host}' is another machine, and 'none' would show everybody's mail to the network"
        hint = "write 'security: starttls' or 'security: tls'; 'none' is for a server on 127.0.0.1"
        keys.problems.append(keys.place("security").problem("open-way", message, hint))
