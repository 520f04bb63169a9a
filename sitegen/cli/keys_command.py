"""`sitegen keys`."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.errors import Exit, Unusable

if TYPE_CHECKING:
    from sitegen.build.keys import KeptLock
    from sitegen.cli.secrets import Held
    from sitegen.model.lock import Lock

ROOTS = ("content", "card", "sign")
CONSEQUENCES = {
    "content": "all content is locked anew, and links to members' pages in mails sent before lead nowhere",
    "card": "every printed card is useless and must be printed again",
    "sign": "members type their code once more, also on devices that remember them",
}
ABOUT = "Keys of this site. Whoever has them can open everything: never commit them, never send them by mail."


@click.group("keys", short_help="Make, renew and check the site's keys.")
def keys_group() -> None:
    """The three secrets that everything hangs on: content, card and sign. sitegen.lock knows them by check values."""


@keys_group.command("new", short_help="Make the site's keys.", epilog="Example: sitegen keys new ../keys-of-the-shop")
@click.argument("file", required=False)
@click.option(
    "--replace", "names", multiple=True, type=click.Choice(ROOTS), help="After a leak or a loss: make this one anew."
)
def new_command(file: str | None, names: tuple[str, ...]) -> None:
    """Make all keys and write them to FILE, which nobody else may read; without FILE, to .sitegen/keys.

    With `-` the keys go to the standard output and nowhere else. With --replace, once for each key, only those
    are new; the others are the ones that are held now.
    """
    from sitegen.build.keys import keep_lock
    from sitegen.content.folder import find_shop
    from sitegen.publish.hold import hold

    root = find_shop(Path.cwd())
    with hold(root):
        made = _replaced(root, frozenset(names)) if names else _first(root)
        place = _hand_over(root, file, made)
        keep_lock(made.kept, made.lock)
    _tell(made, place, names)


@dataclass(frozen=True, slots=True)
class _Made:
    """New keys, the lock before them, and the lock that goes with them."""

    keys: Held
    kept: KeptLock
    lock: Lock


def _first(root: Path) -> _Made:
    from sitegen.build.keys import first_lock, open_lock
    from sitegen.cli.secrets import Held
    from sitegen.protect.keys import ROOT_BYTES, Roots, generate_roots

    keys = Held(generate_roots(secrets.token_bytes), secrets.token_bytes(ROOT_BYTES), dev=False)
    kept = open_lock(root, Roots(None, None, None), dev=False, entropy=secrets.token_bytes)
    return _Made(keys, kept, first_lock(kept.lock, keys.roots))


def _replaced(root: Path, names: frozenset[str]) -> _Made:
    """New roots for those names. Raises Unusable or Mistakes where another one is not held, or does not fit."""
    from sitegen.build.keys import open_lock, replaced
    from sitegen.cli.secrets import Held, decoded, spelled_keys
    from sitegen.protect.keys import ROOT_BYTES, Roots, require

    spelled = spelled_keys(root)
    held = Held(Roots(None, None, None), None, dev=False) if spelled.dev else decoded(spelled)
    kept = open_lock(root, held.roots, dev=False, entropy=secrets.token_bytes)
    if not kept.lock.checks:
        raise Unusable("this site has no keys yet\nhint: leave --replace out: `sitegen keys new` makes all of them")
    roots = {
        name: secrets.token_bytes(ROOT_BYTES)
        if name in names
        else require(getattr(held.roots, name), f"SITEGEN_{name.upper()}_KEY")
        for name in ROOTS
    }
    new = Roots(roots["content"], roots["card"], roots["sign"])
    ids = _customer_ids(root) if "card" in names and kept.lock.revoked and held.roots.card else ()
    return _Made(Held(new, held.receiver, dev=False), kept, replaced(kept.lock, held.roots, new, ids))


def _customer_ids(root: Path) -> tuple[str, ...]:
    from sitegen.build.people import ids_of
    from sitegen.cli.secrets import database_url
    from sitegen.content.shop.shop_file import shop_of
    from sitegen.data.engine import open_customers

    with open_customers(root, shop_of(root), database_url()) as engine:
        return tuple(ids_of(engine))


def _hand_over(root: Path, file: str | None, made: _Made) -> str:
    """Write the keys where they were asked for; the place, "" for the standard output."""
    from sitegen.cli.secrets import spelled_roots
    from sitegen.publish.key_file import KEYS, write_keys

    lines = spelled_roots(made.keys.roots, made.keys.receiver)
    if file == "-":
        click.echo("".join(f"{name}={value}\n" for name, value in lines.items()), nl=False)
        return ""
    epoch = made.lock.epoch
    path = Path(file) if file else root / (KEYS if epoch == made.kept.lock.epoch else f"{KEYS}-{epoch}")
    for folder in ("content", "output", "themes"):
        if path.resolve().is_relative_to((root / folder).resolve()):
            raise Unusable(f"the key file would lie inside {folder}/\nhint: choose a place that is never published")
    try:
        write_keys(path, lines, ABOUT)
    except OSError as error:
        raise Unusable(f"the key file can't be written: {error.strerror or error}") from None
    return str(path)


def _tell(made: _Made, place: str, names: tuple[str, ...]) -> None:
    """What was made and what is to do now, to the standard error where the keys went to the standard output."""

    def say(line: str = "") -> None:
        click.echo(line, err=not place)

    say(f"Made {place}, readable by you alone." if place else "These keys were not kept anywhere.")
    for name in dict.fromkeys(names):
        say(f"  {name} is new: {CONSEQUENCES[name]}.")
    lost = len(made.kept.lock.revoked) - len(made.lock.revoked)
    if lost:
        say(f"  {lost} of the revocations hung on the old card key: name them to `sitegen members revoke` again.")
    say("sitegen.lock knows the keys by their check values. Commit it.")
    say("\nNext:")
    if place:
        say(f"  export SITEGEN_KEY_FILE={place}    builds on this machine use them")
    say("  Give your CI each key as a secret of its own, and to each job only those that it needs:")
    say("    pages: CONTENT, SIGN    keyrings: CONTENT, CARD, SIGN    cards: CARD    mail: CONTENT, RECEIVER")
    say("  Keep a copy on paper or in a safe: without the card key every card would have to be printed again.")
    say("  sitegen keys check    says whether the keys that a machine holds are the right ones")
    if names:
        say("  sitegen build, then sitegen deploy TARGET    only then do the old keys end")


@keys_group.command(
    "rotate", short_help="Lock everything anew at the next build.", epilog="Example: sitegen keys rotate"
)
def rotate_command() -> None:
    """Make all segment keys new: who has left a segment or the shop can open nothing that is deployed after this.

    Cards stay valid, and members who are remembered stay so.
    """
    from sitegen.build.keys import keep_lock
    from sitegen.cli.secrets import held_keys, lock_of
    from sitegen.content.folder import find_shop
    from sitegen.publish.hold import hold

    root = find_shop(Path.cwd())
    keys = held_keys(root)
    with hold(root):
        kept = lock_of(root, keys)
        lock = replace(kept.lock, epoch=kept.lock.epoch + 1)
        keep_lock(kept, lock)
    click.echo(f"Epoch {lock.epoch}: all segment keys are new. Printed cards stay valid.")
    if keys.dev:
        click.echo("These are development keys: sitegen.lock is as it was, and only this machine's builds change.")
        click.echo("For the site itself, name its keys: SITEGEN_KEY_FILE=... sitegen keys rotate")
    else:
        click.echo(f"Commit {kept.file}.")
    click.echo("It takes effect when it is deployed: sitegen build, then sitegen deploy TARGET")


@keys_group.command(
    "check", short_help="Say which keys are held, and whether they fit.", epilog="Example: sitegen keys check --json"
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def check_command(as_json: bool) -> int:
    """Compare the keys that are held with sitegen.lock. Exits with 1 where one is not the site's."""
    from sitegen.build.keys import checks
    from sitegen.cli.secrets import decoded, spelled_keys
    from sitegen.content.folder import find_shop
    from sitegen.model.lock import Lock
    from sitegen.publish.lock_file import DEV_LOCK, LOCK_FILE, read_lock

    root = find_shop(Path.cwd())
    spelled = spelled_keys(root)
    lock = read_lock(root, DEV_LOCK if spelled.dev else LOCK_FILE) or Lock("")
    found = checks(decoded(spelled).roots)
    held = {name: spelled.sources.get(f"SITEGEN_{name.upper()}_KEY") for name in ROOTS}
    fits = {name: found[name] == lock.checks[name] for name in found if name in lock.checks}
    if as_json:
        told = [{"name": name, "held": held[name], "fits": fits.get(name)} for name in ROOTS]
        numbers = {"epoch": lock.epoch, "reissued": len(lock.serials), "revoked": len(lock.revoked)}
        click.echo(json.dumps({"development": spelled.dev, "keys": told, **numbers}, indent=2))
        return Exit.DONE if all(fits.values()) else Exit.MISTAKE
    for name in ROOTS:
        click.echo(f"  {name:<8}  {held[name] or 'not held':<12}{_verdict(held[name], fits.get(name))}")
    if spelled.dev:
        click.echo("No keys of the site are held, so builds are development builds, which are never deployed.")
    click.echo(f"epoch {lock.epoch}, {len(lock.serials)} reissued, {len(lock.revoked)} revoked")
    return Exit.DONE if all(fits.values()) else Exit.MISTAKE


def _verdict(source: str | None, fits: bool | None) -> str:
    if fits is None:
        return "  sitegen.lock does not know it yet" if source not in (None, "development") else ""
    return "  fits sitegen.lock" if fits else "  IS NOT THE KEY OF THIS SITE"
