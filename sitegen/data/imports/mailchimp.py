"""The exports of Mailchimp: an archive with one file for each state of a contact.

Column names and the beginnings of file names: exports in the public repositories of other importers and their tests;
the states: Mailchimp's knowledge base, "View Unsubscribed and Cleaned Addresses" (what was cleaned has bounced). The
columns of the cleaned were not seen in full, hence they are known by their file's name too. Non-subscribed contacts
gave no consent, and their file has the columns of the subscribed: a file whose name does not say "subscribed" gives
none. Addresses stand there in one text, and birthdays without a year, which is not taken in.
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
    file_begins="subscribed",
)

NON_SUBSCRIBED = replace(
    SUBSCRIBED,
    what="Mailchimp's export of contacts without consent (its name does not begin with 'subscribed')",
    permissions=(),
    file_begins="",
)

UNSUBSCRIBED = replace(
    SUBSCRIBED,
    what="Mailchimp's export of unsubscribed contacts",
    permissions=(Permission("mail", "", {}, ("UNSUB_TIME", "LAST_CHANGED"), always="withdrawn"),),
    file_begins="unsubscribed",
    marks=("UNSUB_TIME", "UNSUB_CAMPAIGN_TITLE"),
)

CLEANED = replace(
    SUBSCRIBED,
    what="Mailchimp's export of cleaned contacts",
    permissions=(),
    barred=Barred("", {}, ("CLEAN_TIME", "LAST_CHANGED"), always="bounced"),
    file_begins="cleaned",
    marks=("CLEAN_TIME", "CLEAN_CAMPAIGN_TITLE"),
)
