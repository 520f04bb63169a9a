"""Lead links to the receiver's forms: each reader of a message to their own, everybody else to the shop."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sitegen.model.body import FIELD_CLOSE, FIELD_OPEN
from sitegen.model.channel import MessageClass
from sitegen.model.claim import Purpose
from sitegen.model.field import FieldUse
from sitegen.model.form_link import OPEN, FormLink, form_link
from sitegen.model.plan import Recipient
from sitegen.model.shop import Shop
from sitegen.model.tree import Place
from sitegen.render.markup import Links

_NOWHERE = Place("")


class Claims(Protocol):
    """Who makes the tokens of links: the room of keys, behind a question."""

    def claim(self, purpose: Purpose, recipient: Recipient, message_class: MessageClass, about: str = "") -> str:
        """What lets the reader of a message do one thing at the receiver; fit for a URL."""
        ...


@dataclass(frozen=True, slots=True)
class TokenLinks:
    """Links of a message in which those to forms are merge fields, filled with each reader's own address.

    `before` counts the fields that the message has beside these; `found` takes those that it turns out to use.
    """

    links: Links
    before: int
    found: list[FormLink] = field(default_factory=list)

    def link(self, target: str) -> Mapping[str, str]:
        """A marker for a form, else what the message's own links say."""
        form = form_link(target)
        if form is None:
            return self.links.link(target)
        if form not in self.found:
            self.found.append(form)
        return {"href": f"{FIELD_OPEN}{self.before + self.found.index(form)}{FIELD_CLOSE}"}

    def image(self, source: str) -> Mapping[str, str]:
        """What the message's own links say."""
        return self.links.image(source)

    @property
    def uses(self) -> tuple[FieldUse, ...]:
        """The fields of the forms that were found, in the order of their markers."""
        return tuple(FieldUse(form.field, _NOWHERE) for form in self.found)


def own_addresses(forms: Iterable[FormLink], receiver: str, token: Callable[[Purpose, str], str]) -> Mapping[str, str]:
    """The addresses of a reader's own forms by their fields; `token` makes one for a purpose and what it is about."""
    return {form.field: f"{receiver}/{_path(form)}?token={token(form.purpose, form.name)}" for form in forms}


def open_address(target: str, shop: Shop) -> str:
    """Where a link leads without a token: to the open form, else to the shop's telephone, else to its mailbox.

    "" for a target that is no form.
    """
    form = form_link(target)
    if form is None:
        return ""
    if shop.receiver and form.purpose in OPEN:
        return f"{shop.receiver}/{form.purpose.value}"
    if shop.phone:
        return "tel:" + re.sub(r"[^+0-9]", "", shop.phone)
    return f"mailto:{shop.sender.address}"


def _path(form: FormLink) -> str:
    return f"{form.purpose.value}/{form.name}" if form.name else form.purpose.value
