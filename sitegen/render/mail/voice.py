"""Say in a mail's language what comes in the shop's own words: the reason, and names of tiers, stores and groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.audience.language.words import CUSTOMER, IN_GROUP, group_in
from sitegen.model.plan import Value
from sitegen.model.shop import Shop
from sitegen.model.theme import Theme
from sitegen.render.fields import said_values


@dataclass(frozen=True, slots=True)
class Voice:
    """A shop in one language. `customer` is the reason of what is for everybody, `in_group` that of a segment without
    words of its own, with {group} in it.
    """

    shop: Shop
    language: str
    customer: str
    in_group: str

    def reason(self, reason: str) -> str:
        """What stands after "because": by the theme where it is sitegen's own sentence, else by the shop's `words`."""
        if reason == CUSTOMER:
            return self.customer
        group = group_in(reason)
        if group:
            return self.in_group.replace("{group}", self.shop.said(group, self.language))
        return self.shop.said(reason, self.language)

    def values(self, values: Mapping[str, Value]) -> Mapping[str, Value]:
        """The merge values, with the shop's own in this language."""
        return said_values(values, self.shop, self.language)


def voice(shop: Shop, theme: Theme, language: str) -> Voice:
    """The voice of a shop's mails in a language. A theme without words for a reason has it in English."""
    words = {**theme.strings.get("en", {}), **theme.strings.get(language, {})}
    customer, in_group = words.get("mail.reason.customer", CUSTOMER), words.get("mail.reason.group", IN_GROUP)
    return Voice(shop, language, customer, in_group)
