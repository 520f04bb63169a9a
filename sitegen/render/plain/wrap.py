"""Break text into lines of a given width, counting Chinese characters as two columns."""

from __future__ import annotations

import re
import unicodedata

_TOKEN = re.compile(r"[ \t]+|[^ \t]")
_GAP = re.compile(r"[ \t]+")
# Latin letters, punctuation and currencies: none is wide, none combines, none is invisible.
_NARROW = re.compile("[\x00-\xac\xae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf]*")
_NEVER_FIRST = frozenset("，。、；：？！）」』》】〉’”…·—％)]},.;:!?%")
_NEVER_LAST = frozenset("（「『《【〈‘“([{")


def wrap(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    """The text in lines of at most `width` columns; the first line starts with `first`, the others with `rest`.

    Breaks at spaces and between wide characters, never before a closing mark nor after an opening one. A word
    that is wider than a line keeps a line of its own.
    """
    return _filled(text, width, first, rest) if _NARROW.fullmatch(text) else _broken(text, width, first, rest)


def _filled(text: str, width: int, first: str, rest: str) -> list[str]:
    """`wrap` where only spaces part what may not be broken, and each character is a column: most of all text."""
    lines: list[str] = []
    current, column, empty = first, columns(first), True
    begun = columns(rest)
    for word in text.split(" ") if text.isascii() else _GAP.split(text):
        needed = len(word)
        if not needed:
            continue
        if empty:
            current, column, empty = current + word, column + needed, False
        elif column + 1 + needed <= width:
            current, column = f"{current} {word}", column + 1 + needed
        else:
            lines.append(current)
            current, column = rest + word, begun + needed
    return [*lines, current]


def _broken(text: str, width: int, first: str, rest: str) -> list[str]:
    """`wrap` for any text."""
    lines: list[str] = []
    current, column, empty = first, columns(first), True
    for gap, unit in _units(text):
        needed = columns(unit)
        if empty:
            current, column, empty = current + unit, column + needed, False
        elif column + len(gap) + needed <= width:
            current, column = current + gap + unit, column + len(gap) + needed
        else:
            lines.append(current)
            current, column = rest + unit, columns(rest) + needed
    return [*lines, current]


def columns(text: str) -> int:
    """Columns that the text takes on a screen of fixed width: wide characters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(_columns_of(character) for character in text)


def is_wide(character: str) -> bool:
    """Whether a character fills two columns (Unicode's East Asian Width)."""
    return unicodedata.east_asian_width(character) in "WF"


def _columns_of(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if is_wide(character) else 1


def _units(text: str) -> list[tuple[str, str]]:
    """What may not be broken, each with the gap before it."""
    if text.isascii():
        return [(" ", word) for word in text.split(" ") if word]
    units: list[tuple[str, str]] = []
    gap = " "
    for token in _TOKEN.findall(text):
        if token[0] in " \t":
            gap = " "
            continue
        if gap == "" and _holds_together(units[-1][1][-1], token):
            units[-1] = (units[-1][0], units[-1][1] + token)
        else:
            units.append((gap, token))
        gap = ""
    return units


def _holds_together(before: str, after: str) -> bool:
    if after in _NEVER_FIRST or before in _NEVER_LAST or _columns_of(after) == 0:
        return True
    return not is_wide(before) and not is_wide(after)
