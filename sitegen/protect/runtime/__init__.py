"""Join the browser half into one script.

What a theme must offer, so that the script can work (all of it plain HTML, no inline script or style):

- `<html data-sg-page="door|public|shell" data-sg-state="locked">`. The script sets `data-sg-state` to locked,
  opening, open, denied or error, and `data-sg-error` to the key of the message shown; CSS shows and hides by
  them. The form should be visible in the states locked and error. `data-sg-notice` names a word beside the state:
  slow (opening for three seconds), aged (built two months ago), and answers to what was done on an open page.
  `data-sg-ready="true"` says that the script is there; `data-sg-dev="true"` marks development keys;
  `data-sg-kept="session|device|passphrase"` says how long this browser stays logged in (not set: it does not); what
  the tab holds is said before anything is painted, so that the member's menu can have its place at once.
- The script is the first one in `<head>`, without defer or async, from `path()`; the policy of `policy.py` stands
  before it in a meta element.
- `<form data-sg="unlock">` with an input named code and a checkbox named remember. On the door, success leads to
  the member's home; on any other page the page opens where it is. Only the door takes a code from the fragment.
- `[data-sg="message"]` with role=status, filled from `<template data-sg-message="KEY">`. Keys of states: opening,
  slow, insecure, file, old-browser, bad-character, bad-length, bad-check, unknown-code, bad-passphrase, no-access,
  tampered, stale, storage, offline, logged-out, unexpected. Keys of notices: slow, aged, remembered, passphrase-set,
  short-passphrase. Notices go to `[data-sg="note"]` (role=status) where the open page has one.
- Shells: `<main data-sg="content" tabindex="-1">` takes the decrypted page, `[data-sg="title"]` and
  `[data-sg="description"]` its words; `<title data-sg-suffix=" · Shop">` is added to the page's title. A shell is
  found by its path alone, so all shells are the same bytes but for relative links. Who has just come in finds the
  focus there.
- A page that is the same for all languages (shells, 404.html) is written in the shop's own; `<template
  data-sg-language="zh" dir="ltr">` in its head holds the body in another one (the build puts it there). The script
  shows the reader's: of a choice in `[data-sg="languages"]` (links with hreflang), else of their record, of the
  address, of the browser. Of several translations of a page the menu has one. `a[data-sg="home"]` in a page is where
  leaving leads.
- `[data-sg="menu"]`, a list: the member's pages are appended as `<li data-sg-item><a>`, aria-current on the current
  one. `[data-sg="teasers"]`, a list: `<li data-sg-item><a>` and `<p>` for each page that has a teaser;
  `[data-sg="letters"]` the same for the archive of e-mails, with the day of each, newest first. All three are filled
  where a page is denied, too: a friendly way on.
- `[data-sg-field="first_name"]` takes the member's value as text, and keeps its own text where there is none.
- `[data-sg-object="ID"]` is replaced by the block's HTML after unlocking, removed where the member may not read it.
- `<img data-sg-src="ID" alt="...">` takes a decrypted image. `<a href="#" data-sg-file="ID" download="NAME">` saves a
  decrypted file when it is clicked; meanwhile it has aria-busy="true".
- `[data-sg="logout"]` and `[data-sg="remember"]`: buttons; the second keeps the session on this device.
- A lock for a device, only where the theme offers it: `<form data-sg="set-passphrase">` on an open page, with an input
  named passphrase (eight characters and more) and one named code, which is needed while `<html>` has
  `data-sg-again="code"`; and `<form data-sg="passphrase">` with an input named passphrase, to be shown while the state
  is locked or error and `data-sg-kept` is passphrase. The code opens such a device as ever.
- `[data-sg="search"]`: one box with an input; the list `[data-sg="search-hits"]` in it takes the hits as `<li><a>` and
  `<p>` with `<mark>`, `[data-sg="search-count"]` with role=status takes the sentence of the box that fits:
  data-sg-none, data-sg-one, data-sg-many (with "{count}"), data-sg-trouble. Show it in the states open and denied.
- Events on document, without detail: sitegen:unlocked (keys are there), sitegen:page (the page is there, also after
  each page that was opened in place), sitegen:locked (nobody is here, or somebody has just left).
- A theme may bring scripts of its own: files of its static folder, `<script src defer>` after this one, never inline
  and never from elsewhere (the policy holds). Such a script stands inside the fence and reads whatever is opened, so
  it belongs on no door, where the browser's own timing may still hold a code. It builds elements instead of writing
  HTML: Trusted Types know one policy, and it is taken.
"""

from __future__ import annotations

import hashlib
from importlib import resources

_PARTS = (
    *("code.js", "store.js", "crypto.js", "state.js", "languages.js", "page.js", "files.js", "lock.js", "leave.js"),
    *("search-field.js", "boot.js"),
)
_BANNER = "// sitegen: the browser half of a members-only site. Readable on purpose; MIT licence.\n"
_SEARCH_BANNER = "// sitegen: the search of a members-only site. Readable on purpose; MIT licence.\n"


def bundle() -> bytes:
    """The whole script, as served."""
    parts = [_source(name) for name in _PARTS]
    search = f'const SEARCH_PATH = "{search_path()}";\n\n'
    return (_BANNER + '(() => {\n"use strict";\n\n' + search + "\n".join(parts) + "})();\n").encode()


def path() -> str:
    """Where the script lies, relative to the site; the name changes with every byte of it."""
    return f"sg/rt-{hashlib.sha256(bundle()).hexdigest()[:12]}.js"


def search_script() -> bytes:
    """The module that searches; the browser half asks for it when a search field is first touched."""
    return (_SEARCH_BANNER + _source("search.js")).encode()


def search_path() -> str:
    """Where that module lies, relative to the site."""
    return f"sg/search-{hashlib.sha256(search_script()).hexdigest()[:12]}.js"


def _source(name: str) -> str:
    return resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
