"""Tell a form that our own page sent from one that somebody else's page sent."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

ONE_CLICK = ("List-Unsubscribe", "One-Click")
"""The body of RFC 8058: a mail program's server sends it, not a page."""


def is_one_click(fields: Mapping[str, str]) -> bool:
    """Whether a mail program asked on behalf of its user."""
    return fields.get(ONE_CLICK[0]) == ONE_CLICK[1]


def is_foreign(headers: Mapping[str, str], own: str) -> bool:
    """Whether a browser says that another site's page sent the form. `own` is the receiver's address, or "".

    There are no cookies, so nobody is impersonated; the token alone decides. This only keeps others from making a
    reader's browser fill our disk. A page without a referrer sends the origin "null".
    """
    site = headers.get("sec-fetch-site")
    if site:
        return site not in {"same-origin", "none"}
    origin = headers.get("origin", "null")
    return origin != "null" and urlsplit(origin).netloc not in {headers.get("host", ""), urlsplit(own).netloc}
