"""Write regular expressions that find a text with capitals or without, the same in every engine and language."""

from __future__ import annotations

MORE = {"i": "İ", "k": "\u212a", "å": "\u212b", "ß": "ẞ", "σ": "ς", "θ": "ϴ", "ω": "\u2126"}
"""Signs that are another one's capital, or another form of it, though that one's own capital is not this sign."""


def anyhow(text: str) -> str:
    """A pattern for the text in large and small letters. It holds classes and escapes only, which all engines share.

    The engines' own ways differ: Turkish databases make ı of I, ICU makes two letters of İ, and of the last Σ of a
    word another letter than DuckDB.
    """
    return "".join(_sign(sign) for sign in small(text))


def small(text: str) -> str:
    """The text without capitals: I and İ are i, a last sigma is a sigma."""
    return text.replace("İ", "i").lower().replace("ς", "σ")


def _sign(sign: str) -> str:
    capitals = {large for large in (sign.upper(), sign.title()) if len(large) == 1 and large.lower() == sign}
    forms = sorted(capitals | {sign, *MORE.get(sign, "")})
    if len(forms) > 1:
        return f"[{''.join(forms)}]"
    return f"\\{sign}" if sign.isascii() and not (sign.isalnum() or sign.isspace()) else sign
