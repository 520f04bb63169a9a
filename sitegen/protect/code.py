"""Make, spell and read the code that is printed on a member's card."""

from __future__ import annotations

import hmac
import unicodedata

from sitegen.errors import SitegenError
from sitegen.protect import base32
from sitegen.protect.keys import expand, extract, length_prefixed

CODE_BYTES = 17
CODE_CHARACTERS = 28
# For proofs: it passes the check and opens nothing.
VOID_SPELLING = "0" * CODE_CHARACTERS
TAG_BYTES = 16
# What JavaScript's \s matches, and every kind of hyphen: the browser half reads codes by the same rules.
_SPACES = " \t\n\v\f\r\u00a0\u1680\u2028\u2029\ufeff\u200b\u00ad"
_SEPARATORS = frozenset(_SPACES + "-\u2010\u2011\u2012\u2013\u2014\u2212_.")
_LOOKALIKES = str.maketrans("OIL", "011")


class CodeError(SitegenError):
    """A text that is no member code; `key` names the message of the door."""

    key = "bad-code"


class BadCharacter(CodeError):
    """A character that no code has."""

    key = "bad-character"


class WrongLength(CodeError):
    """Too few or too many characters."""

    key = "bad-length"


class CheckFailed(CodeError):
    """The check characters do not fit: a typing mistake."""

    key = "bad-check"


def member_code(card_key: bytes, site_id: bytes, member_id: str, serial: int) -> bytes:
    """The 130 bits of a member's card: 17 bytes whose last 6 bits are zero. A new serial is a new card."""
    return expanded_code(extract(card_key, site_id), member_id, serial)


def expanded_code(extracted: bytes, member_id: str, serial: int) -> bytes:
    """As `member_code`, from what `keys.extract` made of the card key: for those who make many."""
    context = length_prefixed(member_id.encode(), serial.to_bytes(4, "big"))
    code = expand(extracted, "code", context, CODE_BYTES)
    return code[:-1] + bytes([code[-1] & 0b1100_0000])


def spell(code: bytes) -> str:
    """A code as 28 characters: 26 that carry it and 2 that check it."""
    characters = base32.spell(code)
    checks = _checks([base32.VALUES[character] for character in characters])
    return characters + "".join(base32.ALPHABET[value] for value in checks)


def grouped(spelling: str) -> str:
    """A spelled code as printed for reading: seven groups of four."""
    return "-".join(spelling[start : start + 4] for start in range(0, CODE_CHARACTERS, 4))


def link(site_url: str, spelling: str) -> str:
    """The address in the card's QR code; the fragment never leaves the browser."""
    return f"{site_url.rstrip('/')}/#{spelling}"


def parse(text: str) -> bytes:
    """The 17 bytes of a typed code, forgiving case, spaces, hyphens, O for 0, I and L for 1.

    Raises BadCharacter, WrongLength or CheckFailed; none of them repeats the code.
    """
    folded = unicodedata.normalize("NFKC", text).upper().translate(_LOOKALIKES)
    characters = [character for character in folded if character not in _SEPARATORS]
    strange = next((character for character in characters if character not in base32.VALUES), None)
    if strange is not None:
        raise BadCharacter(f"a member code has no '{strange}'")
    if len(characters) != CODE_CHARACTERS:
        raise WrongLength(f"a member code has {CODE_CHARACTERS} characters, not {len(characters)}")
    values = [base32.VALUES[character] for character in characters]
    if syndromes(values) != (0, 0):
        raise CheckFailed("the check characters of this member code do not fit: is one character mistyped?")
    return base32.read(values[: base32.CHARACTERS], CODE_BYTES)


def slot_key(code: bytes, site_id: bytes) -> bytes:
    """The AES-256-GCM key of the member's slot."""
    return slot_and_locator_key(code, site_id)[0]


def locator_key(code: bytes, site_id: bytes) -> bytes:
    """The HMAC key that finds the member's slot."""
    return slot_and_locator_key(code, site_id)[1]


def slot_and_locator_key(code: bytes, site_id: bytes) -> tuple[bytes, bytes]:
    """Both keys of a code: a million members are many, and the first half of the derivation is the same."""
    extracted = extract(code, site_id)
    return expand(extracted, "slot"), expand(extracted, "locate")


def locator_tag(locator: bytes, site_id: bytes, epoch: int) -> bytes:
    """The 16 bytes that mark the member's slot for one epoch."""
    message = length_prefixed(b"tag", site_id, epoch.to_bytes(4, "big"))
    return hmac.digest(locator, message, "sha256")[:TAG_BYTES]


# The 28 values form a shortened Reed-Solomon code over GF(32) = GF(2)[x] / (x^5 + x^2 + 1): the sum of the
# values and the sum of value * x^position are both zero. x has order 31, so the 28 positions have different
# weights and the minimum distance is 3: any one or two wrong characters show, a swap of two being two.


def syndromes(values: list[int]) -> tuple[int, int]:
    """Both check sums over GF(32), (0, 0) for a whole code."""
    plain = weighted = 0
    for value in reversed(values):
        plain ^= value
        weighted = _times_power(weighted, 1) ^ value
    return plain, weighted


def _checks(values: list[int]) -> tuple[int, int]:
    plain, weighted = syndromes(values)
    # a + b = plain and a*x^26 + b*x^27 = weighted, so b*(x^26 + x^27) = weighted + plain*x^26;
    # x^26 + x^27 = x^26*(1 + x) = x^26*x^18 = x^44 = x^13, whose inverse is x^18.
    second = _times_power(weighted ^ _times_power(plain, 26), 18)
    return plain ^ second, second


def _times_power(value: int, power: int) -> int:
    for _ in range(power % 31):
        value = value << 1 ^ (0b100101 if value & 16 else 0)
    return value
