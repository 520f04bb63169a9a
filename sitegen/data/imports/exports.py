"""The words in which another system's export is described: which column means what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, TypeAlias


class Form(StrEnum):
    """How a text of the export becomes one of ours."""

    TEXT = "text"
    JOINED = "joined"  # the columns that are not empty, with commas between them
    EMAIL = "email"
    DAY = "day"  # of a time stamp, as it is written; the zone is not looked at
    AMOUNT = "amount"
    WHOLE = "whole"
    COUNTRY = "country"  # a code or an English name
    LANGUAGE = "language"  # of a locale: en_US is en
    ZONE = "zone"  # a name of the IANA list; another is left out
    TAGS = "tags"  # separated by commas, perhaps in quotes
    FIRST_NAME = "first name"  # all of a name but its last word
    LAST_NAME = "last name"


@dataclass(frozen=True, slots=True)
class Field:
    """One of our columns and theirs: the first that is not empty counts. What `stays` fills only an empty cell."""

    ours: str
    theirs: tuple[str, ...]
    form: Form = Form.TEXT
    stays: bool = False


@dataclass(frozen=True, slots=True)
class Permission:
    """What an export says about promotion by one channel.

    `status` is the column with one of the `words`: each means given, withdrawn (also greetings stop) or, as "no",
    that there is no consent. Without a column the whole file means `always`. `days` are the columns of the day of
    which the first that is not empty counts.
    """

    channel: Literal["mail", "text"]
    status: str
    words: Mapping[str, Literal["given", "withdrawn", "no"]]
    days: tuple[str, ...] = ()
    always: Literal["", "given", "withdrawn"] = ""


@dataclass(frozen=True, slots=True)
class Barred:
    """When nothing may go to a row's e-mail address any more: `status` holds one of the `words` (a part of the cell
    is enough), or the file is one of such addresses (`always`). The words lead to the reason.
    """

    status: str
    words: Mapping[str, str]
    days: tuple[str, ...] = ()
    always: str = ""


@dataclass(frozen=True, slots=True)
class CustomerExport:
    """An export with one row for each customer. `needs` are the columns by which it is recognised; `id` is theirs.

    Where several exports have the same columns, a file is the one whose `file_begins` its name has, else the one of
    whose `marks` it has a column, else the one without either.
    """

    system: str
    what: str
    needs: tuple[str, ...]
    id: tuple[str, ...]
    fields: tuple[Field, ...]
    permissions: tuple[Permission, ...] = ()
    barred: Barred | None = None
    file_begins: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Status:
    """How an order's status follows: the first column that holds one of the words decides.

    The word "" stands for any text.
    """

    column: str
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OrderExport:
    """An export with one or more rows for each order: rows of one `number` belong together.

    The `customer` fields describe the buyer, who is looked for by `customer_id` and address and made anew only
    where nobody is found. `lines` describe the goods of a row; empty where the export has none in columns.
    """

    system: str
    what: str
    needs: tuple[str, ...]
    number: str
    customer_id: tuple[str, ...]
    customer: tuple[Field, ...]
    fields: tuple[Field, ...]
    status: tuple[Status, ...]
    channel: Status | None = None
    lines: tuple[Field, ...] = ()


Export: TypeAlias = CustomerExport | OrderExport
