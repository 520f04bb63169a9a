"""`sitegen audit`."""

from __future__ import annotations

import json
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sitegen.model.tree import Place
    from sitegen.protect.audit.check import Audit


@click.command(
    "audit",
    short_help="Prove that nothing for members can be read by anybody else.",
    epilog="Example: sitegen audit --json",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document: every leak, every exception without use.")
def audit_command(as_json: bool) -> None:
    """Look through output/site for words, titles, names and pictures that not everybody may see.

    Every build does this before its output takes its place. By itself it compares what lies in output/ now with
    content/ as it is now, writes nothing, and ends with exit code 5 where something leaks. What may be read
    although it is for few stands with its reason in content/audit.yaml.
    """
    from sitegen.build.audit import Leaks, told_unused
    from sitegen.cli.progress import progress
    from sitegen.content.folder import find_shop
    from sitegen.publish.hold import hold

    root = find_shop(Path.cwd())
    with hold(root), progress(as_json).step("audit"):
        made = look(root)
    if as_json:
        click.echo(_json(made))
    else:
        for allowance in made.unused:
            click.echo(f"note: {told_unused(allowance)}")
    if made.findings:
        raise Leaks(made.findings, "they lie in output/site")
    if not as_json:
        click.echo(f"Looked through {made.looked:,} files, pages and mails: nothing leaks.")


def look(root: Path) -> Audit:
    """What of output/ leaks, by content/ and the keys as they are now. The caller holds the shop's build lock."""
    from sitegen.build.audit import audit_output, built
    from sitegen.build.order import Order, Part
    from sitegen.cli.secrets import held_keys, lock_of

    keys, stands = held_keys(root), built(root)
    order = Order(
        first=stands.first,
        last=stands.first,
        instant=0,
        parts=frozenset({Part.PAGES}),
        roots=keys.roots,
        receiver=None,
        entropy=secrets.token_bytes,
        dev=keys.dev,
        drafts=stands.drafts,
    )
    return audit_output(root, order, lock_of(root, keys).lock)


def _json(made: Audit) -> str:
    leaks = [
        {
            "gated": _place(finding.gated),
            "leaking": _place(finding.leaking),
            "phrase": finding.phrase,
            "readers": list(finding.readers),
            "others": finding.others,
        }
        for finding in made.findings
    ]
    unused = [{**_place(allowance.place), "reason": allowance.reason} for allowance in made.unused]
    return json.dumps({"leaks": leaks, "unused": unused, "looked": made.looked}, indent=1, ensure_ascii=False)


def _place(place: Place) -> dict[str, str | int]:
    return {"file": place.file, "line": place.line}
