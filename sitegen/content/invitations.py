"""Read which campaigns invite to events of the customer file: all that the receiver needs of them, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sitegen.content.event_key import read_event
from sitegen.content.folder import files_below, read_text
from sitegen.content.keys import Keys
from sitegen.content.markdown_file import cut
from sitegen.content.programme.gatherings import read_gatherings
from sitegen.content.yaml_tree import read_yaml
from sitegen.errors import Mistakes
from sitegen.model.gathering import Gatherings, Invitation
from sitegen.model.tree import Place

CAMPAIGNS = "content/campaigns"
PROGRAMME = "content/programme"


def read_invitations(root: Path) -> tuple[Invitation, ...]:
    """The invitations by the names of their campaigns.

    What can't be read invites to nothing: it was never sent, and other letters want to be answered all the same.
    """
    return tuple(_invitations(root, _setting(root)))


def _invitations(root: Path, setting: Gatherings) -> Iterator[Invitation]:
    for path in files_below(root / CAMPAIGNS, ".md"):
        label = f"{CAMPAIGNS}/{path}"
        try:
            file = cut(read_text(root / label, root), label)
        except Mistakes:
            continue
        keys = Keys(file.front, [], label)
        event = read_event(keys)
        if event is not None and event.id:
            day = event.start.date() if isinstance(event.start, datetime) else event.start
            title = keys.text("title")
            yield Invitation(path.removesuffix(".md"), title, event, setting.closes_on(day), setting.party)


def _setting(root: Path) -> Gatherings:
    """What holds for all gatherings; where no file says it, what holds in any shop."""
    for path in files_below(root / PROGRAMME, ".yaml"):
        label = f"{PROGRAMME}/{path}"
        try:
            node = read_yaml(read_text(root / label, root), label).get("gatherings")
        except Mistakes:
            continue
        found = read_gatherings(node, []) if node is not None else None
        if found is not None:
            return found
    return Gatherings(Place(PROGRAMME))
