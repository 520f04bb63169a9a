"""Turn a text of another system into one of ours, or say why it can't be."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from unicodedata import normalize

from sitegen.data.checking.address_forms import email_form
from sitegen.data.checking.codes import country_code, zones
from sitegen.data.imports.export_file import ExportRow
from sitegen.data.imports.exports import Field, Form

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_AMERICAN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_AMOUNT = re.compile(r"[+-]?\d{1,12}(\.\d{1,4})?")


class Unfit(Exception):
    """Why a text can't be taken in: what a person reads as the reason."""


def ours(row: ExportRow, field: Field) -> str:
    """The text for our column, "" where the row has none. Raises Unfit."""
    texts = [text for text in map(row.text, field.theirs) if text]
    if field.form is Form.JOINED:
        return normalize("NFC", ", ".join(dict.fromkeys(texts)))
    if not texts:
        return ""
    try:
        return _FORMS[field.form](normalize("NFC", texts[0]))
    except Unfit as unfit:
        raise Unfit(f"{unfit} (column '{_column(row, field)}')") from None


def day(text: str) -> str:
    """The day of a time stamp as YYYY-MM-DD: ISO, or month/day/year as Americans write it. Raises Unfit."""
    found = _ISO.match(text)
    year, month, number = found.groups() if found else ("", "", "")
    if american := _AMERICAN.match(text):
        month, number, year = american.groups()
    try:
        return date(int(year), int(month), int(number)).isoformat()
    except ValueError:
        raise Unfit(f"'{text}' is no day like 2026-09-30") from None


def _column(row: ExportRow, field: Field) -> str:
    return next(column for column in field.theirs if row.text(column))


def _email(text: str) -> str:
    if email_form(text) is None:
        raise Unfit(f"'{text}' is no e-mail address")
    return text


def _amount(text: str) -> str:
    if not _AMOUNT.fullmatch(text):
        raise Unfit(f"'{text}' is no amount like 1234.50")
    whole, _, cents = text.partition(".")
    if cents[2:].strip("0"):
        raise Unfit(f"'{text}' has more than two places after the point")
    return f"{whole}.{cents[:2]:0<2}"


def _whole(text: str) -> str:
    if not re.fullmatch(r"\d{1,9}", text):
        raise Unfit(f"'{text}' is no whole number")
    return text


def _country(text: str) -> str:
    code = country_code(text)
    if not code:
        raise Unfit(f"'{text}' is no country like GB")
    return code


def _tags(text: str) -> str:
    tags = next(csv.reader(io.StringIO(text), skipinitialspace=True), [])
    plain = (tag.strip().replace(";", ",") for tag in tags)
    return ";".join(dict.fromkeys(tag for tag in plain if tag))


def _first_name(text: str) -> str:
    return text.rpartition(" ")[0].strip() or text


def _last_name(text: str) -> str:
    return text.rpartition(" ")[2] if " " in text else ""


_FORMS: Mapping[Form, Callable[[str], str]] = MappingProxyType(
    {
        Form.TEXT: lambda text: text,
        Form.EMAIL: _email,
        Form.DAY: day,
        Form.AMOUNT: _amount,
        Form.WHOLE: _whole,
        Form.COUNTRY: _country,
        Form.LANGUAGE: lambda text: re.split(r"[-_]", text.lower())[0],
        Form.ZONE: lambda text: text if text in zones() else "",
        Form.TAGS: _tags,
        Form.FIRST_NAME: _first_name,
        Form.LAST_NAME: _last_name,
    }
)
