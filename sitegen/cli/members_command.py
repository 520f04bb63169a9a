"""`sitegen members`."""

from __future__ import annotations

from pathlib import Path

import click


@click.group("members", short_help="A member's code and links.")
def members_group() -> None:
    """What opens a member's door."""


@members_group.command(
    "link", short_help="Print a member's code and link.", epilog="Example: sitegen members link C-00001"
)
@click.argument("customer")
@click.option("--port", default=8000, show_default=True, help="The preview server's port.")
def link_command(customer: str, port: int) -> None:
    """Print CUSTOMER's code, the public link that a card carries, and the preview server's link."""
    import secrets

    from sitegen.build.keys import fitted, new_lock
    from sitegen.build.people import customer_exists
    from sitegen.build.site import CARD_KEY
    from sitegen.cli.secrets import database_url, held_keys
    from sitegen.content.folder import find_shop
    from sitegen.content.project import read_project
    from sitegen.errors import Unusable
    from sitegen.protect.keys import require
    from sitegen.protect.member_link import member_link
    from sitegen.publish.lock_file import read_lock, write_lock

    root = find_shop(Path.cwd())
    keys = held_keys(root)
    found = read_lock(root)
    lock = found or new_lock(secrets.token_bytes)
    if not keys.dev:
        lock = fitted(lock, keys.roots)
    shop = read_project(root).shop
    if not customer_exists(root, shop, customer, database_url()):
        raise Unusable(f"there is no customer '{customer}' in the customer file\nhint: ids are case-sensitive")
    if found is None:
        write_lock(root, lock)
    link = member_link(require(keys.roots.card, CARD_KEY), lock, customer, shop.url)
    click.echo(f"code     {link.grouped}")
    click.echo(f"link     {link.url}")
    click.echo(f"preview  http://127.0.0.1:{port}{shop.base_path}#{link.spelled}")
