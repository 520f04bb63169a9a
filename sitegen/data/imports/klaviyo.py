"""The export of Klaviyo: the profiles of a list or segment.

Column names: exports in the public repositories of other importers and their tests; the states of consent: Klaviyo's
developer guide, "Collect email and SMS consent via API" (subscribed, unsubscribed, never subscribed). How the reasons
of a suppression stand in their cell was not seen: any text there is one, read by the words that it holds.
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
