"""Join the browser half into one script.

What a theme must offer, so that the script can work (all of it plain HTML, no inline script or style):

- `<html data-sg-page="door|public|shell" data-sg-state="locked">`. The script sets `data-sg-state` to locked,
  opening, open, denied or error, and `data-sg-error` to the key of the message shown; CSS shows and hides by
  them. The form should be visible in the states locked and error. `data-sg-dev="true"` marks development keys,
  `data-sg-kept="session|device"` says how long this browser stays logged in.
- The script is the first one in `<head>`, without defer or async, from `path()`; the policy of `policy.py` stands
  before it in a meta element.
- `<form data-sg="unlock">` with an input named code and a checkbox named remember. On the door, success leads to
  the member's home; on any other page the page opens where it is. Only the door takes a code from the fragment.
- `[data-sg="message"]` with role=status, filled from `<template data-sg-message="KEY">`. Keys: opening, insecure,
  old-browser, bad-character, bad-length, bad-check, unknown-code, no-access, tampered, stale, storage, offline,
  logged-out, unexpected.
- Shells: `<main data-sg="content">` takes the decrypted page, `[data-sg="title"]` and `[data-sg="description"]`
  its words; `<title data-sg-suffix=" · Shop">` is added to the page's title. A shell is found by its path alone, so
  all shells are the same bytes but for relative links.
- `[data-sg="menu"]`, a list: the member's pages are appended as `<li data-sg-item><a>`, aria-current on the current
  one. `[data-sg="teasers"]`, a list: `<li data-sg-item><a>` and `<p>` for each page that has a teaser.
- `[data-sg-field="first_name"]` takes the member's value as text, and keeps its own text where there is none.
- `[data-sg-object="ID"]` is replaced by the block's HTML after unlocking, removed where the member may not read it.
- `<img data-sg-src="ID" alt="...">` takes a decrypted image.
- `[data-sg="logout"]` and `[data-sg="remember"]`: buttons; the second keeps the session on this device.
- Events on document, without detail: sitegen:unlocked, sitegen:locked, sitegen:page.
"""

from __future__ import annotations

import hashlib
from importlib import resources

_PARTS = ("code.js", "store.js", "crypto.js", "page.js", "boot.js")
_BANNER = "// sitegen: the browser half of a members-only site. Readable on purpose; MIT licence.\n"


def bundle() -> bytes:
    """The whole script, as served."""
    folder = resources.files(__name__)
    parts = [folder.joinpath(name).read_text(encoding="utf-8") for name in _PARTS]
    return (_BANNER + '(() => {\n"use strict";\n\n' + "\n".join(parts) + "})();\n").encode()


def path() -> str:
    """Where the script lies, relative to the site; the name changes with every byte of it."""
    return f"sg/rt-{hashlib.sha256(bundle()).hexdigest()[:12]}.js"
