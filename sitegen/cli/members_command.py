"""`sitegen members`."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sitegen.model.lock import Lock
    from sitegen.model.shop import Shop

CASE = "ids are case-sensitive"
GONE = "who has left the file has no way in after the next build, and `sitegen keys rotate` closes what they could open"


@click.group("members", short_help="A member's code and links; new cards, and cards that end.")
def members_group() -> None:
    """What opens a member's door."""


@members_group.command(
    "link", short_help="Print a member's code and link.", epilog="Example: sitegen members link C-00001"
)
@click.argument("customer")
@click.option("--port", default=8000, show_default=True, help="The preview server's port.")
def link_command(customer: str, port: int) -> None:
    """Print CUSTOMER's code, the public link that a card carries, and the preview server's link."""
    from sitegen.build.keys import keep_lock
    from sitegen.build.site import CARD_KEY
    from sitegen.cli.secrets import held_keys, lock_of
    from sitegen.content.folder import find_shop
    from sitegen.content.shop.shop_file import shop_of
    from sitegen.protect.keys import require
    from sitegen.protect.member_link import member_link
    from sitegen.publish.hold import hold
    from sitegen.publish.lock_file import read_lock

    root = find_shop(Path.cwd())
    keys = held_keys(root)
    shop = shop_of(root)
    _refuse_strangers(root, shop, (customer,), CASE)
    kept = lock_of(root, keys)
    if read_lock(root, kept.file) is None:
        # The code hangs on the site's id, so from now on that must stay.
        with hold(root):
            kept = lock_of(root, keys)
            keep_lock(kept, kept.lock)
    link = member_link(require(keys.roots.card, CARD_KEY), kept.lock, customer, shop.url)
    click.echo(f"code     {link.grouped}")
    click.echo(f"link     {link.url}")
    click.echo(f"preview  http://127.0.0.1:{port}{shop.base_path}#{link.spelled}")


@members_group.command(
    "reissue",
    short_help="Give members a new card; the old one ends.",
    epilog="Example: sitegen members reissue C-00001 C-00002",
)
@click.argument("customers", nargs=-1, required=True, metavar="CUSTOMER...")
def reissue_command(customers: tuple[str, ...]) -> None:
    """Give each CUSTOMER a new code, for a card that is lost or was passed on; it takes a revocation back, too.

    Everything is locked anew at the next build, once for all who are named.
    """
    from sitegen.protect.serials import reissued

    named = tuple(dict.fromkeys(customers))
    lock, where = _changed(named, reissued)
    click.echo(f"{_count(named, 'card')} reissued: {', '.join(named)}. {where}")
    click.echo(f"\nStill to do, for it takes effect with epoch {lock.epoch}, when that is deployed:")
    click.echo("  sitegen build, then sitegen deploy TARGET    the old cards open nothing any more")
    click.echo(
        "  sitegen members link CUSTOMER                the new code, for the new card; or print it with a campaign"
    )


@members_group.command(
    "revoke",
    short_help="End members' cards, without new ones.",
    epilog="Example: sitegen members revoke C-00001",
)
@click.argument("customers", nargs=-1, required=True, metavar="CUSTOMER...")
def revoke_command(customers: tuple[str, ...]) -> None:
    """Take each CUSTOMER's way in: from the next build on nothing opens for them, and everything is locked anew.

    They stay in the customer file: mails and texts go on, cards do not. `members reissue` lets them in again.
    """
    from sitegen.protect.serials import revoked

    named = tuple(dict.fromkeys(customers))
    lock, where = _changed(named, revoked)
    click.echo(f"{_count(named, 'card')} revoked: {', '.join(named)}. {where}")
    click.echo(f"\nStill to do, for it takes effect with epoch {lock.epoch}, when that is deployed:")
    click.echo("  sitegen build, then sitegen deploy TARGET    what they have opened before stays with them")


def _changed(customers: tuple[str, ...], change: Callable[[Lock, bytes, Iterable[str]], Lock]) -> tuple[Lock, str]:
    """The lock with that change, which is written, and a sentence that says where.

    Raises Unusable where one is no customer, and while a build is running.
    """
    from sitegen.build.keys import keep_lock
    from sitegen.build.site import CARD_KEY
    from sitegen.cli.secrets import held_keys, lock_of
    from sitegen.content.folder import find_shop
    from sitegen.content.shop.shop_file import shop_of
    from sitegen.protect.keys import require
    from sitegen.publish.hold import hold

    root = find_shop(Path.cwd())
    keys = held_keys(root)
    card_key = require(keys.roots.card, CARD_KEY)
    _refuse_strangers(root, shop_of(root), customers, f"{CASE}; {GONE}")
    with hold(root):
        kept = lock_of(root, keys)
        lock = change(kept.lock, card_key, customers)
        keep_lock(kept, lock)
    if keys.dev:
        return lock, "These are development keys, so it holds on this machine only; the site's own keys would do it."
    return lock, f"Commit {kept.file}."


def _refuse_strangers(root: Path, shop: Shop, customers: tuple[str, ...], hint: str) -> None:
    from sitegen.build.people import strangers
    from sitegen.cli.secrets import database_url
    from sitegen.errors import Unusable

    unknown = strangers(root, shop, customers, database_url())
    if unknown:
        told = "', '".join(unknown)
        raise Unusable(f"there is no customer '{told}' in the customer file\nhint: {hint}")


def _count(things: tuple[str, ...], name: str) -> str:
    return f"{len(things)} {name}{'' if len(things) == 1 else 's'}"
