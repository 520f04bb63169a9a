"""An e-mail for another sender: HTML and text with merge tags, and the values of those tags for each recipient.

A tag is `{{name}}` and is filled by plain substitution: formats and fallbacks are resolved here, so that a sender
that knows neither still says what sitegen would have said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sitegen.model.field import FieldUse
from sitegen.model.plan import Recipient
from sitegen.render.fields import speller
from sitegen.render.mail import headers as mail_headers
from sitegen.render.mail import views as mail_views
from sitegen.render.mail.compose import MailTemplate
from sitegen.render.mail.message import Posting, reader_links
from sitegen.render.merge import MergeTemplate, filled
from sitegen.render.plain import plain

ADDRESSING = ("email", "name", "reply_to")
"""Columns that every list has, before those of the tags."""

# Other senders put values into HTML as they are; no name needs these two.
_SAFE = str.maketrans("<>", "‹›")


@dataclass(frozen=True, slots=True)
class Exported:
    """One variant's message. `tags` names each way in which it uses a field, in the order of the list's columns."""

    subject: str
    html: str
    text: str
    tags: Mapping[FieldUse, str]


def exported(template: MailTemplate) -> Exported:
    """The template with its tags."""
    tags = _tags(template)

    def tagged(part: MergeTemplate) -> str:
        pieces = (piece if isinstance(piece, str) else f"{{{{{tags[_way(piece)]}}}}}" for piece in part.parts)
        return "".join(pieces)

    return Exported(
        subject=tagged(template.subject),
        html=tagged(template.html),
        text=plain.write(template.plain, lambda piece: tagged(template.plain_fields[piece])),
        tags=tags,
    )


def row(made: Exported, template: MailTemplate, recipient: Recipient, posting: Posting) -> tuple[str, ...]:
    """One recipient's line: ADDRESSING, then the value of each tag. Raises NoValue where a field has none at all."""
    values = mail_views.values(recipient, reader_links(template, recipient, posting), template.voice)
    spell = speller(template.language, template.shop.currency)
    adviser = mail_headers.usable_address(str(values.get("adviser_email", ""))) or ""
    said = (mail_headers.clean(filled(use, values, spell)).translate(_SAFE) for use in made.tags)
    return (recipient.address, mail_headers.clean(str(values.get("full_name", ""))), adviser, *said)


def _tags(template: MailTemplate) -> Mapping[FieldUse, str]:
    """A name of letters, digits and underscores for each way: two fallbacks of one field are two ways."""
    named: dict[FieldUse, str] = {}
    taken: set[str] = set()
    for use in _uses(template):
        if use not in named:
            name = base = "_".join(filter(None, (re.sub(r"\W", "_", use.name), use.format)))
            number = 2
            while name in taken:
                name, number = f"{base}_{number}", number + 1
            named[use] = name
            taken.add(name)
    return named


def _uses(template: MailTemplate) -> Iterator[FieldUse]:
    for part in (template.subject, template.html, *template.plain_fields.values()):
        yield from map(_way, part.fields)


def _way(use: FieldUse) -> FieldUse:
    """The use wherever it stands."""
    return FieldUse(use.name, mail_views.NOWHERE, use.format, use.fallback)
