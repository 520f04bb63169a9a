"""What the templates of an e-mail may see; what differs between recipients stands there as a merge field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from markupsafe import Markup

from sitegen.model.body import FIELD_CLOSE, FIELD_OPEN
from sitegen.model.field import FieldUse
from sitegen.model.plan import Recipient, Value
from sitegen.model.tree import Place
from sitegen.render.mail.headers import usable_address
from sitegen.render.mail.voice import Voice

NOWHERE = Place("")
_ADVISER_FIELDS = (
    "adviser_name",
    "adviser_first_name",
    "adviser_title",
    "adviser_phone",
    "adviser_email",
    "adviser_signature",
    "adviser_photo",
)
# The dot keeps these names apart from the fields that a marketer may write.
_OWN_FIELDS = (
    "mail.reason",
    "mail.day",
    "mail.unsubscribe_url",
    "mail.preferences_url",
    "mail.adviser_phone_url",
    "mail.adviser_email_url",
)
TEMPLATE_FIELDS = tuple(FieldUse(name, NOWHERE, fallback="") for name in (*_ADVISER_FIELDS, *_OWN_FIELDS))
"""The fields that templates use; their indices follow those of the campaign's body."""

_NEEDS = {
    "mail.day": "",
    "mail.unsubscribe_url": "",
    "mail.preferences_url": "",
    "mail.adviser_phone_url": "adviser_phone",
    "mail.adviser_email_url": "adviser_email",
}


@dataclass(frozen=True, slots=True)
class ReaderLinks:
    """A reader's own links, and the token that names their message.

    Without a receiver `unsubscribe` is the mail again, and `preferences` is "". `forms` are the addresses of the forms
    to which the message links, by their fields.
    """

    token: str
    unsubscribe_by_mail: str
    unsubscribe: str
    preferences: str
    forms: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MailView:
    """The e-mail. Absent text is "".

    `preferences_url` is "" where the shop has no receiver; `day` is the day on which it leaves, as one writes it above
    a letter; `direction` is that of the language, ltr or rtl.
    """

    subject: str
    preheader: str
    title: str
    html: Markup
    reason: str
    day: str
    unsubscribe_url: str
    preferences_url: str
    home_url: str
    page_url: str
    archive_url: str
    language: str
    direction: str
    kind: str
    message_class: str


@dataclass(frozen=True, slots=True)
class AdviserView:
    """The recipient's adviser; all fields are "" where there is none.

    `signature` is the name as the adviser signs, `photo_url` a round picture.
    """

    name: str
    signature: str
    first_name: str
    title: str
    phone: str
    phone_url: str
    email: str
    email_url: str
    photo_url: str


def known(recipient: Recipient) -> frozenset[str]:
    """Which of the template's fields this recipient has: a template asks for them by `{% if adviser.phone %}`."""
    present = {name for name in _ADVISER_FIELDS if recipient.values.get(name)}
    return frozenset(present | {"mail.reason"} if recipient.reason else present)


def field_marker(name: str, before: int, present: frozenset[str]) -> str:
    """The marker of a template's field where it is present, else "". `before` counts the body's own fields."""
    needed = _NEEDS.get(name, name)
    if needed and needed not in present:
        return ""
    index = next(index for index, use in enumerate(TEMPLATE_FIELDS) if use.name == name)
    return f"{FIELD_OPEN}{before + index}{FIELD_CLOSE}"


def adviser_view(before: int, present: frozenset[str]) -> AdviserView:
    """The adviser as merge fields."""
    return AdviserView(
        name=field_marker("adviser_name", before, present),
        signature=field_marker("adviser_signature", before, present) or field_marker("adviser_name", before, present),
        first_name=field_marker("adviser_first_name", before, present),
        title=field_marker("adviser_title", before, present),
        phone=field_marker("adviser_phone", before, present),
        phone_url=field_marker("mail.adviser_phone_url", before, present),
        email=field_marker("adviser_email", before, present),
        email_url=field_marker("mail.adviser_email_url", before, present),
        photo_url=field_marker("adviser_photo", before, present),
    )


def values(recipient: Recipient, links: ReaderLinks, voice: Voice) -> Mapping[str, Value]:
    """All that one recipient's message may say: the plan's values, and those of TEMPLATE_FIELDS."""
    phone = str(recipient.values.get("adviser_phone", ""))
    email = usable_address(str(recipient.values.get("adviser_email", "")))
    return {
        **voice.values(recipient.values),
        "mail.reason": voice.reason(recipient.reason).strip().rstrip(".。"),
        "mail.day": recipient.day,
        "mail.unsubscribe_url": links.unsubscribe,
        "mail.preferences_url": links.preferences,
        **links.forms,
        "mail.adviser_phone_url": "tel:" + re.sub(r"[^+0-9]", "", phone),
        "mail.adviser_email_url": "mailto:" + quote(email or "", safe="@"),
    }


def phrases(words: Callable[[str], str]) -> Callable[..., str]:
    """`t(key, name=...)`: the theme's words, with `{name}` filled in."""

    def t(key: str, **named: str) -> str:
        text = words(key)
        for name, value in named.items():
            text = text.replace(f"{{{name}}}", value)
        return text

    return t
