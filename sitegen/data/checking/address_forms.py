"""Say the normal form of one e-mail address or one telephone number; none where nothing can be sent to it."""

from __future__ import annotations

import re
from functools import cache
from types import ModuleType
from unicodedata import normalize

from sitegen.audience.plan.addresses import CODED, LONGEST, LONGEST_LOCAL, PLAIN_EMAIL
from sitegen.data.checking.phone_regions import region_of
from sitegen.render.mail.headers import usable_address

_PLAIN_EMAIL = re.compile(PLAIN_EMAIL)


def email_form(text: str) -> str | None:
    """The address with local part and domain lower-cased, the domain in ASCII (IDNA 2008).

    None where mail cannot go: more than one address, a quoted or non-ASCII local part, a domain without a point.
    Whether the domain exists is not asked.
    """
    stripped = normalize("NFC", text.strip())
    if _is_plain(stripped):
        return stripped.lower()
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 - only the odd rest needs it

    try:
        found = validate_email(
            stripped, check_deliverability=False, allow_smtputf8=False, globally_deliverable=False, strict=True
        )
    except EmailNotValidError:
        return None
    # A header takes IDNA 2003, which is a little narrower: what it refuses can't be written to.
    usable = "." in found.domain and usable_address(stripped) is not None
    return f"{found.local_part}@{found.ascii_domain}".lower() if usable else None


def _is_plain(text: str) -> bool:
    fits = len(text) <= LONGEST and text.find("@") <= LONGEST_LOCAL and CODED not in text.lower()
    return fits and _PLAIN_EMAIL.fullmatch(text) is not None


def phone_form(text: str, country: str, home: str) -> str | None:
    """The number in E.164 (+4940123456), read as one dials it in `country`, else in `home` (ISO 3166-1 alpha-2).

    None where it is no number that can be dialled from abroad: too short, too long, no country known.
    """
    library = _phonenumbers()
    try:
        number = library.parse(normalize("NFC", text), region_of(country, home) or None)
    except library.NumberParseException:
        return None
    possible = library.is_possible_number_with_reason(number) == library.ValidationResult.IS_POSSIBLE
    form: str = library.format_number(number, library.PhoneNumberFormat.E164)
    return form if possible else None


@cache
def _phonenumbers() -> ModuleType:
    import phonenumbers  # noqa: PLC0415 - only where there are telephones

    return phonenumbers
