"""Spell and read the code of a coupon: eleven characters that nobody can guess, and one that checks them."""

from __future__ import annotations

import unicodedata

ALPHABET = "34679CDFGHJKMNPQRTVWXYZ"
"""No vowels, so no words; none of 0 O, 1 I L, 2, 5 S and 8 B, so that nobody reads one for the other. 23 is a prime."""
VALUES = {character: value for value, character in enumerate(ALPHABET)}
SECRET = 11
GROUP = 4
BYTES = 16
"""How many bytes a code is spelled from: far more than the 49.8 bits it holds, so that all codes are as likely."""
_SEPARATORS = frozenset(" \t\u00a0-\u2010\u2011\u2012\u2013\u2014\u2212_.")


def spelled(secret: bytes) -> str:
    """The code that BYTES secret bytes make, in three groups of four: `K7M4-XR9T-DHCP`."""
    number = int.from_bytes(secret[:BYTES], "big")
    values = []
    for _ in range(SECRET):
        number, value = divmod(number, len(ALPHABET))
        values.append(value)
    code = "".join(ALPHABET[value] for value in (*values, _check(values)))
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read(text: str) -> str | None:
    """A typed code as it is spelled, forgiving case, spaces and hyphens; None where it is none.

    One wrong character and two that changed places are always noticed.
    """
    folded = unicodedata.normalize("NFKC", text).upper()
    values = [VALUES.get(character) for character in folded if character not in _SEPARATORS]
    known = [value for value in values if value is not None]
    if len(known) != len(values) or len(known) != SECRET + 1 or _check(known[:-1]) != known[-1]:
        return None
    code = "".join(ALPHABET[value] for value in known)
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def _check(values: list[int]) -> int:
    """The weighted sum modulo the prime: each place weighs otherwise, and none nothing."""
    return sum(weight * value for weight, value in enumerate(values, start=2)) % len(ALPHABET)
