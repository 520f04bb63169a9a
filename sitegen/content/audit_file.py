"""Read content/audit.yaml: what may be read although it is for few, and why."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sitegen.audience.language.suggestions import did_you_mean
from sitegen.content.keys import Keys
from sitegen.errors import Problem
from sitegen.model.allowance import Allowance, AllowedAsset, AllowedPage, AllowedPhrase
from sitegen.model.tree import Mapping, Sequence

AUDIT_FILE = "content/audit.yaml"
KINDS = ("phrase", "page", "asset")


@dataclass(frozen=True, slots=True)
class Known:
    """What an exception may name: pages and campaigns by their files below content/, assets by their paths."""

    pages: Collection[str]
    assets: Collection[str]


def read_audit(tree: Mapping, known: Known, problems: list[Problem]) -> tuple[Allowance, ...]:
    """The exceptions below `allow:`; what is wrong is added to `problems`."""
    keys = Keys(tree, problems, "audit.yaml")
    node = keys.node("allow")
    keys.finish()
    if node is None:
        return ()
    if not isinstance(node, Sequence):
        problems.append(node.place.problem("wrong-form", "'allow' must be a list", "begin each with '- phrase:'"))
        return ()
    found: list[Allowance] = []
    for item in node.items:
        if isinstance(item, Mapping):
            found += _allowance(Keys(item, problems, "this exception"), known)
        else:
            hint = "write '- phrase: ...' and below it 'reason: ...'"
            problems.append(item.place.problem("wrong-form", "an exception names what may be read, and why", hint))
    return tuple(found)


def _allowance(keys: Keys, known: Known) -> list[Allowance]:
    place = keys.mapping.place
    reason = keys.text("reason", required=True)
    said = {kind: keys.text(kind) for kind in KINDS}
    keys.finish()
    named = [kind for kind, value in said.items() if value]
    if len(named) != 1:
        hint = "write one of phrase, page and asset; another exception is another item of the list"
        keys.problems.append(place.problem("wrong-form", "an exception names one thing that may be read", hint))
        return []
    for kind, there in (("page", known.pages), ("asset", known.assets)):
        if said[kind] and said[kind] not in there:
            problem = keys.place(kind).problem(
                f"unknown-{kind}", f"there is no {kind} '{said[kind]}'", did_you_mean(said[kind], there)
            )
            keys.problems.append(problem)
    if said["phrase"]:
        return [AllowedPhrase(said["phrase"], reason, place)]
    if said["page"]:
        return [AllowedPage(said["page"], reason, place)]
    return [AllowedAsset(said["asset"], reason, place)]
