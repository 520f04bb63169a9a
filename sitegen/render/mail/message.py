"""Fill a composed e-mail for one recipient: headers, text and HTML, as the bytes that leave."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache
from html import escape
from typing import Protocol, TypeAlias
from urllib.parse import quote

from sitegen.errors import Exit, Mistakes, Problem
from sitegen.model.claim import Purpose
from sitegen.model.field import FieldUse
from sitegen.model.plan import Recipient, Value
from sitegen.render.fields import remembering, speller
from sitegen.render.form_links import Claims, own_addresses
from sitegen.render.mail import headers as mail_headers
from sitegen.render.mail import views as mail_views
from sitegen.render.mail.compose import MailTemplate
from sitegen.render.mail.encoding import encoded_value, quoted_printable
from sitegen.render.merge import MergeTemplate, merge
from sitegen.render.plain import plain

Escape: TypeAlias = Callable[[str], str]

# "=_" can't occur in quoted-printable text (RFC 2045, 6.7), so one boundary serves every message.
_BOUNDARY = "=_sitegen"


class Tokens(Claims, Protocol):
    """Who makes the tokens of a message: the room of keys, behind two questions."""

    def message(self, recipient: Recipient) -> str:
        """What names this one message everywhere: lower-case letters and digits, at most 40."""
        ...


@dataclass(frozen=True, slots=True)
class Posting:
    """How messages leave. `instant` is the planned moment, with its zone."""

    instant: datetime
    tokens: Tokens


@dataclass(frozen=True, slots=True)
class Filled:
    """A message in its readable parts, before it is encoded. `reply_to` is ("", "") without an adviser's address."""

    subject: str
    to: tuple[str, str]
    reply_to: tuple[str, str]
    text: str
    html: str
    links: mail_views.ReaderLinks


def message(template: MailTemplate, recipient: Recipient, posting: Posting) -> bytes:
    """The recipient's message: RFC 5322 with CRLF, text before HTML, both quoted-printable.

    The same arguments give the same bytes. Raises Mistakes for an address that no e-mail can go to, and NoValue
    where a field has neither value nor fallback (both should have been excluded by the plan).
    """
    filled = _filled(template, recipient, posting, (template.encoded_html, _encoded))
    head = _headers(template, posting, filled)
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
    links = reader_links(template, recipient, posting)
    values = mail_views.values(recipient, links, template.voice)
    spell = _speller(template.language, template.shop.currency)

    def text_of(part: MergeTemplate) -> str:
        return merge(part, values, spell, mail_headers.clean)

    adviser = mail_headers.usable_address(str(values.get("adviser_email", "")))
    return Filled(
        subject=text_of(template.subject),
        to=(_text(values, "full_name"), address),
        reply_to=(_text(values, "adviser_name"), adviser) if adviser else ("", ""),
        text=plain.write(template.plain, lambda piece: text_of(template.plain_fields[piece])),
        html=merge(html[0], values, spell, html[1]),
        links=links,
    )


@lru_cache(maxsize=64)
def _speller(language: str, currency: str) -> Callable[[FieldUse, Value], str]:
    # Most recipients of an edition share its day, many their points and their tier.
    return remembering(speller(language, currency))


def _escaped(value: str) -> str:
    return escape(mail_headers.clean(value))


def _encoded(value: str) -> str:
    return encoded_value(_escaped(value))


def file_name(recipient: Recipient) -> str:
    """Where the message is kept, relative to output/mail/: `<edition>/<customer>.eml`."""
    return f"{recipient.edition}/{quote(recipient.customer_id, safe=' @+').replace('.', '%2E')}.eml"


def message_id(template: MailTemplate, recipient: Recipient, posting: Posting) -> str:
    """`<...@domain>`: the same for the same edition and address, so that a second copy is recognised."""
    return _message_id(template, posting.tokens.message(recipient))


def _message_id(template: MailTemplate, token: str) -> str:
    return f"<{token}@{template.shop.sender.address.rpartition('@')[2]}>"


def reader_links(template: MailTemplate, recipient: Recipient, posting: Posting) -> mail_views.ReaderLinks:
    """Where the reader's own links lead: the receiver where the shop has one, else mails to the shop."""
    named = posting.tokens.message(recipient)
    by_mail = f"mailto:{template.shop.sender.unsubscribe}?subject=unsubscribe%20{named}"
    if not template.shop.receiver:
        return mail_views.ReaderLinks(named, by_mail, by_mail, "")

    def token(purpose: Purpose, about: str = "") -> str:
        return posting.tokens.claim(purpose, recipient, template.message_class, about)

    def page(purpose: Purpose) -> str:
        return f"{template.shop.receiver}/{purpose}?token={token(purpose)}"

    forms = own_addresses(template.forms, template.shop.receiver, token)
    return mail_views.ReaderLinks(named, by_mail, page(Purpose.UNSUBSCRIBE), page(Purpose.PREFERENCES), forms)


def _headers(template: MailTemplate, posting: Posting, filled: Filled) -> str:
    sender = template.shop.sender
    domain = sender.address.rpartition("@")[2]
    lines = [
        mail_headers.mailbox("From", template.shop.said(sender.name, template.language), sender.address),
        mail_headers.mailbox("Reply-To", *filled.reply_to) if filled.reply_to[1] else "",
        mail_headers.mailbox("To", *filled.to),
        mail_headers.text("Subject", filled.subject),
        f"Date: {format_datetime(posting.instant)}\r\n",
        mail_headers.raw("Message-ID", _message_id(template, filled.links.token)),
        mail_headers.raw("List-Id", f"<{template.message_class}.{domain}>"),
        *_unsubscribe_headers(filled.links),
        mail_headers.raw("Feedback-ID", _feedback_id(template, domain)),
        # RFC 3834: a machine that is away on holiday need not answer what nobody sent by hand.
        mail_headers.raw("Auto-Submitted", "auto-generated") if template.automatic else "",
        "MIME-Version: 1.0\r\n",
        f'Content-Type: multipart/alternative; boundary="{_BOUNDARY}"\r\n',
    ]
    return "".join(lines)


def _feedback_id(template: MailTemplate, domain: str) -> str:
    """What some receivers count complaints by: campaign, class and a sender of at most 15 characters, no reader."""
    sender = re.sub(r"[^a-z0-9]", "", domain.lower())[:15]
    return f"{quote(template.campaign, safe='/')}:{template.message_class}:mail:{sender}"


def _unsubscribe_headers(links: mail_views.ReaderLinks) -> tuple[str, ...]:
    if links.unsubscribe == links.unsubscribe_by_mail:
        # RFC 8058 allows the one-click header only beside an https address.
        return (mail_headers.raw("List-Unsubscribe", f"<{links.unsubscribe_by_mail}>"),)
    return (
        mail_headers.raw("List-Unsubscribe", f"<{links.unsubscribe}>", f"<{links.unsubscribe_by_mail}>"),
        mail_headers.raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
    )


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
