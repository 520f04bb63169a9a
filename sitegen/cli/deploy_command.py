"""`sitegen deploy`."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.errors import Exit, Unusable

if TYPE_CHECKING:
    from sitegen.build.deploy import Delivery

FIRST = 5
"""Names that a dry run tells of each sort; they are opaque anyway."""


@click.command(
    "deploy",
    short_help="Bring output/site to a folder or a host.",
    epilog="Example: sitegen deploy ssh://deploy@shop.example/srv/www/shop --dry-run",
)
@click.argument("target")
@click.option("--dry-run", is_flag=True, help="Say what would change there, and change nothing.")
def deploy_command(target: str, dry_run: bool) -> int:
    """Bring output/site, and nothing else, to TARGET in an order that never locks a member out, and read it back.

    TARGET is a folder (/srv/www/shop), or a host's folder behind ssh (ssh://user@host:port/path, user@host:path),
    which takes rsync on both sides. What is not in the build is deleted there.
    """
    from sitegen.build.deploy import prepare, refuse_another_site
    from sitegen.content.folder import find_shop
    from sitegen.content.shop.shop_file import shop_of
    from sitegen.publish.deploy.target import read_target
    from sitegen.publish.hold import hold
    from sitegen.publish.lock_file import read_lock

    root = find_shop(Path.cwd())
    shop, lock = shop_of(root), read_lock(root)
    with hold(root):
        delivery = prepare(root, read_target(target, Path.cwd()), os.environ.get("RSYNC_RSH") or "ssh")
        if lock:
            refuse_another_site(lock.site_id, delivery.built)
        _refuse_leaks(root)
        _tell(delivery)
        if dry_run:
            _name(delivery)
            click.echo("Nothing was changed there.")
            return Exit.DONE
        return _carry_out(root, delivery, shop.url)


def _refuse_leaks(root: Path) -> None:
    """Audit what is to go out. Without the content key nobody can; then the build's own audit must do."""
    from sitegen.cli.secrets import ROOT_VARIABLES, spelled_keys

    held = spelled_keys(root)
    if held.dev or ROOT_VARIABLES[0] not in held.keys:
        return
    from sitegen.build.audit import Leaks
    from sitegen.cli.audit_command import look
    from sitegen.cli.progress import progress

    with progress(quiet=False).step("audit"):
        made = look(root)
    if made.findings:
        raise Leaks(made.findings, "nothing was deployed")


def _tell(delivery: Delivery) -> None:
    changes = delivery.changes
    same = len(delivery.built.wanted.digests) - len(changes.added) - len(changes.changed)
    built = time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime(delivery.built.manifest.build))
    click.echo(f"The build of {built} to {delivery.target}:")
    click.echo(
        f"  {len(changes.added):,} new, {len(changes.changed):,} changed, {len(changes.removed):,} to delete, "
        f"{same:,} as they are"
    )


def _name(delivery: Delivery) -> None:
    changes = delivery.changes
    for what, paths in (("new", changes.added), ("changed", changes.changed), ("delete", changes.removed)):
        for path in paths[:FIRST]:
            click.echo(f"  {what:<8} {path}")
        if len(paths) > FIRST:
            click.echo(f"  {what:<8} and {len(paths) - FIRST:,} more")


def _carry_out(root: Path, delivery: Delivery, url: str) -> int:
    from sitegen.build.deploy import carry_out
    from sitegen.cli.comparison import lines
    from sitegen.cli.progress import progress
    from sitegen.publish.deploy.target import SshTarget

    started = time.perf_counter()
    try:
        report = carry_out(delivery, progress(quiet=False))
    except KeyboardInterrupt:
        click.echo("interrupted; what stands there opens all the same. Deploy again to bring it to its end.", err=True)
        return Exit.INTERRUPTED
    if report.findings:
        told = ("what stands there now is not what was built:", *lines(report))
        raise Unusable("\n".join((*told, "hint: does something else write there? Deploy again")))
    click.echo(
        f"Deployed in {time.perf_counter() - started:.1f} s and read back: all {report.files:,} files are right."
    )
    return _look_from_outside(root, url) if isinstance(delivery.target, SshTarget) else Exit.DONE


def _look_from_outside(root: Path, url: str) -> int:
    """Where the public address shows this build already, compare what it gives."""
    from sitegen.build.verify import is_served, verify
    from sitegen.cli.comparison import lines
    from sitegen.cli.progress import progress
    from sitegen.publish.verify.client import read_address

    try:
        address = read_address(url)
    except ValueError:
        return Exit.DONE  # site.yaml has no address that is one; a build tells
    if not is_served(root, address):
        click.echo(f"{url} does not show this build yet. When it does: sitegen verify {url}")
        return Exit.DONE
    report = verify(root, address, progress(quiet=False))
    for line in lines(report):
        click.echo(line, err=True)
    if report.findings:
        return Exit.MISTAKE
    click.echo(f"{url} serves it: all {report.files:,} files are right.")
    return Exit.DONE
