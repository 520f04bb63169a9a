"""Which paths a site has: the model that every configuration says in its own language.

A pattern is a regular expression in what PCRE (nginx, Apache), RE2 (Caddy) and Python have in common. It describes a
whole path below the site's base, percent-decoded, in UTF-8. What no pattern describes is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import unquote

from sitegen.protect.base32 import ALPHABET
from sitegen.protect.policy import Shelf
from sitegen.publish.host.site import BESIDE, FINGERPRINTED, INDEX, HostSite

STRANGE = r"^[^?]*(?://|/\.|\x5c|%2[ef35]|%5c|%7f|%[01][0-9a-f])"
"""A request's target, as it came, that no browser writes for a page of ours; to be read without regard to case.

Doubled slashes, parts that begin with a full stop, backslashes; slashes, full stops, backslashes, percent and number
signs and control characters that are percent-encoded.
"""
LONGEST = 3000
"""Characters of a pattern: nginx takes 4,096 for a word of its configuration."""
PART = r"[^/.][^/]*"
ID = f"[{ALPHABET.lower()}]{{26}}"
OBJECT = rf"sg/[0-9]+/o/[0-9W-]+/[{ALPHABET.lower()}]{{2}}/{ID}\.bin"
PLACED = rf"a/{ID}/[{ALPHABET.lower()}]{{2}}/{ID}\.bin"
PACK = r"sg/[0-9]+/k/[0-9]+/[0-9a-f]{4,8}\.bin"


@dataclass(frozen=True, slots=True)
class Pattern:
    """Paths of one shelf. `folder`: a path without its last slash, which leads to the path with it."""

    shelf: Shelf
    text: str
    folder: bool = False


def patterns(site: HostSite) -> tuple[Pattern, ...]:
    """All paths of a site. Paths without a folder's last slash come last: what is a file goes first."""
    return (
        Pattern(Shelf.PAGE, f"(?:{re.escape(INDEX)})?"),
        *(
            Pattern(Shelf.PAGE, f"(?:{chosen})(?:/{PART})*/(?:{'|'.join(map(re.escape, (INDEX, *BESIDE)))})?")
            for chosen in alternatives(site.folders)
        ),
        *(Pattern(Shelf.PAGE, f"(?:{chosen})") for chosen in alternatives(site.files)),
        Pattern(Shelf.SHELL, f"m/{ID}/(?:{re.escape(INDEX)})?"),
        *(_fingerprinted(found.folder, found.endings) for found in site.fingerprinted),
        Pattern(Shelf.STATE, r"sg/site\.json"),
        Pattern(Shelf.OBJECT, PLACED if site.drawers else OBJECT),
        Pattern(Shelf.PACK, PACK),
        Pattern(Shelf.SHELL, f"m/{ID}", folder=True),
        *(Pattern(Shelf.PAGE, f"(?:{chosen})(?:/{PART})*", folder=True) for chosen in alternatives(site.folders)),
    )


def _fingerprinted(folder: str, endings: tuple[str, ...]) -> Pattern:
    shelf, mark = FINGERPRINTED[folder]
    chosen = "|".join(literal(ending) for ending in endings)
    return Pattern(shelf, f"{folder}/(?:{PART}/)*{PART}{mark}(?:{chosen})")


def alternatives(texts: Iterable[str]) -> list[str]:
    """Literal texts as alternatives of a pattern, in as many pieces as it takes to stay below LONGEST."""
    pieces: list[str] = []
    for text in texts:
        one = literal(text)
        if pieces and len(pieces[-1]) + len(one) < LONGEST:
            pieces[-1] += f"|{one}"
        else:
            pieces.append(one)
    return pieces


def literal(text: str) -> str:
    """A text as a pattern that stands for it alone, and that can stand between double quotes."""
    return re.escape(text).replace('"', r"\x22")


def whole(site: HostSite, pattern: Pattern) -> str:
    """The pattern of a whole path on the host, with both ends."""
    return f"^{literal(site.base)}{pattern.text}$"


def is_strange(target: str) -> bool:
    """Whether a request's target is one that no browser writes for a page of ours."""
    return re.search(STRANGE, target, re.IGNORECASE) is not None


def pattern_of(site: HostSite, target: str) -> Pattern | None:
    """The pattern of a request's target (the path and the query as they came), None for what is not there."""
    if is_strange(target):
        return None
    path = unquote(target.partition("?")[0], errors="surrogateescape")
    return next((one for one in patterns(site) if re.fullmatch(whole(site, one), path)), None)
