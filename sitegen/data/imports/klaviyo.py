"""The export of Klaviyo: the profiles of a list or segment.

Column names: Klaviyo Help Center, "How to export a list or segment" and "Understanding consent in profiles", compared
with files that other importers publish for their tests. Consent is SUBSCRIBED, UNSUBSCRIBED or NEVER_SUBSCRIBED;
the reasons of a suppression stand in one cell.
"""

from __future__ import annotations

from typing import Final, Literal

from sitegen.data.imports.exports import Barred, CustomerExport, Field, Form, Permission

_WORDS: Final[dict[str, Literal["given", "withdrawn", "no"]]] = {
    "subscribed": "given",
    "unsubscribed": "withdrawn",
    "never_subscribed": "no",
    "never subscribed": "no",
}

PROFILES = CustomerExport(
    "klaviyo",
    "Klaviyo's profile export",
    needs=("Email", "First Name", "Last Name", "Email Marketing Consent"),
    id=("Klaviyo ID",),
    fields=(
        Field("first_name", ("First Name",)),
        Field("last_name", ("Last Name",)),
        Field("email", ("Email",), Form.EMAIL),
        Field("phone", ("Phone Number",)),
        Field("street", ("Organization", "Address", "Address 2"), Form.JOINED),
        Field("city", ("City",)),
        Field("postcode", ("Zip Code",)),
        Field("region", ("State / Region",)),
        Field("country", ("Country",), Form.COUNTRY),
        Field("member_since", ("Profile Created On", "Date Added"), Form.DAY, stays=True),
    ),
    permissions=(
        Permission("mail", "Email Marketing Consent", _WORDS, ("Email Marketing Consent Timestamp",)),
        Permission("text", "SMS Marketing Consent", _WORDS, ("SMS Marketing Consent Timestamp",)),
    ),
    barred=Barred(
        "Email Suppressions",
        {"bounce": "bounced", "invalid": "bounced", "spam": "complained", "complain": "complained", "": "unsubscribed"},
        ("Email Suppressions Timestamp",),
    ),
)
