"""Name the engine's own functions that Ibis has no word for."""

from __future__ import annotations

import ibis
import ibis.expr.datatypes as dt

_ZONED = dt.Timestamp("UTC")


@ibis.udf.scalar.builtin(name="nfc_normalize")  # type: ignore[untyped-decorator]
def nfc(text: str) -> str:
    """The text in Unicode's composed form, so that an é from a Mac equals an é from Windows."""
    raise NotImplementedError


@ibis.udf.scalar.builtin(name="chr")  # type: ignore[untyped-decorator]
def sign(number: int) -> str:
    """The sign with that number in Unicode."""
    raise NotImplementedError


@ibis.udf.scalar.builtin(name="timezone", signature=((dt.string, _ZONED), dt.timestamp))  # type: ignore[untyped-decorator]
def local_time(zone: str, moment: object) -> object:
    """The moment on the clock of a zone."""
    raise NotImplementedError
