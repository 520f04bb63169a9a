"""Judge a web server's answers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.publish.verify.client import Answer
from sitegen.publish.verify.findings import Finding, Kind

GONE = frozenset({400, 401, 403, 404, 405, 410, 451})
HOME, MISSING_PAGE = "index.html", "404.html"
CONSUMED = frozenset({"_headers", "_redirects", "_routes.json"})
"""Files that hosts read for themselves and do not serve."""


@dataclass(frozen=True, slots=True)
class Site:
    """What an address should serve: the SHA-256 of each file by path, and paths of former builds."""

    digests: Mapping[str, str]
    former: tuple[str, ...] = ()


def judge_file(path: str, digest: str, answer: Answer | None) -> Finding | None:
    """What is wrong with the answer for a file of the site; None: nothing."""
    if answer is None:
        return Finding(path, Kind.UNANSWERED, "got no answer")
    if answer.left:
        return Finding(path, Kind.REDIRECTED, f"leads away to {answer.left}; a card's code would go there with it")
    if answer.status == 200 or (path == MISSING_PAGE and answer.digest == digest):
        said = "has other bytes than those that were built"
        return None if answer.digest == digest else Finding(path, Kind.CHANGED, said)
    if answer.status not in GONE:
        return Finding(path, Kind.UNANSWERED, f"got status {answer.status}")
    served = not (path.startswith(".") or path in CONSUMED)
    return Finding(path, Kind.MISSING, f"is not there (status {answer.status})") if served else None


def leads_on(path: str, answer: Answer | None, site: Site) -> bool:
    """Whether the host leads from a public page to another of the same build, as its rules do for former addresses.

    Not to the home page: there a host leads that knows nothing of the site's pages.
    """
    if answer is None or answer.status != 200 or not answer.led.endswith("/"):
        return False
    public = path.endswith(f"/{HOME}") and not path.startswith("m/")
    return public and site.digests.get(answer.led + HOME) == answer.digest


def judge_stranger(path: str, answer: Answer | None, site: Site) -> Finding | None:
    """What is wrong with the answer for something that must not be there."""
    if answer is None or answer.status != 200 or is_polite(answer, site):
        return None
    if path.endswith("/"):
        return Finding(path, Kind.EXTRA, "is listed, and lists tell what was built when")
    return Finding(path, Kind.EXTRA, "is served, but is not of this build")


def is_polite(answer: Answer | None, site: Site) -> bool:
    """Whether a host says 200, but gives no more than the page for what is missing."""
    known = {site.digests.get(path) for path in (HOME, MISSING_PAGE)} | {hashlib.sha256(b"").hexdigest()}
    return bool(answer and answer.status == 200 and answer.digest in known)
