"""Fill a composed e-mail for one recipient: headers, text and HTML, as the bytes that leave."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import TypeAlias
from urllib.parse import quote

from sitegen.errors import Exit, Mistakes, Problem
from sitegen.model.plan import Recipient, Value
from sitegen.render import mail_headers, mail_views, plain
from sitegen.render.fields import speller
from sitegen.render.mail import MailTemplate
from sitegen.render.mail_encoding import encoded_value, quoted_printable
from sitegen.render.merge import MergeTemplate, merge

Escape: TypeAlias = Callable[[str], str]

# "=_" can't occur in quoted-printable text (RFC 2045, 6.7), so one boundary serves every message.
_BOUNDARY = "=_sitegen"


@dataclass(frozen=True, slots=True)
class Posting:
    """How messages leave. `instant` is the planned moment, with its zone; `key` makes ids and tokens, 32 bytes.

    `receiver_url` is where one-click unsubscribing is answered (RFC 8058), "" where only a mailbox is.
    """

    instant: datetime
    key: bytes = field(repr=False)
    receiver_url: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """A message in its readable parts, before it is encoded. `reply_to` is ("", "") without an adviser's address."""

    subject: str
    to: tuple[str, str]
    reply_to: tuple[str, str]
    text: str
    html: str


def message(template: MailTemplate, recipient: Recipient, posting: Posting) -> bytes:
    """The recipient's message: RFC 5322 with CRLF, text before HTML, both quoted-printable.

    The same arguments give the same bytes. Raises Mistakes for an address that no e-mail can go to, and NoValue
    where a field has neither value nor fallback (both should have been excluded by the plan).
    """
    filled = _filled(template, recipient, posting, (template.encoded_html, _encoded))
    head = _headers(template, recipient, posting, filled)
    parts = _part("plain", quoted_printable(filled.text)) + _part("html", filled.html)
    return f"{head}\r\n{parts}--{_BOUNDARY}--\r\n".encode("ascii")


def fill(template: MailTemplate, recipient: Recipient, posting: Posting) -> Filled:
    """The merged parts of the recipient's message as a reader sees them; raises as `message` does."""
    return _filled(template, recipient, posting, (template.html, _escaped))


def _filled(
    template: MailTemplate, recipient: Recipient, posting: Posting, html: tuple[MergeTemplate, Escape]
) -> Filled:
    address = mail_headers.usable_address(recipient.address)
    if address is None:
        raise Mistakes([_unusable(recipient)], Exit.MESSAGE)
    values = mail_views.values(recipient, unsubscribe_url(template, recipient, posting))
    spell = speller(template.language, template.shop.currency)

    def text_of(part: MergeTemplate) -> str:
        return merge(part, values, spell, mail_headers.clean)

    adviser = mail_headers.usable_address(str(values.get("adviser_email", "")))
    return Filled(
        subject=text_of(template.subject),
        to=(_text(values, "full_name"), address),
        reply_to=(_text(values, "adviser_name"), adviser) if adviser else ("", ""),
        text=plain.write(template.plain, lambda piece: text_of(template.plain_fields[piece])),
        html=merge(html[0], values, spell, html[1]),
    )


def _escaped(value: str) -> str:
    return escape(mail_headers.clean(value))


def _encoded(value: str) -> str:
    return encoded_value(_escaped(value))


def file_name(recipient: Recipient) -> str:
    """Where the message is kept, relative to output/mail/: `<edition>/<customer>.eml`."""
    return f"{recipient.edition}/{quote(recipient.customer_id, safe=' @+').replace('.', '%2E')}.eml"


def message_id(template: MailTemplate, recipient: Recipient, posting: Posting) -> str:
    """`<...@domain>`: the same for the same campaign, edition and customer, so that a second copy is recognised."""
    domain = template.shop.sender.address.rpartition("@")[2]
    return f"<{_token(posting.key, 'message', recipient)}@{domain}>"


def unsubscribe_url(template: MailTemplate, recipient: Recipient, posting: Posting) -> str:
    """Where the reader's own link leads: the receiver where the shop has one, else a mail with the token."""
    token = _token(posting.key, f"unsubscribe {template.message_class}", recipient)
    if posting.receiver_url:
        return f"{posting.receiver_url}/unsubscribe?token={token}"
    return _unsubscribe_mail(template, token)


def _unsubscribe_mail(template: MailTemplate, token: str) -> str:
    return f"mailto:{template.shop.sender.unsubscribe}?subject=unsubscribe%20{token}"


def _headers(template: MailTemplate, recipient: Recipient, posting: Posting, filled: Filled) -> str:
    sender = template.shop.sender
    domain = sender.address.rpartition("@")[2]
    lines = [
        mail_headers.mailbox("From", sender.name, sender.address),
        mail_headers.mailbox("Reply-To", *filled.reply_to) if filled.reply_to[1] else "",
        mail_headers.mailbox("To", *filled.to),
        mail_headers.text("Subject", filled.subject),
        f"Date: {format_datetime(posting.instant)}\r\n",
        mail_headers.raw("Message-ID", message_id(template, recipient, posting)),
        mail_headers.raw("List-Id", f"<{template.message_class}.{domain}>"),
        *_unsubscribe_headers(template, recipient, posting),
        "MIME-Version: 1.0\r\n",
        f'Content-Type: multipart/alternative; boundary="{_BOUNDARY}"\r\n',
    ]
    return "".join(lines)


def _unsubscribe_headers(template: MailTemplate, recipient: Recipient, posting: Posting) -> tuple[str, ...]:
    token = _token(posting.key, f"unsubscribe {template.message_class}", recipient)
    by_mail = f"<{_unsubscribe_mail(template, token)}>"
    if not posting.receiver_url:
        # RFC 8058 allows the one-click header only beside an https address.
        return (mail_headers.raw("List-Unsubscribe", by_mail),)
    by_click = f"<{unsubscribe_url(template, recipient, posting)}>"
    return (
        mail_headers.raw("List-Unsubscribe", by_click, by_mail),
        mail_headers.raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    )


def _token(key: bytes, purpose: str, recipient: Recipient) -> str:
    """Sixteen bytes of HMAC-SHA256 in lower-case base32, 26 characters."""
    parts = (purpose, recipient.campaign, recipient.edition, recipient.customer_id)
    said = b"".join(len(part.encode()).to_bytes(4, "big") + part.encode() for part in parts)
    return base64.b32encode(hmac.digest(key, said, "sha256")[:16]).decode("ascii").rstrip("=").lower()


def _part(subtype: str, encoded: str) -> str:
    return (
        f"--{_BOUNDARY}\r\n"
        f'Content-Type: text/{subtype}; charset="utf-8"\r\n'
        f"Content-Transfer-Encoding: quoted-printable\r\n\r\n{encoded}\r\n"
    )


def _text(values: Mapping[str, Value], name: str) -> str:
    return str(values.get(name, ""))


def _unusable(recipient: Recipient) -> Problem:
    message = f"no e-mail can go to '{recipient.address}', the address of customer '{recipient.customer_id}'"
    return Problem("", 0, 0, "bad-address", message, "correct the address in the customer file")
