"""The headers under which a site is served: the one source for the pages, the preview and every host's rules."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias

Header: TypeAlias = tuple[str, str]

# Decrypted pages live in the origin that holds the keys, so this policy is the real fence: no inline script or
# style, nothing from elsewhere, no form that leaves, and HTML only through the runtime's Trusted Types policy.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; "
    "script-src 'self'; "
    "style-src 'self'; "
    "img-src 'self' blob:; "
    "media-src blob:; "
    "font-src 'self'; "
    "connect-src 'self'; "
    "manifest-src 'self'; "
    "form-action 'none'; "
    "base-uri 'none'; "
    "object-src 'none'; "
    "require-trusted-types-for 'script'; "
    "trusted-types sitegen"
)


class Shelf(StrEnum):
    """The kinds of files that a site has, by how they may be kept and by whom they may be shown."""

    PAGE = "page"
    SHELL = "shell"
    ASSET = "asset"
    THEME = "theme"
    RUNTIME = "runtime"
    STATE = "state"
    OBJECT = "object"
    PACK = "pack"


IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
# Their names change with their bytes, or with the build. Objects are not among them: they keep their names while
# their bytes change with the content.
_IMMUTABLE = frozenset({Shelf.ASSET, Shelf.THEME, Shelf.RUNTIME, Shelf.PACK})

EVERYWHERE: tuple[Header, ...] = (
    # A meta element can't say who may frame a page.
    ("Content-Security-Policy", CONTENT_SECURITY_POLICY + "; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"),
)
# A year, for this name only: what else lies below the domain is not ours to decide.
HTTPS_ONLY: Header = ("Strict-Transport-Security", "max-age=31536000")


def everywhere(https: bool) -> tuple[Header, ...]:
    """The headers that every answer carries, whatever it is; over https also that it must stay so (RFC 6797)."""
    return (*EVERYWHERE, HTTPS_ONLY) if https else EVERYWHERE


def resource_policy(shelf: Shelf) -> str:
    """The Cross-Origin-Resource-Policy of a shelf; "" where none is sent, since anybody may read it.

    Pictures of a public page also stand in mails, which are read on other sites.
    """
    return {Shelf.PAGE: "", Shelf.ASSET: "cross-origin"}.get(shelf, "same-origin")


def cache_control(shelf: Shelf) -> str:
    """How long a file of a shelf may be kept without asking again."""
    return IMMUTABLE if shelf in _IMMUTABLE else REVALIDATE


def headers(shelf: Shelf, https: bool) -> tuple[Header, ...]:
    """All headers of a file, but for its content type."""
    shared = resource_policy(shelf)
    own = (("Cross-Origin-Resource-Policy", shared),) if shared else ()
    return (*everywhere(https), *own, ("Cache-Control", cache_control(shelf)))
