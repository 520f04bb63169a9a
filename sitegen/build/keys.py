"""Find the lock that a run works with, and fit the keys to it: the wrong key is noticed before it is used."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sitegen.build.order import Part
from sitegen.errors import Mistakes, Problem, Unusable
from sitegen.model.lock import Lock
from sitegen.protect.keys import Roots, key_check_value
from sitegen.protect.serials import revoked, valid_serials
from sitegen.publish.lock_file import DEV_LOCK, LOCK_FILE, read_lock, write_lock

SITE_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class KeptLock:
    """A lock, and the file of the shop's folder that keeps it."""

    root: Path
    file: str
    lock: Lock


def open_lock(root: Path, roots: Roots, dev: bool, entropy: Callable[[int], bytes]) -> KeptLock:
    """The lock that these keys belong to: sitegen.lock, or with development keys one of their own for the same site.

    Where there is none yet, it is a new one, which `keep_lock` writes. Whoever means to change it holds the shop's
    build lock (publish.hold) from before this until after that. Raises Mistakes where a key does not fit.
    """
    lock = read_lock(root) or Lock(site_id=entropy(SITE_ID_BYTES).hex())
    if not dev:
        return KeptLock(root, LOCK_FILE, fitted(lock, roots))
    found = read_lock(root, DEV_LOCK)
    same = found is not None and found.site_id == lock.site_id
    return KeptLock(root, DEV_LOCK, found if found and same else Lock(lock.site_id))


def keep_lock(kept: KeptLock, lock: Lock) -> None:
    """Write the lock as it is now, where that is news; the site's own is made where it is missing."""
    if kept.file != LOCK_FILE and read_lock(kept.root) is None:
        write_lock(kept.root, Lock(lock.site_id))
    if read_lock(kept.root, kept.file) != lock:
        write_lock(kept.root, lock, kept.file)


def fitted(lock: Lock, roots: Roots) -> Lock:
    """The lock with the check values of these roots. Raises Mistakes where one does not fit the lock's."""
    found = checks(roots)
    problems = [
        Problem(LOCK_FILE, 0, 0, "wrong-key", f"SITEGEN_{name.upper()}_KEY is not the key of this site", HINT)
        for name, check in found.items()
        if lock.checks.get(name, check) != check
    ]
    if problems:
        raise Mistakes(problems)
    return replace(lock, checks={**lock.checks, **found})


HINT = "use the key that the site was first built with; with another one no printed card opens"


def refuse_missing(roots: Roots, parts: Collection[Part]) -> None:
    """Raises Mistakes with each root that these parts need and that is not held."""
    held = checks(roots)
    needed = {name: [part for part in Part if part in parts and name in NEEDS[part]] for name in NAMES}
    problems = [
        Problem("", 0, 0, "missing-key", f"'SITEGEN_{name.upper()}_KEY' is missing; {_for(needing)}", MISSING)
        for name, needing in needed.items()
        if needing and name not in held
    ]
    if problems:
        raise Mistakes(problems)


def _for(parts: list[Part]) -> str:
    return f"it takes that to make {' and '.join(part.value for part in parts)}"


NAMES = ("content", "card", "sign")
NEEDS: Mapping[Part, tuple[str, ...]] = {
    Part.PAGES: ("content",),
    Part.KEYRINGS: NAMES,
    Part.MAIL: ("content",),
    Part.CARDS: ("card",),
    Part.TEXTS: ("content",),
    Part.WORK: (),
}
"""The roots that each part is made with: a job that makes only some parts holds only theirs."""
MISSING = "set it, or name a key file in SITEGEN_KEY_FILE; `sitegen keys check` says which keys are held"


def checks(roots: Roots) -> dict[str, str]:
    """The check value of each root that is held, by its name."""
    held = {"content": roots.content, "card": roots.card, "sign": roots.sign}
    return {name: key_check_value(root) for name, root in held.items() if root is not None}


def first_lock(lock: Lock, roots: Roots) -> Lock:
    """The lock of a site that gets its first keys. Raises Unusable where it has some."""
    if lock.checks:
        hint = "use those; where one leaked or is lost, `sitegen keys new --replace content|card|sign` makes it anew"
        raise Unusable(f"this site has its keys already: {LOCK_FILE} knows them\nhint: {hint}")
    return replace(lock, checks=checks(roots))


def replaced(lock: Lock, old: Roots, new: Roots, customer_ids: Iterable[str]) -> Lock:
    """The lock after some roots were replaced: their check values, and a new epoch.

    A new card key makes every code anew, so nobody's card is a later one; who was revoked stays so, as long as the
    old card key is held and the customer is one of `customer_ids`.
    """
    lock = replace(lock, checks={**lock.checks, **checks(new)}, epoch=lock.epoch + 1)
    if old.card == new.card:
        return lock
    assert new.card
    cards = replace(lock, serials={}, revoked=frozenset())
    serial_of = valid_serials(lock, old.card) if old.card else None
    kept = [one for one in customer_ids if serial_of and serial_of(one) is None]
    return replace(revoked(cards, new.card, kept), epoch=lock.epoch)
