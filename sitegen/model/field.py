"""Merge fields: what a message may say of its recipient, and on which channels."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as with_default
from typing import Literal, TypeAlias

from sitegen.errors import Problem
from sitegen.model.channel import Channel
from sitegen.model.tree import Place

EVERYWHERE = frozenset(Channel)
OFF_SITE = frozenset({Channel.MAIL, Channel.TEXT, Channel.CARD})
_PAGE = frozenset({Channel.PAGE})


@dataclass(frozen=True, slots=True)
class Field:
    """A field by name. `kind` is text, integer, money or date; the site's fields enter the member record.

    `full`: only a record of `member_data: full` holds it, so only with that may a page show it.
    """

    name: str
    kind: str
    meaning: str
    channels: frozenset[Channel] = EVERYWHERE
    full: bool = False


@dataclass(frozen=True, slots=True)
class FieldUse:
    """One `{{ name | format or "fallback" }}` in a text. `format` is "" where none was named.

    `length` is how many characters it takes where it is written.
    """

    name: str
    place: Place
    format: str = ""
    fallback: str | None = None
    length: int = with_default(default=0, compare=False)

    @property
    def key(self) -> str:
        """The name under which the member record holds this value."""
        return f"{self.name}|{self.format}" if self.format else self.name


FIELDS: tuple[Field, ...] = (
    Field("first_name", "text", "given name"),
    Field("last_name", "text", "family name", OFF_SITE),
    Field("full_name", "text", "the name as it is written on an envelope", OFF_SITE),
    Field("salutation", "text", "Mr, Ms, Dr", OFF_SITE),
    Field("tier", "text", "name of the member's tier"),
    Field("tier_benefit", "text", "what the tier gives, in words"),
    Field("next_tier", "text", "name of the next tier"),
    Field("to_next_tier", "money", "what is still missing to the next tier"),
    Field("points", "integer", "points that can be spent"),
    Field("points_pending", "integer", "points that are earned and can't be spent yet", full=True),
    Field("points_expiring", "integer", "points that go soon, within the programme's days of notice", full=True),
    Field("points_expire_on", "date", "the first day on which some of them no longer count", full=True),
    Field("next_gift", "text", "title of the cheapest gift that their points don't reach yet", full=True),
    Field("points_to_next_gift", "integer", "points that are still missing for it", full=True),
    Field("member_since", "date", "day of the first entry in the customer file"),
    Field("adviser_name", "text", "the closest adviser's name"),
    Field("adviser_first_name", "text", "the closest adviser's given name"),
    Field("adviser_title", "text", "the closest adviser's job title"),
    Field("adviser_phone", "text", "the closest adviser's phone"),
    Field("adviser_email", "text", "the closest adviser's e-mail address"),
    Field("adviser_signature", "text", "the closest adviser's name, as they sign a letter", OFF_SITE),
    Field("adviser_photo", "text", "address of the closest adviser's picture", frozenset({Channel.MAIL})),
    Field("store_name", "text", "the member's own store"),
    Field("store_city", "text", "city of the member's own store"),
    Field("coupons", "text", "the coupons that the member can redeem, with what they give", full=True),
    Field("coupons_until", "date", "last day of the coupon that ends first", full=True),
    Field("next_event", "text", "title of the next gathering to which the member said yes", full=True),
    Field("next_event_on", "date", "day of that gathering", full=True),
    Field("next_event_place", "text", "place of that gathering", full=True),
    Field("promises", "text", "what the shop promised the member and has not done yet", full=True),
    Field("promises_due", "date", "day by which the first of these promises must be kept", full=True),
    Field("circle", "text", "guests of their next or last gathering who may be known", _PAGE, full=True),
    Field("last_order", "date", "day of the last order", OFF_SITE),
    Field("city", "text", "the customer's city", OFF_SITE),
    Field("language", "text", "the language that the customer reads, as a code", _PAGE),
)

OF_THE_SHOP = frozenset(
    {
        "tier",
        "tier_benefit",
        "next_tier",
        "next_gift",
        "adviser_title",
        "store_name",
        "store_city",
        "next_event",
        "next_event_place",
    }
)
"""Fields that say something of the shop's: it may have other words for it in another language."""

MemberData: TypeAlias = Literal["none", "basic", "full"]
"""How much the members' records hold: nothing, what every page may show, and what is `full` besides."""


def kept_back(shown: Field, kept: MemberData, place: Place) -> Problem:
    """The mistake of a page that shows a field which no record holds."""
    message = f"a page can't show '{shown.name}': it belongs to full member data, and this shop's is {kept}"
    return place.problem("full-field", message, "write 'output: {member_data: full}' in site.yaml, or leave it out")


FORMATS: dict[str, frozenset[str]] = {
    "number": frozenset({"integer", "money"}),
    "money": frozenset({"integer", "money"}),
    "date": frozenset({"date"}),
    "month": frozenset({"date"}),
    "year": frozenset({"date"}),
    "upper": frozenset({"text"}),
}
"""Named formats and the kinds of field that each may be put on."""


def field(name: str) -> Field | None:
    """The field of that name, or None."""
    return next((candidate for candidate in FIELDS if candidate.name == name), None)
