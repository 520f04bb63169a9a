"""Fit the keys to the lock: the wrong key is noticed before anything is made with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sitegen.errors import Mistakes, Problem
from sitegen.model.lock import Lock
from sitegen.protect.keys import Roots, key_check_value
from sitegen.publish.lock_file import LOCK_FILE

SITE_ID_BYTES = 16


def new_lock(entropy: Callable[[int], bytes]) -> Lock:
    """The lock of a shop that has none: a site id of its own, and nothing fixed yet."""
    return Lock(site_id=entropy(SITE_ID_BYTES).hex())


def fitted(lock: Lock, roots: Roots) -> Lock:
    """The lock with the check values of these roots. Raises Mistakes where one does not fit the lock's."""
    held = {"content": roots.content, "card": roots.card, "sign": roots.sign}
    checks = {name: key_check_value(root) for name, root in held.items() if root is not None}
    problems = [
        Problem(LOCK_FILE, 0, 0, "wrong-key", f"SITEGEN_{name.upper()}_KEY is not the key of this site", HINT)
        for name, check in checks.items()
        if lock.checks.get(name, check) != check
    ]
    if problems:
        raise Mistakes(problems)
    return replace(lock, checks={**lock.checks, **checks})


HINT = "use the key that the site was first built with; with another one no printed card opens"
