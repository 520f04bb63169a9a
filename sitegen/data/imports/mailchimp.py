"""The exports of Mailchimp: an archive with one file for each state of a contact.

Column names: Mailchimp Help, "View or Export Contacts" and "About Your Contacts" (subscribed, unsubscribed, cleaned,
non-subscribed), compared with files that other importers publish for their tests. What was cleaned has bounced.
Non-subscribed contacts gave no consent, and their file has the same columns as the subscribed: its name tells them
apart. Addresses stand there in one text, and birthdays without a year, which is not taken in.
"""

from __future__ import annotations

from dataclasses import replace

from sitegen.data.imports.exports import Barred, CustomerExport, Field, Form, Permission

_NEEDS = ("Email Address", "MEMBER_RATING", "LAST_CHANGED", "LEID", "EUID")

SUBSCRIBED = CustomerExport(
    "mailchimp",
    "Mailchimp's export of subscribed contacts",
    needs=_NEEDS,
    id=("EUID",),
    fields=(
        Field("first_name", ("First Name",)),
        Field("last_name", ("Last Name",)),
        Field("email", ("Email Address",), Form.EMAIL),
        Field("phone", ("Phone Number", "Phone")),
        Field("country", ("CC",), Form.COUNTRY, stays=True),
        Field("time_zone", ("TIMEZONE",), Form.ZONE, stays=True),
        Field("member_since", ("OPTIN_TIME", "CONFIRM_TIME"), Form.DAY, stays=True),
        Field("tags", ("TAGS",), Form.TAGS),
    ),
    permissions=(Permission("mail", "", {}, ("OPTIN_TIME", "CONFIRM_TIME"), always="given"),),
)

NON_SUBSCRIBED = replace(
    SUBSCRIBED,
    what="Mailchimp's export of non-subscribed contacts",
    permissions=(),
    file_begins="nonsubscribed",
)

UNSUBSCRIBED = replace(
    SUBSCRIBED,
    what="Mailchimp's export of unsubscribed contacts",
    needs=(*_NEEDS, "UNSUB_TIME"),
    permissions=(Permission("mail", "", {}, ("UNSUB_TIME", "LAST_CHANGED"), always="withdrawn"),),
)

CLEANED = replace(
    SUBSCRIBED,
    what="Mailchimp's export of cleaned contacts",
    needs=(*_NEEDS, "CLEAN_TIME"),
    permissions=(),
    barred=Barred("", {}, ("CLEAN_TIME", "LAST_CHANGED"), always="bounced"),
)
